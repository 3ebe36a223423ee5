"""What a chart draws, as every room hands it over: points with their names, lines as limits, points that stand out.

The chart itself, with its table, is the shell's (`shell/marks.html`).
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Series:
    """A line of points. `signals` are the places of those that stand out; `limits` are lines across, by name."""

    names: tuple[str, ...]
    values: tuple[float, ...]
    limits: Mapping[str, float]
    signals: tuple[int, ...]


def of(
    points: Iterable[tuple[str, float | None]],
    limits: Mapping[str, float] | None = None,
    stand_out: Collection[str] = (),
) -> Series:
    """Return names and values as a line. A week or a month in which nothing was counted has no value and no point."""
    known = [(name, value) for name, value in points if value is not None]
    return Series(
        names=tuple(name for name, _ in known),
        values=tuple(value for _, value in known),
        limits=limits or {},
        signals=tuple(place for place, (name, _) in enumerate(known) if name in stand_out),
    )
