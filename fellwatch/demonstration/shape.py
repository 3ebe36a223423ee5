"""How big the county is at a scale: the figures of Cumbria in 2018, multiplied."""

from dataclasses import dataclass

SCALES = (0.01, 0.1, 1.0, 10.0)
YEAR_DAYS = 365
STORY_INCIDENTS = 2
"""Domestic incidents of the year that belong to the story's people."""
BLOCK = 2500
"""People generated together: one batch of the load, small enough to hold in memory at any scale."""


@dataclass(frozen=True)
class Shape:
    """A year in the county. Calls are those answered, whether or not an incident came of them."""

    scale: float
    people: int
    calls: int
    incidents: int
    domestic: int
    missing: int
    referrals: int
    visitors: int
    schools: int
    open_incidents: int


def at(scale: float) -> Shape:
    """Return the figures at a scale: 1 is 498,000 people."""
    if not 0.005 <= scale <= 20:
        raise ValueError(f"Choose a scale between 0.005 and 20 (usually one of {SCALES}); {scale} is outside it.")
    return Shape(
        scale=scale,
        people=round(498_000 * scale),
        calls=round(257_000 * scale),
        incidents=round(98_511 * scale),
        domestic=round(7_937 * scale),
        missing=round(3_339 * scale),
        referrals=round(22_500 * scale),
        visitors=round(49_000_000 * scale),
        schools=round(318 * scale),
        open_incidents=max(15, round(500 * scale**0.92)),
    )
