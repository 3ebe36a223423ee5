"""Read a labelled sample: PEOPLE.csv into columns for an index, QUERIES.csv into questions. Rows, not people, are kept.

Several rows may be one person: the first is current, later ones are aliases and former homes.
"""

import csv
import uuid
from array import array
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from fellwatch.recognition import addresses, asked, dates, phones
from fellwatch.recognition.arrays import packing
from fellwatch.recognition.arrays.columns import FORMER, NOW, SEXES, Columns
from fellwatch.recognition.asked import Asked
from fellwatch.recognition.held import Held, HeldAddress, HeldName
from fellwatch.recognition.typed import Trouble
from fellwatch.records.values import PartialDate

COLUMNS = ("person_id", "forename", "surname", "sex", "date_of_birth", "phone", "address", "postcode")
MOST_KEPT = 500_000


class SampleUnreadable(ValueError):
    """A file of the sample cannot be used; the message says which, why and what to do."""


@dataclass(frozen=True)
class People:
    """Everybody of a sample: their columns, their ids in order, and how many fields no one could read."""

    columns: Columns
    ids: tuple[str, ...]
    unreadable: int


@dataclass(frozen=True)
class Labelled:
    """A query and who is meant ("" for nobody held)."""

    asked: Asked
    truth: str


def rows(file: Path) -> Iterator[tuple[str, ...]]:
    """Yield the rows of a file in the order of `COLUMNS`, whatever order the file has."""
    try:
        with file.open(encoding="utf-8-sig", newline="") as source:
            reader = csv.reader(source)
            header = [name.strip().lower() for name in next(reader, [])]
            missing = [c for c in COLUMNS if c not in header]
            if missing:
                raise SampleUnreadable(f"{file.name} lacks {', '.join(missing)}. Add the columns, empty if need be.")
            order = [header.index(c) for c in COLUMNS]
            for row in reader:
                if row:
                    yield tuple(row[n].strip() if n < len(row) else "" for n in order)
    except UnicodeDecodeError as fault:
        raise SampleUnreadable(f"{file.name} is not UTF-8 (byte {fault.start}). Save it as CSV UTF-8.") from fault
    except (OSError, csv.Error) as fault:
        raise SampleUnreadable(f"{file.name} cannot be read: {fault}.") from fault


def people(file: Path, *, today: date) -> People:
    """Read everybody."""
    kept = _Rows(today)
    for row in rows(file):
        kept.add(row)
    return People(kept.columns(), tuple(kept.people), kept.unreadable)


def held(file: Path, *, today: date) -> Iterator[Held]:
    """Yield everybody as the index would hold them, for training."""
    together: dict[str, list[tuple[str, ...]]] = {}
    for row in rows(file):
        together.setdefault(row[0], []).append(row)
    for person_id, written in together.items():
        yield _held(person_id, written, today)


def _held(person_id: str, written: list[tuple[str, ...]], today: date) -> Held:
    born = [d for row in written if isinstance(d := dates.read(row[4], today=today), PartialDate)]
    sexes = [asked.SEXES[row[3].lower()] for row in written if row[3].lower() in asked.SEXES]
    numbers = [n for row in written if isinstance(n := phones.read(row[5]), str) and n]
    places = [a for row in written if (a := addresses.read(f"{row[6]} {row[7]}"))]
    names = dict.fromkeys((row[1], row[2]) for row in written)
    return Held(
        person_id=uuid.uuid5(uuid.NAMESPACE_OID, person_id),
        names=tuple(HeldName("alias" if n else "current", *name) for n, name in enumerate(names)),
        born=next((d for d in born if d != PartialDate()), PartialDate()),
        sex=next(iter(sexes), "unknown"),
        phones=tuple(dict.fromkeys(numbers)),
        addresses=tuple(HeldAddress(n == 0, a) for n, a in enumerate(dict.fromkeys(places))),
    )


def queries(file: Path, *, today: date) -> list[Labelled]:
    """Read every query. Each is finished typing: a space says so."""
    return [Labelled(_asked(row, today), row[0]) for row in rows(file)]


