"""Forenames by sex and year of birth, and surnames, as common as they are."""

import csv
import gzip
import random
from bisect import bisect_left
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import accumulate

from fellwatch.demonstration.heritage import HERITAGES, Heritage, Named

_NICKNAMES = """
    Alexander:Alex/Sandy Andrew:Andy/Drew Anthony:Tony Benjamin:Ben Catherine:Cath/Kate
    Charles:Charlie/Chaz Christine:Chris/Tina Christopher:Chris/Kit Daniel:Dan/Danny Danielle:Dani
    David:Dave/Davey Deborah:Debbie/Debs Dorothy:Dot/Dolly Edward:Ted/Eddie Elizabeth:Liz/Beth/Betty
    Frederick:Fred George:Geordie Gillian:Gill Henry:Harry James:Jim/Jimmy Jennifer:Jenny/Jen
    John:Jack/Johnny Jonathan:Jon Joseph:Joe Joshua:Josh Katherine:Kathy/Kate Kathleen:Kath Kenneth:Ken
    Margaret:Maggie/Peggy/Meg Matthew:Matt Michael:Mick/Mike Nicholas:Nick Nicola:Nicky Pamela:Pam
    Patricia:Pat/Trish Peter:Pete Philip:Phil Rebecca:Becky Richard:Dick/Rick Robert:Bob/Rob/Bobby
    Ronald:Ron Samantha:Sam Samuel:Sam Stephen:Steve Steven:Steve Susan:Sue Thomas:Tom/Tommy
    Victoria:Vicky William:Bill/Will/Billy
"""
NICKNAMES = {name: tuple(short.split("/")) for name, _, short in (pair.partition(":") for pair in _NICKNAMES.split())}


@dataclass(frozen=True)
class Table:
    """Names with the running total of their weights."""

    names: tuple[str, ...]
    totals: tuple[float, ...]

    def pick(self, rng: random.Random) -> str:
        return self.names[bisect_left(self.totals, rng.random() * self.totals[-1])]


def _table(weights: dict[str, float]) -> Table:
    return Table(tuple(weights), tuple(accumulate(weights.values())))


def rows(name: str) -> list[dict[str, str]]:
    """Return a shipped table."""
    packed = files("fellwatch.demonstration").joinpath("data", name).read_bytes()
    return list(csv.DictReader(gzip.decompress(packed).decode().splitlines()))


@cache
def _forenames() -> dict[tuple[int, str], Table]:
    foreign = {n.latin for h in HERITAGES for n in (*h.male, *h.female)} | {
        "Muhammad",
        "Mohammad",
        "Syed",
        "Ali",
    }
    weights: dict[tuple[int, str], dict[str, float]] = defaultdict(dict)
    for row in rows("forenames.csv.gz"):
        if row["name"] not in foreign or row["name"] in {"Elena", "Hanna", "Layla", "Omar", "Niamh"}:
            weights[int(row["decade"]), row["sex"]][row["name"]] = float(row["weight"])
    return {key: _table(found) for key, found in weights.items()}


@cache
def _surnames() -> Table:
    return _table({row["name"]: float(row["weight"]) for row in rows("surnames.csv.gz")})


def forename(rng: random.Random, sex: str, year: int) -> str:
    """Return a forename as common as it was for that sex in that decade."""
    return _forenames()[min(max(year // 10 * 10, 1900), 2020), sex].pick(rng)


def forenames(rng: random.Random, sex: str, year: int) -> str:
    """Return a forename with, three times in four, a different middle name."""
    first = forename(rng, sex, year)
    second = forename(rng, sex, year - 25) if rng.random() < 0.75 else ""
    return f"{first} {second}" if second and second != first else first


def surname(rng: random.Random) -> str:
    """Return a surname as common as it is."""
    return _surnames().pick(rng)


def heritage(rng: random.Random) -> Heritage | None:
    """Return whose names a family bears: usually those of the tables, which is None."""
    chance = rng.random()
    for each in HERITAGES:
        if chance < each.share:
            return each
        chance -= each.share
    return None


def spell(name: Named) -> str:
    """Return a name's Latin spelling."""
    return name.latin.replace("_", " ")
