"""What may be done with an order now, each step as a form: by a constable at the door, or by the team."""

import uuid
from collections.abc import Callable
from datetime import datetime

from fellwatch.foundation.access import Actor
from fellwatch.foundation.clock import london_date
from fellwatch.foundation.clock import said as said_at
from fellwatch.orders import actions, law
from fellwatch.orders.access import SERVE
from fellwatch.orders.actions.ending import WAYS
from fellwatch.orders.actions.hearing import OUTCOMES
from fellwatch.orders.actions.serving import MEANS
from fellwatch.orders.actions.steps import maker
from fellwatch.orders.values import BreachView, Heard, Invalid, NewBreach, OrderView, Served
from fellwatch.rules.legal_orders import Chosen
from fellwatch.safeguarding.pages.forms import Field, Option, Step, Typed, as_id, chosen, terms, watch

BAIL = ("police_bail",)
LABELS = {
    "serve": "Record service, or that it failed",
    "breach": "Report a breach",
    "list": "List the hearing",
    "hear": "Record what the court did",
    "court": "Record that the court had the person arrested",
    "decided": "Record what was decided about the breach",
    "review": "Plan for the day after it ends",
    "notified": "Record that names and address were notified",
    "changed": "Record a new name or address",
    "vary": "Record that the court varied it",
    "end": "End it",
}


def offered(seen: OrderView, by: Actor) -> list[str]:
    """Return the steps that this reader may take now, the one that leads on first."""
    team = maker(by, seen.kind) in by.permissions
    of_release = seen.kind in BAIL and seen.case_id is not None  # varied and ended with the release, on its own page
    served = any(one.served for one in seen.services)
    waiting = _waiting(seen)
    here = team or SERVE in by.permissions
    steps: list[str] = []
    if here and seen.state == "issued":
        steps.append("serve")
    if team and seen.kind in law.NOTICES and seen.binds:
        steps += ["hear", "list"] if any(not one.outcome for one in seen.hearings) else ["list"]
    if team and waiting:
        steps.insert(0, "decided" if seen.kind in BAIL else "court")
    if here and seen.binds_at is not None:
        steps.append("breach")
    if here and seen.state == "in_force" and not served and seen.kind not in BAIL:
        steps.append("serve")
    if team and seen.kind == "dvpo":
        steps.append("review")
    if team and seen.kind == "dapo" and seen.binds:
        steps += ["notified", "changed"]
    if team and seen.binds and seen.kind not in law.NOTICES and not of_release:
        steps.append("vary")
    if team and seen.state != "ended" and not of_release:
        steps.append("end")
    return steps


def _waiting(seen: OrderView) -> BreachView | None:
    return next((one for one in seen.breaches if one.arrested_at and one.before_court_at is None), None)


def step(code: str, seen: OrderView, *, by: Actor, now: datetime) -> Step | None:
    """Return a step as a form, or None where there is no such step."""
    build = _STEPS.get(code)
    return build(seen, now) if build else None


def _serve(seen: OrderView, now: datetime) -> Step:
    outcomes = (Option("yes", "Served"), Option("no", "Tried, not served"))

    def do(said: Typed, by: Actor, now: datetime) -> None:
        if said.get("served") not in {"yes", "no"}:
            raise Invalid({"served-1": "Say whether it was served."})
        attempt = Served(
            said.moment("at"), said.get("served") == "yes", said.get("means"), said.get("officer"), said.get("words"),
            said.get("address_for_hearing"), said.id(),
        )  # fmt: skip
        actions.serve(seen.id, attempt, by=by, now=now)

    return Step(
        f"Service of {seen.short} {seen.reference}",
        "Record this",
        (
            Field("served", "Was it served?", "ask", options=outcomes),
            Field(
                "at",
                "When",
                "moment",
                "A notice binds, and its hearing clock runs, from this very minute.",
                value=watch(now),
            ),
            Field("means", "How", "choose", options=tuple(Option(code, text) for code, text in MEANS.items())),
            Field("officer", "By which constable", hint="Name or collar number"),
            Field(
                "address_for_hearing", "Address given for notice of the hearing", hint="Ask; if none is given, leave it"
            ),
            Field("words", "What was said, or what was tried and why it failed", "area"),
        ),
        do,
        f"To {seen.subject_name}. A notice is served personally by a constable, in writing.",
    )


