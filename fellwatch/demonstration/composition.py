"""Who lives together: the kinds of household, with ages that fit."""

import random
from bisect import bisect
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import accumulate


class Kind(StrEnum):
    """What sort of household it is."""

    ALONE = "alone"
    ALONE_OLDER = "alone and older"
    COUPLE = "couple"
    COUPLE_OLDER = "older couple"
    FAMILY = "couple with children"
    LONE_PARENT = "lone parent"
    GROWN_CHILDREN = "couple with grown children"
    SHARED = "shared house"
    THREE_GENERATIONS = "three generations"


SHARES = {
    Kind.ALONE: 0.17,
    Kind.ALONE_OLDER: 0.15,
    Kind.COUPLE: 0.17,
    Kind.COUPLE_OLDER: 0.14,
    Kind.FAMILY: 0.20,
    Kind.LONE_PARENT: 0.07,
    Kind.GROWN_CHILDREN: 0.06,
    Kind.SHARED: 0.03,
    Kind.THREE_GENERATIONS: 0.01,
}
KINDS, TOTALS = tuple(SHARES), tuple(accumulate(SHARES.values()))
CHILDREN = (1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2, 3, 3, 4)
YOUNGEST_MOTHER, OLDEST_MOTHER = 17, 44


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody in a household before they have a name: part is first, partner, child, elder or sharer."""

    part: str
    sex: str
    born: date


def compose(rng: random.Random, today: date, room: int) -> tuple[Kind, list[Member]]:
    """Return a household of at most `room` people."""
    while True:
        kind = KINDS[bisect(TOTALS, rng.random() * TOTALS[-1])]
        members = _members(rng, today, kind)
        if len(members) <= room:
            return kind, members


def _members(rng: random.Random, today: date, kind: Kind) -> list[Member]:
    match kind:
        case Kind.ALONE:
            return [Member("first", _sex(rng, 0.42), _aged(rng, today, rng.triangular(18, 65, 45)))]
        case Kind.ALONE_OLDER:
            return [Member("first", _sex(rng, 0.66), _aged(rng, today, rng.triangular(65, 99, 74)))]
        case Kind.COUPLE:
            return _couple(rng, _aged(rng, today, rng.triangular(20, 65, 50)))
        case Kind.COUPLE_OLDER:
            return _couple(rng, _aged(rng, today, rng.triangular(64, 93, 70)))
        case Kind.SHARED:
            return [
                Member("sharer", _sex(rng, 0.42), _aged(rng, today, rng.triangular(18, 45, 23)))
                for _ in range(rng.choice((2, 2, 3, 3, 4, 5)))
            ]
    return _family(rng, today, kind)


def _family(rng: random.Random, today: date, kind: Kind) -> list[Member]:
    eldest = rng.uniform(18.5, 30) if kind is Kind.GROWN_CHILDREN else rng.uniform(0.02, 17.9)
    count = rng.choice(CHILDREN)
    children = _children(rng, today, eldest, count)
    at_birth = min(max(rng.gauss(28.5, 5), YOUNGEST_MOTHER), OLDEST_MOTHER - 4 * (count - 1))
    mother = children[0].born - timedelta(days=int(at_birth * 365.25) + 1)
    if kind is Kind.LONE_PARENT:
        parents = [Member("first", _sex(rng, 0.88), mother)]
    else:
        parents = _couple(rng, mother, latest=children[0].born - timedelta(days=int(17.1 * 365.25)))
    elders = []
    if kind is Kind.THREE_GENERATIONS:
        elders = [Member("elder", _sex(rng, 0.7), mother - timedelta(days=int(rng.uniform(19, 38) * 365.25)))]
    return parents + children + elders


def _children(rng: random.Random, today: date, eldest: float, count: int) -> list[Member]:
    ages = [eldest]
    while len(ages) < count:
        age = ages[-1] if rng.random() < 0.015 else ages[-1] - rng.uniform(1.2, 4)
        if age < 0.02:
            break
        ages.append(age)
    born: list[date] = []
    for n, age in enumerate(ages):
        twin = n > 0 and age == ages[n - 1]
        born.append(born[-1] if twin else _aged(rng, today, age, exact=True))
    return [Member("child", _sex(rng, 0.49), day) for day in born]


def _couple(rng: random.Random, born: date, latest: date | None = None) -> list[Member]:
    """Return a couple; the partner is usually a little older, and never younger than `latest` allows."""
    partner = born - timedelta(days=int(rng.gauss(2.2, 3.5) * 365.25))
    if latest is not None or (born - partner).days < 0:
        partner = min(partner, latest or born)
    if rng.random() < 0.02:
        sex = _sex(rng, 0.5)
        near = max(partner, born - timedelta(days=5 * 365))
        return [Member("first", sex, born), Member("partner", sex, near)]
    return [Member("first", "female", born), Member("partner", "male", partner)]


def _aged(rng: random.Random, today: date, years: float, *, exact: bool = False) -> date:
    days = int(years * 365.25) + (0 if exact else rng.randrange(366))
    return today - timedelta(days=max(days, 3))


def _sex(rng: random.Random, female: float) -> str:
    return "female" if rng.random() < female else "male"
