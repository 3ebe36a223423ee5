"""What may be done with a handover, one decision a page: try again, mail, telephone, take back; take over, refuse."""

from collections.abc import Callable, Mapping
from datetime import datetime

from fellwatch.exchange import actions, life
from fellwatch.exchange.access import DECIDE, SEND
from fellwatch.exchange.values import HandoverView
from fellwatch.exchange.values import Invalid as Wrong
from fellwatch.foundation import clock, policy
from fellwatch.foundation.access import Actor
from fellwatch.rules import vocabulary
from fellwatch.rules.vocabulary import Vocabulary
from fellwatch.safeguarding import handing
from fellwatch.safeguarding.pages.forms import Field, Option, Step, Typed
from fellwatch.safeguarding.values import Invalid

LABELS: Mapping[str, str] = {
    "take": "Take them over",
    "return": "Ask for more",
    "refuse": "Refuse",
    "again": "Try again now",
    "mailed": "The pack went by secure mail",
    "rang": "They told us by telephone",
    "back": "Take it back",
}
REASONS = tuple(Option(code, words) for code, words in life.REASONS.items())


def offered(seen: HandoverView, by: Actor) -> list[str]:
    """Return the steps that may be taken now, what protects first."""
    if seen.direction == "received":
        return ["take", "return", "refuse"] if seen.state == "reached" and DECIDE in by.permissions else []
    if SEND not in by.permissions or seen.state not in {"waiting", "reached", "returned"}:
        return []
    waits = any(one.state == "waiting" and one.direction == "out" for one in seen.messages)
    lost = ["mailed"] if seen.state == "waiting" else []
    return [*(["again"] if waits else []), *lost, *(["rang"] if seen.state != "returned" else []), "back"]


def step(code: str, seen: HandoverView, *, by: Actor, now: datetime) -> Step | None:
    """Return a step as a form, or None where there is none of that name."""
    make = STEPS.get(code)
    return (
        make(seen, by, now)
        if make and (seen.direction == "received") == (code in {"take", "return", "refuse"})
        else None
    )


def reason_of(seen: HandoverView) -> str:
    """Say why something was refused or came back."""
    return life.REASONS.get(seen.reason, "")


def _doing(do: Callable[[Typed, Actor, datetime], object]) -> Callable[[Typed, Actor, datetime], object]:
    """Let what the exchange finds wrong stand beside the fields of this room's forms."""

    def done(said: Typed, by: Actor, now: datetime) -> object:
        try:
            return do(said, by, now)
        except Wrong as wrong:
            raise Invalid(dict(wrong.problems)) from None

    return done


def _take(seen: HandoverView, by: Actor, now: datetime) -> Step:
    known = handing.candidates(seen, by=by, now=now)
    people = tuple(Option(str(one.person_id), f"{one.name}, {one.born}: {one.likelihood_words}") for one in known)
    kinds = _options("nsir_opening", handing.OPENINGS, now)
    new = Option(handing.SOMEBODY_NEW, f"{seen.name} is not known here yet")

    def do(said: Typed, by: Actor, now: datetime) -> None:
        handing.take_over(
            seen, said.get("person"), said.get("part"), said.get("answer"), said.get("opening_code"), by=by, now=now
        )

    return Step(
        f"Take over {seen.name}",
        "Take them over",
        (
            Field("person", "Who this is here", "choose", "Most likely first", (*people, new)),
            Field("part", "Their part in it", "choose", options=_options("person_roles", handing.PARTS, now)),
            Field("opening_code", "What kind of incident", "choose", options=kinds),
            Field("answer", "Who here has it now, and what is done first", "area", f"{seen.force_name} reads this."),
        ),
        _doing(do),
        "From now the risk is owned here. An incident of our own is made, with them in it.",
        facts=(("They say", seen.contents.get("part", "")), ("Risk", seen.contents.get("risk", "")),
               ("Still to be done", seen.contents.get("outstanding", ""))),
    )  # fmt: skip


def _options(name: str, codes: tuple[str, ...], now: datetime) -> tuple[Option, ...]:
    words = policy.parsed(name, clock.london_date(now), Vocabulary)
    return tuple(Option(code, vocabulary.label(words, code)) for code in codes)


def _answer(state: str, title: str, button: str, lede: str) -> Callable[[HandoverView, Actor, datetime], Step]:
    def make(seen: HandoverView, by: Actor, now: datetime) -> Step:
        def do(said: Typed, by: Actor, now: datetime) -> None:
            actions.decide(seen.id, state, said.get("answer"), reason=said.get("reason"), by=by, now=now)

        fields = (
            Field("reason", "Why", "choose", options=REASONS),
            Field("answer", "What they should do", "area", f"{seen.force_name} reads this."),
        )
        return Step(title.format(who=seen.name), button, fields, _doing(do), lede)

    return make


def _again(seen: HandoverView, by: Actor, now: datetime) -> Step:
    def do(said: Typed, by: Actor, now: datetime) -> None:
        actions.try_again(seen.id, by=by, now=now)

    return Step(f"Try again: {seen.name}", "Try again now", (), do, seen.trouble or "It has not been tried yet.")


def _mailed(seen: HandoverView, by: Actor, now: datetime) -> Step:
    def do(said: Typed, by: Actor, now: datetime) -> None:
        actions.sent_by_mail(seen.id, said.get("answer"), by=by, now=now)

    where = Field("answer", "To which mailbox, and when", hint="Print or save the pack from the page before this one")
    lede = "Mail that was sent is not mail that was read. The clock runs on until they say that they have it."
    return Step(f"The pack went by secure mail: {seen.name}", "Record it", (where,), _doing(do), lede)


def _rang(seen: HandoverView, by: Actor, now: datetime) -> Step:
    told = (Option("reached", "They have it"), *(Option(code, words) for code, words in THEIR_WORDS.items()))

    def do(said: Typed, by: Actor, now: datetime) -> None:
        actions.answered_by_telephone(
            seen.id, said.get("state"), said.get("who"), said.get("answer"), reason=said.get("reason"), by=by, now=now
        )

    return Step(
        f"They told us by telephone: {seen.name}",
        "Record it",
        (
            Field("state", "What they told us", "choose", options=told),
            Field("who", "Who it was", hint="Name, and rank or number"),
            Field("reason", "Why, if they refuse or ask for more", "choose", options=REASONS),
            Field("answer", "What they said", "area"),
        ),
        _doing(do),
    )


THEIR_WORDS = {"accepted": "They take them over", "refused": "They refuse", "returned": "They need to know more"}


def _back(seen: HandoverView, by: Actor, now: datetime) -> Step:
    def do(said: Typed, by: Actor, now: datetime) -> None:
        actions.withdraw(seen.id, said.get("answer"), by=by, now=now)

    why = Field("answer", "Why it is taken back", "area", f"{seen.force_name} reads this, and forgets the rest.")
    lede = "For what went to the wrong force, or about the wrong person. If they live elsewhere, hand them over again."
    return Step(f"Take it back: {seen.name}", "Take it back", (why,), _doing(do), lede, warns=True)


STEPS: Mapping[str, Callable[[HandoverView, Actor, datetime], Step]] = {
    "take": _take,
    "return": _answer(
        "returned", "Ask for more about {who}", "Send it back", "The risk stays theirs until we take over."
    ),
    "refuse": _answer("refused", "Refuse {who}", "Refuse", "The risk stays theirs. Say where they should turn."),
    "again": _again,
    "mailed": _mailed,
    "rang": _rang,
    "back": _back,
}
