"""What may be done with a contact now, each step as a form."""

import uuid
from collections.abc import Callable
from datetime import datetime

from fellwatch.foundation import clock
from fellwatch.foundation.access import Actor
from fellwatch.safeguarding.mash import actions, gathering
from fellwatch.safeguarding.mash import sharing as telling
from fellwatch.safeguarding.mash.values import ContactView
from fellwatch.safeguarding.pages.forms import Field, Option, Step, Typed, as_id
from fellwatch.safeguarding.values import Invalid
from fellwatch.sharing import fields
from fellwatch.sharing import queries as sharing
from fellwatch.sharing.checks import Invalid as NotTold
from fellwatch.sharing.life import WAITING
from fellwatch.sharing.values import ReferralView

Build = Callable[[ContactView, uuid.UUID | None, Actor, datetime], Step | None]


def step(code: str, seen: ContactView, of: uuid.UUID | None, *, by: Actor, now: datetime) -> Step | None:
    """Return a step as a form, or None where there is no such step on this contact."""
    build = _STEPS.get(code)
    return build(seen, of, by, now) if build else None


def options(rule: str, now: datetime) -> tuple[Option, ...]:
    """Return a list's codes as options with their guidance."""
    return tuple(Option(one.code, one.label, one.guidance) for one in fields.codes(rule, now).codes)


def _screen(seen: ContactView, of: uuid.UUID | None, by: Actor, now: datetime) -> Step:
    def do(said: Typed, by: Actor, now: datetime) -> None:
        actions.screen(seen.row.id, said.get("colour"), said.get("because"), said.get("open_to"), by=by, now=now)

    return Step(
        "Set the colour",
        "Keep it",
        (
            Field("colour", "Colour", "choose", options=options(actions.COLOURS, now), value=seen.row.colour),
            Field("because", "If it changes, why", "area"),
            Field(
                "open_to",
                "Who has this case open already",
                hint="An open case goes to its worker, not through screening.",
                value=seen.open_to,
            ),
        ),
        do,
        lede="A worse colour starts a clock of its own now. A milder one goes on from when the contact came.",
    )


def _sent(seen: ContactView, of: uuid.UUID | None) -> ReferralView | None:
    return next((one for one in seen.sent if one.id == of), None)


def _chase(seen: ContactView, of: uuid.UUID | None, by: Actor, now: datetime) -> Step | None:
    one = _sent(seen, of)
    if one is None or one.state not in WAITING:
        return None

    def do(said: Typed, by: Actor, now: datetime) -> None:
        actions.chase(seen.row.id, one.id, by=by, now=now)

    lede = "Its people are written to again, each at their own mailbox: that something still waits, not what."
    return Step(f"Remind {one.agency}", "Remind them", (), do, lede=lede)


def _escalate(seen: ContactView, of: uuid.UUID | None, by: Actor, now: datetime) -> Step | None:
    one = _sent(seen, of)
    if one is None or one.state not in WAITING:
        return None
    agency = next((a for a in sharing.agencies(by=by, now=now) if a.code == one.agency_code), None)

    def do(said: Typed, by: Actor, now: datetime) -> None:
        actions.escalate(seen.row.id, one.id, said.get("whom"), said.get("said"), by=by, now=now)

    return Step(
        f"Take it to whoever answers for {one.agency}",
        "Record this",
        (
            Field("whom", "Whom you reached", value=agency.manager if agency else ""),
            Field("said", "What they were told, and what they said", "area"),
        ),
        do,
        lede="Ring a named person; writing again is not enough. From now another clock runs: have the answer, go one "
        "step higher, or decide without and say why.",
        facts=(("Telephone", agency.telephone if agency else "not known"),),
    )


def _discussion(seen: ContactView, of: uuid.UUID | None, by: Actor, now: datetime) -> Step:
    def do(said: Typed, by: Actor, now: datetime) -> str:
        actions.call_discussion(seen.row.id, said.moment("meet_at"), said.get("how"), by=by, now=now, id=said.id())
        return f"/safeguarding/hub/{seen.row.id}/share/discussion/"

    return Step(
        "Call a strategy discussion",
        "Call it, and go on to invite",
        (Field("meet_at", "When", "moment"), Field("how", "Where or how", hint="A room, a call.")),
        do,
        lede="As soon as possible where a child may come to significant harm. No law says how many hours: the time is "
        "the partnership's own.",
    )


