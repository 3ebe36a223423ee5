"""Every read of records. A read that shows people names each of them in the log."""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

from django.db.models import Prefetch, Q, QuerySet, Value
from django.db.models.functions import Lower

from fellwatch.foundation import access, audit, clock
from fellwatch.foundation.access import Actor
from fellwatch.records import statements
from fellwatch.records.access import READ
from fellwatch.records.earlier import leads
from fellwatch.records.models import (
    Incident,
    IncidentPerson,
    Marker,
    Person,
    PersonName,
    PersonPhone,
    Place,
    Residence,
)
from fellwatch.records.values import (
    IncidentView,
    MarkerView,
    PartialDate,
    PartView,
    PastIncident,
    PersonView,
    PlaceView,
    Resident,
)
from fellwatch.records.values import (
    Missing as Missing,
)

NAME_ORDER = {"current": 0, "reported": 2, "described": 3}
UNNAMED = "Name not known"


def full_name(names: Iterable[PersonName]) -> str:
    """Return the name to show: the current one, else any other."""
    best = sorted(names, key=lambda n: NAME_ORDER.get(n.kind, 1))
    return f"{best[0].forenames} {best[0].surname}".strip() if best else UNNAMED


ADDRESS = ("flat", "house", "street", "locality", "town", "postcode")
"""What `one_line` makes an address of, in its order."""


def address_line(place: Place) -> str:
    """Return an address on one line, with its postcode."""
    return one_line(*(getattr(place, part) for part in ADDRESS))


def one_line(flat: str, house: str, street: str, locality: str, town: str, postcode: str) -> str:
    """Return the parts of an address on one line."""
    first = " ".join(part for part in (f"Flat {flat}," if flat else "", house, street) if part)
    return ", ".join(part for part in (first, locality, town, postcode) if part)


def in_force(now: datetime) -> Q:
    """Return what is true of a marker that warns now."""
    return Q(from_at__lte=now, ended_at__isnull=True) & (Q(expires_at__isnull=True) | Q(expires_at__gt=now))


def whole_people(now: datetime) -> "QuerySet[Person]":
    """Return people with all that `person_view` shows of them."""
    homes = Residence.objects.filter(kind="home", to_date__isnull=True).select_related("place")
    return Person.objects.prefetch_related(
        "names",
        "phones",
        Prefetch("markers", Marker.objects.filter(in_force(now)).order_by("-from_at"), "live_markers"),
        Prefetch("residences", homes, "homes"),
    )


def marker_view(marker: Marker) -> MarkerView:
    """Return a marker as shown."""
    return MarkerView(marker.kind, marker.detail, marker.from_at, marker.expires_at, marker.source)


def person_view(person: Person) -> PersonView:
    """Return somebody of `whole_people` as shown."""
    names = list(person.names.all())
    shown = full_name(names)
    home = person.homes[0].place if person.homes else None  # type: ignore[attr-defined]
    return PersonView(
        id=person.id,
        name=shown,
        sex=person.sex,
        born=PartialDate(person.birth_year, person.birth_month, person.birth_day),
        other_names=tuple((n.kind, full_name([n])) for n in names if full_name([n]) != shown or n.kind != "current"),
        phones=tuple(p.number for p in person.phones.all()),
        markers=tuple(marker_view(m) for m in person.live_markers),  # type: ignore[attr-defined]
        address=address_line(home) if home else "",
        place_id=home.id if home else None,
        compartment=person.compartment,
    )


def place_view(place: Place, markers: Iterable[Marker] = ()) -> PlaceView:
    """Return a place as shown."""
    return PlaceView(
        place.id,
        address_line(place),
        place.postcode,
        place.district,
        place.area,
        place.force,
        place.beat,
        tuple(marker_view(m) for m in markers),
        None if place.latitude is None or place.longitude is None else (place.latitude, place.longitude),
        bool(place.house or place.street),
    )


def _place_with_markers(place: Place, now: datetime) -> PlaceView:
    return place_view(place, Marker.objects.filter(in_force(now), place_id=place.id))


@access.reads
def people(
    ids: Sequence[uuid.UUID], *, by: Actor, now: datetime, because: str, log: bool = True
) -> dict[uuid.UUID, PersonView]:
    """Return those of the people whom the reader may see, with the markers in force. `log`: names whom it showed.

    Under an earlier id stands who it was found to be.
    """
    access.check(by, READ)
    found = {p.id: p for p in whole_people(now).filter(id__in=ids)}
    while led := {id: p.merged_into_id for id, p in found.items() if p.merged_into_id}:
        into = {p.id: p for p in whole_people(now).filter(id__in=list(led.values()))}
        found = {id: into[led[id]] if id in led else p for id, p in found.items() if id not in led or led[id] in into}
    shown = {id: person_view(p) for id, p in found.items()}
    if shown and log:
        named = {*shown, *(view.id for view in shown.values())}
        audit.record(by=by, action="consultation", sentence=because, subject=("people", len(shown)), people=named)
    return shown


