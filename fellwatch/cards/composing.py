"""Compose the card of an address or of a person from the rooms' own queries; each logs whom it shows."""

import uuid
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from fellwatch.contact import access as contact
from fellwatch.contact import queries as control_room
from fellwatch.contact import rulings
from fellwatch.contact.values import AdviceView
from fellwatch.foundation import access, clock
from fellwatch.foundation.access import Actor, can
from fellwatch.orders import access as orders
from fellwatch.orders import bearing
from fellwatch.orders.bearing import Bearing
from fellwatch.records import queries as records
from fellwatch.records.queries import Missing
from fellwatch.records.values import MarkerView, PastIncident, Resident
from fellwatch.response import access as response
from fellwatch.response import known
from fellwatch.response.known import Known
from fellwatch.sharing import access as sharing
from fellwatch.sharing.reach import queries as reach
from fellwatch.sharing.reach.values import Forbids

LOOK_BACK = timedelta(days=366)
MOST_EARLIER = 8
CHILD = 18
TONES = {"danger": 0, "warn": 1, "note": 2}


@dataclass(frozen=True)
class Line:
    """One thing the next officer must know: how bad, what, the detail, where it comes from."""

    tone: str
    text: str
    detail: str
    source: str


@dataclass(frozen=True)
class Somebody:
    """A person on the card. `age` is none where it is not known."""

    id: uuid.UUID
    name: str
    age: int | None
    words: str


@dataclass(frozen=True)
class Earlier:
    """An earlier incident in one line."""

    id: uuid.UUID
    reference: str
    at: datetime
    title: str


@dataclass(frozen=True)
class Card:
    """The whole card, the most dangerous first."""

    title: str
    lines: tuple[Line, ...]
    children: tuple[Somebody, ...]
    others: tuple[Somebody, ...]
    earlier: tuple[Earlier, ...]
    advice: tuple[Line, ...]


def of_place(place_id: uuid.UUID, *, by: Actor, now: datetime) -> Card:
    """Return the card of an address and everyone tied to it now."""
    with access.acting(by):
        place = records.place(place_id, by=by, now=now)
        home = records.household(place_id, by=by, on=clock.london_date(now))
        people = {one.person_id: one.name for one in home}
        return _card(place.address, "This address", place.markers, people, home, [place_id], by=by, now=now)


def of_person(person_id: uuid.UUID, *, by: Actor, now: datetime) -> Card:
    """Return the card of a person and of those they live with."""
    with access.acting(by):
        person = records.person(person_id, by=by, now=now)
        on = clock.london_date(now)
        home = records.household(person.place_id, by=by, on=on) if person.place_id else ()
        people = {one.person_id: one.name for one in home} | {person.id: person.name}
        return _card(person.name, person.name, (), people, home, [], by=by, now=now, about=[person.id])


@dataclass(frozen=True)
class Learnt:
    """What rooms know of many people and addresses, to be laid out for each card."""

    known: tuple[Known, ...]
    orders: tuple[Bearing, ...]
    forbidden: tuple[Forbids, ...] = ()

    def about(self, people: Collection[uuid.UUID], place: uuid.UUID | None) -> tuple[Line, ...]:
        """Return the lines for one card, the most dangerous first."""
        lines = [
            *(Line(one.tone, one.text_at(place), one.detail, one.source) for one in self._orders(people, place)),
            *(_never(one) for one in self.forbidden if one.person_id in people),
            *(_line(one) for one in self.known if one.person_id in people),
        ]
        return tuple(sorted(lines, key=lambda one: TONES[one.tone]))

    def named(self, people: Collection[uuid.UUID], place: uuid.UUID | None) -> set[uuid.UUID]:
        """Return everybody whom an order on the card names, for the log."""
        return {person for one in self._orders(people, place) for person in one.people}

    def _orders(self, people: Collection[uuid.UUID], place: uuid.UUID | None) -> Iterator[Bearing]:
        return (one for one in self.orders if one.touches(people, place))


def learnt(
    people: Collection[uuid.UUID], places: Collection[uuid.UUID], *, by: Actor, now: datetime, log: bool = True
) -> Learnt:
    """Return what response has learnt of these people, the orders that bear on them and these addresses, and how they
    must not be reached."""
    return Learnt(
        known.about(list(people), by=by, now=now, log=log) if can(by, response.READ).allowed else (),
        bearing.on(people, places, by=by, now=now, log=log) if can(by, orders.READ).allowed else (),
        reach.forbidding(people, by=by, now=now, log=log) if can(by, sharing.REACH).allowed else (),
    )


def _card(
    title: str,
    bearer: str,
    markers: Sequence[MarkerView],
    people: Mapping[uuid.UUID, str],
    home: Sequence[Resident],
    places: Sequence[uuid.UUID],
    *,
    by: Actor,
    now: datetime,
    about: Sequence[uuid.UUID] = (),
) -> Card:
    history = records.history(
        by=by, since=now - LOOK_BACK, people=list(about or people), places=places, limit=MOST_EARLIER
    )
    warned = records.markers_of(list(people), by=by, now=now)
    lines = [
        *_markers(bearer, markers, now),
        *(line for id, found in warned.items() for line in _markers(people[id], found, now)),
        *learnt(people, places, by=by, now=now).about(people, places[0] if places else None),
    ]
    grown = [_somebody(one) for one in home]
    return Card(
        title=title,
        lines=tuple(sorted(lines, key=lambda one: TONES[one.tone])),
        children=tuple(one for one in grown if one.age is not None and one.age < CHILD),
        others=tuple(one for one in grown if one.age is None or one.age >= CHILD),
        earlier=tuple(_earlier(one, now) for one in history),
        advice=tuple(_advice(history, by=by)),
    )


def _markers(bearer: str, markers: Iterable[MarkerView], now: datetime) -> Iterator[Line]:
    for one in markers:
        kind = rulings.label("marker_kinds", one.kind, now)
        yield Line("danger", f"{bearer}: {kind}", one.detail, f"{one.source}, {clock.london(one.from_at):%-d %b %Y}")


def _line(one: Known) -> Line:
    return Line(one.tone, f"{one.name}: {one.text}", one.detail, f"{one.source}, {clock.london(one.at):%-d %b %Y}")


def _never(one: Forbids) -> Line:
    return Line("danger", one.warning, one.detail, one.source)


def _somebody(one: Resident) -> Somebody:
    return Somebody(one.person_id, one.name, one.age, {"home": "lives here"}.get(one.kind, one.kind))


def _earlier(one: PastIncident, now: datetime) -> Earlier:
    return Earlier(one.id, one.reference, one.received_at, rulings.label("nsir_opening", one.opening_code, now))


def _advice(history: Sequence[PastIncident], *, by: Actor) -> Iterator[Line]:
    """Yield what the help desk advised at the newest incidents."""
    if not can(by, contact.READ).allowed:
        return
    for past in history[:3]:
        for one in _advised(past.id, by=by):
            if one.text and one.given_at:
                yield Line("note", one.text, "", f"{one.given_by_name}, log {past.reference}")


def _advised(incident_id: uuid.UUID, *, by: Actor) -> Sequence[AdviceView]:
    """Return the advice at an incident; one that another system sent has no handling of ours."""
    try:
        return control_room.handled(incident_id, by=by).advice
    except Missing:
        return ()
