"""What a force holds of an invented population: rows as kept, with the gaps and slips of real records."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from benchmarks.matching import names
from benchmarks.matching.mishearing import as_typed
from benchmarks.matching.population import MOBILE, MOBILES, Population, phone_text

COLUMNS = ("person_id", "forename", "surname", "sex", "date_of_birth", "phone", "address", "postcode")
Row = tuple[str, ...]
BLOCK = 500_000
"""How many people are written down at a time: ten million at once would not fit."""
EPOCH = date(1970, 1, 1)


@dataclass(frozen=True)
class Shares:
    """How often a record lacks something or has it wrong."""

    no_birth: float = 0.02
    year_only: float = 0.02
    birth_turned: float = 0.008
    no_sex: float = 0.02
    old_phone: float = 0.06
    no_postcode: float = 0.03
    misspelt: float = 0.015
    landline_too: float = 0.5
    former_home: float = 0.85
    maiden: float = 0.75
    known_as: float = 0.06
    other_spelling: float = 0.25


def person_ids(people: Population, seed: int) -> names.Strings:
    """Return ids that say nothing about who lives together."""
    order = np.random.default_rng(seed + 1).permutation(len(people))
    return np.array([f"P{n:08d}" for n in order.tolist()], dtype=object)


def born(days: int) -> date:
    """Return a day counted from 1970 as a date."""
    return EPOCH + timedelta(days=days)


def rows(
    people: Population, ids: names.Strings, held: NDArray[np.bool_], seed: int, shares: Shares | None = None
) -> Iterator[Row]:
    """Yield the rows of everyone held, the current one of a person first."""
    shares = shares or Shares()
    rng = np.random.default_rng(seed + 2)
    for start in range(0, len(people), BLOCK):
        at = slice(start, start + BLOCK)
        some = people.some(at)
        current = _current(some, ids[at], rng, shares)
        extra = _extra(some, current, rng, shares)
        for n in np.flatnonzero(held[at]).tolist():
            yield current[n]
            yield from extra.get(n, ())


def _current(people: Population, ids: names.Strings, rng: np.random.Generator, shares: Shares) -> list[Row]:
    count, home = len(people), people.members.household
    forename, surname = people.called.forename.copy(), people.called.surname.copy()
    slip = random.Random(int(rng.integers(1 << 30)))
    for at in np.flatnonzero(rng.random(count) < shares.misspelt).tolist():
        column = forename if slip.random() < 0.5 else surname
        column[at] = as_typed(slip, column[at])
    sex = np.where(rng.random(count) < shares.no_sex, "", people.sex)
    postcode = people.homes.postcode[home].copy()
    postcode[rng.random(count) < shares.no_postcode] = ""
    columns = (
        *(forename, surname, sex, _births(people, rng, shares), _phones(people, rng, shares)),
        *(people.homes.line(home), postcode),
    )
    return list(zip(ids.tolist(), *(column.tolist() for column in columns), strict=True))


def _births(people: Population, rng: np.random.Generator, shares: Shares) -> names.Strings:
    days = people.members.born
    first, last = int(days.min()), int(days.max())
    written = np.array([str(born(day)) for day in range(first, last + 1)], dtype=object)
    found = written[days - first]
    chance = rng.random(len(days))
    found[chance < shares.no_birth] = ""
    for at in np.flatnonzero((chance >= shares.no_birth) & (chance < shares.no_birth + shares.year_only)).tolist():
        found[at] = found[at][:4]
    for at in np.flatnonzero(chance > 1 - shares.birth_turned).tolist():
        year, month, day = found[at].split("-")
        found[at] = f"{year}-{day}-{month}" if int(day) <= 12 else found[at]
    return np.asarray(found)


def _phones(people: Population, rng: np.random.Generator, shares: Shares) -> names.Strings:
    others = MOBILE + rng.integers(0, MOBILES, len(people))
    mobile = np.where(rng.random(len(people)) < shares.old_phone, others, people.mobile)
    mobile = np.where(people.mobile == 0, 0, mobile)
    pairs = zip(mobile.tolist(), people.landline.tolist(), strict=True)
    return np.array([phone_text(own, shared) for own, shared in pairs], dtype=object)


def _extra(people: Population, current: list[Row], rng: np.random.Generator, shares: Shares) -> dict[int, list[Row]]:
    """Return further rows by person: another number, a former home, a former name, a name also used."""
    count, found = len(people), dict[int, list[Row]]()
    former = np.flatnonzero((people.former >= 0) & (rng.random(count) < shares.former_home))
    lines = people.homes.line(people.former[former])
    for at, line in zip(former.tolist(), lines, strict=True):
        old = current[at]
        row = (*old[:5], "", line, str(people.homes.postcode[people.former[at]]))
        found.setdefault(at, []).append(row)
    both = (people.mobile > 0) & (people.landline > 0) & (rng.random(count) < shares.landline_too)
    for at in np.flatnonzero(both).tolist():
        row = (*current[at][:5], phone_text(0, int(people.landline[at])), "", "")
        found.setdefault(at, []).append(row)
    maiden = (people.called.maiden != "") & (rng.random(count) < shares.maiden)
    for at in np.flatnonzero(maiden).tolist():
        old = current[at]
        found.setdefault(at, []).append((*old[:2], str(people.called.maiden[at]), *old[3:5], "", "", ""))
    for at, forename, surname in _also_known(people, rng, shares):
        old = current[at]
        found.setdefault(at, []).append((old[0], forename, surname, *old[3:5], "", "", ""))
    return found


def _also_known(people: Population, rng: np.random.Generator, shares: Shares) -> Iterator[tuple[int, str, str]]:
    short = names.variants("firstname_uk_variant.csv")
    chance = rng.random(len(people))
    for at in np.flatnonzero((chance < shares.known_as) & (people.called.tradition < 0)).tolist():
        known = short.get(people.called.forename[at].split()[0].lower())
        if known:
            yield at, names.written(known[0][int(rng.integers(len(known[0])))]), people.called.surname[at]
    for at in np.flatnonzero((chance < shares.other_spelling) & (people.called.tradition >= 0)).tolist():
        forename, surname = people.called.forename[at], people.called.surname[at]
        first, _, rest = forename.partition(" ")
        ways, family = names.ways().get(first, ()), names.ways().get(surname, ())
        if ways or family:
            first = ways[int(rng.integers(len(ways)))] if ways else first
            surname = family[int(rng.integers(len(family)))] if family else surname
            yield at, f"{first} {rest}".strip(), surname
