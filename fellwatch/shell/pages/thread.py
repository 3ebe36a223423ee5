"""The risk thread as a picture: incidents as points as high as their grade, markers as bars, on one line of time.

Geometry only; the words and the table stand beside it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from fellwatch.foundation import clock

LEFT, RIGHT = 20.0, 560.0
GRADES = ("emergency", "priority", "scheduled", "no_deployment")
LEVELS = {"emergency": 24.0, "priority": 50.0, "scheduled": 76.0, "no_deployment": 102.0, "": 118.0}
BASE = 128.0
BAR = 16.0
TOGETHER = 16.0
MOST_YEARS = 12


@dataclass(frozen=True)
class Happening:
    """An incident on the thread: each grade it had and when, and its number in the list beside."""

    number: int
    steps: tuple[tuple[datetime, str], ...]


@dataclass(frozen=True)
class Span:
    """A marker on the thread. `to_at` is None while it has no end."""

    text: str
    from_at: datetime
    to_at: datetime | None


@dataclass(frozen=True)
class Point:
    """One grade of one incident; the first of those that lie together carries their numbers."""

    x: float
    y: float
    label: str
    high: bool


@dataclass(frozen=True)
class Drawn:
    """Everything the picture needs."""

    height: float
    base: float
    stems: tuple[tuple[float, float], ...]
    lines: tuple[str, ...]
    points: tuple[Point, ...]
    levels: tuple[tuple[str, float], ...]
    bars: tuple[tuple[float, float, float, str], ...]
    years: tuple[tuple[float, str], ...]


def draw(happenings: Sequence[Happening], spans: Sequence[Span], now: datetime) -> Drawn:
    """Place everything between the first event and now."""
    starts = [at for one in happenings for at, _ in one.steps] + [span.from_at for span in spans]
    first = min([*starts, now])
    scale = (RIGHT - LEFT) / max((now - first).total_seconds(), 1.0)

    def across(at: datetime) -> float:
        return round(LEFT + min(max((at - first).total_seconds(), 0.0) * scale, RIGHT - LEFT), 1)

    placed = [[(across(at), LEVELS.get(grade, LEVELS[""]), grade) for at, grade in one.steps] for one in happenings]
    return Drawn(
        height=BASE + 30 + BAR * len(spans),
        base=BASE,
        stems=tuple((steps[0][0], min(y for _, y, _ in steps)) for steps in placed if steps),
        lines=tuple(" ".join(f"{x},{y}" for x, y in _corners(steps)) for steps in placed if len(steps) > 1),
        points=_points(happenings, placed),
        levels=tuple((grade, LEVELS[grade]) for grade in GRADES),
        bars=tuple(_bar(span, n, across(span.from_at), across(span.to_at or now)) for n, span in enumerate(spans)),
        years=tuple((across(at), str(at.year)) for at in _new_years(first, now) if RIGHT - across(at) > TOGETHER),
    )


def _corners(steps: Sequence[tuple[float, float, str]]) -> list[tuple[float, float]]:
    corners = [steps[0][:2]]
    for x, y, _ in steps[1:]:
        corners += [(x, corners[-1][1]), (x, y)]
    return corners


def _points(happenings: Sequence[Happening], placed: Sequence[Sequence[tuple[float, float, str]]]) -> tuple[Point, ...]:
    labels = _labels([(steps[0][0], one.number) for one, steps in zip(happenings, placed, strict=True) if steps])
    return tuple(
        Point(x, y, labels.get(one.number, "") if n == 0 else "", grade == "emergency")
        for one, steps in zip(happenings, placed, strict=True)
        for n, (x, y, grade) in enumerate(steps)
    )


def _labels(places: Sequence[tuple[float, int]]) -> dict[int, str]:
    """Number each point once; points too close to read apart share a label: "2–4"."""
    ordered = sorted(places)
    ends = [0.0, *(x for x, _ in ordered)]
    starts = [n for n, (x, _) in enumerate(ordered) if n == 0 or x - ends[n] > TOGETHER]
    of = [max(start for start in starts if start <= n) for n in range(len(ordered))]
    labels = {}
    for start, group in groupby(range(len(ordered)), key=lambda n: of[n]):
        numbers = sorted(ordered[n][1] for n in group)
        labels[ordered[start][1]] = f"{numbers[0]}–{numbers[-1]}" if len(numbers) > 1 else str(numbers[0])
    return labels


def _bar(span: Span, n: int, start: float, end: float) -> tuple[float, float, float, str]:
    return start, round(BASE + 10 + BAR * n, 1), max(round(end - start, 1), 3.0), span.text


def _new_years(first: datetime, now: datetime) -> Sequence[datetime]:
    years = range(clock.london(first).year + 1, clock.london(now).year + 1)
    step = max(1, len(years) // MOST_YEARS + 1)
    return [clock.midnight(date(year, 1, 1)) for year in years[::step]]
