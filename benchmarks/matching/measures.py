"""How good the answers are: recall, precision, calibration, each with its interval. Pure."""

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import sqrt

from benchmarks.matching.answers import Answer

PRECISION = 0.99
BINS = 10


@dataclass(frozen=True)
class Outcome:
    """What came of one query: whether the person is held, the rank of the right one (0: none), the first's score."""

    is_held: bool
    rank: int
    score: float

    @property
    def right(self) -> bool:
        return self.rank == 1


@dataclass(frozen=True)
class Share:
    """A share with its 95 % interval, and how many it is of."""

    value: float
    low: float
    high: float
    of: int

    def __str__(self) -> str:
        return f"{self.value:.3f} ({self.low:.3f}–{self.high:.3f})" if self.of else "none"


def outcomes(answers: Sequence[Answer], truths: Sequence[str]) -> list[Outcome]:
    """Return the outcome of each query; a truth is "" where the person is not held."""
    found = []
    for answer, truth in zip(answers, truths, strict=True):
        rank = next((n for n, (who, _) in enumerate(answer.found, 1) if truth and who == truth), 0)
        found.append(Outcome(bool(truth), rank, answer.score))
    return found


def wilson(part: int, whole: int) -> Share:
    """Return a share with Wilson's interval."""
    if not whole:
        return Share(0.0, 0.0, 0.0, 0)
    z, share = 1.96, part / whole
    middle = (share + z * z / (2 * whole)) / (1 + z * z / whole)
    half = z * sqrt(share * (1 - share) / whole + z * z / (4 * whole * whole)) / (1 + z * z / whole)
    return Share(share, max(0.0, middle - half), min(1.0, middle + half), whole)


def recall_within(found: Iterable[Outcome], most: int) -> Share:
    """Return how many of those held are among the first so many."""
    held = [o for o in found if o.is_held]
    return wilson(sum(1 <= o.rank <= most for o in held), len(held))


def precision_from(found: Iterable[Outcome], threshold: float) -> Share:
    """Return how many of those called a match, from this score up, are right."""
    called = [o for o in found if o.score >= threshold]
    return wilson(sum(o.right for o in called), len(called))


def recall_from(found: Iterable[Outcome], threshold: float) -> Share:
    """Return how many of those held are rightly called a match, from this score up."""
    held = [o for o in found if o.is_held]
    return wilson(sum(o.right and o.score >= threshold for o in held), len(held))


def threshold_for(found: Iterable[Outcome], precision: float = PRECISION) -> float:
    """Return the lowest score from which so many of those called are right; equal scores stand or fall together."""
    right, best = 0, float("inf")
    ordered = sorted((o for o in found if o.score > float("-inf")), key=lambda o: -o.score)
    for n, outcome in enumerate(ordered, 1):
        right += outcome.right
        is_last = n == len(ordered) or ordered[n].score < outcome.score
        if is_last and right / n >= precision:
            best = outcome.score
    return best


def recall_at(found: Sequence[Outcome], precision: float = PRECISION, draws: int = 200, seed: int = 1) -> Share:
    """Return the most that can be found at a precision, the interval from drawing the queries again (bootstrap)."""
    value = recall_from(found, threshold_for(found, precision)).value
    rng = random.Random(seed)
    again = []
    for _ in range(draws):
        drawn = rng.choices(found, k=len(found))
        again.append(recall_from(drawn, threshold_for(drawn, precision)).value)
    again.sort()
    held = sum(o.is_held for o in found)
    if not again:
        return Share(value, value, value, held)
    return Share(value, again[int(0.025 * len(again))], again[int(0.975 * len(again)) - 1], held)


@dataclass(frozen=True)
class Bin:
    """A range of likelihoods shown: how many, the mean shown, the share that were right."""

    low: float
    high: float
    count: int
    shown: float
    right: Share


def reliability(found: Iterable[Outcome], bins: int = BINS) -> list[Bin]:
    """Return the likelihood shown for first candidates beside the share that were right, range by range."""
    parts: list[list[Outcome]] = [[] for _ in range(bins)]
    for outcome in found:
        if outcome.score >= 0:
            parts[min(int(outcome.score * bins), bins - 1)].append(outcome)
    return [
        Bin(n / bins, (n + 1) / bins, len(part), sum(o.score for o in part) / len(part) if part else 0.0,
            wilson(sum(o.right for o in part), len(part)))
        for n, part in enumerate(parts)
    ]  # fmt: skip


def calibration_error(found: Sequence[Outcome], bins: int = BINS) -> float:
    """Return the expected calibration error: how far likelihood and truth lie apart, weighed by how often."""
    parts = reliability(found, bins)
    total = sum(part.count for part in parts)
    return sum(part.count * abs(part.shown - part.right.value) for part in parts) / total if total else 0.0
