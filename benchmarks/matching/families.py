"""Who lives together: households of the usual kinds, as arrays, one row a person."""

from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

TODAY = int((date(2026, 11, 25) - date(1970, 1, 1)).days)
YEAR = 365.25
ALONE, COUPLE, FAMILY, LONE_PARENT, GROWN, SHARED, THREE_GENERATIONS = range(7)
SHARES = (0.30, 0.27, 0.24, 0.09, 0.06, 0.03, 0.01)
FIRST, PARTNER, CHILD, ELDER, SHARER = range(5)
MEAN_SIZE = 2.3

Whole = NDArray[np.int32]
Small = NDArray[np.int8]


@dataclass(frozen=True)
class Members:
    """People before they have names: whose household, what part in it, female or not, day of birth since 1970."""

    household: Whole
    role: Small
    female: NDArray[np.bool_]
    born: Whole


def compose(rng: np.random.Generator, count: int) -> Members:
    """Return at least so many people in whole households, households in order."""
    homes = int(count / MEAN_SIZE * 1.05) + 20
    kind = np.searchsorted(np.cumsum(SHARES), rng.random(homes) * sum(SHARES)).astype(np.int8)
    eldest = np.where(kind == GROWN, rng.uniform(18.5, 32, homes), rng.uniform(0.02, 17.9, homes))
    with_children = np.isin(kind, (FAMILY, LONE_PARENT, GROWN, THREE_GENERATIONS))
    age = np.where(with_children, eldest + np.clip(rng.normal(28.5, 5, homes), 17, 44), _adult(rng, kind))
    female = rng.random(homes) < np.choose(kind, (0.52, 0.5, 0.5, 0.88, 0.5, 0.45, 0.5))
    parts = [
        _first(rng, age, female),
        _partners(rng, kind, age, female),
        *_children(rng, kind, eldest),
        _elders(rng, kind, age),
        *_sharers(rng, kind),
    ]
    household, role, sex, born = (np.concatenate(column) for column in zip(*parts, strict=True))
    order = np.lexsort((-born, role, household))
    return Members(household[order], role[order], sex[order], born[order])


def _adult(rng: np.random.Generator, kind: Small) -> NDArray[np.float64]:
    count = len(kind)
    grown = rng.triangular(18, 45, 97, count)
    return np.where(kind == SHARED, rng.triangular(18, 22, 48, count), grown)


def _row(rng: np.random.Generator, at: NDArray[np.intp], role: int, female: object, age: object) -> tuple[object, ...]:
    count = len(at)
    years = np.broadcast_to(np.asarray(age, float), count)
    born = (TODAY - np.maximum(years, 0.02) * YEAR).astype(np.int32)
    sex = np.broadcast_to(np.asarray(female, bool), count)
    return at.astype(np.int32), np.full(count, role, np.int8), sex, born


def _first(rng: np.random.Generator, age: NDArray[np.float64], female: NDArray[np.bool_]) -> tuple[object, ...]:
    return _row(rng, np.arange(len(age)), FIRST, female, age)


def _partners(
    rng: np.random.Generator, kind: Small, age: NDArray[np.float64], female: NDArray[np.bool_]
) -> tuple[object, ...]:
    at = np.flatnonzero(np.isin(kind, (COUPLE, FAMILY, GROWN, THREE_GENERATIONS)))
    apart = rng.normal(2.2, 3.8, len(at)) * np.where(female[at], 1, -1)
    other = ~female[at] ^ (rng.random(len(at)) < 0.025)
    return _row(rng, at, PARTNER, other, np.clip(age[at] + apart, 17.5, 100))


def _children(rng: np.random.Generator, kind: Small, eldest: NDArray[np.float64]) -> list[tuple[object, ...]]:
    at = np.flatnonzero(np.isin(kind, (FAMILY, LONE_PARENT, GROWN, THREE_GENERATIONS)))
    age, found = eldest[at], []
    for keep in (1.0, 0.56, 0.3, 0.25):
        here = (rng.random(len(at)) < keep) & (age > 0.02)
        at, age = at[here], age[here]
        found.append(_row(rng, at, CHILD, rng.random(len(at)) < 0.49, age))
        twin = rng.random(len(at)) < 0.03
        age = np.where(twin, age, age - rng.uniform(1.2, 4, len(at)))
    return found


def _elders(rng: np.random.Generator, kind: Small, age: NDArray[np.float64]) -> tuple[object, ...]:
    at = np.flatnonzero(kind == THREE_GENERATIONS)
    return _row(rng, at, ELDER, rng.random(len(at)) < 0.7, np.clip(age[at] + rng.uniform(19, 36, len(at)), 40, 102))


def _sharers(rng: np.random.Generator, kind: Small) -> list[tuple[object, ...]]:
    at, found = np.flatnonzero(kind == SHARED), []
    for keep in (1.0, 0.6, 0.5, 0.4):
        at = at[rng.random(len(at)) < keep]
        found.append(_row(rng, at, SHARER, rng.random(len(at)) < 0.45, rng.triangular(18, 23, 48, len(at))))
    return found
