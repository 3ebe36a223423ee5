"""Every write of records. Each is one step: it joins the transaction of the action that calls it, and is logged."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import connection

from fellwatch.foundation import access, audit, clock, ids, once, rows
from fellwatch.foundation.access import Actor
from fellwatch.records import children, earlier, statements
from fellwatch.records.access import LOAD, WRITE
from fellwatch.records.geography import places as geography
from fellwatch.records.models import (
    Incident,
    IncidentPerson,
    Marker,
    Person,
    PersonIdentifier,
    PersonName,
    Place,
    Relationship,
    Residence,
    Thing,
    ThingLink,
)
from fellwatch.records.queries import Missing
from fellwatch.records.values import PartialDate

_PHONE = """
insert into records_personphone as p (id, person_id, number, last_known_date, source) values (%s, %s, %s, %s, %s)
on conflict (person_id, number) do update set last_known_date = excluded.last_known_date
  where p.last_known_date < excluded.last_known_date
returning p.xmax = 0
"""
ADDRESSES = uuid.UUID("5b0c6c2e-7d1f-5a43-9b7e-666565640002")


DESCRIBED = "described"
"""The kind of a name that is none: how somebody looked whom nobody could name."""


@dataclass(frozen=True)
class NewPerson:
    """Somebody not yet known, after the search found nobody. Described, `forenames` says how they looked."""

    forenames: str = ""
    surname: str = ""
    born: PartialDate = PartialDate()
    sex: str = "unknown"
    phone: str = ""
    kind: str = "reported"
    source: str = "call"
    id: uuid.UUID = field(default_factory=ids.new)


@dataclass(frozen=True)
class NewPlace:
    """An address as given, already split."""

    flat: str = ""
    house: str = ""
    street: str = ""
    town: str = ""
    postcode: str = ""
    described: str = ""

    @property
    def pinned(self) -> bool:
        """Whether it is one place, and not only a town or the district of a postcode, where many homes are."""
        return bool(self.house or self.street or self.described)


@dataclass(frozen=True)
class Part:
    """Somebody's part in an incident."""

    person_id: uuid.UUID
    role: str
    vulnerabilities: tuple[str, ...] = ()


def _may_write(by: Actor) -> None:
    """Raise Refused unless the actor may write or load records."""
    access.check(by, LOAD if LOAD in by.permissions else WRITE)


def _seen(person_id: uuid.UUID) -> uuid.UUID:
    """Return who somebody is now; raise Missing where the actor may not see them: nothing is hung on who is hidden."""
    return _all_seen(person_id)[0]


def _all_seen(*people: uuid.UUID) -> list[uuid.UUID]:
    now = earlier.seen(people)
    if not set(people) <= now.keys():
        raise Missing("There is no such person, or the record is restricted.")
    return [now[id] for id in people]


def _seen_place(place_id: uuid.UUID) -> None:
    if not Place.objects.filter(id=place_id).exists():
        raise Missing("There is no such place, or the record is restricted.")


def add_person(new: NewPerson, *, by: Actor, now: datetime) -> uuid.UUID:
    """Store somebody new. Adding the same id twice stores one."""
    _may_write(by)
    add_new(new, by=by, now=now)
    return new.id


def add_new(new: NewPerson, *, by: Actor, now: datetime) -> bool:
    """Store somebody new; return False where the id is there already."""
    _may_write(by)
    with access.acting(by):
        person = Person(
            id=new.id,
            sex=new.sex,
            birth_year=new.born.year,
            birth_month=new.born.month,
            birth_day=new.born.day,
            created_at=now,
            created_by=by.id,
        )
        if not rows.add([person], once=True):
            _refuse_hidden(person)
            return False
        _name(person.id, new.kind, new.forenames, new.surname, new.source)
        if new.phone:
            _phone(person.id, new.phone, clock.london_date(now), new.source)
        audit.record(
            by=by,
            action="collection",
            sentence="records.person_added",
            subject=("person", new.id),
            people=[new.id],
        )
        return True


def _refuse_hidden(person: Person) -> None:
    """Answer an id that is somebody's whom the actor may not see as the database does: it is taken."""
    if not earlier.who(person.id):
        rows.add([person])


def add_name(person_id: uuid.UUID, *, forenames: str, surname: str, kind: str, source: str, by: Actor) -> bool:
    """Add a name somebody goes by; return whether it was new."""
    _may_write(by)
    with access.acting(by):
        return _name(_seen(person_id), kind, forenames, surname, source)


def _name(person_id: uuid.UUID, kind: str, forenames: str, surname: str, source: str) -> bool:
    if not (forenames or surname):
        return False
    name = PersonName(person_id=person_id, kind=kind, forenames=forenames, surname=surname, source=source)
    return rows.add([name], once=True) > 0