def person(person_id: uuid.UUID, *, by: Actor, now: datetime) -> PersonView:
    """Return one person, or raise Missing."""
    found = people([person_id], by=by, now=now, because="records.person_read")
    if person_id not in found:
        raise Missing("There is no such person, or the record is restricted.")
    return found[person_id]


@access.reads
def place(place_id: uuid.UUID, *, by: Actor, now: datetime, log: bool = True) -> PlaceView:
    """Return one place with its markers, or raise Missing. `log`: names it."""
    access.check(by, READ)
    found = Place.objects.filter(id=place_id).first()
    if found is None:
        raise Missing("There is no such place, or the record is restricted.")
    if log:
        audit.record(by=by, action="consultation", sentence="records.place_read", subject=("place", place_id))
    return _place_with_markers(found, now)


@access.reads
def household(
    place_id: uuid.UUID, *, by: Actor, on: date, log: bool = True, most: int | None = None
) -> tuple[Resident, ...]:
    """Return who was tied to a place on a day, children first, no more than `most`, and log whom it showed."""
    access.check(by, READ)
    ties = [_resident(*row, on=on) for row in statements.residents(place_id, on, most)]
    found = sorted(ties, key=youngest_first)
    if found and log:
        audit.record(
            by=by,
            action="consultation",
            sentence="records.household_read",
            subject=("place", place_id),
            people=[r.person_id for r in found],
        )
    return tuple(found)


def youngest_first(one: Resident) -> tuple[bool, int]:
    """Return how a household is put in order."""
    return (one.age is None, one.age or 0)


def resident_view(tie: Residence, on: date) -> Resident:
    """Return somebody tied to a place as shown."""
    born = PartialDate(tie.person.birth_year, tie.person.birth_month, tie.person.birth_day)
    return Resident(
        tie.person_id,
        full_name(tie.person.names.all()),
        born.age_on(on),
        tie.kind,
        tie.from_date,
        tie.to_date,
    )


def _resident(
    person_id: uuid.UUID, forenames: str | None, surname: str | None, year: int | None, month: int | None,
    day: int | None, kind: str, from_date: date | None, to_date: date | None, *, on: date,
) -> Resident:  # fmt: skip
    name = f"{forenames or ''} {surname or ''}".strip() if forenames is not None else UNNAMED
    return Resident(person_id, name, PartialDate(year, month, day).age_on(on), kind, from_date, to_date)


@access.reads
def homes(person_id: uuid.UUID, *, by: Actor) -> tuple[tuple[PlaceView, Residence], ...]:
    """Return every place somebody was tied to, newest first."""
    access.check(by, READ)
    ties = Residence.objects.filter(person_id=person_id).select_related("place").order_by("-from_date")
    return tuple((place_view(tie.place), tie) for tie in ties)


@access.reads
def home_postcodes(ids: Sequence[uuid.UUID], *, by: Actor) -> dict[uuid.UUID, tuple[str, str]]:
    """Return the postcode and the force of each person's present home, where it has a postcode.

    The caller logs whom it goes on to show.
    """
    access.check(by, READ)
    ties = Residence.objects.filter(person_id__in=ids, kind="home", to_date__isnull=True).exclude(place__postcode="")
    rows = ties.order_by("from_date").values_list("person_id", "place__postcode", "place__force")
    return {person: (postcode, force) for person, postcode, force in rows}


@access.reads
def incident(incident_id: uuid.UUID, *, by: Actor, now: datetime, log: bool = True) -> IncidentView:
    """Return one incident with everyone in it, or raise Missing."""
    access.check(by, READ, subject=("incident", str(incident_id)))
    found = Incident.objects.select_related("place").filter(id=incident_id).first()
    if found is None:
        raise Missing("There is no such incident, or the record is restricted.")
    parts = list(IncidentPerson.objects.filter(incident_id=incident_id).order_by("id"))
    shown = {p.id: person_view(p) for p in whole_people(now).filter(id__in=[part.person_id for part in parts])}
    if log:
        audit.record(
            by=by,
            action="consultation",
            sentence="records.incident_read",
            subject=("incident", incident_id),
            people=shown,
        )
    place = _place_with_markers(found.place, now) if found.place else None
    return incident_view(found, place, parts, shown)


