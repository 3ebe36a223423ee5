"""Addresses as typed, loosely: flat, house, street and postcode, each as far as it can be told. Pure."""

import re
from dataclasses import dataclass
from functools import lru_cache

from fellwatch.recognition.scripts import latin
from fellwatch.recognition.sounds import sound

LONGEST = 300
_POSTCODE = re.compile(r"\b([A-Z]{1,2}\d[A-Z\d]?)\s*(\d[A-Z]{2})\b")
_FLAT = re.compile(r"\b(?:flat|apartment|apt|unit|room)\s*(?:no\.?\s*)?([a-z0-9]{1,4})\b[,\s]*", re.IGNORECASE)
_NUMBER = re.compile(r"^\s*(\d{1,4}\s?[a-z]?)\b[,\s]+(?=\S)", re.IGNORECASE)
_LONE_NUMBER = re.compile(r"^\s*(\d{1,4}[a-z]?)\s*$", re.IGNORECASE)
_WORDS = re.compile(r"[^\W_]+")
_SHORT = {
    "rd": "road",
    "ln": "lane",
    "av": "avenue",
    "ave": "avenue",
    "cl": "close",
    "cres": "crescent",
    "dr": "drive",
    "gdns": "gardens",
    "gr": "grove",
    "pl": "place",
    "sq": "square",
    "tce": "terrace",
    "terr": "terrace",
    "ct": "court",
    "saint": "st",
    "pk": "park",
    "ho": "house",
    "cott": "cottage",
    "fm": "farm",
}
_ENDINGS = frozenset(
    {
        "road",
        "lane",
        "avenue",
        "close",
        "crescent",
        "drive",
        "gardens",
        "grove",
        "place",
        "square",
        "terrace",
        "court",
    }
    | {"street", "st", "way", "row", "hill", "view", "park", "rise", "walk", "mews", "green"}
)
_ALSO_HOUSES = frozenset({"view", "park", "hill", "rise", "row", "green", "court", "walk", "mews", "gardens", "grove"})
"""Endings of streets that names of houses have as well: "Orchard View, Allen Close"."""


@dataclass(frozen=True)
class Address:
    """An address ready to be compared; house is a number or a name."""

    flat: str = ""
    house: str = ""
    street: str = ""
    postcode: str = ""

    def __bool__(self) -> bool:
        return bool(self.street or self.postcode)


def postcode(text: str) -> str:
    """Return the first postcode in the text as "XX1 1AA", or ""."""
    found = _POSTCODE.search(text.upper()[:LONGEST])
    return f"{found[1]} {found[2]}" if found else ""


@lru_cache(maxsize=65536)
def street_words(street: str) -> str:
    """Return a street as compared: Latin lower case, abbreviations spelled out."""
    words = _WORDS.findall(latin(street[:LONGEST]).replace("'", ""))
    spelled = [_SHORT.get(w, w) for w in words]
    return " ".join("street" if w == "st" and n == len(spelled) - 1 and n else w for n, w in enumerate(spelled))


@lru_cache(maxsize=65536)
def street_sound(street: str) -> str:
    """Return the sound of a street's own words; "road" or "lane" is often misheard and does not count."""
    words = street.split()
    own = [w for n, w in enumerate(words) if not (n and w in _ENDINGS)]
    return "".join(sound(w) for w in own)


@lru_cache(maxsize=65536)
def kept(*, flat: str, house: str, street: str, postcode: str) -> Address:
    """Return a stored address as compared."""
    return Address(flat.strip().lower(), _house(house), street_words(street), postcode.strip().upper())


def _house(text: str) -> str:
    return " ".join(_WORDS.findall(latin(text[:LONGEST]).replace("'", "")))


def read(text: str) -> Address:
    """Read "Flat 2, 14 Fell Lane, Ravensby ZZ1 1AA" or any part of it. What cannot be told is left out."""
    plain = text[:LONGEST]
    code = postcode(plain)
    rest = _POSTCODE.sub(" ", plain.upper()).lower() if code else plain.lower()
    flat = _FLAT.search(rest)
    if flat:
        rest = rest[: flat.start()] + rest[flat.end() :]
    house, rest = _split_house(rest.strip(" ,"))
    first, _, after = rest.partition(",")
    if not house and _is_house(first, after.partition(",")[0]):
        house, first = _house(first), _split_house(after.partition(",")[0].strip())[1]
    return Address(flat[1].lower() if flat else "", house, street_words(first), code)


def _split_house(rest: str) -> tuple[str, str]:
    """Take a leading house number off; a number alone is a house only beside a postcode."""
    if lone := _LONE_NUMBER.match(rest):
        return lone[1].replace(" ", ""), ""
    if numbered := _NUMBER.match(rest):
        return numbered[1].replace(" ", ""), rest[numbered.end() :]
    return "", rest


def _is_house(first: str, after: str) -> bool:
    """Return whether a house is named and its street follows."""
    named = not _is_street(first) or (street_words(first).split()[-1] in _ALSO_HOUSES and _is_plainly_street(after))
    return named and _is_street(after)


def _is_street(text: str) -> bool:
    return bool(_ENDINGS & set(street_words(text).split()))


def _is_plainly_street(text: str) -> bool:
    return bool((_ENDINGS - _ALSO_HOUSES) & set(street_words(text).split()[-1:]))
