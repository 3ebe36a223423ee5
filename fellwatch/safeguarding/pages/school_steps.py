"""What may be done with a notice to a school, each step as a form."""

import uuid
from collections.abc import Callable
from datetime import datetime

from fellwatch.foundation.access import Actor
from fellwatch.safeguarding.encompass import actions, life, queries, writing
from fellwatch.safeguarding.encompass.values import NoticeView, Right, Rung
from fellwatch.safeguarding.pages.forms import Field, Option, Step, Typed, as_id, watch


def step(code: str, seen: NoticeView, *, by: Actor, now: datetime) -> Step | None:
    """Return a step as a form, or None where there is no such step."""
    build = _STEPS.get(code)
    return build(seen, by, now) if build else None


def _telephone(seen: NoticeView, by: Actor, now: datetime) -> Step:
    def do(said: Typed, by: Actor, now: datetime) -> None:
        rung = Rung(said.get("spoke_to"), said.moment("at"), said.get("words"))
        actions.telephone(seen.row.id, rung, by=by, now=now)

    latest = seen.told[0][2] if seen.told else {}
    facts = (("Telephone", seen.row.telephone or "No number is held"), ("Ask for", seen.row.lead_name or "The lead"))
    called = writing.labels(seen.row.known_at)
    said = tuple((called.get(name, name), latest[name]) for name in _SAY if latest.get(name))
    fields = (
        Field("spoke_to", "Whom you spoke to, and what they are there"),
        Field("at", "When", "moment", value=watch(now)),
        Field("words", "What they will do for the child", "area"),
    )
    lede = "Say only what stands here. Do not leave it as a message, and do not tell the office: ask for the lead."
    return Step("Tell the school by telephone", "They know now", fields, do, lede, facts=(*facts, *said))


_SAY = ("child", "born", "when", "where", "present", "happened", "reference")
"""What is said on the telephone: never more than stands in the notice."""


def _place(seen: NoticeView, by: Actor, now: datetime) -> Step:
    schools = queries.establishments(by=by, now=now, kinds=("school", "college"))
    known = queries.places_of(seen.row.child_id, by=by, now=now)
    setting, school = known[0] if known else ("school", None)

    def do(said: Typed, by: Actor, now: datetime) -> None:
        right = Right(said.get("setting"), as_id(said.get("establishment")), "also" in said.all("also"))
        actions.place(seen.row.id, right, said.get("because"), by=by, now=now)

    fields = (
        Field(
            "setting", "Where the child learns", "choose", value=setting,
            options=tuple(Option(code, words) for code, words in life.SETTINGS.items()),
        ),
        Field(
            "establishment", "Which school", "choose", value=_value(school),
            options=tuple(Option(str(one.id), one.name) for one in schools),
            hint="Only where the child is on a school's roll.",
        ),
        Field("also", "Besides", "many", options=(Option("also", "The child is on the other roll as well"),)),
        Field("because", "How you know", "area", rows=2),
    )  # fmt: skip
    told = seen.row.sent_at and seen.row.path == "school"
    lede = (
        "What was sent to the other school is recalled and closed to it. The right one is told at once."
        if told
        else ("The school you choose is told at once.")
    )
    return Step("Where does the child learn?", "Tell that school", fields, do, lede, facts=(("Child", seen.row.child),))


def _value(school: uuid.UUID | None) -> str:
    return str(school) if school else ""


def _recall(seen: NoticeView, by: Actor, now: datetime) -> Step:
    def do(said: Typed, by: Actor, now: datetime) -> None:
        actions.recall(seen.row.id, said.get("because"), by=by, now=now)

    opened = any(event.kind == "opened" for event in seen.events)
    lede = (
        "It was opened: ask them to forget and to destroy what they wrote down, and tell the data protection officer."
    )
    return Step(
        "Recall this notice", "Recall it", (Field("because", "Why nobody there should know", "area"),), do,
        lede if opened else "Whoever signs in there reads from now only that it was recalled.", warns=True,
    )  # fmt: skip


def _release(seen: NoticeView, by: Actor, now: datetime) -> Step:
    def do(said: Typed, by: Actor, now: datetime) -> None:
        actions.release(seen.row.id, by=by, now=now)

    return Step("Send it now", "Send it now", (), do, "What the officer's form says later is added by itself.")


def _again(seen: NoticeView, by: Actor, now: datetime) -> Step:
    def do(said: Typed, by: Actor, now: datetime) -> None:
        actions.again(seen.row.id, by=by, now=now)

    return Step(
        "Mail it again", "Mail it again", (), do, "Correct the address on the school's page first, if it is wrong."
    )


def _returned(seen: NoticeView, by: Actor, now: datetime) -> Step:
    def do(said: Typed, by: Actor, now: datetime) -> None:
        actions.returned(seen.row.id, said.get("words"), by=by, now=now)

    field = Field("words", "What the mail that came back says", "area")
    return Step("The mail came back", "Record this", (field,), do, "The notice moves to those somebody must telephone.")


def _hand(seen: NoticeView, by: Actor, now: datetime) -> Step:
    def do(said: Typed, by: Actor, now: datetime) -> None:
        rung = Rung(said.get("spoke_to"), said.moment("at"), said.get("words"))
        actions.hand(seen.row.id, rung, by=by, now=now)

    fields = (
        Field("spoke_to", "Which force, and whom you spoke to there"),
        Field("at", "When", "moment", value=watch(now)),
        Field("words", "Their reference, and that they tell the school", "area", rows=2),
    )
    return Step(
        "The other force was told", "Record this", fields, do, "The duty is that of the force where the child lives."
    )


_STEPS: dict[str, Callable[[NoticeView, Actor, datetime], Step]] = {
    "telephone": _telephone,
    "place": _place,
    "recall": _recall,
    "release": _release,
    "again": _again,
    "returned": _returned,
    "hand": _hand,
}
