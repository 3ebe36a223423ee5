"""Names as they are compared: tokens, ways to read a typed name, variants of a forename. Pure."""

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from fellwatch.recognition.scripts import latin

LONGEST = 200
MOST_TOKENS = 8
TITLES = frozenset({"mr", "mrs", "ms", "miss", "mx", "dr", "sir", "rev", "prof", "master"})
_PARTICLES = frozenset(
    {
        "o",
        "mc",
        "mac",
        "d",
        "l",
        "al",
        "el",
        "de",
        "da",
        "di",
        "du",
        "del",
        "van",
        "von",
        "der",
        "den",
        "la",
        "le",
    }
    | {"bin", "ibn", "bint", "abu", "ap", "st", "saint"}
)
_APOSTROPHES = re.compile(r"[''`]")
_PARTS = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
_BRACKETS = re.compile(r"[()\[\]\"]")


@dataclass(frozen=True)
class Reading:
    """One way to take a typed name apart. `swapped`: surname first, though nothing in the text said so."""

    forenames: tuple[str, ...]
    surname: str
    swapped: bool = False

    @property
    def whole(self) -> bool:
        """Whether it has forename and surname."""
        return bool(self.forenames and self.surname)


@dataclass(frozen=True)
class TypedName:
    """A name as typed: every reading of it, and the token that may still be half typed ("" when none)."""

    readings: tuple[Reading, ...] = ()
    unfinished: str = ""

    def __bool__(self) -> bool:
        return bool(self.readings)

    @property
    def in_one_field(self) -> bool:
        """Whether words that stand in one field of two may be a whole name."""
        return len(self.readings) > 1 and not self.readings[0].whole and self.readings[1].whole


@lru_cache(maxsize=65536)
def tokens(text: str) -> tuple[str, ...]:
    """Return the words of a name in Latin lower case: apostrophes gone, particles joined, hyphens kept."""
    plain = latin(_BRACKETS.sub(" ", text[:LONGEST])).replace("'", "")
    words = [w for w in _PARTS.findall(plain) if w not in TITLES][:MOST_TOKENS]
    return tuple(_joined(words))


def _joined(words: list[str]) -> list[str]:
    """Join "o neill", "mc bride", "van der berg" into one word each; a last particle stands alone."""
    joined: list[str] = []
    held = ""
    for word in words:
        if word in _PARTICLES and not (word in ("d", "l") and not joined):
            held += word
            continue
        joined.append(held + word)
        held = ""
    return [*joined, held] if held else joined


@lru_cache(maxsize=65536)
def surname_forms(surname: str) -> tuple[str, ...]:
    """Return the whole surname as one word, then each part of a double-barrelled one."""
    parts = [part for token in tokens(surname) for part in token.split("-")]
    return ("".join(parts), *parts) if len(parts) > 1 else tuple(parts)


@lru_cache(maxsize=65536)
def forename_forms(forenames: str) -> tuple[str, ...]:
    """Return each forename, a hyphenated one also as one word ("Anne-Marie": annemarie, anne, marie)."""
    forms: list[str] = []
    for token in tokens(forenames):
        parts = token.split("-")
        forms += ["".join(parts), *parts] if len(parts) > 1 else parts
    return tuple(dict.fromkeys(forms))


def read(*, name: str = "", forename: str = "", surname: str = "") -> TypedName:
    """Read a name as typed: free text, or parts that say which is which.

    "Hewett, Danielle" says its order; "Danielle Hewett" is read both ways. The last word may be half typed
    unless a space or comma follows it.
    """
    if forename.strip() or surname.strip():
        return _read_parts(forename, surname)
    text = name[:LONGEST]
    last_name, comma, rest = text.partition(",")
    if comma and tokens(rest):
        given = forename_forms(rest)
        return TypedName((Reading(given, "".join(tokens(last_name)).replace("-", "")),), _unfinished(rest))
    words = tuple(t for t in tokens(text))
    return TypedName(_readings(words), _unfinished(text))


def _read_parts(forename: str, surname: str) -> TypedName:
    forms = surname_forms(surname)
    reading = Reading(forename_forms(forename), forms[0] if forms else "")
    turned = Reading(surname_forms(surname), "".join(tokens(forename)).replace("-", ""), swapped=True)
    unfinished = _unfinished(surname) if surname.strip() else _unfinished(forename)
    if reading.whole:
        return TypedName((reading, turned), unfinished)
    return TypedName((reading, *_in_one_field(forename.strip() or surname)), unfinished)


def _in_one_field(text: str) -> tuple[Reading, ...]:
    """Return how the words of the one field filled in may be a whole name; one word is none."""
    return read(name=text).readings if len(tokens(text)) > 1 else ()


def _readings(words: tuple[str, ...]) -> tuple[Reading, ...]:
    bare = tuple(w.replace("-", "") for w in words)
    match len(words):
        case 0:
            return ()
        case 1:
            return (Reading((), bare[0]), Reading(forename_forms(words[0]), ""))
        case 2:
            return (
                Reading(forename_forms(words[0]), bare[1]),
                Reading(forename_forms(words[1]), bare[0], True),
            )
    return (
        Reading(forename_forms(" ".join(words[:-1])), bare[-1]),
        Reading(forename_forms(words[0]), "".join(bare[-2:])),
        Reading(forename_forms(" ".join(words[1:])), bare[0], True),
    )


def _unfinished(text: str) -> str:
    found = tokens(text)
    return found[-1].replace("-", "") if found and text == text.rstrip(" ,.") else ""


@cache
def _variants() -> dict[str, frozenset[str]]:
    pairs: dict[str, set[str]] = {}
    source = Path(__file__).parent / "data" / "forename_variants.txt"
    for line in source.read_text(encoding="ascii").splitlines():
        name, _, others = line.partition(":")
        for other in others.split():
            pairs.setdefault(name, set()).add(other)
            pairs.setdefault(other, set()).add(name)
    return {name: frozenset(others) for name, others in pairs.items()}


def variants(forename: str) -> frozenset[str]:
    """Return the forenames that go with this one: short forms, pet names, other spellings."""
    return _variants().get(forename, frozenset())
