"""The second look: what the weights leave out, learned from labelled queries and held close to changing nothing."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from scipy.optimize import minimize

from fellwatch.recognition.arrays import together
from fellwatch.recognition.arrays.engine import Match
from fellwatch.recognition.arrays.levels import CODES
from fellwatch.rules.likeness import TOGETHER, SecondLook

LOOKED_AT = 5
STILL = 0.02
_LINE, _LEVEL, _TOGETHER = (2.0, 0.3, 0.3, 0.3), 1.5, 2.5


@dataclass(frozen=True)
class Labelled:
    """The best few found for one query, and the number of the person meant (-1: nobody held)."""

    found: Sequence[Match]
    truth: int


def learn(queries: Sequence[Labelled]) -> SecondLook:
    """Return the second look that tells right from wrong best among the leading candidates."""
    matches = [(m, q.truth) for q in queries for m in q.found[:LOOKED_AT]]
    seen = np.array([_row(m) for m, _ in matches])
    right = np.array([m.number == truth for m, truth in matches], float)
    start = np.zeros(seen.shape[1])
    start[1:4] = 1.0
    loose = np.array([*_LINE, *[_LEVEL] * len(CODES), *[_TOGETHER] * len(TOGETHER)])
    return _second(_fitted(seen, right, start, loose))


def calibrate(second: SecondLook, queries: Sequence[Labelled]) -> SecondLook:
    """Stretch and shift it until the likelihood told of the first candidate is how often it is right."""
    first = [(q.found[0], q.truth) for q in queries if q.found]
    bits = np.array([[1.0, m.bits] for m, _ in first])
    right = np.array([m.number == truth for m, truth in first], float)
    shift, stretch = _fitted(bits, right, np.array([0.0, 1.0]), np.array([2.0, 0.5]))
    return replace(
        second,
        offset=float(shift + stretch * second.offset),
        scale=float(stretch * second.scale),
        others=float(stretch * second.others),
        paired=float(stretch * second.paired),
        levels={pair: float(stretch * v) for pair, v in second.levels.items()},
        together={name: float(stretch * v) for name, v in second.together.items()},
    )


def _row(match: Match) -> Any:
    row = np.zeros(len(_LINE) + len(CODES) + len(TOGETHER))
    row[: len(_LINE)] = 1.0, match.first, match.others, match.paired
    for code in match.levels:
        if code >= 0:
            row[len(_LINE) + code] = 1.0
    together.standing(np.array(match.levels), row[len(_LINE) + len(CODES) :])
    return row


def _fitted(seen: Any, right: Any, start: Any, loose: Any) -> Any:
    """Minimise the surprise in bits, each number held near where it starts."""

    def surprise(at: Any) -> tuple[float, Any]:
        bits = np.clip(seen @ at, -60, 60)
        told = 1 / (1 + np.exp2(-bits))
        lost = np.logaddexp2(0, -bits) * right + np.logaddexp2(0, bits) * (1 - right)
        away = (at - start) / loose
        slope = seen.T @ (told - right) / len(right) + 2 * STILL / 100 * away / loose
        return lost.mean() + STILL / 100 * (away**2).sum(), slope

    found: Any = minimize(surprise, start, jac=True, method="L-BFGS-B", options={"maxiter": 500}).x
    return found


def _second(at: Any) -> SecondLook:
    levels = {pair: round(float(v), 3) for pair, v in zip(CODES, at[len(_LINE) :], strict=False) if abs(v) > 0.005}
    rest = at[len(_LINE) + len(CODES) :]
    shared = {name: round(float(v), 3) for name, v in zip(TOGETHER, rest, strict=True) if abs(v) > 0.005}
    offset, scale, others, paired = (float(value) for value in at[: len(_LINE)])
    return SecondLook(offset, scale, others, paired, levels, shared)
