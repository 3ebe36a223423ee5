"""How what was typed agrees with what is held, field by field, as named levels. Pure.

A level is the name of a row in the recognition model (`rulebook/recognition`), which says what it is worth.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import DamerauLevenshtein, JaroWinkler

from fellwatch.recognition.addresses import Address, street_sound
from fellwatch.recognition.asked import Asked
from fellwatch.recognition.dates import AboutYear
from fellwatch.recognition.held import Held, HeldAddress, HeldName
from fellwatch.recognition.names import Reading, forename_forms, surname_forms, variants
from fellwatch.recognition.sounds import sound
from fellwatch.records.values import PartialDate

CLOSE = 0.92
NEAR = 0.84


@dataclass(frozen=True)
class Agreement:
    """One field's level, with the words on both sides. `terms`: the names whose commonness matters."""

    field: str
    level: str
    typed: str
    held: str
    terms: tuple[str, ...] = ()


def word(one: str, other: str) -> str:
    """Return how two whole names agree; the order of the two never matters."""
    if one == other:
        return "exact"
    if min(len(one), len(other)) == 1:
        return "initial" if one[0] == other[0] else "differs"
    if sound(one) == sound(other):
        return "sounds"
    likeness = JaroWinkler.similarity(one, other)
    if likeness >= CLOSE or (min(len(one), len(other)) > 4 and DamerauLevenshtein.distance(one, other) == 1):
        return "close"
    return "near" if likeness >= NEAR else "differs"


_BEGINS = {1: "initial", 2: "typed_two", 3: "typed_three"}


def begins(typed: str, held: str) -> str:
    """Return the level of a half-typed word that the held name begins with, or ""."""
    return _BEGINS.get(len(typed), "typed_more") if held.startswith(typed) and typed != held else ""


_ORDER = ("exact", "variant", "part", "middle", "typed_more", "sounds", "close", "typed_three", "initial")
RANKED = (*_ORDER, "typed_two", "near", "differs")
_RANK = {level: n for n, level in enumerate(RANKED)}


@lru_cache(maxsize=65536)
def forename(typed: str, held_forenames: str, unfinished: bool) -> tuple[str, str]:
    """Return the level of one typed forename against all held ones, and the held one that agreed best."""
    best = ("differs", held_forenames)
    for n, form in enumerate(forename_forms(held_forenames)):
        level = word(typed, form)
        if level != "exact" and (form in variants(typed) or typed in variants(form)):
            level = "variant"
        level = _better(level, begins(typed, form) if unfinished else "")
        if n and level == "exact":
            level = "middle"
        if _RANK[level] < _RANK[best[0]]:
            best = (level, form)
    return best


@lru_cache(maxsize=65536)
def surname(typed: str, held_surname: str, unfinished: bool) -> tuple[str, str]:
    """Return the level of a typed surname against the held one or a part of it, and which it was."""
    best = ("differs", held_surname)
    for n, form in enumerate(surname_forms(held_surname)):
        level = _better(word(typed, form), begins(typed, form) if unfinished else "")
        if n and level == "exact":
            level = "part"
        if _RANK[level] < _RANK[best[0]]:
            best = (level, form)
    return best


def _better(one: str, other: str) -> str:
    return other if other and _RANK[other] < _RANK[one] else one


def names(asked: Asked, held: Held) -> Iterator[tuple[Agreement, ...]]:
    """Yield every way of laying what was typed beside what is held; the model picks the strongest."""
    for reading in asked.name.readings:
        for name in held.names:
            yield _name(reading, name, asked.name.unfinished)


def _name(reading: Reading, name: HeldName, unfinished: str) -> tuple[Agreement, ...]:
    found = []
    if reading.forenames and name.forenames:
        found.append(_best_forename(reading, name, unfinished))
    if reading.surname and name.surname:
        level, held = surname(reading.surname, name.surname, reading.surname == unfinished)
        level = "former" if name.former and level == "exact" else level
        found.append(Agreement("surname", level, reading.surname, name.surname, (reading.surname, held)))
    if reading.swapped and len(found) == 2 and {a.level for a in found} != {"differs"}:
        found.append(Agreement("order", "swapped", "", ""))
    return tuple(found)


def _best_forename(reading: Reading, name: HeldName, unfinished: str) -> Agreement:
    """The first typed forename counts; a second one may stand in for it ("Mary Jane", known as Jane)."""
    tried = [
        (typed, *_second(n, *forename(typed, name.forenames, typed == unfinished)))
        for n, typed in enumerate(reading.forenames[:3])
    ]
    typed, level, held = min(tried, key=lambda found: _RANK[found[1]])
    return Agreement("forename", level, typed, name.forenames, (typed, held))


