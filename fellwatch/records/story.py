"""Reads of one life or one address through time, and finding either by what is written on paper.

Used by the pages of a person and a place and by search. Each names in the log everyone it shows.
"""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from django.db import connection
from django.db.models import Q

from fellwatch.foundation import access, audit, clock
from fellwatch.foundation.access import Actor
from fellwatch.foundation.access.permissions import READ_LOG
from fellwatch.records import beginning, queries
from fellwatch.records.access import READ
from fellwatch.records.models import Incident, Marker, Person, Place, Relationship, Residence, Restriction
from fellwatch.records.values import PartialDate, PastIncident, PlaceView, Resident, RestrictionView

EVER = datetime(1900, 1, 1, tzinfo=UTC)
FORTNIGHT = 14
"""Days in which a log number is known by its end alone."""


@dataclass(frozen=True)
class Tie:
    """Somebody around a person. `kind` is what one is to the other; `theirs` when it is what they are to them."""

    person_id: uuid.UUID
    name: str
    born: PartialDate
    kind: str
    theirs: bool
    from_date: date | None
    to_date: date | None
    source: str


@dataclass(frozen=True)
class Home:
    """A place somebody was tied to, from a day until but not on another."""

    place: PlaceView
    kind: str
    from_date: date | None
    to_date: date | None
    source: str


@dataclass(frozen=True)
class MarkerLife:
    """A marker from the day it was put on until it expired or was ended."""

    kind: str
    detail: str
    from_at: datetime
    expires_at: datetime | None
    ended_at: datetime | None
    ended_because: str
    source: str

    def over_at(self) -> datetime | None:
        """Return when it stops or stopped: ended early, else expired, else never."""
        return min((at for at in (self.ended_at, self.expires_at) if at), default=None)


@dataclass(frozen=True)
class FoundIncident:
    """An incident found by its number or its caller's."""

    id: uuid.UUID
    reference: str
    received_at: datetime
    opening_code: str
    address: str


@access.reads
def around(person_id: uuid.UUID, *, by: Actor) -> tuple[Tie, ...]:
    """Return everybody related to a person whom the reader may see."""
    access.check(by, READ)
    rows = Relationship.objects.filter(Q(person_id=person_id) | Q(other_id=person_id)).select_related("person", "other")
    found = tuple(_tie(row, person_id) for row in rows.prefetch_related("person__names", "other__names"))
    _log(by, "records.around_read", ("person", person_id), [person_id, *(tie.person_id for tie in found)])
    return tuple(sorted(found, key=lambda tie: (tie.to_date is not None, tie.name)))


def _tie(row: Relationship, person_id: uuid.UUID) -> Tie:
    theirs = row.other_id == person_id
    other: Person = row.person if theirs else row.other
    born = PartialDate(other.birth_year, other.birth_month, other.birth_day)
    name = queries.full_name(other.names.all())
    return Tie(other.id, name, born, row.kind, theirs, row.from_date, row.to_date, row.source)


@access.reads
def homes(person_id: uuid.UUID, *, by: Actor) -> tuple[Home, ...]:
    """Return every place a person was tied to, the present ones first, then newest first."""
    access.check(by, READ)
    ties = Residence.objects.filter(person_id=person_id).select_related("place")
    found = [Home(queries.place_view(t.place), t.kind, t.from_date, t.to_date, t.source) for t in ties]
    return tuple(sorted(found, key=lambda h: (h.to_date is not None, -(h.from_date or date.min).toordinal())))


@access.reads
def markers_ever(person_id: uuid.UUID, *, by: Actor) -> tuple[MarkerLife, ...]:
    """Return every marker a person ever had, oldest first. The caller logs the read of the person."""
    access.check(by, READ)
    rows = Marker.objects.filter(person_id=person_id).order_by("from_at")
    return tuple(
        MarkerLife(m.kind, m.detail, m.from_at, m.expires_at, m.ended_at, m.ended_because, m.source) for m in rows
    )


@access.reads
def restrictions_of(person_id: uuid.UUID, *, by: Actor) -> tuple[RestrictionView, ...]:
    """Return each time a person's record was restricted, newest first. The caller logs the read of the person."""
    access.check(by, READ)
    rows = Restriction.objects.filter(person_id=person_id).order_by("-at")
    return tuple(
        RestrictionView(r.compartment, r.reason, r.at, r.by_name, r.lifted_at, r.lifted_by_name, r.lifted_reason)
        for r in rows
    )


