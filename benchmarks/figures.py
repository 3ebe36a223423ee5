"""A figure: what was measured, how it spread, its target, and whether it was met."""

import statistics
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass


@dataclass(frozen=True)
class Figure:
    """One line of the report. `stat` names which of its numbers the target is about."""

    group: str
    name: str
    unit: str
    n: int
    median: float
    p95: float | None = None
    p99: float | None = None
    target: float | None = None
    stat: str = "median"
    more_is_better: bool = False
    note: str = ""

    @property
    def met(self) -> bool | None:
        """Whether the target is met; None where there is none."""
        if self.target is None:
            return None
        value = getattr(self, self.stat)
        return bool(value >= self.target if self.more_is_better else value <= self.target)


def spread(
    group: str,
    name: str,
    values: Sequence[float],
    *,
    unit: str = "ms",
    target: float | None = None,
    stat: str = "p95",
    note: str = "",
) -> Figure:
    """Return the figure of many measurements."""
    cuts = quantiles(values)
    return Figure(group, name, unit, len(values), *cuts, target=target, stat=stat, note=note)


def single(
    group: str,
    name: str,
    value: float,
    *,
    unit: str,
    target: float | None = None,
    more_is_better: bool = False,
    n: int = 1,
    note: str = "",
) -> Figure:
    """Return the figure of one number."""
    return Figure(group, name, unit, n, value, target=target, more_is_better=more_is_better, note=note)


def quantiles(values: Sequence[float]) -> tuple[float, float, float]:
    """Return the median and the 95th and 99th percentiles, each a value that was really seen."""
    ordered = sorted(values)
    return (
        statistics.median(ordered),
        *(ordered[min(len(ordered) - 1, int(len(ordered) * share))] for share in (0.95, 0.99)),
    )


def as_data(figures: Iterable[Figure]) -> list[dict[str, object]]:
    """Return figures as plain values, with the verdict."""
    return [{**asdict(figure), "met": figure.met} for figure in figures]


def from_data(rows: Iterable[dict[str, object]]) -> list[Figure]:
    """Read figures back."""
    return [Figure(**{k: v for k, v in row.items() if k != "met"}) for row in rows]  # type: ignore[arg-type]


def table(figures: Sequence[Figure]) -> str:
    """Return figures as a table that reads the same in a terminal and in Markdown."""
    head = ("figure", "n", "median", "p95", "p99", "unit", "target", "", "note")
    rows = [head, *(_cells(figure) for figure in figures)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(head))]
    lines = ["| " + " | ".join(cell.ljust(w) for cell, w in zip(row, widths, strict=True)) + " |" for row in rows]
    return "\n".join([lines[0], "|" + "|".join("-" * (w + 2) for w in widths) + "|", *lines[1:]])


def _cells(figure: Figure) -> tuple[str, ...]:
    named = {"median": "", "p95": "p95 ", "p99": "p99 "}[figure.stat]
    sign = "≥" if figure.more_is_better else "≤"
    target = "" if figure.target is None else f"{named}{sign} {_number(figure.target)}"
    verdict = {None: "", True: "met", False: "NOT MET"}[figure.met]
    numbers = (_number(figure.median), _number(figure.p95), _number(figure.p99))
    return (figure.name, f"{figure.n:,}", *numbers, figure.unit, target, verdict, figure.note)


def _number(value: float | None) -> str:
    if value is None:
        return ""
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.1f}" if abs(value) >= 10 else f"{value:.2f}"