def _hold(seen: ContactView, of: uuid.UUID | None, by: Actor, now: datetime) -> Step | None:
    talk = next((one for one in seen.discussions if one.id == of and one.held_at is None), None)
    if talk is None:
        return None
    agencies = tuple(Option(one.code, one.name) for one in sharing.agencies(by=by, now=now))

    def do(said: Typed, by: Actor, now: datetime) -> None:
        actions.hold_discussion(
            talk.id, seen.row.id, said.all("took_part"), said.get("agreed"), said.get("not_held"), by=by, now=now
        )

    return Step(
        "Record the discussion",
        "Record it",
        (
            Field("took_part", "Who took part, beside the police", "many", options=agencies),
            Field("agreed", "What was agreed, who does it and by when", "area", rows=5),
            Field("not_held", "Or why it was not held", "area", rows=2),
        ),
        do,
    )


def _decide(seen: ContactView, of: uuid.UUID | None, by: Actor, now: datetime) -> Step:
    def do(said: Typed, by: Actor, now: datetime) -> None:
        actions.decide(
            seen.row.id, said.get("level"), said.get("decision"), said.get("because"), said.get("without_because"),
            seen=said.number("seen"), by=by, now=now,
        )  # fmt: skip

    waits = ", ".join(seen.row.waits_for)
    return Step(
        "Decide",
        "Decide, and tell whoever raised it",
        (
            Field("level", "Level of need", "choose", options=options(actions.LEVELS, now)),
            Field("decision", "What happens", "choose", options=options(actions.DECISIONS, now)),
            Field("because", "Why", "area", f"{seen.row.raised_by_name} reads this.", rows=4),
            Field("without_because", "If an answer or a discussion is missing, why this cannot wait", "area", rows=2),
        ),
        do,
        lede=f"Not answered yet: {waits}." if waits else "",
        warns=bool(waits),
        seen=seen.version,
        facts=tuple((one.agency, f"{_found(one, now)} {one.answer}") for one in seen.sent if one.state == "answered"),
    )


def _found(one: ReferralView, now: datetime) -> str:
    return f"{fields.label(fields.FINDINGS, one.answer_code, now)}." if one.answer_code else ""


def _reopen(seen: ContactView, of: uuid.UUID | None, by: Actor, now: datetime) -> Step:
    def do(said: Typed, by: Actor, now: datetime) -> None:
        actions.reopen(seen.row.id, said.get("because"), by=by, now=now)

    return Step("Open it again", "Open it", (Field("because", "What is new", "area"),), do)


def _recall(seen: ContactView, of: uuid.UUID | None, by: Actor, now: datetime) -> Step | None:
    one = _sent(seen, of)
    if one is None or one.state == "recalled":
        return None

    def do(said: Typed, by: Actor, now: datetime) -> None:
        telling.take_back(seen.row.id, one.id, said.get("reason"), said.get("because"), by=by, now=now)

    opened = f"Opened by {one.opened_by_name}." if one.opened_at else "Nobody there has opened it."
    return Step(
        f"Take back what {one.agency} was told",
        "Take it back",
        (
            Field("reason", "Why it is taken back", "choose", options=options(fields.RECALLS, now)),
            Field("because", "What went wrong, and what is done about it", "area"),
        ),
        do,
        lede=f"{opened} From now the agency cannot read it, and is asked to say that it kept nothing. If the wrong "
        "people read it, tell the data protection officer: the 72 hours of a breach run from now.",
        warns=True,
    )


def _exclude(seen: ContactView, of: uuid.UUID | None, by: Actor, now: datetime) -> Step:
    def do(said: Typed, by: Actor, now: datetime) -> None:
        person = as_id(said.get("excluded").rstrip("/").rsplit("/", 1)[-1])
        if person is None:
            raise Invalid({"excluded": "Give the address of the person's page, or the number in it."})
        try:
            actions.exclude(seen.row.id, person, said.get("excluded_because"), by=by, now=now)
        except NotTold as wrong:
            raise Invalid(wrong.problems) from wrong

    return Step(
        "Name somebody who must never receive this",
        "Exclude them",
        (
            Field("excluded", "Who", hint="The address of their page, or the number in it."),
            Field("excluded_because", "Why", "area"),
        ),
        do,
        lede="Whoever is feared, those close to them and the person themself are excluded already. Somebody named here "
        "receives nothing about this contact, whatever agency they work for.",
    )


_STEPS: dict[str, Build] = {
    "screen": _screen,
    "chase": _chase,
    "escalate": _escalate,
    "discussion": _discussion,
    "hold": _hold,
    "decide": _decide,
    "reopen": _reopen,
    "recall": _recall,
    "exclude": _exclude,
}


def suggested(seen: ContactView, *, by: Actor, now: datetime) -> dict[str, str]:
    """Return words to begin with for each thing that may be told."""
    found = gathering.suggested(seen, by=by, now=now)
    talk = next((one for one in reversed(seen.discussions) if one.held_at is None), None)
    return {**found, "meeting": f"{clock.london(talk.meet_at):%a %-d %b %H:%M}, {talk.how}" if talk else ""}