def add_phone(person_id: uuid.UUID, number: str, *, by: Actor, on: date, source: str, seen: bool = False) -> bool:
    """Note a number somebody uses; return whether it was new to them. `seen`: the actor was found to see them."""
    _may_write(by)
    with access.acting(by):
        if not seen:
            person_id = _seen(person_id)
        return _phone(person_id, number, on, source)


def _phone(person_id: uuid.UUID, number: str, on: date, source: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(_PHONE, [ids.new(), person_id, number, on, source])
        row = cursor.fetchone()
    return bool(row and row[0])


def add_identifier(person_id: uuid.UUID, *, kind: str, value: str, source: str, by: Actor) -> bool:
    """Add a number an organisation gave somebody; return whether it was new."""
    _may_write(by)
    with access.acting(by):
        said = PersonIdentifier(person_id=_seen(person_id), kind=kind, value=value, source=source)
        return rows.add([said], once=True) > 0


def place_for(new: NewPlace, *, by: Actor) -> uuid.UUID:
    """Return the place at this address, adding it where it is new.

    The open record of an address comes before one in a compartment: what is logged there stays on every board.
    Somebody who may not see the hidden record gets a record of their own, as at any other new address.
    """
    _may_write(by)
    with access.acting(by):
        return _place(new) or _first_use(new, by)


def _first_use(new: NewPlace, by: Actor) -> uuid.UUID:
    """Store an address nobody has used; whoever uses it at the same moment waits, and finds it."""
    said = "|".join((new.postcode, new.flat, new.house, new.street or new.described)).casefold()
    once.only(uuid.uuid5(ADDRESSES, said))
    if found := _place(new):
        return found
    facts = geography.describe(new.postcode)
    place = Place.objects.create(
        postcode=new.postcode,
        flat=new.flat,
        house=new.house,
        street=new.street or new.described,
        town=new.town,
        district=facts.district,
        area=facts.area,
        force=facts.force,
        beat=facts.beat,
        latitude=facts.latitude,
        longitude=facts.longitude,
    )
    audit.record(by=by, action="collection", sentence="records.place_added", subject=("place", place.id))
    return place.id


def _place(new: NewPlace) -> uuid.UUID | None:
    said = bool(new.street or new.described or not (new.postcode and new.house))
    return statements.place_at(new.postcode, new.flat, new.house, (new.street or new.described) if said else None)


def live_at(
    person_id: uuid.UUID,
    place_id: uuid.UUID,
    *,
    by: Actor,
    kind: str,
    source: str,
    from_date: date | None = None,
) -> None:
    """Tie somebody to a place from a day. Said twice, it stands once; who left on that very day is back."""
    _may_write(by)
    with access.acting(by):
        tie = {"person_id": _seen(person_id), "place_id": place_id, "kind": kind}
        _seen_place(place_id)
        if Residence.objects.filter(**tie, to_date__isnull=True).exists():
            return
        if not rows.add([Residence(**tie, from_date=from_date, source=source)], once=True):
            Residence.objects.filter(**tie, from_date=from_date).update(to_date=None)


def leave(person_id: uuid.UUID, place_id: uuid.UUID, *, by: Actor, on: date) -> None:
    """End somebody's tie to a place: from that day they are no longer of its household."""
    _may_write(by)
    with access.acting(by):
        person_id = _seen(person_id)
        _seen_place(place_id)
        Residence.objects.filter(person_id=person_id, place_id=place_id, to_date__isnull=True).update(to_date=on)
        audit.record(
            by=by,
            action="alteration",
            sentence="records.residence_ended",
            subject=("place", place_id),
            people=[person_id],
        )


def relate(person_id: uuid.UUID, other_id: uuid.UUID, *, kind: str, source: str, by: Actor) -> None:
    """Say how one person stands to another. Said twice, it stands once; two who were found to be one have no tie."""
    _may_write(by)
    with access.acting(by):
        one, other = _all_seen(person_id, other_id)
        if one != other:
            rows.add([Relationship(person_id=one, other_id=other, kind=kind, source=source)], once=True)


def add_thing(*, kind: str, mark: str, description: str, keeper: uuid.UUID | None, source: str, by: Actor) -> uuid.UUID:
    """Store a thing and whose it is. Without a mark of its own, no two are the same."""
    _may_write(by)
    with access.acting(by):
        if keeper:
            keeper = _seen(keeper)
        if mark:
            thing, _ = Thing.objects.get_or_create(kind=kind, mark=mark, defaults={"description": description})
        else:
            thing = Thing.objects.create(kind=kind, description=description)
        if keeper:
            rows.add([ThingLink(thing=thing, person_id=keeper, kind="keeper", source=source)], once=True)
        return thing.id


def warn(
    *,
    by: Actor,
    now: datetime,
    kind: str,
    detail: str,
    expires_at: datetime | None,
    source: str,
    person_id: uuid.UUID | None = None,
    place_id: uuid.UUID | None = None,
) -> uuid.UUID:
    """Put a warning marker on a person or a place, from now until it expires."""
    _may_write(by)
    with access.acting(by):
        if person_id:
            person_id = _seen(person_id)
        if place_id:
            _seen_place(place_id)
        marker = Marker.objects.create(
            person_id=person_id,
            place_id=place_id,
            kind=kind,
            detail=detail,
            from_at=now,
            expires_at=expires_at,
            source=source,
            created_by=by.id,
        )
        audit.record(
            by=by,
            action="collection",
            sentence="records.marker_added",
            subject=("marker", marker.id),
            people=[person_id] if person_id else [],
            detail={"kind": kind},
        )
        return marker.id


def end_marker(marker_id: uuid.UUID, *, by: Actor, now: datetime, because: str) -> bool:
    """End a marker early with a reason; return False when somebody ended it first."""
    _may_write(by)
    with access.acting(by):
        ended = Marker.objects.filter(id=marker_id, ended_at__isnull=True).update(ended_at=now, ended_because=because)
        if ended:
            audit.record(by=by, action="alteration", sentence="records.marker_ended", subject=("marker", marker_id))
        return bool(ended)


def next_reference(now: datetime) -> str:
    """Return a reference no other incident has: the day and a number that only grows."""
    with connection.cursor() as cursor:
        cursor.execute("select nextval('records_incident_reference')")
        (number,) = cursor.fetchone()
    return f"{clock.london(now):%y%m%d}-{number:05d}"


def add_incident(
    *,
    by: Actor,
    now: datetime,
    id: uuid.UUID,
    reference: str,
    channel: str,
    received_at: datetime,
    occurred_at: datetime | None,
    caller_number: str,
    place_id: uuid.UUID | None,
    summary: str,
    opening_code: str,
    qualifiers: Sequence[str],
    parts: Sequence[Part],
    source: str = "call",
) -> Incident:
    """Store an incident and everyone's part in it. Whoever calls has seen to it that the actor may see them."""
    _may_write(by)
    made = Incident(
        id=id,
        reference=reference,
        channel=channel,
        received_at=received_at,
        occurred_at=occurred_at,
        created_at=now,
        created_by=by.id,
        caller_number=caller_number,
        place_id=place_id,
        summary=summary,
        opening_code=opening_code,
        opening_qualifiers=list(qualifiers),
        source=source,
    )
    with access.acting(by):
        rows.add([made])
        add_parts(id, parts, by=by)
        audit.record(
            by=by,
            action="collection",
            sentence="records.incident_added",
            subject=("incident", id),
            people=[p.person_id for p in parts],
            detail={"opening_code": opening_code, "channel": channel},
        )
    return made


def add_parts(incident_id: uuid.UUID, parts: Sequence[Part], *, by: Actor) -> None:
    """Add people to an incident; a part already there is left as it is."""
    _may_write(by)
    with access.acting(by):
        rows.add(
            [
                IncidentPerson(
                    incident_id=incident_id,
                    person_id=p.person_id,
                    role=p.role,
                    vulnerabilities=list(p.vulnerabilities),
                )
                for p in parts
            ],
            once=True,
        )
        if parts:
            children.look_for(incident_id)


def see_vulnerable(incident_id: uuid.UUID, person_id: uuid.UUID, codes: Sequence[str], *, by: Actor) -> None:
    """Add vulnerabilities seen in somebody to each part they have in an incident; none is taken away."""
    _may_write(by)
    with access.acting(by):
        for part in IncidentPerson.objects.filter(incident_id=incident_id, person_id=_seen(person_id)):
            part.vulnerabilities = list(dict.fromkeys((*part.vulnerabilities, *codes)))
            part.save(update_fields=["vulnerabilities"])


def close_incident(
    incident_id: uuid.UUID,
    *,
    by: Actor,
    now: datetime,
    result: str,
    closing_codes: Sequence[str],
    closing_qualifiers: Sequence[str],
) -> bool:
    """Close an incident with its codes; return False when somebody closed it first."""
    _may_write(by)
    with access.acting(by):
        closed = Incident.objects.filter(id=incident_id, closed_at__isnull=True).update(
            closed_at=now,
            closed_by=by.id,
            result=result,
            closing_codes=list(closing_codes),
            closing_qualifiers=list(closing_qualifiers),
        )
        if closed:
            children.look_for(incident_id)
            audit.record(
                by=by,
                action="alteration",
                sentence="records.incident_closed",
                subject=("incident", incident_id),
                detail={"closing_codes": list(closing_codes)},
            )
        return bool(closed)
