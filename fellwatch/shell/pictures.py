"""Geometry of the pictures that templates draw: a waterfall of weights, a line of points within limits.

Pictures are SVG from the server with their table beside them; nothing here decides anything.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

TOO_SMALL_TO_DRAW = 1e-9


@dataclass(frozen=True)
class Step:
    """One bar of a waterfall, on a scale of 0 to 100 across."""

    left: float
    width: float
    zero: float
    spoke_for: bool


def waterfall(weights: Sequence[float]) -> tuple[Step, ...]:
    """Place each weight where the one before it ended; positive weights run right."""
    ends = [0.0]
    for weight in weights:
        ends.append(ends[-1] + weight)
    low, high = min(ends), max(ends)
    scale = 100 / (high - low) if high - low > TOO_SMALL_TO_DRAW else 0.0
    return tuple(
        Step(
            left=round((min(start, end) - low) * scale, 2),
            width=round(max(abs(end - start) * scale, 0.8), 2),
            zero=round(-low * scale, 2),
            spoke_for=end >= start,
        )
        for start, end in pairwise(ends)
    )


@dataclass(frozen=True)
class Plot:
    """A line within a box of 600 by 160, with its horizontal limits and the points that stand out."""

    line: str
    points: tuple[tuple[float, float, bool], ...]
    limits: tuple[tuple[str, float], ...]


def plot(values: Sequence[float], limits: Mapping[str, float], signals: Sequence[int] = ()) -> Plot:
    """Place values left to right and limits as lines; `signals` are positions of points that stand out."""
    low, high = _range([*values, *limits.values()])
    across = 560 / max(1, len(values) - 1)
    points = tuple(
        (round(20 + place * across, 1), _down(value, low, high), place in signals) for place, value in enumerate(values)
    )
    return Plot(
        line=" ".join(f"{x},{y}" for x, y, _ in points),
        points=points,
        limits=tuple((name, _down(value, low, high)) for name, value in limits.items()),
    )


def _range(values: Sequence[float]) -> tuple[float, float]:
    low, high = (min(values), max(values)) if values else (0.0, 1.0)
    return (low, high) if high > low else (low - 1, high + 1)


def _down(value: float, low: float, high: float) -> float:
    return round(150 - 140 * (value - low) / (high - low), 1)
