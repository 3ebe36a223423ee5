"""Every read of surveys: the surveyor's list, who was chosen and who was not, what was told, what was said."""

import uuid
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import TypeVar

from django.db.models import Count, F, Max, Model, Q, QuerySet, Value
from django.db.models.fields.json import KeyTextTransform
from django.db.models.lookups import GreaterThan, IsNull

from fellwatch.foundation import access, audit
from fellwatch.foundation.access import Actor
from fellwatch.records.models import PersonName
from fellwatch.records.queries import Missing, full_name
from fellwatch.surveys import law, life
from fellwatch.surveys.access import ASK, CODE, READ, SETTLE
from fellwatch.surveys.models import Answers, Change, LeftOut, Line, Selection, Told
from fellwatch.surveys.values import (
    AttemptView,
    CallView,
    ChangeView,
    ChosenRow,
    LeftOutRow,
    Said,
    SaidView,
    SelectionRow,
    ToldView,
)

PAGE = 50
"""People of a selection, lines to ring or answers on a page."""
Row = TypeVar("Row", bound=Model)


@access.reads
def to_ring(*, by: Actor, cut: slice = slice(PAGE)) -> tuple[int, tuple[CallView, ...]]:
    """Return how many the reader's agency has still to ring, and a cut of them; log whom it shows.

    Who was never rung comes first, then who was rung longest ago.
    """
    access.check(by, ASK)
    rows = Line.objects.filter(agency_id=by.agency, state__in=life.OPEN)
    ranked = rows.annotate(last_at=Max("attempts__at")).order_by(F("last_at").asc(nulls_first=True), "made_at", "id")
    total, found = rows.count(), list(ranked[cut])
    audit.record(
        by=by, action="consultation", sentence="surveys.list_read", subject=("survey list", by.agency),
        people=[row.person_id for row in found],
    )  # fmt: skip
    return total, tuple(_call(row, row.last_at) for row in found)


@access.reads
def call(line_id: uuid.UUID, *, by: Actor) -> CallView:
    """Return one line of the reader's list, whatever became of it, and log whom it is about."""
    access.check(by, ASK, subject=("survey line", str(line_id)))
    row = Line.objects.filter(id=line_id, agency_id=by.agency).annotate(last_at=Max("attempts__at")).first()
    if row is None:
        raise Missing("There is no such line on your list.")
    audit.record(
        by=by, action="consultation", sentence="surveys.line_read", subject=("survey line", line_id),
        people=[row.person_id],
    )  # fmt: skip
    return _call(row, row.last_at)


@access.reads
def done(*, by: Actor, limit: int = 20) -> tuple[CallView, ...]:
    """Return the last lines of the reader's list that are at an end, without name and number."""
    access.check(by, ASK)
    rows = Line.objects.filter(agency_id=by.agency).exclude(state__in=life.OPEN).annotate(last_at=Max("attempts__at"))
    found = rows.filter(last_at__isnull=False).order_by("-last_at")[:limit]
    return tuple(
        CallView(row.id, row.group, row.reference, "", "", None, None, row.state, row.tried, row.last_at)
        for row in found
    )


def _call(row: Line, last_at: datetime | None) -> CallView:
    return CallView(
        row.id, row.group, row.reference, row.name, row.number, row.from_time, row.to_time, row.state, row.tried,
        last_at,
    )  # fmt: skip


@access.reads
def selections(*, by: Actor, limit: int = 40) -> tuple[SelectionRow, ...]:
    """Return the last selections in numbers, newest first."""
    access.check(by, READ)
    return tuple(_selection(row) for row in Selection.objects.select_related("agency").order_by("-made_at")[:limit])


def _selection(row: Selection) -> SelectionRow:
    return SelectionRow(
        row.id, row.group, row.agency.name, row.from_date, row.to_date, row.found, row.asked, row.not_drawn,
        row.reasons, row.made_at, row.by_name,
    )  # fmt: skip


@access.reads
def selection(selection_id: uuid.UUID, *, by: Actor) -> SelectionRow:
    """Return one selection in numbers; it names nobody."""
    access.check(by, READ, subject=("selection", str(selection_id)))
    row = Selection.objects.select_related("agency").filter(id=selection_id).first()
    if row is None:
        raise Missing("There is no such selection.")
    return _selection(row)


@access.reads
def asked(selection_id: uuid.UUID, *, by: Actor, cut: slice = slice(PAGE)) -> tuple[tuple[ChosenRow, ...], bool]:
    """Return a cut of those of a selection who are asked and whom the reader may see, and whether more follow; log
    them. What they said is not in it."""
    access.check(by, READ, subject=("selection", str(selection_id)))
    rows = Line.objects.filter(selection_id=selection_id).select_related("incident").prefetch_related("attempts")
    lines, more = _cut(rows.order_by("reference"), cut)
    names = _shown(selection_id, lines, by)
    chosen = tuple(
        ChosenRow(
            one.id, one.reference, one.person_id, names[one.person_id], one.incident_id, one.incident.reference,
            one.state, one.because, tuple(_attempts(one)),
        )
        for one in lines
    )  # fmt: skip
    return chosen, more


@access.reads
def left_out(
    selection_id: uuid.UUID, *, by: Actor, reason: str = "", cut: slice = slice(PAGE)
) -> tuple[tuple[LeftOutRow, ...], bool]:
    """Return a cut of those who were found and are not asked, or of those left out for one reason, whom the reader may
    see, and whether more follow; log them."""
    access.check(by, READ, subject=("selection", str(selection_id)))
    rows = LeftOut.objects.filter(selection_id=selection_id).select_related("incident").order_by("id")
    out, more = _cut(rows.filter(reasons__contains=[reason]) if reason else rows, cut)
    names = _shown(selection_id, out, by)
    left = tuple(
        LeftOutRow(
            one.person_id, names[one.person_id], one.incident_id, one.incident.reference, tuple(one.reasons)
        )
        for one in out
    )  # fmt: skip
    return left, more


