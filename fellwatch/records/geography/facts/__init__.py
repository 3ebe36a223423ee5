"""The shipped tables, unpacked once in a process and then looked up in memory.

Used only by the modules beside it. `ATTRIBUTION` must travel with the tables.
"""

import csv
import gzip
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources


@dataclass(frozen=True, slots=True)
class Area:
    """What is known of a sector or an outcode: the force and district most of it lies in, its centre."""

    force: str
    district: str
    share: float
    latitude: float
    longitude: float


@dataclass(frozen=True)
class Facts:
    """Everything shipped: names by code, areas by how a postcode begins, exceptions."""

    forces: Mapping[str, str]
    districts: Mapping[str, tuple[str, str]]
    outcodes: Mapping[str, Area]
    sectors: Mapping[str, Area]
    exceptions: Mapping[str, str]


@cache
def facts() -> Facts:
    """Return the tables; the first call of a process unpacks them, in about a twentieth of a second."""
    return Facts(
        forces=dict(_pairs("forces")),
        districts={code: (name, force) for code, name, force in _rows("districts")},
        outcodes=dict(_areas("outcodes")),
        sectors=dict(_areas("sectors")),
        exceptions=dict(_exceptions()),
    )


@cache
def district_codes() -> Mapping[str, str]:
    """Return the code of each district by its name in lower case."""
    return {name.casefold(): code for code, (name, _) in facts().districts.items()}


def attribution() -> str:
    """Return the words that the publishers' licences ask to be shown."""
    return (resources.files(__name__) / "ATTRIBUTION").read_text(encoding="utf-8")


def _rows(name: str) -> Iterator[list[str]]:
    packed = (resources.files(__name__) / f"{name}.csv.gz").read_bytes()
    return csv.reader(io.StringIO(gzip.decompress(packed).decode()))


def _pairs(name: str) -> Iterator[tuple[str, str]]:
    return ((key, value) for key, value in _rows(name))


def _areas(name: str) -> Iterator[tuple[str, Area]]:
    for key, force, district, share, latitude, longitude in _rows(name):
        yield key, Area(force, district, float(share or 1), float(latitude), float(longitude))


def _exceptions() -> Iterator[tuple[str, str]]:
    sector = force = ""
    for unit, *changed in _rows("exceptions"):
        if changed:
            sector, force = changed
        yield sector + unit, force