def _second(n: int, level: str, held: str) -> tuple[str, str]:
    """A second forename says less: whole it may be the one they go by, otherwise it is somewhat alike at most."""
    if not n or _RANK[level] > _RANK["close"]:
        return level, held
    return ("middle" if level == "exact" else "near"), held


def date_of_birth(asked: PartialDate, held: PartialDate) -> str:
    """Return how two dates agree on the parts that both have, or "" where they share none."""
    if isinstance(asked, AboutYear):
        return _about(asked, held)
    parts = [(a, h) for a, h in zip(_parts(asked), _parts(held), strict=True) if a is not None and h is not None]
    if not parts:
        return ""
    if all(a == h for a, h in parts):
        return _agreeing(asked, held)
    return _disagreeing(_parts(asked), _parts(held))


def _parts(when: PartialDate) -> tuple[int | None, int | None, int | None]:
    return when.year, when.month, when.day


def _agreeing(asked: PartialDate, held: PartialDate) -> str:
    year, month, day = (a is not None and h is not None for a, h in zip(_parts(asked), _parts(held), strict=True))
    if year and month:
        return "full" if day else "month_and_year"
    return "year" if year else "day_and_month"


def _disagreeing(asked: tuple[int | None, ...], held: tuple[int | None, ...]) -> str:
    known = [n for n in range(3) if asked[n] is not None and held[n] is not None]
    differing = [n for n in known if asked[n] != held[n]]
    if len(known) == 3 and asked[0] == held[0] and (asked[1], asked[2]) == (held[2], held[1]):
        return "swapped"
    if len(known) == 3 and len(differing) == 1:
        return "one_digit" if _slip(asked[differing[0]] or 0, held[differing[0]] or 0) else "one_part"
    years = abs((asked[0] or 0) - (held[0] or 0)) if 0 in known else 99
    return "next_year" if differing == [0] and years == 1 else "differs"


def _slip(one: int, other: int) -> bool:
    """Whether one digit, or two neighbours turned round, make one part of a date the other."""
    a, b = f"{one:04}", f"{other:04}"
    off = [n for n in range(4) if a[n] != b[n]]
    if len(off) == 2 and off[1] == off[0] + 1:
        return a[off[0]] == b[off[1]] and a[off[1]] == b[off[0]]
    return len(off) == 1


def _about(asked: AboutYear, held: PartialDate) -> str:
    if asked.year is None or held.year is None:
        return ""
    apart = abs(asked.year - held.year)
    if apart <= asked.slack:
        return "about"
    return "near_age" if apart <= asked.slack + 2 else "differs"


def phone(asked: Asked, held: Held, *, of_household: bool = False) -> tuple[str, str]:
    """Return the best level among somebody's numbers and that number; ("", "") where either side has none.

    `of_household`: another who lives with them has the number.
    """
    found = {_number(asked.phone, number): number for number in reversed(held.phones)} if asked.phone else {}
    if of_household and "exact" not in found:
        return "household", asked.phone
    if found:
        return next((level, found[level]) for level in ("exact", "one_digit", "differs") if level in found)
    if asked.phone_begins and held.phones:
        begun = [n for n in held.phones if n.startswith(asked.phone_begins)]
        return ("typed_so_far", begun[0]) if begun else ("differs", held.phones[0])
    return "", ""


def _number(one: str, other: str) -> str:
    if one == other:
        return "exact"
    return "one_digit" if DamerauLevenshtein.distance(one, other, score_cutoff=1) == 1 else "differs"


_NEAREST = ("same_house", "former_house", "same_postcode", "same_street", "other_house", "differs")


def address(asked: Address, addresses: tuple[HeldAddress, ...]) -> tuple[str, Address]:
    """Return the best level among somebody's addresses, and that address."""
    return min(((_address(asked, held), held.address) for held in addresses), key=lambda f: _NEAREST.index(f[0]))


def _address(asked: Address, held: HeldAddress) -> str:
    other = held.address
    shared = "same_postcode" if asked.postcode and asked.postcode == other.postcode else _street(asked, other)
    if not shared:
        return "differs"
    if not asked.house or not other.house:
        return shared if held.now else "other_house"
    if asked.house != other.house or (asked.flat and other.flat and asked.flat != other.flat):
        return "other_house"
    return "same_house" if held.now else "former_house"


def _street(asked: Address, held: Address) -> str:
    """Streets agree where their own words sound the same."""
    if not asked.street or not held.street:
        return ""
    alike = asked.street == held.street or (street_sound(asked.street) == street_sound(held.street) != "")
    return "same_street" if alike else ""


def identifier(asked: tuple[str, str], held: Held) -> tuple[str, str]:
    """Return the level of one identifier and what is held of its kind, ("", "") where nothing is."""
    same_kind = [value for kind, value in held.identifiers if kind == asked[0]]
    if not same_kind:
        return "", ""
    return ("same", asked[1]) if asked[1] in same_kind else ("differs", same_kind[0])
