"""Every read of the mental-health helpline: who waits, what was advised, how long it took, whether it was followed."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from statistics import median

from fellwatch.contact.access import HELPLINE, READ, SUPERVISE
from fellwatch.contact.models import Consultation
from fellwatch.foundation import access, audit, clock
from fellwatch.foundation.access import Actor
from fellwatch.records.queries import Missing

WEEKS = 8
IN_TIME = timedelta(minutes=1)


@dataclass(frozen=True)
class ConsultationView:
    """A question to the helpline, as it stands."""

    id: uuid.UUID
    incident_id: uuid.UUID
    about: str
    question: str
    callback: str
    requested_at: datetime
    requested_by_name: str
    answered_at: datetime | None
    adviser_id: uuid.UUID | None
    adviser_name: str
    advice_code: str
    advice: str
    advised_at: datetime | None
    agreed: bool | None
    disagreement: str
    outcome: str
    settled_at: datetime | None
    settled_by_name: str


@dataclass(frozen=True)
class Week:
    """A week of the helpline. `median_wait` is in seconds, None where nobody was answered."""

    begins: date
    asked: int
    in_time: int
    median_wait: float | None
    longest_wait: float | None
    settled: int
    disagreed: int


@access.reads
def waiting(*, by: Actor) -> tuple[ConsultationView, ...]:
    """Return the questions nobody has advised on, oldest first, for an adviser."""
    access.check(by, HELPLINE)
    found = _views(Consultation.objects.filter(advised_at=None).order_by("requested_at"))
    _logged(by, "queue", len(found))
    return found


@access.reads
def advised(*, by: Actor, since: datetime) -> tuple[ConsultationView, ...]:
    """Return what was advised since a time, newest first, with what officers said of it."""
    access.check(by, HELPLINE)
    found = _views(Consultation.objects.filter(advised_at__gte=since).order_by("-advised_at"))
    _logged(by, "advised", len(found))
    return found


@access.reads
def consultation(consultation_id: uuid.UUID, *, by: Actor) -> ConsultationView:
    """Return one question, for an adviser."""
    access.check(by, HELPLINE)
    found = _views(Consultation.objects.filter(id=consultation_id))
    if not found:
        raise Missing("There is no such question.")
    _logged(by, str(consultation_id), 1)
    return found[0]


@access.reads
def of_incident(incident_id: uuid.UUID, *, by: Actor) -> tuple[ConsultationView, ...]:
    """Return an incident's questions, newest first. The caller logs the read of the incident."""
    access.check(by, READ)
    return _views(Consultation.objects.filter(incident_id=incident_id).order_by("-requested_at"))


@access.reads
def weeks(*, by: Actor, now: datetime) -> tuple[Week, ...]:
    """Return the last weeks, oldest first: how long people waited and how often advice was not followed."""
    access.check(by, HELPLINE if HELPLINE in by.permissions else SUPERVISE)
    monday = clock.london_date(now) - timedelta(days=clock.london_date(now).weekday())
    first = monday - timedelta(weeks=WEEKS - 1)
    asked = Consultation.objects.filter(requested_at__gte=now - timedelta(weeks=WEEKS)).values_list(
        "requested_at", "answered_at", "agreed"
    )
    grouped: dict[date, list[tuple[datetime, datetime | None, bool | None]]] = {}
    for at, answered, agreed in asked:
        day = clock.london_date(at)
        grouped.setdefault(day - timedelta(days=day.weekday()), []).append((at, answered, agreed))
    return tuple(_week(first + timedelta(weeks=n), grouped.get(first + timedelta(weeks=n), [])) for n in range(WEEKS))


def _week(begins: date, rows: Sequence[tuple[datetime, datetime | None, bool | None]]) -> Week:
    waits = [answered - at for at, answered, _ in rows if answered]
    seconds = [wait.total_seconds() for wait in waits]
    said = [agreed for _, _, agreed in rows if agreed is not None]
    return Week(
        begins,
        len(rows),
        sum(1 for wait in waits if wait <= IN_TIME),
        median(seconds) if seconds else None,
        max(seconds, default=None),
        len(said),
        said.count(False),
    )


def _views(rows: Iterable[Consultation]) -> tuple[ConsultationView, ...]:
    names = ConsultationView.__dataclass_fields__
    return tuple(ConsultationView(**{name: getattr(row, name) for name in names}) for row in rows)


def _logged(by: Actor, what: str, count: int) -> None:
    audit.record(
        by=by,
        action="consultation",
        sentence="contact.helpline_read",
        subject=("helpline", what),
        detail={"questions": count},
    )
