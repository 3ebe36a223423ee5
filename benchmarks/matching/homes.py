"""Where households live: streets, houses, flats and postcodes of a land that is not on the map."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from benchmarks.matching import names

PER_POSTCODE, PER_SECTOR = 16, 150
AREAS = ("FW", "QX", "RV", "VJ", "ZZ", "JX", "XF")
"""Letters that begin no real postcode."""
_INWARD = "ABDEFGHJLNPQRSTUWXYZ"
_ENDINGS = """
    Road Street Lane Close Avenue Drive Crescent Gardens Grove Place Square Terrace Court Way
    Row Hill View Rise Walk Mews
"""
_FIRST = """
    Church High Station Mill School Park Chapel Bridge Castle Albert Victoria Queen King Manor Orchard Beech Oak Ash
    Elm Hawthorn Rowan Birch Poplar Holly Meadow Field Spring Brook Beck Tarn Fell Crag Force Quarry Kiln Forge Abbey
    Priory Market Front Back North South East West Upper Lower New Old
"""
_HOUSES = """
    Rose Ivy Orchard Mill Fell Tarn Beck Hill Manor Chapel School Bridge Lake Garth Intake Larch Curlew Heather
"""
_KINDS = ("Cottage", "House", "Farm", "View", "Barn", "Lodge")
TOWNS = ("Ravensby", "Tarnholm", "Skelgarth", "Ellerbeck", "Langrigg", "Whinfell", "Thackmere", "Quernside")


@dataclass(frozen=True)
class Homes:
    """Every home's flat, house, street and postcode, by the number of the home."""

    flat: names.Strings
    house: names.Strings
    street: names.Strings
    postcode: names.Strings
    town: NDArray[np.int8]

    def line(self, at: NDArray[np.int32]) -> names.Strings:
        """Return addresses as one line each, without the postcode."""
        flat, house, street = self.flat[at], self.house[at], self.street[at]
        lines = [written(f, h, s) for f, h, s in zip(flat, house, street, strict=True)]
        return np.array(lines, dtype=object)


def written(flat: str, house: str, street: str) -> str:
    """Write an address on one line; a house with a name has a comma after it."""
    start = f"Flat {flat}, " if flat else ""
    between = " " if house[:1].isdigit() else ", " if house else ""
    return f"{start}{house}{between}{street}"


def build(rng: np.random.Generator, count: int) -> Homes:
    """Return so many homes; who lives next to whom has nothing to do with their number."""
    order = rng.permutation(count)
    unit = np.empty(count, dtype=np.int64)
    unit[order] = np.arange(count)
    code, place = unit // PER_POSTCODE, unit % PER_POSTCODE
    codes = int(code.max()) + 1
    street_of = np.cumsum(rng.random(codes) < 0.45)
    first = np.searchsorted(street_of, street_of)
    number = (np.arange(codes) - first)[code] * PER_POSTCODE + place + 1
    kind = rng.random(codes)[code]
    flat = np.where(kind < 0.12, place + 1, 0)
    house = np.where(flat > 0, (np.arange(codes) - first)[code] + 1, number)
    named = kind > 0.93
    return Homes(
        flat=_texts(flat),
        house=np.where(named, _house_names(rng, place), _texts(house)),
        street=_streets(rng, int(street_of.max()) + 1)[street_of[code]],
        postcode=_postcodes(codes)[code],
        town=(street_of[code] // 40 % len(TOWNS)).astype(np.int8),
    )


def _texts(numbers: NDArray[np.int64]) -> names.Strings:
    words = np.array(["", *(str(n) for n in range(1, int(numbers.max()) + 1))], dtype=object)
    return np.asarray(words[numbers])


def _house_names(rng: np.random.Generator, place: NDArray[np.int64]) -> names.Strings:
    first = _HOUSES.split()
    words = np.array([f"{word} {kind}" for kind in _KINDS for word in first], dtype=object)
    first_of_code = rng.integers(0, len(words), len(place)) // PER_POSTCODE * PER_POSTCODE
    return np.asarray(words[(first_of_code + place) % len(words)])


def _streets(rng: np.random.Generator, count: int) -> names.Strings:
    own = [*_FIRST.split() * 6, *rng.choice(names.surnames().names, 1500)]
    endings = _ENDINGS.split()
    falling = 1 / (np.arange(len(endings)) + 2.0)
    first = rng.choice(np.array(own, dtype=object), count)
    last = rng.choice(np.array(endings, dtype=object), count, p=falling / falling.sum())
    return np.array([f"{a} {b}" for a, b in zip(first, last, strict=True)], dtype=object)


def _postcodes(count: int) -> names.Strings:
    found = []
    letters = [a + b for a in _INWARD for b in _INWARD]
    for n in range(count):
        sector, unit = divmod(n, PER_SECTOR)
        outward, digit = divmod(sector, 5)
        district, area = divmod(outward, len(AREAS))
        found.append(f"{AREAS[area]}{district + 1} {digit + 1}{letters[unit * 37 % len(letters)]}")
    return np.array(found, dtype=object)
