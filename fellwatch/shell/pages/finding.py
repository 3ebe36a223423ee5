"""What somebody may mean by a few words, and what there is of it that they may see."""

import re
import uuid
from dataclasses import dataclass
from datetime import datetime

from fellwatch.contact import access as contact
from fellwatch.contact import rulings
from fellwatch.foundation import access, clock
from fellwatch.foundation.access import Actor, can
from fellwatch.recognition import access as recognition
from fellwatch.recognition import addresses, dates, phones
from fellwatch.recognition import queries as recognise
from fellwatch.recognition.queries import Candidate, Query, Recognised
from fellwatch.recognition.typed import Trouble
from fellwatch.recognition.waterfall import Waterfall, percent
from fellwatch.records import queries as records
from fellwatch.records import story
from fellwatch.records.geography import postcodes
from fellwatch.records.values import PartialDate, PersonView, PlaceView

REFERENCE = re.compile(r"(?:log\s*)?(\d{6}-\d{1,9}|[a-z]\d{2,9})", re.IGNORECASE)
TAIL = re.compile(r"(?:log\s*)?(\d{3,5})", re.IGNORECASE)
"""The end of a log number, as it is said aloud."""
PHONE = re.compile(r"\+?[\d\s().-]{5,}")
BORN = re.compile(r"\b\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}\b|\b(?:19|20)\d\d\b")
MOST_PEOPLE = 12


@dataclass(frozen=True)
class Meaning:
    """What the words may be. An empty field was not said."""

    reference: str = ""
    tail: str = ""
    phone: str = ""
    name: str = ""
    born: str = ""
    address: str = ""


@dataclass(frozen=True)
class FoundPerson:
    """Somebody who may be meant."""

    id: uuid.UUID
    name: str
    age: str
    likelihood: str
    words: str
    because: str
    facts: tuple[str, ...]
    warnings: tuple[str, ...]
    why: Waterfall


@dataclass(frozen=True)
class FoundLog:
    """An incident found."""

    id: uuid.UUID
    reference: str
    at: datetime
    text: str
    address: str


@dataclass(frozen=True)
class Finding:
    """Everything found, in groups."""

    people: tuple[FoundPerson, ...] = ()
    places: tuple[PlaceView, ...] = ()
    logs: tuple[FoundLog, ...] = ()
    restricted: str = ""
    notes: tuple[str, ...] = ()
    opens_incidents: bool = False
    unlikely: int = 0
    """How many people are not listed because they are unlikely; nobody of whom something warns is among them."""
    asked_where: bool = False
    """Whether an address or a postcode was asked for: then the place comes first, and people are who is tied to it."""

    @property
    def nothing(self) -> bool:
        """Whether there is nothing at all to show."""
        return not (self.people or self.unlikely or self.places or self.logs or self.restricted)


def meaning(said: str) -> Meaning:
    """Read the words as a log number, a telephone number, an address, or a name with a date of birth."""
    if found := REFERENCE.fullmatch(said):
        return Meaning(reference=found[1].upper())
    if found := TAIL.fullmatch(said):
        return Meaning(tail=found[1], phone=said if PHONE.fullmatch(said) else "")
    if PHONE.fullmatch(said):
        return Meaning(phone=said)
    read = addresses.read(said)
    if read.postcode or (read.house and read.street):
        return Meaning(address=said)
    if isinstance(postcodes.parse(said), postcodes.Postcode):
        return Meaning(address=said)
    born = BORN.search(said)
    name = BORN.sub(" ", said).strip(" ,")
    return Meaning(name=name, born=born[0] if born else "", address="" if born else said)


def find(said: str, *, by: Actor, now: datetime, unlikely: bool = False) -> Finding:
    """Find what the words may mean; `unlikely` lists people too who are almost certainly not meant.

    Everybody shown is named in the log.
    """
    meant = meaning(said)
    with access.acting(by):
        recognised = _recognise(meant, unlikely, by=by, now=now)
        ids = [c.person_id for c in recognised.candidates]
        shown = records.people(ids, by=by, now=now, because="shell.search_read") if ids else {}
        return Finding(
            people=tuple(_person(c, shown[c.person_id], now) for c in recognised.candidates if c.person_id in shown),
            places=_places(meant, by=by),
            logs=_logs(meant, by=by, now=now),
            restricted=recognise.RESTRICTED_WORDS if recognised.restricted else "",
            notes=_notes(meant, recognised, by),
            opens_incidents=can(by, contact.READ).allowed,
            unlikely=recognised.unlikely,
            asked_where=bool(meant.address and not meant.name),
        )


def _recognise(meant: Meaning, unlikely: bool, *, by: Actor, now: datetime) -> Recognised:
    given = meant.name or meant.phone or meant.address
    if not given or not can(by, recognition.SEARCH).allowed:
        return Recognised()
    query = Query(
        name=meant.name,
        date_of_birth=meant.born,
        phone=meant.phone,
        address="" if meant.name else meant.address,
    )
    return recognise.who(query, by=by, now=now, limit=MOST_PEOPLE, fold=not unlikely)


def _places(meant: Meaning, *, by: Actor) -> tuple[PlaceView, ...]:
    if not meant.address:
        return ()
    read = addresses.read(meant.address)
    exact = postcodes.parse(read.postcode or meant.address)
    code = str(exact) if isinstance(exact, postcodes.Postcode) else ""
    street = "" if code else (read.street or meant.address)
    return story.places_like(by=by, house=read.house, street=street, postcode=code, flat=read.flat)


def _logs(meant: Meaning, *, by: Actor, now: datetime) -> tuple[FoundLog, ...]:
    number = phones.read(meant.phone) if meant.phone else ""
    found: tuple[story.FoundIncident, ...] = ()
    if meant.reference:
        found = story.incidents_numbered(meant.reference, by=by)
    elif meant.tail:
        found = story.incidents_ending(meant.tail, by=by, now=now)
    elif number and not isinstance(number, Trouble):
        found = story.incidents_from(number, by=by)
    return tuple(
        FoundLog(f.id, f.reference, f.received_at, rulings.label("nsir_opening", f.opening_code, now), f.address)
        for f in found
    )


def _notes(meant: Meaning, recognised: Recognised, by: Actor) -> tuple[str, ...]:
    notes = [trouble.message for trouble in recognised.troubles]
    if meant.born and not isinstance(dates.read(meant.born, today=clock.london_date(clock.now())), PartialDate):
        notes.append(f"“{meant.born}” could not be read as a date of birth and was left out.")
    if not can(by, recognition.SEARCH).allowed:
        notes.append("Your role may look for places and logs, not for people.")
    return tuple(dict.fromkeys(notes))


def _person(one: Candidate, person: PersonView, now: datetime) -> FoundPerson:
    age = person.born.age_on(clock.london_date(now))
    why = Waterfall.of(one, "what was typed")
    other = [f"Also {kind}: {name}" for kind, name in person.other_names[:3]]
    return FoundPerson(
        id=one.person_id,
        name=person.name,
        age=str(age) if age is not None else "",
        likelihood=percent(one.likelihood),
        words=one.likelihood_words,
        because=why.because,
        facts=(*other, *([person.address] if person.address else [])),
        warnings=tuple(rulings.label("marker_kinds", marker.kind, now) for marker in person.markers),
        why=why,
    )
