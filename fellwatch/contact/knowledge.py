"""What is already known about the people, place and number of a call."""

import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from fellwatch.contact import rulings
from fellwatch.foundation import access, clock, policy
from fellwatch.foundation.access import Actor
from fellwatch.records import queries as records
from fellwatch.records.values import MarkerView, PastIncident, Resident
from fellwatch.rules import definitions
from fellwatch.rules.contacts import Contact, Involved, Subject

LOOK_BACK = timedelta(days=3 * 366)
YEAR = timedelta(days=365)
CHILD = 18
PRESENT = "this contact"


@dataclass(frozen=True)
class About:
    """Whom and what a contact is about, as far as it is known."""

    people: tuple[tuple[uuid.UUID, str], ...] = ()
    place_id: uuid.UUID | None = None
    number: str = ""
    codes: frozenset[str] = frozenset()
    besides: uuid.UUID | None = None


@dataclass(frozen=True)
class Repeat:
    """A repeat definition that fired, with what it counted."""

    id: str
    title: str
    count: int
    by: str
    window: str
    evidence: tuple[str, ...]
    source: str
    confidence: str
    person: uuid.UUID | None = None
    """Whose contacts were counted, where they were counted by person."""


@dataclass(frozen=True)
class Known:
    """What records hold about those in a call. `connected` says of others how they come into it."""

    markers: Mapping[uuid.UUID, tuple[MarkerView, ...]]
    household: tuple[Resident, ...]
    earlier: tuple[PastIncident, ...]
    connected: Mapping[uuid.UUID, str]
    repeats: tuple[Repeat, ...]
    about: frozenset[uuid.UUID] = frozenset()
    """Those whom the call is about."""

    @property
    def marker_kinds(self) -> tuple[str, ...]:
        """Return the kinds of every marker, each once."""
        return tuple(sorted({m.kind for held in self.markers.values() for m in held}))

    @property
    def children(self) -> tuple[Resident, ...]:
        """Return those of the household who are under 18."""
        return tuple(r for r in self.household if r.age is not None and r.age < CHILD)


@access.reads
def look_up(about: About, *, by: Actor, now: datetime) -> Known:
    """Gather what is known. The caller names in the log whom it goes on to show."""
    ids = [person for person, _ in about.people]
    on = clock.london_date(now)
    places = _places(about.place_id, by)
    household = tuple(r for place in places for r in records.household(place, by=by, on=on, log=False))
    history = records.history(by=by, since=now - LOOK_BACK, people=ids, places=places, number=about.number)
    earlier = tuple(_at(past, about.place_id, places) for past in history if past.id != about.besides)
    connected = _connected(ids, earlier, by=by, now=now)
    return Known(
        markers=records.markers_of([*ids, *(r.person_id for r in household), *connected], by=by, now=now),
        household=household,
        earlier=earlier,
        connected=connected,
        repeats=tuple(_repeats(about, earlier, now)),
        about=frozenset(ids),
    )


def _places(place_id: uuid.UUID | None, by: Actor) -> tuple[uuid.UUID, ...]:
    """Return the place, and the records of the same address in compartments the reader is cleared for."""
    if place_id is None:
        return ()
    return (place_id, *(records.same_address(place_id, by=by) if by.compartments else ()))


def _at(past: PastIncident, place_id: uuid.UUID | None, places: Sequence[uuid.UUID]) -> PastIncident:
    """Return an incident at another record of the same address as one at this."""
    return replace(past, place_id=place_id) if past.place_id in places and past.place_id != place_id else past


def look_up_for_all(about: About, compartments: frozenset[str], *, by: Actor, now: datetime) -> Known:
    """Gather only what everybody cleared for these compartments may know, within the actor's own transaction.

    What is stored on an incident is read by everybody who reads the incident: it may not rest on what some may not.
    """
    with access.narrowed(by, compartments) as narrow:
        return look_up(about, by=narrow, now=now)


