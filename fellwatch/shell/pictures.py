"""Geometry of the pictures that templates draw: a waterfall of weights, a line of points within limits.

Pictures are SVG from the server with their table beside them; nothing here decides anything.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

TOO_SMALL_TO_DRAW = NEARLY = 1e-9
MOST_STEPS, MOST_NAMES = 4, 6


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
    """A line within a box of 100 by 100 (per cent of its width and height, from the top left)."""

    points: tuple[tuple[float, float, bool], ...]
    """Across, down, and whether it stands out."""
    limits: tuple[tuple[str, float], ...]
    ticks: tuple[tuple[str, float], ...]
    """The figures beside the box and how far down each stands, the lowest first."""
    names: tuple[tuple[str, float, bool], ...]
    """What stands below some of the points: words, across, and whether it is kept where there is little room."""

    @property
    def segments(self) -> tuple[tuple[tuple[float, float, bool], tuple[float, float, bool]], ...]:
        """Return each stretch of the line, from point to point."""
        return tuple(pairwise(self.points))


def plot(
    values: Sequence[float], limits: Mapping[str, float], signals: Sequence[int] = (), names: Sequence[str] = ()
) -> Plot:
    """Place values left to right on a scale that has zero, and limits as lines.

    `signals` are positions of points that stand out; `names` says what each value is of.
    """
    ticks = _ticks([0.0, *values, *limits.values()])
    low, high = ticks[0], ticks[-1]
    return Plot(
        points=tuple(
            (_across(place, len(values)), _down(value, low, high), place in signals)
            for place, value in enumerate(values)
        ),
        limits=tuple((name, _down(value, low, high)) for name, value in limits.items()),
        ticks=tuple((f"{tick:,g}", _down(tick, low, high)) for tick in ticks),
        names=_names(names),
    )


def _ticks(values: Sequence[float]) -> tuple[float, ...]:
    """Return round figures that enclose the values: steps of one, two or five, at most five of them."""
    low, high = min(values), max(values)
    least = (high - low) / MOST_STEPS if high - low > TOO_SMALL_TO_DRAW else 1.0
    ten = 10.0 ** math.floor(math.log10(least))
    step = next(ten * times for times in (1, 2, 5, 10) if ten * times >= least * (1 - NEARLY))
    first, last = math.floor(low / step + NEARLY), math.ceil(high / step - NEARLY)
    return tuple(round(step * place, 10) for place in range(first, max(last, first + 1) + 1))


def _names(names: Sequence[str]) -> tuple[tuple[str, float, bool], ...]:
    every = math.ceil(len(names) / MOST_NAMES)
    shown = [place for place in range(len(names)) if (len(names) - 1 - place) % every == 0]
    return tuple((names[place], _across(place, len(names)), place in (shown[0], shown[-1])) for place in shown)


def _across(place: int, count: int) -> float:
    return round(100 * place / (count - 1), 2) if count > 1 else 50.0


def _down(value: float, low: float, high: float) -> float:
    return round(100 * (high - value) / (high - low), 2)