@access.reads
def incidents_of(
    *, by: Actor, person_id: uuid.UUID | None = None, place_id: uuid.UUID | None = None, limit: int = 200
) -> tuple[PastIncident, ...]:
    """Return the incidents of a person or at a place, newest first."""
    access.check(by, READ)
    people = [person_id] if person_id else []
    places = [place_id] if place_id else []
    found = queries.history(by=by, since=EVER, people=people, places=places, limit=limit)
    subject = ("person", person_id) if person_id else ("place", place_id)
    _log(by, "records.incidents_read", subject, people if found else [])
    return found


@access.reads
def residents_ever(place_id: uuid.UUID, *, by: Actor) -> tuple[Resident, ...]:
    """Return everybody ever tied to a place, those tied to it now first."""
    access.check(by, READ)
    ties = Residence.objects.filter(place_id=place_id).select_related("person").prefetch_related("person__names")
    found = tuple(
        Resident(t.person_id, queries.full_name(t.person.names.all()), None, t.kind, t.from_date, t.to_date)
        for t in ties
    )
    _log(by, "records.residents_read", ("place", place_id), [r.person_id for r in found])
    return tuple(sorted(found, key=lambda r: (r.to_date is not None, -(r.from_date or date.min).toordinal())))


@access.reads
def addresses_of(places: Sequence[uuid.UUID], *, by: Actor) -> dict[uuid.UUID, str]:
    """Return the address of each place that the reader may see."""
    access.check(by, READ)
    return {place.id: queries.address_line(place) for place in Place.objects.filter(id__in=places)}


@access.reads
def incidents_numbered(reference: str, *, by: Actor) -> tuple[FoundIncident, ...]:
    """Return incidents whose log number is, or begins with, what was typed."""
    access.check(by, READ)
    return _found(beginning.begins("reference_key", reference.upper()), by, "reference")


@access.reads
def incident_bearing(reference: str, *, by: Actor) -> uuid.UUID | None:
    """Return which incident bears a log number, for whoever reads the log and no records."""
    access.check(by, READ_LOG)
    with connection.cursor() as cursor:
        cursor.execute("select records_incident_numbered(%s)", [reference])
        found: uuid.UUID | None = cursor.fetchone()[0]
    return found


@access.reads
def incidents_ending(number: str, *, by: Actor, now: datetime) -> tuple[FoundIncident, ...]:
    """Return incidents of the last fortnight whose log number ends so: the day is left out when it is said aloud."""
    access.check(by, READ)
    days = (now - timedelta(days=n) for n in range(FORTNIGHT))
    return _found(Q(reference__in=[f"{clock.london(day):%y%m%d}-{number:0>5}" for day in days]), by, "reference")


@access.reads
def incidents_from(number: str, *, by: Actor) -> tuple[FoundIncident, ...]:
    """Return the newest incidents reported from a telephone number in international form."""
    access.check(by, READ)
    return _found(Q(caller_number=number), by, "phone")


def _found(which: Q, by: Actor, said: str) -> tuple[FoundIncident, ...]:
    rows = Incident.objects.filter(which).select_related("place").order_by("-received_at")[:20]
    found = tuple(
        FoundIncident(
            r.id, r.reference, r.received_at, r.opening_code, queries.address_line(r.place) if r.place else ""
        )
        for r in rows
    )
    if found:
        _log(by, "records.incidents_read", ("search", said), [], references=[one.reference for one in found])
    return found


@access.reads
def places_like(
    *, by: Actor, house: str = "", street: str = "", postcode: str = "", flat: str = "", limit: int = 20
) -> tuple[PlaceView, ...]:
    """Return places with this postcode, or whose street begins with these words, nearest number first."""
    access.check(by, READ)
    if not (postcode or len(street) > 2):
        return ()
    where = Q(postcode=postcode) if postcode else beginning.begins("street_key", street.lower())
    where &= Q(house__iexact=house) if house else Q()
    where &= Q(flat__iexact=flat) if flat else Q()
    rows = Place.objects.filter(where).order_by("street", "house", "flat")[:limit]
    _log(by, "records.places_searched", ("search", "places"), [], shown=len(rows))
    return tuple(map(queries.place_view, rows))


def _log(by: Actor, sentence: str, subject: tuple[str, object], people: Sequence[uuid.UUID], **detail: object) -> None:
    audit.record(by=by, action="consultation", sentence=sentence, subject=subject, people=people, detail=detail)
