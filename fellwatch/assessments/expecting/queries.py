"""Every read of work that is missing."""

import uuid
from dataclasses import dataclass
from datetime import datetime

from fellwatch.assessments.access import READ
from fellwatch.assessments.expecting import gaps
from fellwatch.assessments.instruments import edition_of
from fellwatch.duties import queries as duties
from fellwatch.duties.models import Duty
from fellwatch.foundation import access, audit, clock
from fellwatch.foundation.access import Actor
from fellwatch.records.queries import full_name

LACKS = {
    gaps.FORM: "Not handed in",
    gaps.NOTICE: "Not handed in",
    gaps.ARREST: "Not tried",
    gaps.SERVICE: "Not served",
}


@dataclass(frozen=True)
class Gap:
    """One piece of missing work: what, about whom, why, who owes it and since when."""

    id: uuid.UUID
    rule: str
    title: str
    lacks: str
    because: str
    owner: str
    incident_id: uuid.UUID | None
    reference: str
    person_id: uuid.UUID | None
    person_name: str
    since: datetime
    due_at: datetime | None
    is_late: bool


@access.reads
def missing(*, by: Actor, now: datetime, first: int = 0, limit: int = 50) -> tuple[Gap, ...]:
    """Return a page of missing work, what is due or overdue first, and log whose it is."""
    access.check(by, READ)
    rows = list(
        Duty.objects.filter(rule__in=gaps.RULES, state__in=["open", "late"])
        .select_related("incident", "person")
        .prefetch_related("person__names")
        .order_by("due_at", "id")[first : first + limit]
    )
    audit.record(
        by=by,
        action="consultation",
        sentence="assessments.missing_read",
        subject=("duties", len(rows)),
        people=[row.person_id for row in rows if row.person_id],
    )
    return tuple(_gap(row, now) for row in rows)


def _gap(row: Duty, now: datetime) -> Gap:
    return Gap(
        id=row.id,
        rule=row.rule,
        title=_title(row),
        lacks=LACKS[row.rule],
        because=str(row.facts.get("because", "")),
        owner=row.owner,
        incident_id=row.incident_id,
        reference=row.incident.reference if row.incident else "",
        person_id=row.person_id,
        person_name=full_name(row.person.names.all()) if row.person else "",
        since=row.started_at,
        due_at=row.due_at,
        is_late=row.due_at is not None and row.due_at < now,
    )


def _title(row: Duty) -> str:
    """Say what is missing."""
    match row.rule:
        case gaps.ARREST:
            return "Arrest"
        case gaps.SERVICE:
            return "Protection notice"
        case _ if row.incident:
            return edition_of(str(row.facts["instrument"]), clock.london_date(row.incident.received_at)).title
        case _:
            return row.title


@access.reads
def counts(*, by: Actor) -> duties.Counted:
    """Count missing work as it stands, and again from its stories alone; no person is named."""
    access.check(by, READ)
    return duties.counted(gaps.RULES, by=by)