def _list(seen: OrderView, now: datetime) -> Step:
    def do(said: Typed, by: Actor, now: datetime) -> None:
        at = said.moment("listed_at")
        actions.list_hearing(seen.id, at, said.get("court"), said.get("told_how"), by=by, now=now, id=said.id())

    late = f"It must be heard by {_at(seen.ends_at)}, or the notice lapses." if seen.ends_at else ""
    address = next((one.address_for_hearing for one in seen.services if one.address_for_hearing), "")
    return Step(
        "List the hearing",
        "Record the listing",
        (
            Field("court", "Which court"),
            Field("listed_at", "When it is listed", "moment"),
            Field("told_how", "How notice of it was given", hint=address and f"Address given: {address}"),
        ),
        do,
        late,
    )


def _hear(seen: OrderView, now: datetime) -> Step:
    notice = law.rule(seen.kind, london_date(seen.issued_at))
    rule = law.rule(notice.leads_to, london_date(now))
    live = [one for one in seen.conditions if one.ended_at is None]
    known = {term.id for term in rule.terms}
    had = [Chosen(one.term, one.words.rpartition(": ")[2].removesuffix(" metres")) for one in live if one.term in known]

    def do(said: Typed, by: Actor, now: datetime) -> None:
        heard = Heard(
            said.get("outcome"), said.moment("heard_at"), said.get("words"), said.number("days"), chosen(rule, said)
        )
        actions.hear(seen.id, heard, by=by, now=now)

    days = (
        (Field("days", "For how many days", hint="14 to 28, the day it is made counted"),) if rule.length_under else ()
    )
    return Step(
        "What the court did",
        "Record this",
        (
            Field("outcome", "Outcome", "choose", options=tuple(Option(code, text) for code, text in OUTCOMES.items())),
            Field("heard_at", "When it was heard", "moment", value=watch(now)),
            Field("words", "The court's reasons", "area", "Needed if it was adjourned or refused", rows=2),
            *days,
            terms(rule, had),
        ),
        do,
        f"It must be heard by {_at(seen.ends_at)}. Days and terms matter only where an order was made."
        if seen.ends_at
        else "Adjourned before: the notice goes on until the court decides.",
    )


def _breach(seen: OrderView, now: datetime) -> Step:
    def do(said: Typed, by: Actor, now: datetime) -> None:
        breach = NewBreach(
            said.moment("happened_at"), said.get("words"), said.moment_or_none("arrested_at"),
            said.get("not_arrested_because"), said.id(),
        )  # fmt: skip
        actions.report_breach(seen.id, breach, by=by, now=now)

    said = tuple(one.words for one in seen.conditions if one.ended_at is None)
    return Step(
        f"A breach of {seen.short} {seen.reference}",
        "Report it",
        (
            Field("happened_at", "When it happened", "moment", value=watch(now)),
            Field("words", "What was done, against which condition", "area"),
            Field("arrested_at", "When arrested", "moment", "Leave it empty if nobody was"),
            Field("not_arrested_because", "Why there was no arrest", "area", rows=2),
        ),
        do,
        seen.arrest,
        said,
        "What it says",
    )


