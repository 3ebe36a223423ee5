"""The people of a block: each household with its home, names, numbers, ties and earlier addresses."""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from fellwatch.demonstration import telephones
from fellwatch.demonstration.addresses import Street, houses
from fellwatch.demonstration.composition import Kind, Member, compose
from fellwatch.demonstration.naming import Called, name_all
from fellwatch.demonstration.rows import (
    Batch,
    IdentifierRow,
    NameRow,
    PersonRow,
    PhoneRow,
    PlaceRow,
    RelationshipRow,
    ResidenceRow,
)
from fellwatch.demonstration.setting import SOURCE, Setting

HOUSES_ON_A_STREET = 13
ADULT, HAS_A_PHONE = 18, 12
SECOND_PHONES_FROM = 6_000_000


@dataclass(frozen=True, slots=True)
class Resident:
    """Somebody who lives in the county, as incidents need to know them."""

    id: str
    sex: str
    born: date
    forenames: str
    surname: str
    part: str
    number: str

    def age(self, on: date) -> int:
        """Return the age in whole years."""
        return on.year - self.born.year - ((on.month, on.day) < (self.born.month, self.born.day))


@dataclass(frozen=True, slots=True)
class Household:
    """Those at one address now. A parent of 17 is counted with the adults."""

    kind: Kind
    place: PlaceRow
    adults: tuple[Resident, ...]
    children: tuple[Resident, ...]

    @property
    def couple(self) -> tuple[Resident, Resident] | None:
        """Return the two who are partners, if any are."""
        pair = tuple(person for person in self.adults if person.part in {"first", "partner"})
        return (pair[0], pair[1]) if len(pair) == 2 else None


def settle(
    rng: random.Random, batch: Batch, ways: list[Street], setting: Setting, count: int, first_serial: int,
    new_id: Callable[[], str],
) -> list[Household]:  # fmt: skip
    """Fill the streets with households until `count` people live there; add their rows to the batch."""
    found: list[Household] = []
    homes = _homes(rng, ways, new_id)
    serial, end = first_serial, first_serial + count
    while serial < end:
        kind, members = compose(rng, setting.today, end - serial)
        place = next(homes)
        batch.add(place)
        found.append(_household(rng, batch, setting, kind, members, place, found, serial, new_id))
        serial += len(members)
    return found


def _homes(rng: random.Random, ways: list[Street], new_id: Callable[[], str]) -> Iterator[PlaceRow]:
    for street in ways:
        yield from houses(rng, street, HOUSES_ON_A_STREET, new_id)


def _household(
    rng: random.Random, batch: Batch, setting: Setting, kind: Kind, members: list[Member], place: PlaceRow,
    before: list[Household], serial: int, new_id: Callable[[], str],
) -> Household:  # fmt: skip
    called = name_all(rng, kind, members, setting.today)
    shared_line = telephones.landline(serial) if members[0].born.year < 1975 and rng.random() < 0.6 else ""
    moved_in = _moved_in(rng, members, setting.today)
    earlier = rng.choice(before).place.id if before and rng.random() < 0.15 else None
    people: list[Resident] = []
    for n, (member, name) in enumerate(zip(members, called, strict=True)):
        person = _person(rng, batch, setting, member, name, serial + n, shared_line, new_id)
        _tie(batch, setting, person.id, member, place.id, moved_in, earlier, new_id)
        people.append(person)
    _relate(batch, people, called, new_id)
    return Household(
        kind,
        place,
        tuple(p for p in people if p.part != "child" or p.age(setting.today) >= ADULT),
        tuple(p for p in people if p.part == "child" and p.age(setting.today) < ADULT),
    )


def _person(
    rng: random.Random, batch: Batch, setting: Setting, member: Member, name: Called, serial: int, line: str,
    new_id: Callable[[], str],
) -> Resident:  # fmt: skip
    person_id, born = new_id(), member.born
    chance = rng.random()
    month = born.month if chance > 0.012 else None
    day = born.day if chance > 0.03 else None
    batch.add(PersonRow(person_id, member.sex, born.year, month, day, None, "", True, setting.now, setting.loader))
    batch.add(NameRow(new_id(), person_id, "current", name.forenames, name.surname, None, None, SOURCE))
    for kind, forenames, surname, until in name.others:
        batch.add(NameRow(new_id(), person_id, kind, forenames, surname, None, until, SOURCE))
    age = (setting.today - born).days / 365.25
    number = _phones(rng, batch, setting, person_id, age, serial, line, new_id)
    _numbered(rng, batch, person_id, serial, age, new_id)
    return Resident(person_id, member.sex, born, name.forenames, name.surname, member.part, number)


def _phones(
    rng: random.Random, batch: Batch, setting: Setting, person_id: str, age: float, serial: int, line: str,
    new_id: Callable[[], str],
) -> str:  # fmt: skip
    numbers: list[str] = []
    if age >= HAS_A_PHONE and rng.random() < (0.92 if age < 75 else 0.6):
        numbers.append(telephones.mobile(serial))
        if age >= ADULT and rng.random() < 0.07:
            numbers.append(telephones.mobile(SECOND_PHONES_FROM + serial // 2))
    if line and age >= ADULT:
        numbers.append(line)
    for number in numbers:
        known = setting.today - timedelta(days=rng.randrange(1500))
        batch.add(PhoneRow(new_id(), person_id, number, known, None, SOURCE))
    return numbers[0] if numbers else ""


def _numbered(
    rng: random.Random, batch: Batch, person_id: str, serial: int, age: float, new_id: Callable[[], str]
) -> None:
    """Give one adult in twelve a custody number, in a form of our own that no other system uses."""
    if 16 < age < 75 and rng.random() < 0.08:
        value = f"FELL/{26 - rng.randrange(12):02d}/{serial:07d}"
        batch.add(IdentifierRow(new_id(), person_id, "custody", value, SOURCE))


def _moved_in(rng: random.Random, members: list[Member], today: date) -> date:
    """Return the day they moved in: longer ago for older people, and not before the eldest was grown."""
    grown = max(members[0].born.year + ADULT, 1950)
    years = min(rng.expovariate(1 / 9), max(today.year - grown, 0.2))
    return today - timedelta(days=int(years * 365.25) + rng.randrange(20, 90))


def _tie(
    batch: Batch, setting: Setting, person_id: str, member: Member, place_id: str, moved_in: date,
    earlier: str | None, new_id: Callable[[], str],
) -> None:  # fmt: skip
    since = max(moved_in, member.born)
    batch.add(ResidenceRow(new_id(), person_id, place_id, "home", since, None, SOURCE))
    if earlier and earlier != place_id and member.born < moved_in:
        came = max(moved_in - timedelta(days=1400), member.born)
        batch.add(ResidenceRow(new_id(), person_id, earlier, "home", came, moved_in, SOURCE))


def _relate(batch: Batch, people: list[Resident], called: list[Called], new_id: Callable[[], str]) -> None:
    parents = [person for person in people if person.part in {"first", "partner"}]
    children = [person for person in people if person.part == "child"]
    if len(parents) == 2:
        tie = "spouse" if called[0].partnered == "married" else "partner"
        batch.add(RelationshipRow(new_id(), parents[0].id, parents[1].id, tie, None, None, SOURCE))
    for parent in parents:
        tie = "mother" if parent.sex == "female" else "father"
        for child in children:
            batch.add(RelationshipRow(new_id(), parent.id, child.id, tie, child.born, None, SOURCE))
    for n, child in enumerate(children):
        for other in children[n + 1 :]:
            batch.add(RelationshipRow(new_id(), child.id, other.id, "sibling", None, None, SOURCE))
