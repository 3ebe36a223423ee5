"""A year of incidents before anybody is in them: when, of what kind, in which block, under which reference.

Made for the whole county at once, so that the totals are exact and references rise with time; at 10× it is
twenty megabytes. Hours follow the day, the week and the season in London.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from fellwatch.demonstration.blocks import Block, divide
from fellwatch.demonstration.happenings import KINDS, Kind
from fellwatch.demonstration.shape import STORY_INCIDENTS, YEAR_DAYS, Shape

LONDON = ZoneInfo("Europe/London")
HOURS = YEAR_DAYS * 24
BY_HOUR = (22, 17, 13, 10, 8, 7, 9, 16, 27, 34, 37, 39, 41, 41, 42, 46, 50, 52, 51, 47, 42, 38, 34, 28)
"""Demand through a day: quiet before dawn, most in the late afternoon."""
DOMESTIC, MISSING = "domestic_incident", "missing_person"


@dataclass(frozen=True)
class Planned:
    """One incident to come."""

    received_at: datetime
    kind: Kind
    reference: str


@dataclass(frozen=True)
class Year:
    """Every closed incident by time (seconds since 1970, index of its kind, block), and the open ones."""

    seconds: NDArray[np.int64]
    kinds: NDArray[np.int16]
    blocks: NDArray[np.int32]
    live: tuple[tuple[Kind, ...], ...]

    def of_block(self, number: int) -> list[Planned]:
        """Return a block's closed incidents, oldest first."""
        found = []
        for n in np.flatnonzero(self.blocks == number):
            at = datetime.fromtimestamp(int(self.seconds[n]), UTC)
            found.append(Planned(at, KINDS[self.kinds[n]], reference(at, int(n) + 1)))
        return found


def reference(at: datetime, number: int) -> str:
    """Return a reference in the form that `records` gives them: the day and a number that only grows."""
    return f"{at:%y%m%d}-{number:05d}"


def totals(shape: Shape) -> list[int]:
    """Return how many incidents of each kind there are in the year, open ones included."""
    fixed = {DOMESTIC: shape.domestic, MISSING: shape.missing}
    rest = [0.0 if kind.code in fixed else kind.share for kind in KINDS]
    others = divide(shape.incidents - shape.domestic - shape.missing, rest)
    return [fixed.get(kind.code, other) for kind, other in zip(KINDS, others, strict=True)]


def year(shape: Shape, blocks: Sequence[Block], *, seed: int, now: datetime) -> Year:
    """Plan the year that ends at `now`."""
    rng = np.random.default_rng([seed, 19])
    people = np.array([block.people for block in blocks], dtype=np.float64)
    hardship = people * rng.gamma(4.0, 0.25, len(blocks))
    counts = np.array(totals(shape))
    live = rng.choice(len(KINDS), shape.open_incidents, p=counts / counts.sum())
    closed = np.maximum(counts - np.bincount(live, minlength=len(KINDS)), 0)
    closed[[kind.code for kind in KINDS].index(DOMESTIC)] -= STORY_INCIDENTS
    seconds = np.concatenate([_seconds(rng, kind, int(n), now) for kind, n in zip(KINDS, closed, strict=True)])
    kinds = np.repeat(np.arange(len(KINDS)), closed)
    where = rng.choice(len(blocks), len(seconds), p=hardship / hardship.sum())
    order = np.argsort(seconds, kind="stable")
    return Year(
        seconds[order].astype(np.int64), kinds[order].astype(np.int16), where[order].astype(np.int32),
        _share_out(live, divide(shape.open_incidents, list(people))),
    )  # fmt: skip


def _share_out(live: NDArray[np.int64], sizes: list[int]) -> tuple[tuple[Kind, ...], ...]:
    ends = np.cumsum(sizes)
    return tuple(tuple(KINDS[n] for n in live[end - size : end]) for end, size in zip(ends, sizes, strict=True))


def _seconds(rng: np.random.Generator, kind: Kind, count: int, now: datetime) -> NDArray[np.int64]:
    start = now.replace(minute=0, second=0, microsecond=0)
    weights = _weights(kind, start)
    hours_ago = rng.choice(HOURS, count, p=weights / weights.sum()) + 1
    within: NDArray[np.int64] = int(start.timestamp()) - hours_ago * 3600 + rng.integers(0, 3600, count)
    return within


def _weights(kind: Kind, start: datetime) -> NDArray[np.float64]:
    return np.array([_weight(kind, (start - timedelta(hours=n + 1)).astimezone(LONDON)) for n in range(HOURS)])


def _weight(kind: Kind, hour: datetime) -> float:
    weight = float(BY_HOUR[hour.hour])
    if hour.hour >= 20 or hour.hour < 4:
        weight *= kind.nights
    if hour.weekday() >= 5 or (hour.weekday() == 4 and hour.hour >= 18):
        weight *= kind.weekends
    if hour.month in {7, 8}:
        weight *= kind.summers
    return weight
