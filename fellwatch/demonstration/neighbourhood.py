"""The people of a block as incidents find them: who rings often, which couples call again and again."""

import random
from bisect import bisect
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import accumulate

from fellwatch.demonstration.people import Household, Resident
from fellwatch.demonstration.rows import Batch, PlaceRow, RelationshipRow
from fellwatch.demonstration.setting import SOURCE, Setting

FREQUENT = 0.03
"""Share of people with a telephone who make a third of the calls."""


@dataclass(frozen=True)
class Pair:
    """A victim and the one who harms them, at the victim's home."""

    victim: Resident
    suspect: Resident
    home: Household


class Neighbourhood:
    """Draws people and homes for incidents; some are drawn far more often than others."""

    def __init__(self, rng: random.Random, households: Sequence[Household], pairs: Sequence[Pair]) -> None:
        self.rng = rng
        self.households = households
        self.adults = [(home, person) for home in households for person in home.adults]
        self.callers = [pair for pair in self.adults if pair[1].number]
        self.teenagers = [(h, c) for h in households for c in h.children if c.number]
        self.pairs = list(pairs)
        self._often = rng.sample(self.callers, max(1, int(len(self.callers) * FREQUENT)))
        self._often_totals = _zipf(len(self._often), 0.9)
        self._pair_totals = _zipf(len(self.pairs), 0.75)
        self._troubled = rng.sample(range(len(self.adults)), max(1, len(self.adults) // 25))

    def caller(self) -> tuple[Household, Resident]:
        """Return somebody who rings: a third of calls come from a few."""
        if self.rng.random() < 0.33:
            return self._often[bisect(self._often_totals, self.rng.random() * self._often_totals[-1])]
        return self.rng.choice(self.callers)

    def pair(self) -> Pair:
        """Return a couple, or former couple, some of whom call again and again."""
        return self.pairs[bisect(self._pair_totals, self.rng.random() * self._pair_totals[-1])]

    def suspect(self) -> Resident:
        """Return somebody suspected: usually one of the few who often are."""
        if self.rng.random() < 0.7:
            return self.adults[self.rng.choice(self._troubled)][1]
        return self.rng.choice(self.adults)[1]

    def missing(self) -> tuple[Household, Resident]:
        """Return somebody who goes missing: mostly teenagers, some of them often."""
        if self.teenagers and self.rng.random() < 0.62:
            few = max(1, len(self.teenagers) // 12)
            often = self.rng.random() < 0.55
            return self.teenagers[self.rng.randrange(few if often else len(self.teenagers))]
        return self.rng.choice(self.adults)

    def street(self) -> PlaceRow:
        """Return a home near which something happens out of doors."""
        return self.rng.choice(self.households).place


def _zipf(count: int, power: float) -> list[float]:
    return list(accumulate(1 / (n + 1) ** power for n in range(count)))


def pairs(
    rng: random.Random, batch: Batch, households: Sequence[Household], setting: Setting, wanted: int,
    new_id: Callable[[], str],
) -> list[Pair]:  # fmt: skip
    """Choose the couples and former couples to whom domestic incidents happen, and record who left whom."""
    couples = [(home, home.couple) for home in households if home.couple]
    found = [
        _pair(rng, home, couple) for home, couple in rng.sample(couples, min(len(couples), max(1, wanted * 7 // 10)))
    ]
    former = _former(rng, households, setting)
    for pair in former:
        left = setting.today - timedelta(days=rng.randrange(60, 1500))
        ids = (pair.victim.id, pair.suspect.id)
        batch.add(RelationshipRow(new_id(), *ids, "former_partner", None, left, SOURCE))
    found += rng.sample(former, min(len(former), max(1, wanted * 3 // 10)))
    rng.shuffle(found)
    return found


def _pair(rng: random.Random, home: Household, couple: tuple[Resident, Resident]) -> Pair:
    hers = couple[0].sex == "female" and rng.random() < 0.8
    victim, suspect = couple if hers or couple[0].sex == couple[1].sex else (couple[1], couple[0])
    return Pair(victim, suspect, home)


def _former(rng: random.Random, households: Sequence[Household], setting: Setting) -> list[Pair]:
    """Give lone parents a former partner who lives alone near by, of an age with them."""
    alone = [home.adults[0] for home in households if len(home.adults) == 1 and not home.children]
    rng.shuffle(alone)
    found: list[Pair] = []
    for home in households:
        if not home.children or len(home.adults) != 1:
            continue
        parent = home.adults[0]
        for n, other in enumerate(alone):
            if other.sex != parent.sex and abs((other.born - parent.born).days) < 10 * 365:
                found.append(Pair(parent, alone.pop(n), home))
                break
    return found
