"""The ways to a person: keys stored for everyone held, and ranges of keys looked up for a query. Pure.

A key compares byte by byte, so that a range is a prefix. Conjunctions come first: a surname's sound alone
would bring every Smith; with the beginning of a forename, or a year of birth, it brings a handful.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import IntEnum

from fellwatch.recognition.addresses import Address, street_sound
from fellwatch.recognition.asked import Asked
from fellwatch.recognition.dates import AboutYear
from fellwatch.recognition.held import Held, HeldName
from fellwatch.recognition.names import Reading, forename_forms, surname_forms, variants
from fellwatch.recognition.sounds import sound

END = "\U0010ffff"
LONGEST = 80
MOST_FORENAMES = 2


class Kind(IntEnum):
    """What a key is made of; stored, so a number is never used again for something else."""

    SURNAME_SOUND_FORENAME = 1
    FORENAME_SOUND_SURNAME = 2
    BOTH_SOUNDS = 3
    SURNAME = 4
    SURNAME_SOUND_YEAR = 5
    FORENAME_SOUND_YEAR = 6
    BIRTH_DATE = 7
    PHONE = 8
    POSTCODE_HOUSE = 9
    STREET_HOUSE = 10
    IDENTIFIER = 11


@dataclass(frozen=True)
class Range:
    """Keys from `low` to `high`; at most `cap` people are taken, each found counts `worth`."""

    kind: Kind
    low: str
    high: str
    cap: int
    worth: int


def of(held: Held) -> set[tuple[Kind, str]]:
    """Return every key under which a person is found."""
    return {(kind, key[:LONGEST]) for kind, key in _of(held)}


def _of(held: Held) -> Iterator[tuple[Kind, str]]:
    for name in held.names:
        yield from _of_name(name, held.born.year)
    if held.born.year and held.born.month and held.born.day:
        yield Kind.BIRTH_DATE, f"{held.born.year:04}{held.born.month:02}{held.born.day:02}"
    for number in held.phones:
        yield Kind.PHONE, number
    for place in held.addresses:
        yield from _of_address(place.address)
    for kind, value in held.identifiers:
        yield Kind.IDENTIFIER, f"{kind}|{value}"


def _of_name(name: HeldName, year: int | None) -> Iterator[tuple[Kind, str]]:
    surnames = surname_forms(name.surname)
    forenames = forename_forms(name.forenames)[:MOST_FORENAMES] or ("",)
    for surname in surnames or ("",):
        if surname:
            yield Kind.SURNAME, surname
            yield from _years(Kind.SURNAME_SOUND_YEAR, surname, year)
        for forename in forenames:
            yield Kind.SURNAME_SOUND_FORENAME, f"{sound(surname)}|{forename}"
            yield Kind.FORENAME_SOUND_SURNAME, f"{sound(forename)}|{surname}"
            yield Kind.BOTH_SOUNDS, f"{sound(surname)}|{sound(forename)}"
    for forename in forenames:
        yield from _years(Kind.FORENAME_SOUND_YEAR, forename, year)


def _years(kind: Kind, word: str, year: int | None) -> Iterator[tuple[Kind, str]]:
    if year and word:
        yield kind, f"{sound(word)}|{year}"


def _of_address(address: Address) -> Iterator[tuple[Kind, str]]:
    if address.postcode:
        yield Kind.POSTCODE_HOUSE, f"{address.postcode}|{address.house}"
    if address.street:
        yield Kind.STREET_HOUSE, f"{street_sound(address.street)}|{address.house}"


def sought(asked: Asked) -> tuple[Range, ...]:
    """Return the ranges to look up for a query, the most telling first; no range twice."""
    found = {(r.kind, r.low, r.high): r for r in sorted(_sought(asked), key=lambda r: r.worth)}
    return tuple(sorted(found.values(), key=lambda r: -r.worth))


def _sought(asked: Asked) -> Iterator[Range]:
    for kind, value in asked.identifiers:
        yield _exact(Kind.IDENTIFIER, f"{kind}|{value}", 50, 40)
    if asked.phone:
        yield _exact(Kind.PHONE, asked.phone, 100, 30)
    if asked.phone_begins:
        yield _prefix(Kind.PHONE, asked.phone_begins, 100, 10)
    yield from _dates(asked)
    yield from _addresses(asked.address)
    for reading in asked.name.readings:
        yield from _names(reading, asked.name.unfinished)
        yield from _name_and_year(reading, asked)


def _dates(asked: Asked) -> Iterator[Range]:
    year, month, day = asked.born.year, asked.born.month, asked.born.day
    if year and month and day:
        yield _exact(Kind.BIRTH_DATE, f"{year:04}{month:02}{day:02}", 100, 20)
        yield _exact(Kind.BIRTH_DATE, f"{year:04}{day:02}{month:02}", 50, 8)


def _addresses(address: Address) -> Iterator[Range]:
    if address.postcode and address.house:
        yield _exact(Kind.POSTCODE_HOUSE, f"{address.postcode}|{address.house}", 60, 20)
    if address.postcode:
        yield _prefix(Kind.POSTCODE_HOUSE, f"{address.postcode}|", 150, 5)
    street = street_sound(address.street)
    if street and address.house:
        yield _exact(Kind.STREET_HOUSE, f"{street}|{address.house}", 60, 15)
    if street:
        yield _prefix(Kind.STREET_HOUSE, f"{street}|", 150, 4)


def _names(reading: Reading, unfinished: str) -> Iterator[Range]:
    """Look up one reading of the name: a half-typed word as a prefix, a whole one by sound and variants."""
    surname = reading.surname
    if not reading.forenames:
        cap = 200 if len(surname) > 2 else 60
        if surname == unfinished:
            yield _prefix(Kind.SURNAME, surname, cap, 6)
        yield _prefix(Kind.BOTH_SOUNDS, f"{sound(surname)}|", cap, 5)
        return
    for forename in reading.forenames[:MOST_FORENAMES]:
        if not surname:
            yield _prefix(Kind.FORENAME_SOUND_SURNAME, f"{sound(forename)}|", 200, 3)
            continue
        yield from _pair(forename, surname, unfinished)


def _pair(forename: str, surname: str, unfinished: str) -> Iterator[Range]:
    for other in (forename, *sorted(variants(forename))):
        yield _exact(Kind.BOTH_SOUNDS, f"{sound(surname)}|{sound(other)}", 60, 18 if other == forename else 14)
        if surname == unfinished:
            yield _prefix(Kind.FORENAME_SOUND_SURNAME, f"{sound(other)}|{surname}", 60, 14)
    if forename == unfinished or len(forename) == 1:
        yield _prefix(Kind.SURNAME_SOUND_FORENAME, f"{sound(surname)}|{forename}", 100, 14)
    yield _prefix(Kind.SURNAME_SOUND_FORENAME, f"{sound(surname)}|{forename[:1]}", 100, 9)
    yield _prefix(Kind.FORENAME_SOUND_SURNAME, f"{sound(forename)}|{surname[:2]}", 100, 8)


def _name_and_year(reading: Reading, asked: Asked) -> Iterator[Range]:
    for year in _year_range(asked):
        if reading.surname:
            yield _exact(Kind.SURNAME_SOUND_YEAR, f"{sound(reading.surname)}|{year}", 60, 12)
        for forename in _and_variants(reading.forenames[:MOST_FORENAMES]):
            yield _exact(Kind.FORENAME_SOUND_YEAR, f"{sound(forename)}|{year}", 60, 10)


def _and_variants(forenames: Iterable[str]) -> Iterator[str]:
    for forename in forenames:
        yield forename
        yield from sorted(variants(forename))


def _year_range(asked: Asked) -> Iterable[int]:
    if asked.born.year is None:
        return ()
    slack = asked.born.slack if isinstance(asked.born, AboutYear) else 0
    return range(asked.born.year - slack, asked.born.year + slack + 1)


def _exact(kind: Kind, key: str, cap: int, worth: int) -> Range:
    return Range(kind, key[:LONGEST], key[:LONGEST], cap, worth)


def _prefix(kind: Kind, key: str, cap: int, worth: int) -> Range:
    return Range(kind, key[:LONGEST], key[:LONGEST] + END, cap, worth)
