"""Postcodes, houses, dates and telephone numbers as plain integers. 0 is "not known"."""

import re
import zlib
from functools import lru_cache

from fellwatch.recognition.addresses import Address, street_sound
from fellwatch.records.values import PartialDate

FIRST_YEAR = 1880
YEARS = 168
_POSTCODE = re.compile(r"^([A-Z])([A-Z]?)(\d)([A-Z\d]?) (\d)([A-Z])([A-Z])$")
_HOUSE = re.compile(r"^(\d{1,6})([a-z]?)$")
_ODD = 1 << 30


@lru_cache(maxsize=65536)
def postcode(text: str) -> int:
    """Return a British postcode without loss; anything else by its digest, below 0."""
    found = _POSTCODE.match(text)
    if not found:
        return -digest(text)
    first, second, tens, units, sector, one, two = found.groups()
    area = (ord(first) - 65) * 27 + (ord(second) - 64 if second else 0)
    district = int(tens) * 37 + (0 if not units else int(units) + 1 if units.isdigit() else ord(units) - 54)
    unit = (ord(one) - 65) * 26 + ord(two) - 65
    return ((area * 370 + district) * 10 + int(sector)) * 676 + unit + 1


@lru_cache(maxsize=65536)
def house(text: str) -> int:
    """Return "14a" without loss; a house's name by its digest."""
    found = _HOUSE.match(text)
    if not found:
        return digest(text)
    return int(found[1]) * 27 + (ord(found[2]) - 96 if found[2] else 0) + 1


@lru_cache(maxsize=65536)
def street(text: str) -> int:
    """Return a street by the sound of its own words, so that streets that sound the same are the same."""
    return digest(street_sound(text) or text)


def digest(text: str) -> int:
    """Return 30 bits of a text above all plain numbers; 0 for none."""
    return (zlib.crc32(text.encode("utf-8", "surrogatepass")) & 0x3FFFFFFF) | _ODD if text else 0


def address(where: Address) -> tuple[int, int, int, int]:
    """Return (postcode, house, flat, street)."""
    return postcode(where.postcode), house(where.house), house(where.flat), street(where.street)


def born(when: PartialDate) -> int:
    """Return a date with its parts apart: year, month and day, each 0 where not known."""
    return born_of(when.year, when.month, when.day)


def born_of(year: int | None, month: int | None, day: int | None) -> int:
    """Return the parts of a date as `born` does."""
    return (year or 0) << 9 | (month or 0) << 5 | (day or 0)


def phone(number: str) -> int:
    """Return a number as stored (+44…) as its digits."""
    digits = number.removeprefix("+")
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 19 else 0


def phone_range(beginning: str) -> tuple[int, int]:
    """Return the lowest and highest thirteen-digit-or-shorter number that begins so: a British one has twelve."""
    digits = beginning.removeprefix("+")
    left = max(12 - len(digits), 0)
    low = int(digits or "0") * 10**left
    return low, low + 10**left - 1
