"""Every read of lessons: who must read each, who has, who has put it into practice. No person is named in any."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from fellwatch.foundation import access, clock
from fellwatch.foundation.access import Actor
from fellwatch.meetings.access import TAKE_PART
from fellwatch.records.queries import Missing
from fellwatch.safeguarding.learning.access import READ
from fellwatch.safeguarding.learning.models import Lesson


@dataclass(frozen=True)
class Standing:
    """How a lesson stands with one agency: who read it and when, and the last word on putting it into practice."""

    agency: str
    read_at: datetime | None
    readers: tuple[str, ...]
    state: str
    evidence: str
    said_at: datetime | None
    late: bool


@dataclass(frozen=True)
class LessonView:
    """A lesson as shown. `standing` has one line for each agency whose answers the reader may see."""

    id: uuid.UUID
    board: str
    kind: str
    title: str
    seen: str
    do: str
    read_by: date
    published_at: datetime
    by_name: str
    agencies: tuple[str, ...]
    standing: tuple[Standing, ...]
    read_by_me: bool

    @property
    def read(self) -> int:
        """How many agencies have read it."""
        return sum(one.read_at is not None for one in self.standing)

    @property
    def adopted(self) -> int:
        """How many agencies have put it into practice and say how they would show it."""
        return sum(one.state == "adopted" for one in self.standing)


@access.reads
def lessons(*, by: Actor, now: datetime) -> tuple[LessonView, ...]:
    """Return every lesson for the reader, newest first."""
    access.check(by, READ if READ in by.permissions else TAKE_PART)
    return _views(Lesson.objects.order_by("-published_at"), by, now)


@access.reads
def lesson(lesson_id: uuid.UUID, *, by: Actor, now: datetime) -> LessonView:
    """Return one lesson, or raise Missing."""
    access.check(by, READ if READ in by.permissions else TAKE_PART)
    found = _views(Lesson.objects.filter(id=lesson_id), by, now)
    if not found:
        raise Missing("There is no such lesson for your agency.")
    return found[0]


def _views(rows: Iterable[Lesson], by: Actor, now: datetime) -> tuple[LessonView, ...]:
    return tuple(_view(row, by, now) for row in rows)


def _view(row: Lesson, by: Actor, now: datetime) -> LessonView:
    readings = list(row.readings.order_by("read_at"))
    mine = row.agencies if READ in by.permissions else [by.agency]
    return LessonView(
        row.id, row.board, row.kind, row.title, row.seen, row.do, row.read_by_date, row.published_at, row.by_name,
        tuple(row.agencies), tuple(_standing(row, agency, now) for agency in mine),
        any(one.user_id == by.id for one in readings),
    )  # fmt: skip


def _standing(row: Lesson, agency: str, now: datetime) -> Standing:
    readings = [one for one in row.readings.order_by("read_at") if one.agency == agency]
    said = row.adoptions.filter(agency=agency).order_by("-at").first()
    first = readings[0].read_at if readings else None
    return Standing(
        agency, first, tuple(one.name for one in readings), said.state if said else "", said.evidence if said else "",
        said.at if said else None, clock.london_date(first or now) > row.read_by_date,
    )  # fmt: skip
