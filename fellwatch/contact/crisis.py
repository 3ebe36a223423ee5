"""Every read of detentions, places of safety and gaps in crisis care."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from fellwatch.contact.access import HELPLINE, READ
from fellwatch.contact.models import Detention, PlaceOfSafety, Shortfall
from fellwatch.foundation import access
from fellwatch.foundation.access import Actor
from fellwatch.records import queries as records


@dataclass(frozen=True)
class DetentionView:
    """Somebody held, until when, where and by whose authority."""

    id: uuid.UUID
    incident_id: uuid.UUID
    reference: str
    person_id: uuid.UUID
    name: str
    section: str
    detained_at: datetime
    grounds: str
    consulted: str
    not_consulted: str
    by_name: str
    place_id: uuid.UUID | None
    place: str
    place_kind: str
    arrived_at: datetime | None
    first_end_at: datetime | None
    until_at: datetime | None
    authority_rank: str
    authority_name: str
    authority_because: str
    moves: tuple[Mapping[str, str], ...]
    extended_at: datetime | None
    extension_doctor: str
    extension_hours: int | None
    extension_approver: str
    ended_at: datetime | None
    outcome: str
    outcome_text: str


@dataclass(frozen=True)
class SafePlace:
    """A place of safety with the room it says it has, and how many it holds now."""

    id: uuid.UUID
    name: str
    kind: str
    telephone: str
    beds: int
    free: int
    closed_because: str
    changed_at: datetime
    changed_by_name: str


@dataclass(frozen=True)
class Gap:
    """Something the protocol promises that was not there in an hour."""

    id: uuid.UUID
    kind: str
    hour_at: datetime
    duty: str
    detail: str
    incident_id: uuid.UUID | None
    noted_by_name: str
    escalated_at: datetime | None
    escalated_to: str
    escalated_by_name: str
    answer: str


@access.reads
def detentions_of(incident_id: uuid.UUID, *, by: Actor, now: datetime) -> tuple[DetentionView, ...]:
    """Return an incident's detentions, newest first, and log whose."""
    access.check(by, READ)
    return _detentions(Detention.objects.filter(incident_id=incident_id).order_by("-detained_at"), by=by, now=now)


@access.reads
def held(*, by: Actor, now: datetime) -> tuple[DetentionView, ...]:
    """Return everybody held now, whose power ends first at the top, and log whose."""
    access.check(by, READ)
    found = _detentions(Detention.objects.filter(ended_at=None), by=by, now=now)
    return tuple(sorted(found, key=lambda one: (one.until_at is not None, one.until_at or one.detained_at)))


@access.reads
def places(*, by: Actor) -> tuple[SafePlace, ...]:
    """Return the places of safety, those with room first."""
    access.check(by, HELPLINE if HELPLINE in by.permissions else READ)
    names = SafePlace.__dataclass_fields__
    rows = PlaceOfSafety.objects.order_by("name")
    found = [SafePlace(**{name: getattr(row, name) for name in names}) for row in rows]
    return tuple(sorted(found, key=lambda place: (place.free == 0, place.kind == "police_station", place.name)))


@access.reads
def gaps(*, by: Actor, since: datetime) -> tuple[Gap, ...]:
    """Return the gaps logged since a time, newest hour first."""
    access.check(by, HELPLINE if HELPLINE in by.permissions else READ)
    names = Gap.__dataclass_fields__
    rows = Shortfall.objects.filter(hour_at__gte=since).order_by("-hour_at", "kind")
    return tuple(Gap(**{name: getattr(row, name) for name in names}) for row in rows)


def _detentions(rows: "QuerySet[Detention]", *, by: Actor, now: datetime) -> tuple[DetentionView, ...]:
    found = list(rows.select_related("incident", "place", "consultation"))
    people = {row.person_id for row in found}
    shown = records.people(sorted(people), by=by, now=now, because="contact.detention_read") if people else {}
    return tuple(_detention(row, shown[row.person_id].name) for row in found if row.person_id in shown)


def _detention(row: Detention, name: str) -> DetentionView:
    own = {field: getattr(row, field) for field in DetentionView.__dataclass_fields__ if hasattr(row, field)}
    asked = row.consultation
    own |= {
        "reference": row.incident.reference,
        "name": name,
        "consulted": f"{asked.adviser_name}, {asked.advice}" if asked else "",
        "place": row.place.name if row.place else "",
        "place_kind": row.place.kind if row.place else "",
        "moves": tuple(row.moves),
    }
    return DetentionView(**own)
