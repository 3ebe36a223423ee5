"""Postcodes, streets and houses of a block."""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import product
from math import cos, pi, sin

from fellwatch.demonstration.blocks import Block
from fellwatch.demonstration.gazetteer import (
    FORCE,
    HOUSE_SECOND,
    POSTCODE_AREA,
    STREET_BEFORE,
    STREET_FIRST,
    STREET_SECOND,
)
from fellwatch.demonstration.geography import STRETCH, Settlement
from fellwatch.demonstration.rows import PlaceRow, PostcodeRow

LETTERS = "ABDEFGHJLNPQRSTUWXYZ"
UNITS, SECTORS, BEATS = len(LETTERS) ** 2, 10, 24
POSTCODES_OF_BLOCK = 100
"""Reserved to each block. At 10× the largest beat has 155, hence four outcodes; FZ97 to FZ99 stay free."""

STREETS = [f"{before}{first}" for before, first in product(STREET_BEFORE, STREET_FIRST)]


@dataclass(frozen=True)
class Street:
    """Part of a street with one postcode."""

    name: str
    first_house: int
    postcode: PostcodeRow
    settlement: Settlement


def postcode(beat: int, serial: int) -> str:
    """Return the postcode of a serial number within a beat: FZ1 0AA, FZ1 0AB, …"""
    outcode = 1 + beat + BEATS * (serial // (UNITS * SECTORS))
    sector, unit = serial // UNITS % SECTORS, serial % UNITS
    return f"{POSTCODE_AREA}{outcode} {sector}{LETTERS[unit // len(LETTERS)]}{LETTERS[unit % len(LETTERS)]}"


def streets(rng: random.Random, block: Block) -> Iterator[Street]:
    """Yield the block's streets, one for each postcode, going round its settlements by size."""
    weights = [s.share for s in block.settlements]
    first, name = 1, ""
    where = block.settlements[0]
    for n in range(POSTCODES_OF_BLOCK):
        if n % 3 == 0 or first > 90:
            where, first = rng.choices(block.settlements, weights)[0], 1
            name = f"{rng.choice(STREETS)} {rng.choice(STREET_SECOND)}"
        code = postcode(block.beat, block.index_in_beat * POSTCODES_OF_BLOCK + n)
        yield Street(name, first, _postcode(rng, code, where), where)
        first += 20 + 2 * rng.randrange(8)


def _postcode(rng: random.Random, code: str, where: Settlement) -> PostcodeRow:
    angle, away = rng.uniform(0, 2 * pi), where.spread * rng.random() ** 0.7
    return PostcodeRow(
        code,
        code[:-2],
        round(where.latitude + away * sin(angle), 5),
        round(where.longitude + away * cos(angle) / STRETCH, 5),
        where.district,
        where.area,
        FORCE,
        "urban" if where.urban else "rural",
    )


def houses(rng: random.Random, street: Street, count: int, new_id: Callable[[], str]) -> list[PlaceRow]:
    """Return `count` addresses of a street: numbers on one side, some of them flats, names in the country."""
    found: list[PlaceRow] = []
    number = street.first_house
    taken: set[str] = set()
    while len(found) < count:
        if not street.settlement.urban and rng.random() < 0.3:
            house, flats = _house_name(rng), 0
        else:
            house, flats = str(number), rng.choice((3, 4, 6)) if rng.random() < _flats(street) else 0
            number += 2
        if house in taken:
            continue
        taken.add(house)
        found += [_place(rng, street, house, str(flat), new_id) for flat in range(1, flats + 1)] or [
            _place(rng, street, house, "", new_id)
        ]
    return found[:count]


def _flats(street: Street) -> float:
    return 0.05 if street.settlement.urban else 0.005


def _house_name(rng: random.Random) -> str:
    return f"{rng.choice(STREET_FIRST)} {rng.choice(HOUSE_SECOND)}"


def _place(rng: random.Random, street: Street, house: str, flat: str, new_id: Callable[[], str]) -> PlaceRow:
    code = street.postcode
    jitter = 0.0004
    return PlaceRow(
        new_id(), None, flat, house, street.name, "", street.settlement.name, code.postcode,
        round((code.latitude or 0) + rng.uniform(-jitter, jitter), 5),
        round((code.longitude or 0) + rng.uniform(-jitter, jitter), 5),
        code.district, code.area, FORCE, code.beat, "",
    )  # fmt: skip
