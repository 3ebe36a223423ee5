"""Every read of photographs."""

import uuid
from collections.abc import Sequence

from fellwatch.assessments.access import READ
from fellwatch.assessments.photographs.models import Photograph
from fellwatch.assessments.photographs.parts import content_of
from fellwatch.assessments.photographs.values import PhotographView
from fellwatch.assessments.sendings.values import spoken
from fellwatch.foundation import access, audit
from fellwatch.foundation.access import Actor
from fellwatch.records.queries import Missing


@access.reads
def of_incident(incident_id: uuid.UUID, *, by: Actor) -> tuple[PhotographView, ...]:
    """Return an incident's photographs in the order they were taken. The caller logs the read of the incident."""
    access.check(by, READ, subject=("incident", str(incident_id)))
    rows = Photograph.objects.filter(incident_id=incident_id).order_by("taken_at")
    return tuple(map(_view, rows))


@access.reads
def of_incidents(ids: Sequence[uuid.UUID], *, by: Actor) -> dict[uuid.UUID, tuple[PhotographView, ...]]:
    """Return the photographs of each of the incidents. The caller logs what it hands out."""
    access.check(by, READ)
    found: dict[uuid.UUID, tuple[PhotographView, ...]] = {}
    for row in Photograph.objects.filter(incident_id__in=ids).order_by("taken_at"):
        found[row.incident_id] = (*found.get(row.incident_id, ()), _view(row))
    return found


def _view(row: Photograph) -> PhotographView:
    return PhotographView(
        row.id,
        row.caption,
        row.exhibit,
        row.size,
        row.taken_at,
        row.received_at,
        row.complete_at is not None,
        spoken(row.digest) if row.complete_at else "",
        row.by_name,
    )


@access.reads
def picture(photograph_id: uuid.UUID, *, by: Actor) -> tuple[str, bytes]:
    """Return a photograph's kind and bytes, and log who looked at it; raise Missing until it is whole."""
    access.check(by, READ, subject=("photograph", str(photograph_id)))
    row = Photograph.objects.filter(id=photograph_id, complete_at__isnull=False).first()
    if row is None:
        raise Missing("There is no such photograph, it has not all arrived, or the record is restricted.")
    audit.record(
        by=by,
        action="consultation",
        sentence="assessments.photograph_read",
        subject=("incident", row.incident_id),
        people=[row.person_id] if row.person_id else [],
        detail={"photograph": str(row.id)},
    )
    return row.media_type, content_of(row)
