"""Rows of meetings, of what agencies were asked and of what they promised, as the plain values that reads return."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Prefetch, QuerySet, prefetch_related_objects

from fellwatch.foundation import clock
from fellwatch.meetings.models import Action, Attendance, Item, Meeting, Research
from fellwatch.meetings.values import ActionView, AttendanceView, MeetingView, ResearchView


def meetings_in(rows: "QuerySet[Meeting, Meeting]", *, count: bool = True) -> tuple[MeetingView, ...]:
    """Return the meetings as views; what their agendas hold is counted unless nobody asks."""
    there = list(rows.prefetch_related(Prefetch("attendance", Attendance.objects.order_by("agency"))))
    if count:
        prefetch_related_objects(there, Prefetch("items", Item.objects.exclude(state="put_back")))
    return tuple(
        MeetingView(
            row.id, row.kind, row.title, row.starts_at, row.ends_at, row.place, row.chair, tuple(row.agencies),
            row.state, row.sequence, row.agenda_due_date, row.agenda_sent_at, row.begun_at, row.ended_at,
            len(row.items.all()) if count else 0,
            tuple(AttendanceView(one.id, one.agency, one.title, one.name, one.state) for one in row.attendance.all()),
        )
        for row in there
    )  # fmt: skip


def research_in(rows: "QuerySet[Research, Research]", now: datetime) -> tuple[ResearchView, ...]:
    """Return what agencies were asked as views."""
    found: Sequence[Research] = list(rows.select_related("matter"))
    return tuple(
        ResearchView(
            row.id, row.matter_id, row.matter.reference, row.agency, row.asked_at, row.due_at, row.known, row.facts,
            row.analysis, row.answered_at, row.answered_by_name, len(row.chased_at),
            row.due_at is not None and (row.answered_at or now) > row.due_at,
        )
        for row in found
    )  # fmt: skip


def actions_in(rows: "QuerySet[Action, Action]", now: datetime) -> tuple[ActionView, ...]:
    """Return what agencies promised as views, what is open first, due soonest first."""
    found: Sequence[Action] = list(rows.select_related("matter"))
    today = clock.london_date(now)
    views = (
        ActionView(
            row.id, row.matter_id, row.matter.reference, row.agency, row.owner, row.words, row.due_date, row.state,
            row.answer, row.answered_at, row.answered_by_name, row.set_by_name, len(row.reminded_at),
            row.state == "open" and row.due_date < today,
        )
        for row in found
    )  # fmt: skip
    return tuple(sorted(views, key=lambda one: (one.state != "open", one.due_date)))