def _asked(row: tuple[str, ...], today: date) -> Asked:
    _, forename, surname, sex, born, phone, address, postcode = row
    return asked.read(
        today=today,
        forename=forename and forename + " ",
        surname=surname and surname + " ",
        date_of_birth=born,
        phone=phone,
        address=f"{address} {postcode}".strip(),
        sex=sex,
    )


class _Rows:
    """Rows as numbers; what is written the same is read once."""

    def __init__(self, today: date) -> None:
        self.people: dict[str, int] = {}
        self.fields = {name: array("q") for name in ("person", "forename", "surname", "born", "sex", "phone", "place")}
        self.found = Columns()
        self.unreadable = 0
        self._born = _Kept(lambda text: dates.read(text, today=today))
        self._phone = _Kept(phones.read)
        self._place = _Kept(addresses.read)

    def add(self, row: tuple[str, ...]) -> None:
        person_id, forename, surname, sex, born, phone, address, postcode = row
        when, number = self._born.read(born), self._phone.read(phone)
        self.unreadable += isinstance(when, Trouble) + isinstance(number, Trouble)
        where = self._place.read(f"{address} {postcode}") if address or postcode else None
        names = self.found.forename_texts, self.found.surname_texts
        for field, value in (
            ("person", self.people.setdefault(person_id, len(self.people))),
            ("forename", names[0].setdefault(forename, len(names[0]))),
            ("surname", names[1].setdefault(surname, len(names[1]))),
            ("born", 0 if isinstance(when, Trouble) else packing.born(when)),
            ("sex", SEXES.get(asked.SEXES.get(sex.lower(), ""), 0)),
            ("phone", 0 if isinstance(number, Trouble) else packing.phone(number)),
            ("place", self.found.place(where) if where else -1),
        ):
            self.fields[field].append(value)

    def columns(self) -> Columns:
        """Gather the rows of each person."""
        field = {name: np.frombuffer(values, np.int64) if values else np.empty(0, np.int64)
                 for name, values in self.fields.items()}  # fmt: skip
        count, person, found = len(self.people), field["person"], self.found
        found.number = np.arange(count, dtype=np.int32)
        found.born = _first(person, field["born"], count, 0).astype(np.int32)
        found.sex = _first(person, field["sex"], count, 0).astype(np.uint8)
        name = field["forename"] << 31 | field["surname"]
        found.names, name, first = _each(person, name, (field["forename"] >= 0), count)
        found.forenames = (name >> 31).astype(np.int32)
        found.surnames = ((name & 0x7FFFFFFF) | np.where(first, 0, FORMER)).astype(np.int32)
        found.phones, phone, _ = _each(person, field["phone"], field["phone"] > 0, count)
        found.telephones = phone
        found.homes, place, first = _each(person, field["place"], field["place"] >= 0, count)
        found.places = (place | np.where(first, NOW, 0)).astype(np.int32)
        return found


def _first(person: Any, value: Any, people: int, empty: int) -> Any:
    """Return each person's first value that is not empty."""
    out = np.full(people, empty, np.int64)
    known = np.flatnonzero(value != empty)[::-1]
    out[person[known]] = value[known]
    return out


def _each(person: Any, value: Any, real: Any, people: int) -> tuple[Any, Any, Any]:
    """Return how many values each person has, the values in order, each once, and which is a person's first."""
    person, value = person[real], value[real]
    order = np.lexsort((value, person))
    again = np.zeros(len(order), bool)
    again[1:] = (person[order][1:] == person[order][:-1]) & (value[order][1:] == value[order][:-1])
    once = np.sort(order[~again])
    once = once[np.argsort(person[once], kind="stable")]
    person, value = person[once], value[once]
    first = np.ones(len(once), bool)
    first[1:] = person[1:] != person[:-1]
    return np.bincount(person, minlength=people).clip(0, 255).astype(np.uint8), value, first


class _Kept:
    """Reads a text once and remembers what came of it, up to a bound."""

    def __init__(self, read: Callable[[str], Any]) -> None:
        self._read = read
        self._kept: dict[str, Any] = {}

    def read(self, text: str) -> Any:
        found = self._kept.get(text)
        if found is None:
            found = self._read(text)
            if len(self._kept) < MOST_KEPT:
                self._kept[text] = found
        return found
