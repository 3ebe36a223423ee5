"""The steps of help for victims, one decision a page."""

from collections.abc import Mapping
from datetime import datetime

from django.urls import reverse

from fellwatch.foundation import clock, policy
from fellwatch.foundation.access import Actor
from fellwatch.rules.vocabulary import Vocabulary
from fellwatch.safeguarding.helping import actions, safe
from fellwatch.safeguarding.helping.access import ANSWER
from fellwatch.safeguarding.helping.values import ActivationView, MessageView, NewActivation
from fellwatch.safeguarding.pages.forms import Field, Option, Step, Typed, watch

LABELS: Mapping[str, str] = {"attempt": "Answer her now", "end": "End it"}
SCHEMES: Mapping[str, str] = {"angela": "Ask for Angela", "banking": "Banking Protocol"}
YES_NO = (Option("yes", "Yes"), Option("no", "No"))
FACTS: Mapping[str, tuple[Field, ...]] = {
    "angela": (
        Field("who", "Who asked, as far as they said", hint="First name, where they wait"),
        Field("feared", "Who they are afraid of, and where that person is", "area"),
    ),
    "banking": (
        Field("at_risk", "Pounds at risk", hint="Such as 7500"),
        Field("method", "How the fraud is done", "choose", options=(
            Option("courier", "Somebody comes to fetch money or a card"),
            Option("safe_account", "Told to move it to a safe account"),
            Option("romance", "Somebody met online"),
            Option("trader", "Rogue trader at the door"),
            Option("other", "Another way"),
        )),
        Field("customer", "The customer, and what makes them easier to deceive", "area",
              "Age, memory, grief, somebody on the telephone now"),
        Field("protocol", "Reference the bank gave"),
    ),
}  # fmt: skip


def offered(seen: MessageView, by: Actor) -> list[str]:
    """Return the steps that may be taken now."""
    return ["attempt", "end"] if seen.state == "open" and ANSWER in by.permissions else []


def codes(name: str, now: datetime) -> tuple[Option, ...]:
    """Return a list of the rulebook as choices."""
    found = policy.parsed(name, clock.london_date(now), Vocabulary)
    return tuple(Option(one.code, one.label, one.guidance) for one in found.codes)


def message_step(step: str, seen: MessageView, now: datetime) -> Step | None:
    """Return a step of a message as a form, or None where there is none of that name."""
    match step:
        case "attempt":
            return _attempt(seen, now)
        case "end":
            return _end(seen, now)
    return None


def how_safe(seen: MessageView, now: datetime) -> str:
    """Say whether she may be answered now, and how."""
    why = safe.why_not(seen.means, seen.means, seen.from_time, seen.to_time, now)
    return why or f"Now: {safe.MEANS[seen.means].lower()}, {seen.reach}."


def _attempt(seen: MessageView, now: datetime) -> Step:
    why = safe.why_not(seen.means, seen.means, seen.from_time, seen.to_time, now)

    def do(said: Typed, by: Actor, now: datetime) -> None:
        actions.attempt(
            seen.id, said.get("means"), said.get("reached"), said.get("words"), by=by, now=now, id=said.id()
        )

    points = [f"Say her word first: {seen.password}." if seen.password else "She gave no word: let her speak first."]
    points += [f"Never: {seen.never}"] if seen.never else []
    return Step(
        "Answer her",
        "Record the attempt",
        (
            Field("means", "How", "choose", options=tuple(Option(c, t) for c, t in safe.MEANS.items() if c != "none")),
            Field("reached", "Was it her?", "ask", options=YES_NO),
            Field("words", "What was said", "area"),
        ),
        do,
        how_safe(seen, now),
        tuple(points),
        warns=bool(why),
    )


def _end(seen: MessageView, now: datetime) -> Step:
    def do(said: Typed, by: Actor, now: datetime) -> None:
        actions.close(seen.id, said.get("outcome"), said.get("words"), said.get("reference"), by=by, now=now)

    return Step(
        "What came of it",
        "End it",
        (
            Field("outcome", "What came of it", "choose", options=codes("help_outcomes", now)),
            Field("reference", "Log number, where an incident was made"),
            Field("words", "What was done, and what she chose", "area"),
        ),
        do,
    )


def activating(scheme: str, now: datetime) -> Step | None:
    """Return the form that records an activation, or None where there is no such scheme."""
    if scheme not in SCHEMES:
        return None
    facts = FACTS[scheme]

    def do(said: Typed, by: Actor, now: datetime) -> None:
        told = {one.id: said.get(one.id) for one in facts}
        new = NewActivation(scheme, said.get("venue"), said.moment("told_at"), said.get("reference"), told, said.id())
        actions.activate(new, by=by, now=now)

    venue = "Which bank, and which branch" if scheme == "banking" else "Which venue, and where in it they wait"
    lede = (
        "Send a unit at once: they keep the customer only so long."
        if scheme == "banking"
        else "Send a unit at once, without the name of the scheme on the radio where it could be overheard."
    )
    return Step(
        SCHEMES[scheme],
        "Record it",
        (
            Field("venue", venue),
            Field("told_at", "When they told us", "moment", value=watch(now)),
            Field("reference", "Log number of the call", hint="If it came by 999 or 101"),
            *facts,
        ),
        do,
        lede,
    )


def activation_step(step: str, seen: ActivationView, now: datetime) -> Step | None:
    """Return a step of an activation as a form, or None where there is none of that name."""
    match step:
        case "arrived":
            return _arrived(seen, now)
        case "outcome":
            return _outcome(seen, now)
    return None


def _arrived(seen: ActivationView, now: datetime) -> Step:
    def do(said: Typed, by: Actor, now: datetime) -> None:
        actions.arrive(seen.id, said.moment("arrived_at"), by=by, now=now)

    when = Field("arrived_at", "When police were there", "moment", value=watch(now))
    return Step(f"{SCHEMES[seen.scheme]}: {seen.venue}", "Record it", (when,), do)


def _outcome(seen: ActivationView, now: datetime) -> Step:
    def do(said: Typed, by: Actor, now: datetime) -> str:
        actions.conclude(
            seen.id, said.get("outcome"), said.get("words"), said.get("stopped"), said.get("venue_told"), by=by, now=now
        )
        return reverse("safeguarding:activations")

    money = (Field("stopped", "Pounds that were stopped"),) if seen.scheme == "banking" else ()
    return Step(
        f"What came of it: {seen.venue}",
        "Record it",
        (
            Field("outcome", "What came of it", "choose", options=codes(actions.OUTCOMES[seen.scheme], now)),
            *money,
            Field("words", "What was found and done", "area"),
            Field("venue_told", "Have they been told what came of it?", "ask", options=YES_NO),
        ),
        do,
        "It stays open until whoever asked for us has been told.",
    )