def _court(seen: OrderView, now: datetime) -> Step | None:
    waiting = _waiting(seen)
    if waiting is None:
        return None
    breach: uuid.UUID = waiting.id

    def do(said: Typed, by: Actor, now: datetime) -> None:
        which = as_id(said.get("breach")) or breach
        actions.before_court(which, said.moment("at"), said.get("outcome"), by=by, now=now)

    bail = seen.kind in BAIL
    return Step(
        "What was decided about the breach" if bail else "Before the court for a breach",
        "Record this",
        (
            Field("at", "When it was decided" if bail else "When the court had them", "moment", value=watch(now)),
            Field("outcome", "What was decided, and by whom" if bail else "What the court did", "area"),
        ),
        do,
        f"Arrested {_at(waiting.arrested_at)}: {waiting.words}",
    )


def _review(seen: OrderView, now: datetime) -> Step:
    def do(said: Typed, by: Actor, now: datetime) -> None:
        actions.reviewed(seen.id, said.get("plan"), by=by, now=now)

    plan = Field("plan", "What keeps the person safe on the day after, and who does it", "area")
    lede = f"It ends {_at(seen.ends_at)}, and cannot be renewed: a new notice needs a new incident."
    return Step("The day after it ends", "Keep the plan", (plan,), do, lede)


def _notified(seen: OrderView, now: datetime) -> Step:
    def do(said: Typed, by: Actor, now: datetime) -> None:
        actions.notified(seen.id, said.get("words"), at=said.moment("at"), by=by, now=now)

    return Step(
        "Names and address were notified",
        "Record this",
        (Field("at", "When", "moment", value=watch(now)), Field("words", "What was notified, and where", "area")),
        do,
    )


def _changed(seen: OrderView, now: datetime) -> Step:
    def do(said: Typed, by: Actor, now: datetime) -> None:
        actions.changed(seen.id, said.get("words"), at=said.moment("at"), by=by, now=now)

    when = Field("at", "From when", "moment", "Three days run from this day.", value=watch(now))
    return Step(
        "A new name or address", "Record this", (when, Field("words", "What changed, and how it is known", "area")), do
    )


def _vary(seen: OrderView, now: datetime) -> Step:
    rule = law.rule(seen.kind, london_date(seen.issued_at))
    live = [one for one in seen.conditions if one.ended_at is None]
    had = [Chosen(one.term, one.words.rpartition(": ")[2].removesuffix(" metres")) for one in live]
    place = next((one.place_id for one in live if one.place_id), None)
    shared = any(one.term in {"leave", "no_entry", "no_eviction"} for one in live)

    def do(said: Typed, by: Actor, now: datetime) -> None:
        actions.vary(
            seen.id, chosen(rule, said), said.get("because"), at=said.moment("at"), by=by, now=now, place_id=place,
            shared_home=shared,
        )  # fmt: skip

    return Step(
        f"The court varied {seen.short} {seen.reference}",
        "Record this",
        (
            Field("at", "From when", "moment", value=watch(now)),
            terms(rule, had),
            Field("because", "Which court varied it, and why", "area"),
        ),
        do,
        "What it said before stays readable.",
    )


def _end(seen: OrderView, now: datetime) -> Step:
    def do(said: Typed, by: Actor, now: datetime) -> None:
        actions.end(seen.id, said.get("way"), said.get("because"), at=said.moment("at"), by=by, now=now)

    return Step(
        f"End {seen.short} {seen.reference}",
        "End it",
        (
            Field("way", "How", "choose", options=tuple(Option(code, text) for code, text in WAYS.items())),
            Field("at", "From when", "moment", value=watch(now)),
            Field("because", "Why, and what keeps the person safe instead", "area"),
        ),
        do,
        "From then it binds nobody, and patrol no longer sees it among what is in force.",
        warns=True,
    )


def _at(moment: datetime | None) -> str:
    return said_at(moment) if moment else "when the court decides"


_STEPS: dict[str, Callable[[OrderView, datetime], Step | None]] = {
    "serve": _serve,
    "list": _list,
    "hear": _hear,
    "breach": _breach,
    "court": _court,
    "decided": _court,
    "review": _review,
    "notified": _notified,
    "changed": _changed,
    "vary": _vary,
    "end": _end,
}