def _connected(
    ids: Sequence[uuid.UUID], earlier: Sequence[PastIncident], *, by: Actor, now: datetime
) -> dict[uuid.UUID, str]:
    """Return partners, former partners and earlier suspects: the people who may be at the door."""
    on = clock.london_date(now)
    ties = records.related(ids, by=by, on=on) if ids else ()
    found = {other: kind for other, kind, _ in ties if "partner" in kind or "spouse" in kind}
    for past in earlier:
        if past.received_at >= now - YEAR:
            found.update({person: "suspect before" for person, role in past.parts if role == "suspect"})
    return {person: words for person, words in found.items() if person not in ids}


def _repeats(about: About, earlier: Sequence[PastIncident], now: datetime) -> Iterator[Repeat]:
    on = clock.london_date(now)
    contacts = [_contact(past) for past in earlier]
    present = _present(about, now)
    for rule_id in policy.of_kind("definition"):
        version = policy.version(rule_id, on)
        definition = policy.parsed(rule_id, on, definitions.Definition)
        counts = [
            (definitions.count(definition, subject=subject, earlier=contacts, present=present, on=on), subject)
            for subject in _subjects(about)
        ]
        fired = [(one, subject) for one, subject in counts if one]
        if fired:
            best, subject = max(fired, key=lambda pair: pair[0].count)
            yield Repeat(
                rule_id,
                policy.rulebook().rule(rule_id).title,
                best.count,
                best.by,
                best.window,
                tuple(e for e in best.evidence if e != PRESENT),
                version.source,
                str(version.confidence),
                uuid.UUID(subject.person) if best.by == definitions.By.PERSON else None,
            )


def repeat_words(title: str, count: int, by: str, window: str, name: str) -> str:
    """Say which definition fired, of whom or where, how often and over how long."""
    person = name or "the same person"
    counted = {"person": f"{person}, ", "phone": "this number, ", "place": "this place, "}
    often = f"{count} contact{'' if count == 1 else 's'}"
    return f"{title}: {counted.get(by, '')}{often} in {'all' if window == 'all time' else window}"


def _subjects(about: About) -> Sequence[Subject]:
    number, place = about.number, str(about.place_id or "")
    people = {str(person) for person, _ in about.people} or {""}
    return [Subject(person=person, phone=number, place=place) for person in sorted(people)]


def _present(about: About, now: datetime) -> Contact:
    return Contact(
        id=PRESENT,
        occurred_at=now,
        phone=about.number,
        place=str(about.place_id or ""),
        people=tuple(Involved(str(person), role) for person, role in about.people),
        codes=about.codes,
        domestic=is_domestic(about.codes, now),
        crime_or_asb=is_crime_or_asb(about.codes, now),
    )


def _contact(past: PastIncident) -> Contact:
    codes = frozenset({past.opening_code, *past.qualifiers})
    return Contact(
        id=past.reference,
        occurred_at=past.received_at,
        phone=past.caller_number,
        place=str(past.place_id or ""),
        people=tuple(Involved(str(person), role) for person, role in past.parts),
        codes=codes,
        domestic=is_domestic(codes, past.received_at),
        crime_or_asb=is_crime_or_asb(codes, past.received_at),
    )


def is_domestic(codes: frozenset[str], now: datetime) -> bool:
    """Whether an incident with these codes and qualifiers is domestic."""
    return "domestic" in {
        *rulings.implied("nsir_opening", codes, now=now),
        *rulings.implied("nsir_qualifiers", codes, now=now),
    }


def is_crime_or_asb(codes: frozenset[str], now: datetime) -> bool:
    """Whether an incident with these codes counts as crime or anti-social behaviour."""
    return bool({"crime", "asb"} & rulings.groups("nsir_opening", codes, now=now))


def domestic_in_a_year(known: Known, now: datetime) -> int:
    """Return how many earlier domestic incidents there were in twelve months."""
    return sum(
        1
        for past in known.earlier
        if past.received_at >= now - YEAR
        and is_domestic(frozenset({past.opening_code, *past.qualifiers}), past.received_at)
    )
