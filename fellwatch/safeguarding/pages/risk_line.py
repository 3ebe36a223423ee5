"""The thread of a risk as a picture: the grade that acts as a line of steps, calls as ticks under it.

Geometry only; its words and the list of steps stand beside it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from fellwatch.foundation import clock
from fellwatch.safeguarding.review.values import Risk

LEFT, RIGHT, BASE, HEIGHT = 8.0, 292.0, 92.0, 116.0
LEVELS = {"high": 16.0, "medium": 40.0, "standard": 64.0}
APART = 46.0


@dataclass(frozen=True)
class Drawn:
    """Everything the picture needs, in a box of 380 by its height."""

    line: str
    points: tuple[tuple[float, float, bool], ...]
    ticks: tuple[float, ...]
    levels: tuple[tuple[str, float], ...]
    years: tuple[tuple[float, str], ...]
    base: float = BASE
    height: float = HEIGHT


def draw(steps: Sequence[Risk], now: datetime) -> Drawn:
    """Place the steps between the first of them and now."""
    first = min([step.at for step in steps] + [now])
    scale = (RIGHT - LEFT) / max((now - first).total_seconds(), 1.0)

    def across(at: datetime) -> float:
        return round(LEFT + (at - first).total_seconds() * scale, 1)

    placed = [(across(step.at), LEVELS[step.grade], step.grade) for step in steps if step.grade in LEVELS]
    return Drawn(
        line=" ".join(f"{x},{y}" for x, y in _corners(placed)),
        points=tuple((x, y, grade == "high") for x, y, grade in placed),
        ticks=tuple(across(step.at) for step in steps if step.incident_id and not step.form_id),
        levels=tuple((grade.capitalize(), y) for grade, y in LEVELS.items()),
        years=_years(first, now, across(now)),
    )


def _corners(placed: Sequence[tuple[float, float, str]]) -> list[tuple[float, float]]:
    corners: list[tuple[float, float]] = []
    for x, y, _ in placed:
        corners += [(x, corners[-1][1]), (x, y)] if corners else [(x, y)]
    return [*corners, (RIGHT, corners[-1][1])] if corners else []


def _years(first: datetime, now: datetime, end: float) -> tuple[tuple[float, str], ...]:
    begun = (LEFT, f"{clock.london(first):%b %Y}")
    return (begun, (end, "now")) if end - LEFT > APART else (begun,)
