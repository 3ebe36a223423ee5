"""Names to draw from: forenames by sex and decade, surnames as common as published, a tail of rare ones, traditions.

The published tables are read from the reference data and are not kept here.
"""

import csv
import gzip
import os
import tomllib
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

SHARED = Path(os.environ.get("FELLWATCH_SHARED", Path(__file__).resolve().parents[3] / "shared"))
REFERENCE = SHARED / "data" / "names"
DECADES = tuple(range(1900, 2030, 10))
RARE_SHARE = 0.14
"""Of families named after the tables: how many bear a surname too rare to be published."""

Strings = NDArray[np.object_]

_STEMS = """
    Ainster Bracken Birk Calder Corrin Dunner Eller Fawdon Garth Grise Hesket Holm Ivel Jarrow Kelder Langrig Lorton
    Mungris Mell Nether Orrest Pether Quern Raven Rusland Scales Skel Stickle Thack Tarn Under Wast Whin Yew Ather
    Bolton Crosth Drigg Ennerd Flook Gosforth Harring Ireby Kirk Lamplugh Motherby Newby Ormside Penton Rosley
"""
_ENDINGS = """
    thwaite bury den field gill ham hurst land ley low mere more over rigg set shaw side son stead thorpe ton wick
    with worth wray by beck combe er fell house law man
"""


class ReferenceMissing(FileNotFoundError):
    """The reference data is not where FELLWATCH_SHARED says."""


@dataclass(frozen=True)
class Tradition:
    """One naming tradition; surnames are (his, hers), each name a tuple of ways to write it."""

    name: str
    share: float
    handed: str
    male: tuple[tuple[str, ...], ...]
    female: tuple[tuple[str, ...], ...]
    surnames: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]


@dataclass(frozen=True)
class Drawn:
    """A table to draw from: names and the running total of their shares."""

    names: Strings
    totals: NDArray[np.float64]

    def pick(self, rng: np.random.Generator, count: int) -> Strings:
        """Return so many names, each as often as its share."""
        return np.asarray(self.names[np.searchsorted(self.totals, rng.random(count), side="right")])


def drawn(weights: dict[str, float]) -> Drawn:
    """Return a table of weights ready to draw from."""
    totals = np.cumsum(np.fromiter(weights.values(), float))
    return Drawn(np.array(list(weights), dtype=object), totals / (totals[-1] * (1 + 1e-12)))


def reference(name: str) -> Path:
    """Return a file of the reference data."""
    file = REFERENCE / name
    if not file.exists():
        raise ReferenceMissing(f"{file} is not there. Set FELLWATCH_SHARED to the folder that holds data/names.")
    return file


@cache
def forenames() -> dict[tuple[str, int], Drawn]:
    """Return forenames by sex ("M", "F") and decade of birth; a published rank stands in for a count."""
    found: dict[tuple[str, int], dict[str, float]] = defaultdict(lambda: defaultdict(float))
    with gzip.open(reference("babynames_ew_1904_2020.csv.gz"), "rt", encoding="utf-8") as source:
        for row in csv.DictReader(source):
            key = ({"B": "M", "G": "F"}[row["sex"]], int(row["year"]) // 10 * 10)
            found[key][written(row["name"])] += float(row["count"] or 0) or 60_000 / (float(row["ranking"]) + 6)
    return {(sex, decade): drawn(_with_tail(found, sex, decade)) for sex in "MF" for decade in DECADES}


def _with_tail(found: dict[tuple[str, int], dict[str, float]], sex: str, decade: int) -> dict[str, float]:
    """Before 1996 only the hundred commonest are published: the rest are taken from a little of the next tables."""
    own = found[sex, decade]
    if decade > 1990:
        return own
    later = found[sex, 1990]
    scale = 0.12 * sum(own.values()) / sum(later.values())
    return {**{name: scale * weight for name, weight in later.items()}, **own}


@cache
def surnames() -> Drawn:
    """Return surnames as common as published, with a long tail of rare ones put together from parts of place names."""
    with open(reference("lastname_uk.csv"), encoding="utf-8") as source:
        found = {written(row["surname"]): float(row["freq"]) for row in csv.DictReader(source)}
    rare = [stem + ending for stem in _STEMS.split() for ending in _ENDINGS.split() if stem + ending not in found]
    rare += [first.removesuffix("s") + second for first in _STEMS.split() for second in ("croft", "wood", "stone")]
    order = np.random.default_rng(11).permutation(len(rare))
    weights = 1 / (np.arange(len(rare)) + 30.0)
    weights *= RARE_SHARE / weights.sum()
    tail = {rare[n]: float(weight) for n, weight in zip(order, weights, strict=True) if rare[n] not in found}
    return drawn({**{name: share * (1 - RARE_SHARE) for name, share in found.items()}, **tail})


@cache
def traditions() -> tuple[Tradition, ...]:
    """Return the naming traditions."""
    data = tomllib.loads((Path(__file__).parent / "data" / "traditions.toml").read_text(encoding="utf-8"))
    return tuple(_tradition(name, row) for name, row in data.items())


def _tradition(name: str, row: dict[str, str]) -> Tradition:
    surnames = tuple(_his_and_hers(word) for word in row["surnames"].split())
    male, female = (tuple(_ways(word) for word in row[sex].split()) for sex in ("male", "female"))
    return Tradition(name, float(row["share"]), row["handed"], male, female, surnames)


def _ways(text: str) -> tuple[str, ...]:
    return tuple(word.replace("_", " ") for word in text.split("/"))


def _his_and_hers(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    his, bar, hers = text.partition("|")
    return _ways(his), _ways(hers) if bar else _ways(his)


@cache
def ways() -> dict[str, tuple[str, ...]]:
    """Return the other ways to write each name of a tradition."""
    found: dict[str, tuple[str, ...]] = {}
    for each in traditions():
        for ways in (*each.male, *each.female, *(form for pair in each.surnames for form in pair)):
            for way in ways:
                found[way] = tuple(dict.fromkeys((*found.get(way, ()), *(w for w in ways if w != way))))
    return found


@cache
def variants(file: str) -> dict[str, tuple[tuple[str, ...], tuple[float, ...]]]:
    """Return each name's variants with their shares, from a table of the reference data."""
    found: dict[str, dict[str, float]] = defaultdict(dict)
    with open(reference(file), encoding="utf-8") as source:
        for one, other, share in _body(csv.reader(source)):
            found[one][other] = float(share)
    return {name: (tuple(others), tuple(others.values())) for name, others in found.items()}


def _body(rows: Iterable[list[str]]) -> Iterable[list[str]]:
    return list(rows)[1:]


def written(name: str) -> str:
    """Write a name in small letters or capitals as it is usually written: O'Brien, McDonald, Anne-Marie, Smith."""
    parts = [part[:1].upper() + part[1:].lower() for part in name.split("-")]
    text = "-".join(parts)
    for prefix in ("O'", "D'"):
        if text.startswith(prefix):
            return prefix + text[2:].capitalize()
    if text.startswith("Mc") and len(text) > 4:
        return "Mc" + text[2:].capitalize()
    return text
