"""Many incidents, households and histories read at once: as many statements for forty as for one.

For lists whose reader takes each whole, such as a handheld. The caller logs whom it hands out.
"""

import uuid
from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar

from django.db.models import F, Q, Window
from django.db.models.functions import DenseRank

from fellwatch.foundation import access
from fellwatch.foundation.access import Actor
from fellwatch.records import queries
from fellwatch.records.access import READ
from fellwatch.records.models import Incident, IncidentPerson, Marker, Residence
from fellwatch.records.values import IncidentView, PastIncident, PlaceView, Resident

Key = TypeVar("Key", bound=Hashable)
Touched = Mapping[uuid.UUID, Sequence[uuid.UUID]]
PAST = ("id", "reference", "received_at", "opening_code", "opening_qualifiers", "caller_number", "place_id")


@dataclass(frozen=True)
class Touching:
    """Whom and where an earlier incident must touch to count."""

    people: Sequence[uuid.UUID] = ()
    place: uuid.UUID | None = None


@access.reads
def incidents(ids: Sequence[uuid.UUID], *, by: Actor, now: datetime) -> dict[uuid.UUID, IncidentView]:
    """Return those of the incidents that the reader may see, with everyone in them."""
    access.check(by, READ)
    found = list(Incident.objects.select_related("place").filter(id__in=ids))
    parts = _grouped(IncidentPerson.objects.filter(incident_id__in=ids).order_by("id"), "incident_id")
    wanted = {one.person_id for held in parts.values() for one in held}
    shown = {one.id: queries.person_view(one) for one in queries.whole_people(now).filter(id__in=wanted)}
    places = _places(found, now)
    return {one.id: queries.incident_view(one, places.get(one.place_id), parts.get(one.id, ()), shown) for one in found}


def _places(found: Iterable[Incident], now: datetime) -> dict[uuid.UUID | None, PlaceView]:
    places = {one.place.id: one.place for one in found if one.place}
    markers = _grouped(Marker.objects.filter(queries.in_force(now), place_id__in=places), "place_id")
    return {id: queries.place_view(place, markers.get(id, ())) for id, place in places.items()}


def _grouped(rows: Iterable[object], column: str) -> dict[uuid.UUID, list]:  # type: ignore[type-arg]
    found = defaultdict(list)
    for row in rows:
        found[getattr(row, column)].append(row)
    return found


@access.reads
def households(places: Sequence[uuid.UUID], *, by: Actor, on: date) -> dict[uuid.UUID, tuple[Resident, ...]]:
    """Return who was tied to each place on a day, children first."""
    access.check(by, READ)
    ties = (
        Residence.objects.filter(place_id__in=places)
        .filter(Q(from_date__isnull=True) | Q(from_date__lte=on))
        .filter(Q(to_date__isnull=True) | Q(to_date__gt=on))
        .select_related("person")
        .prefetch_related("person__names")
    )
    return {
        place: tuple(sorted((queries.resident_view(tie, on) for tie in here), key=queries.youngest_first))
        for place, here in _grouped(ties, "place_id").items()
    }


@access.reads
def histories(
    wanted: Mapping[Key, Touching], *, by: Actor, since: datetime, limit: int
) -> dict[Key, tuple[PastIncident, ...]]:
    """Return for each key the newest incidents since an instant that touch its people or its place, newest first."""
    access.check(by, READ)
    of_person = _newest_of_people({one for about in wanted.values() for one in about.people}, since, limit)
    at_place = _newest_at_places({about.place for about in wanted.values() if about.place}, since, limit)
    ids = {one for held in (*of_person.values(), *at_place.values()) for one in held}
    past = _past(ids)
    return {key: _touching(about, of_person, at_place, past)[:limit] for key, about in wanted.items()}


def _newest_of_people(people: Iterable[uuid.UUID], since: datetime, limit: int) -> Touched:
    """Somebody may have two parts in one incident: ranks are dense, so that none is crowded out."""
    order = Window(DenseRank(), partition_by=F("person_id"), order_by=F("incident__received_at").desc())
    rows = IncidentPerson.objects.filter(person_id__in=people, incident__received_at__gte=since).annotate(rank=order)
    found = defaultdict(list)
    for person, incident in rows.filter(rank__lte=limit).values_list("person_id", "incident_id"):
        found[person].append(incident)
    return found


def _newest_at_places(places: Iterable[uuid.UUID], since: datetime, limit: int) -> Touched:
    order = Window(DenseRank(), partition_by=F("place_id"), order_by=F("received_at").desc())
    rows = Incident.objects.filter(place_id__in=places, received_at__gte=since).annotate(rank=order)
    found = defaultdict(list)
    for place, incident in rows.filter(rank__lte=limit).values_list("place_id", "id"):
        if place:
            found[place].append(incident)
    return found


def _past(ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, PastIncident]:
    parts: dict[uuid.UUID, list[tuple[uuid.UUID, str]]] = defaultdict(list)
    roles = IncidentPerson.objects.filter(incident_id__in=ids).values_list("incident_id", "person_id", "role")
    for incident, person, role in roles:
        parts[incident].append((person, role))
    rows = Incident.objects.filter(id__in=ids).values_list(*PAST)
    return {
        id: PastIncident(id, reference, at, code, tuple(qualifiers), caller, place, tuple(parts.get(id, ())))
        for id, reference, at, code, qualifiers, caller, place in rows
    }


def _touching(
    about: Touching, of_person: Touched, at_place: Touched, past: Mapping[uuid.UUID, PastIncident]
) -> tuple[PastIncident, ...]:
    found = {one for person in about.people for one in of_person.get(person, ())}
    found |= set(at_place.get(about.place, ())) if about.place else set()
    return tuple(sorted((past[one] for one in found if one in past), key=lambda one: one.received_at, reverse=True))
