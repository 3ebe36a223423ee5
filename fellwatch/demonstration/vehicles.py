"""Vehicles with registration marks that are never issued: no region has the letters FZ."""

import random
from collections.abc import Callable, Sequence

from fellwatch.demonstration.people import Household
from fellwatch.demonstration.rows import Batch, ThingLinkRow, ThingRow
from fellwatch.demonstration.setting import SOURCE

LETTERS = "ABCDEFGHJKLMNOPRSTUVWXYZ"
YEARS = (
    9,
    10,
    11,
    12,
    14,
    15,
    16,
    18,
    20,
    21,
    23,
    24,
    25,
    60,
    62,
    64,
    65,
    66,
    67,
    68,
    69,
    70,
    71,
    72,
    73,
    74,
    75,
)
MAKES = ("hatchback", "estate car", "van", "pick-up", "motorcycle", "people carrier", "farm quad bike")
COLOURS = ("silver", "white", "black", "blue", "red", "grey", "green")
MOST_IN_BLOCK = 150
KNOWN = 0.08
"""Share of households one of whose vehicles police have come across."""


def mark(serial: int) -> str:
    """Return the registration mark of a serial below 373,000; no two are the same."""
    year, rest = divmod(serial, len(LETTERS) ** 3)
    first, rest = divmod(rest, len(LETTERS) ** 2)
    return f"FZ{YEARS[year]:02d} {LETTERS[first]}{LETTERS[rest // len(LETTERS)]}{LETTERS[rest % len(LETTERS)]}"


def park(
    rng: random.Random, batch: Batch, households: Sequence[Household], block: int, new_id: Callable[[], str]
) -> None:
    """Give some households a vehicle."""
    known = [home for home in households if rng.random() < KNOWN][:MOST_IN_BLOCK]
    for n, home in enumerate(known):
        thing = new_id()
        described = f"{rng.choice(COLOURS)} {rng.choice(MAKES)}"
        batch.add(ThingRow(thing, "vehicle", mark(block * MOST_IN_BLOCK + n), described))
        batch.add(ThingLinkRow(new_id(), thing, home.adults[0].id, "keeper", None, None, SOURCE))
