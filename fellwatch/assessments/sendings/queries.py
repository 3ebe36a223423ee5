"""Every read of what handhelds sent."""

import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from fellwatch.assessments.access import READ
from fellwatch.assessments.models import Assessment
from fellwatch.assessments.sendings import telling
from fellwatch.assessments.sendings.models import Difference, Sending
from fellwatch.assessments.sendings.values import DifferenceView, Head, SendingView
from fellwatch.foundation import access, audit
from fellwatch.foundation.access import Actor
from fellwatch.records.queries import Missing


@access.reads
def heads(incidents: Sequence[uuid.UUID], *, by: Actor) -> Mapping[uuid.UUID, tuple[Head, ...]]:
    """Return the standing version of every form of these incidents. The caller logs the read of the incidents."""
    access.check(by, READ)
    rows = Assessment.objects.filter(incident_id__in=incidents)
    newest = rows.order_by("incident_id", "instrument", "person_id", "-number").distinct(
        "incident_id", "instrument", "person_id"
    )
    differs = _open_in(incidents)
    found: dict[uuid.UUID, tuple[Head, ...]] = {}
    for row in newest:
        if row.incident_id:
            head = telling.head_view(row, differs.get((row.incident_id, row.instrument, row.person_id), {}))
            found[row.incident_id] = (*found.get(row.incident_id, ()), head)
    return found


def _open_in(incidents: Sequence[uuid.UUID]) -> dict[tuple[uuid.UUID, str, uuid.UUID | None], dict[str, Any]]:
    found: dict[tuple[uuid.UUID, str, uuid.UUID | None], dict[str, Any]] = {}
    for row in Difference.objects.filter(incident_id__in=incidents, state="open").order_by("arrived_at"):
        key = (row.incident_id, row.instrument, row.person_id)
        found.setdefault(key, {})[row.question] = {
            "stands": row.standing,
            "sides": [
                {"by": row.stored_by_name, "answer": row.stored},
                {"by": row.arrived_by_name, "answer": row.arrived},
            ],
        }
    return found


@access.reads
def of_incident(incident_id: uuid.UUID, *, by: Actor) -> tuple[SendingView, ...]:
    """Return what handhelds sent about an incident, newest first. The caller logs the read of the incident."""
    access.check(by, READ)
    rows = Sending.objects.filter(incident_id=incident_id).select_related("incident").order_by("-received_at")
    return tuple(map(telling.sending_view, rows))


@access.reads
def differences(*, by: Actor, limit: int = 200) -> tuple[DifferenceView, ...]:
    """Return what two people answered apart and nobody has settled, oldest first, and log whom it is about."""
    access.check(by, READ)
    rows = list(
        Difference.objects.filter(state="open").select_related("incident", "sending").order_by("arrived_at")[:limit]
    )
    _log(rows, by)
    return tuple(map(telling.difference_view, rows))


@access.reads
def difference(difference_id: uuid.UUID, *, by: Actor) -> tuple[DifferenceView, int]:
    """Return one difference with the version of the form as it stands now, or raise Missing."""
    access.check(by, READ, subject=("difference", str(difference_id)))
    row = Difference.objects.filter(id=difference_id).select_related("incident", "sending").first()
    if row is None:
        raise Missing("There is no such difference, or the record is restricted.")
    _log([row], by)
    return telling.difference_view(row), telling.head_of(row).number


def _log(rows: Sequence[Difference], by: Actor) -> None:
    audit.record(
        by=by,
        action="consultation",
        sentence="assessments.differences_read",
        subject=("differences", len(rows)),
        people=[row.person_id for row in rows if row.person_id],
    )