def incident_view(
    found: Incident, place: PlaceView | None, parts: Iterable[IncidentPerson], shown: Mapping[uuid.UUID, PersonView]
) -> IncidentView:
    """Return an incident as shown, with those of its people whom the reader may see."""
    return IncidentView(
        id=found.id,
        reference=found.reference,
        channel=found.channel,
        received_at=found.received_at,
        caller_number=found.caller_number,
        summary=found.summary,
        opening_code=found.opening_code,
        opening_qualifiers=tuple(found.opening_qualifiers),
        closing_codes=tuple(found.closing_codes),
        closing_qualifiers=tuple(found.closing_qualifiers),
        closed_at=found.closed_at,
        result=found.result,
        place=place,
        parts=tuple(
            PartView(shown[p.person_id], p.role, tuple(p.vulnerabilities)) for p in parts if p.person_id in shown
        ),
        source=found.source,
    )


@access.reads
def history(
    *,
    by: Actor,
    since: datetime,
    people: Sequence[uuid.UUID] = (),
    places: Sequence[uuid.UUID] = (),
    number: str = "",
    limit: int = 200,
) -> tuple[PastIncident, ...]:
    """Return incidents since an instant that touch any of the people, the places or the number, newest first."""
    access.check(by, READ)
    return tuple(
        PastIncident(id, reference, at, code, tuple(qualifiers), caller, place, parts)
        for id, reference, at, code, qualifiers, caller, place, parts in statements.history(
            since, set(leads(people).values()), places, number, limit
        )
    )


@access.reads
def markers_of(ids: Sequence[uuid.UUID], *, by: Actor, now: datetime) -> dict[uuid.UUID, tuple[MarkerView, ...]]:
    """Return the markers in force on each of the people; under an earlier id stand those of who it was found to be."""
    access.check(by, READ)
    led = leads(ids)
    found: dict[uuid.UUID, tuple[MarkerView, ...]] = {}
    for person_id, *marker in statements.markers(set(led.values()), now):
        found[person_id] = (*found.get(person_id, ()), MarkerView(*marker))
    return {id: found[current] for id, current in led.items() if current in found}


@access.reads
def related(ids: Sequence[uuid.UUID], *, by: Actor, on: date) -> tuple[tuple[uuid.UUID, str, uuid.UUID], ...]:
    """Return who stands how to each of the people on a day: (other, kind, person as asked for)."""
    access.check(by, READ)
    asked_as: dict[uuid.UUID, list[uuid.UUID]] = {}
    for id, current in leads(ids).items():
        asked_as.setdefault(current, []).append(id)
    sides = ((o, kind, p) if p in asked_as else (p, kind, o) for p, kind, o in statements.ties(asked_as, on))
    return tuple((other, kind, id) for other, kind, current in sides for id in asked_as[current])


@access.reads
def find_place(*, by: Actor, house: str, street: str, postcode: str, flat: str = "") -> PlaceView | None:
    """Return the place with this postcode (or street) and house, or None.

    To whoever is cleared for it, the record in a compartment comes before the open one: it knows more.
    """
    access.check(by, READ)
    matches = Place.objects.filter(house__iexact=house, flat__iexact=flat)
    matches = matches.filter(postcode=postcode) if postcode else matches
    matches = matches.filter(street_key=Lower(Value(street))) if street or not postcode else matches
    found = matches.order_by("-compartment", "id").first()
    return place_view(found) if found else None


@access.reads
def same_address(place_id: uuid.UUID, *, by: Actor) -> tuple[uuid.UUID, ...]:
    """Return the other records of a place's address: the open one, and those in the reader's compartments."""
    access.check(by, READ)
    place = Place.objects.filter(id=place_id).first()
    if place is None or not (place.house or place.street):
        return ()
    alike = Place.objects.filter(
        postcode=place.postcode, flat__iexact=place.flat, house__iexact=place.house, street_key=place.street_key
    )
    return tuple(alike.exclude(id=place_id).values_list("id", flat=True))


@access.reads
def phones_of(person_id: uuid.UUID, *, by: Actor) -> tuple[tuple[str, bool | None], ...]:
    """Return each number and whether it is safe to call."""
    access.check(by, READ)
    return tuple(PersonPhone.objects.filter(person_id=person_id).values_list("number", "safe_to_call"))


@access.reads
def open_count(*, by: Actor) -> int:
    """Return how many incidents are open."""
    access.check(by, READ)
    return Incident.objects.filter(closed_at__isnull=True).count()


def today(now: datetime) -> date:
    """Return the day in London."""
    return clock.london_date(now)
