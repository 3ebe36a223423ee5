"""Publish a lesson, read it, and say what was changed because of it."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from fellwatch.foundation import access, audit, clock, ids, once
from fellwatch.foundation.access import Actor
from fellwatch.meetings.access import TAKE_PART
from fellwatch.meetings.actions import steps
from fellwatch.orders.values import Invalid
from fellwatch.records.queries import Missing
from fellwatch.safeguarding.learning.access import PUBLISH, READ
from fellwatch.safeguarding.learning.models import Lesson, LessonAdoption, LessonReading

BOARDS = {"domestic": "Domestic abuse", "sexual": "Sexual abuse"}
KINDS = {"good_practice": "Good practice", "learning": "Learning"}
STATES = {"adopted": "In practice", "planned": "Planned", "not_for_us": "Not for us"}
LEAST = 20


@dataclass(frozen=True)
class NewLesson:
    """A lesson as the board publishes it. It names no case and no person."""

    board: str
    kind: str
    title: str
    seen: str
    do: str
    agencies: Sequence[str]
    read_by: date | None
    id: uuid.UUID = field(default_factory=ids.new)


def publish(new: NewLesson, *, by: Actor, now: datetime) -> uuid.UUID:
    """Publish a lesson to the agencies that must read it. Sent twice, it stands once."""
    access.check(by, PUBLISH)
    problems = {}
    if new.board not in BOARDS:
        problems["board"] = "Choose the board."
    if new.kind not in KINDS:
        problems["kind"] = "Choose what kind of lesson it is."
    for name, ask in (
        ("title", "Give it a title."),
        ("seen", "Say what was seen."),
        ("do", "Say what to do differently."),
    ):
        if len(getattr(new, name).strip()) < (5 if name == "title" else LEAST):
            problems[name] = ask
    if not new.agencies:
        problems["agencies"] = "Tick who must read it."
    if new.read_by is None or new.read_by < clock.london_date(now):
        problems["read_by"] = "Give a day that lies ahead, such as 21 December 2026."
    if problems or new.read_by is None:
        raise Invalid(problems)
    with access.acting(by):
        once.only(new.id)
        if Lesson.objects.filter(id=new.id).exists():
            return new.id
        words = {name: steps.storable(getattr(new, name), name) for name in ("title", "seen", "do")}
        Lesson.objects.create(
            id=new.id, board=new.board, kind=new.kind, **words, agencies=sorted(set(new.agencies)),
            read_by_date=new.read_by, published_at=now, by_id=by.id, by_name=by.name,
        )  # fmt: skip
        _logged("published", new.id, by=by)
    return new.id


def read(lesson_id: uuid.UUID, *, by: Actor, now: datetime) -> None:
    """Say that somebody has read a lesson. Read twice, the first time stands."""
    access.check(by, READ if READ in by.permissions else TAKE_PART)
    with access.acting(by):
        _there(lesson_id)
        if LessonReading.objects.filter(lesson_id=lesson_id, user_id=by.id).exists():
            return
        LessonReading.objects.create(lesson_id=lesson_id, agency=by.agency, user_id=by.id, name=by.name, read_at=now)
        _logged("read", lesson_id, by=by)


def adopt(lesson_id: uuid.UUID, state: str, evidence: str, *, by: Actor, now: datetime) -> None:
    """Say for an agency what was changed because of a lesson, with what shows it. The last word stands."""
    access.check(by, READ if READ in by.permissions else TAKE_PART)
    if state not in STATES:
        raise Invalid({"state-1": "Say whether you have put it into practice."})
    ask = {
        "adopted": "Say what changed, where it is written, and how you would show it.",
        "planned": "Say who will do it, and by when.",
        "not_for_us": "Say why it does not concern you.",
    }[state]
    said = steps.words(evidence, "evidence", ask, least=LEAST)
    with access.acting(by):
        _there(lesson_id)
        last = LessonAdoption.objects.filter(lesson_id=lesson_id, agency=by.agency).order_by("-at").first()
        if last and (last.state, last.evidence) == (state, said):
            return
        LessonAdoption.objects.create(
            lesson_id=lesson_id, agency=by.agency, state=state, evidence=said, at=now, by_id=by.id, by_name=by.name
        )
        _logged(state, lesson_id, by=by)


def _there(lesson_id: uuid.UUID) -> None:
    once.only(lesson_id)
    if not Lesson.objects.filter(id=lesson_id).exists():
        raise Missing("There is no such lesson for your agency.")


def _logged(sentence: str, lesson_id: uuid.UUID, *, by: Actor) -> None:
    audit.record(by=by, action="alteration", sentence=f"learning.{sentence}", subject=("lesson", lesson_id))