def _cut(rows: "QuerySet[Row, Row]", cut: slice) -> tuple[list[Row], bool]:
    first = cut.start or 0
    found = list(rows[first : cut.stop + 1])
    return found[: cut.stop - first], len(found) > cut.stop - first


def _shown(selection_id: uuid.UUID, rows: "list[Line] | list[LeftOut]", by: Actor) -> Mapping[uuid.UUID, str]:
    """Log whom a list shows, and return their names."""
    people = [row.person_id for row in rows]
    audit.record(
        by=by, action="consultation", sentence="surveys.selection_read", subject=("selection", selection_id),
        people=people,
    )  # fmt: skip
    return _names(people)


def _attempts(line: Line) -> Iterable[AttemptView]:
    for one in sorted(line.attempts.all(), key=lambda one: one.at):
        yield AttemptView(one.at, one.result, one.by_name)


def _names(people: Iterable[uuid.UUID]) -> Mapping[uuid.UUID, str]:
    names: dict[uuid.UUID, list[PersonName]] = {person: [] for person in people}
    for row in PersonName.objects.filter(person_id__in=list(names)):
        names[row.person_id].append(row)
    return {person: full_name(rows) for person, rows in names.items()}


@access.reads
def told(*, by: Actor) -> tuple[ToldView, ...]:
    """Return what surveyors told that nobody has ended, oldest first, then the last that were; log whom it is about."""
    access.check(by, SETTLE)
    rows = Told.objects.select_related("line", "agency", "incident")
    waiting = rows.filter(settled_at__isnull=True).order_by("at")
    found = [*waiting, *rows.filter(settled_at__isnull=False).order_by("-settled_at")[:20]]
    audit.record(
        by=by, action="consultation", sentence="surveys.told_read", subject=("survey reports", len(found)),
        people=[row.person_id for row in found],
    )  # fmt: skip
    return _told(found)


@access.reads
def one_told(told_id: uuid.UUID, *, by: Actor) -> ToldView:
    """Return one thing that a surveyor told, and log whom it is about."""
    access.check(by, SETTLE, subject=("survey report", str(told_id)))
    row = Told.objects.select_related("line", "agency", "incident").filter(id=told_id).first()
    if row is None:
        raise Missing("There is no such report.")
    audit.record(
        by=by, action="consultation", sentence="surveys.told_read", subject=("survey report", told_id),
        people=[row.person_id],
    )  # fmt: skip
    return _told([row])[0]


def _told(rows: list[Told]) -> tuple[ToldView, ...]:
    names = _names(row.person_id for row in rows)
    return tuple(
        ToldView(
            row.id, row.kind, row.line_id, row.line.state, row.line.group, row.line.reference, row.agency.name,
            row.person_id, names[row.person_id], row.incident_id, row.incident.reference, row.words, row.at,
            row.by_name, row.outcome, row.outcome_words, row.settled_at, row.settled_by_name,
        )
        for row in rows
    )  # fmt: skip


@access.reads
def said(group: str, *, by: Actor, now: datetime, cut: slice = slice(PAGE)) -> Said:
    """Return a cut of what people of a group said in their own words, what nobody has read first.

    It names nobody, and stands in no order of time: whoever was rung last cannot be told by it.
    """
    access.check(by, CODE)
    rows = _with_words(group, now)
    counts = rows.aggregate(total=Count("id"), unread=Count("id", filter=Q(read_at=None)))
    found = _said(list(rows.order_by(IsNull(F("read_at"), False), "id")[cut]), group, by, now)
    return Said(found, **counts)


@access.reads
def one_said(id: uuid.UUID, group: str, *, by: Actor, now: datetime) -> SaidView:
    """Return what one person of a group said in their own words."""
    access.check(by, CODE)
    found = list(_with_words(group, now).filter(id=id))
    if not found:
        raise Missing("There is no such answer.")
    return _said(found, group, by, now)[0]


def _with_words(group: str, now: datetime) -> "QuerySet[Answers, Answers]":
    """Return the answers of a group to any question that asks for somebody's own words."""
    asked = Q(pk__in=[])
    for question in law.asked_in_words(group, now):
        asked |= Q(GreaterThan(KeyTextTransform(question, "answers"), Value("")))
    return Answers.objects.filter(asked, group=group)


def _said(rows: list[Answers], group: str, by: Actor, now: datetime) -> tuple[SaidView, ...]:
    audit.record(
        by=by, action="consultation", sentence="surveys.said_read", subject=("answers", group),
        detail={"answers": len(rows)},
    )  # fmt: skip
    return tuple(
        SaidView(row.id, law.in_words(group, row.answers, now), tuple(row.themes), row.read_by_name) for row in rows
    )


@access.reads
def changes(*, by: Actor) -> tuple[ChangeView, ...]:
    """Return what is changed because of what victims said, what is still to be done first."""
    access.check(by, READ)
    rows = sorted(Change.objects.all(), key=lambda row: (row.done_at is not None, row.due_date))
    return tuple(
        ChangeView(
            row.id, row.group, row.theme, row.words, row.owner, row.due_date, row.made_at, row.by_name, row.done_at,
            row.done_words, row.done_by_name,
        )
        for row in rows
    )  # fmt: skip


@access.reads
def told_count(*, by: Actor) -> int:
    """Return how many things that surveyors told nobody has ended; it names nobody."""
    access.check(by, READ)
    return Told.objects.filter(settled_at__isnull=True).count()
