"""Reads of decisions that keep police away or slow them down: lower grades proposed, requests declined."""

import uuid
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from fellwatch.contact.access import READ, SUPERVISE
from fellwatch.contact.models import AttendanceDecision, LowerGrade
from fellwatch.foundation import access, audit
from fellwatch.foundation.access import Actor


@dataclass(frozen=True)
class LowerGradeView:
    """A lower grade proposed, and what became of it."""

    id: uuid.UUID
    incident_id: uuid.UUID
    reference: str
    opening_code: str
    from_grade: str
    to_grade: str
    reason_code: str
    rationale: str
    because: tuple[str, ...]
    proposed_at: datetime
    proposed_by_id: uuid.UUID
    proposed_by_name: str
    state: str
    decided_at: datetime | None
    decided_by_name: str
    decided_because: str


@dataclass(frozen=True)
class AttendanceView:
    """Whether police go, why, and who looked at it since."""

    id: uuid.UUID
    incident_id: uuid.UUID
    reference: str
    opening_code: str
    decision: str
    because: tuple[str, ...]
    area: str
    requester: str
    who_will: str
    at: datetime
    by_id: uuid.UUID
    by_name: str
    ended_at: datetime | None
    ended_because: str
    escalated_at: datetime | None
    escalated_to: str
    escalated_because: str
    escalated_by_name: str
    review: str
    review_because: str
    reviewed_at: datetime | None
    reviewed_by_name: str

    @property
    def stands(self) -> bool:
        """Whether police stay away on this decision now."""
        return self.decision == "decline" and self.ended_at is None


@access.reads
def lower_grades(*, by: Actor) -> tuple[LowerGradeView, ...]:
    """Return the lower grades that wait for a supervisor, oldest first."""
    access.check(by, SUPERVISE)
    rows = LowerGrade.objects.filter(state="waiting").select_related("incident").order_by("proposed_at")
    found = tuple(map(_lower, rows))
    _read(by, "contact.lower_grades_read", "lower_grades", len(found))
    return found


@access.reads
def declines(*, by: Actor) -> tuple[AttendanceView, ...]:
    """Return the standing decisions not to go that no supervisor has reviewed, oldest first."""
    access.check(by, SUPERVISE)
    rows = _standing().filter(review="").order_by("at")
    found = tuple(map(_attendance, rows))
    _read(by, "contact.declines_read", "declines", len(found))
    return found


def _standing() -> "QuerySet[AttendanceDecision]":
    open_ones = AttendanceDecision.objects.filter(decision="decline", ended_at=None, incident__closed_at=None)
    return open_ones.select_related("incident")


def _read(by: Actor, sentence: str, what: str, count: int) -> None:
    audit.record(
        by=by,
        action="consultation",
        sentence=sentence,
        subject=("decisions", what),
        detail={"incidents": count},
    )


@access.reads
def lower_grades_of(incident_id: uuid.UUID, *, by: Actor) -> tuple[LowerGradeView, ...]:
    """Return every lower grade proposed for an incident, newest first. The caller logs the read of the incident."""
    access.check(by, READ)
    rows = LowerGrade.objects.filter(incident_id=incident_id).select_related("incident").order_by("-proposed_at")
    return tuple(map(_lower, rows))


@access.reads
def attendance_of(incident_id: uuid.UUID, *, by: Actor) -> tuple[AttendanceView, ...]:
    """Return every decision on going to an incident, newest first. The caller logs the read of the incident."""
    access.check(by, READ)
    rows = AttendanceDecision.objects.filter(incident_id=incident_id).select_related("incident").order_by("-at")
    return tuple(map(_attendance, rows))


def _lower(row: LowerGrade) -> LowerGradeView:
    kept = {name: getattr(row, name) for name in LowerGradeView.__dataclass_fields__ if hasattr(row, name)}
    about = {"reference": row.incident.reference, "opening_code": row.incident.opening_code}
    return LowerGradeView(**{**kept, **about, "because": tuple(row.because)})


def _attendance(row: AttendanceDecision) -> AttendanceView:
    kept = {name: getattr(row, name) for name in AttendanceView.__dataclass_fields__ if hasattr(row, name)}
    about = {"reference": row.incident.reference, "opening_code": row.incident.opening_code}
    return AttendanceView(**{**kept, **about, "because": tuple(row.because)})
