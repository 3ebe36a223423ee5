"""How the cells that several publishers share are read: coordinates, codes, postcodes."""

import re
from itertools import product

from fellwatch.foundation.imports.cells import number, short
from fellwatch.foundation.imports.importers import Cells, Reason, Wrong
from fellwatch.records.geography import postcodes

# Great Britain with its islands; a publisher that has no place for a row gives 99.999999 or 0.
NO_PLACE = 99.0
SOUTH, NORTH, WEST, EAST = 49.0, 61.5, -9.5, 2.5
_CODE = re.compile(r"[A-Z][0-9]{8}")


def latitude(text: str) -> float | Wrong | None:
    """Read a latitude in Great Britain; the publishers' sign for "no place" is None."""
    return _degrees(text, SOUTH, NORTH, "latitude")


def longitude(text: str) -> float | Wrong | None:
    """Read a longitude in Great Britain; zero is a place here, on the meridian."""
    return _degrees(text, WEST, EAST, "longitude")


def _degrees(text: str, least: float, most: float, what: str) -> float | Wrong | None:
    found = number(-180, 180)(text)
    if isinstance(found, Wrong) or least <= found <= most:
        return found
    if what == "latitude" and found > NO_PLACE:
        return None
    return Wrong(
        f"The {what} {short(text)} is not in Great Britain.",
        "Check that latitude and longitude are not swapped.",
    )


def coordinate(cells: Cells) -> tuple[float | None, float | None] | Reason:
    """Return latitude and longitude, both or neither; the filler of a row without a place is neither."""
    lat, lon = cells["latitude"], cells["longitude"]
    if lat is None and not lon:
        return None, None
    if lat is None or lon is None:
        return Reason("latitude", "Only one of latitude and longitude is given.", "Give both or neither.")
    return lat, lon


def whole_postcode(text: str) -> postcodes.Postcode | Wrong:
    """Read a whole postcode."""
    read = postcodes.parse(text)
    if isinstance(read, postcodes.Problem):
        return Wrong(read.wrong, read.do)
    return read if read.whole else Wrong(f"{read} is only the beginning of a postcode.", "Give all of it.")


def code(text: str) -> str | Wrong:
    """Read a nine-character statistical code such as E23000002."""
    tidy = text.strip().upper()
    return tidy if _CODE.fullmatch(tidy) else Wrong(f"{short(text)} is not a statistical code.", "Write E23000002.")


def optional_code(text: str) -> str:
    """Read a statistical code where publishers also put other things; those count as none."""
    found = code(text)
    return "" if isinstance(found, Wrong) else found


def dated(kind: str, suffixes: tuple[str, ...] = ("cd",)) -> tuple[str, ...]:
    """Return the names that a code or name has had by year, newest first: pfa26cd … pfa11cd."""
    return tuple(f"{kind}{year}{suffix}" for year, suffix in product(range(30, 10, -1), suffixes))
