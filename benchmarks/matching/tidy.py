"""Rows as a careful integrator would clean them for a peer: small Latin letters, ISO dates, digits, bare postcodes."""

import csv
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import astuple, dataclass, fields
from functools import lru_cache
from pathlib import Path

from benchmarks.matching.answers import Row

_ENDINGS = {
    "rd": "road",
    "st": "street",
    "ln": "lane",
    "ave": "avenue",
    "cl": "close",
    "dr": "drive",
    "cres": "crescent",
}
_DROPPED = str.maketrans({"ł": "l", "Ł": "l", "ø": "o", "đ": "d", "ı": "i", "ß": "ss", "'": "", "’": "", "`": ""})


@dataclass(frozen=True, slots=True)
class Tidy:
    """One row, cleaned; "" where nothing was said. A date may be a year, or a year and month."""

    id: str
    forename: str
    surname: str
    sex: str
    born: str
    phone: str
    house: str
    street: str
    postcode: str

    @property
    def year(self) -> str:
        return self.born[:4]


COLUMNS = tuple(field.name for field in fields(Tidy))


@lru_cache(maxsize=500_000)
def plain(text: str) -> str:
    """Return small letters without accents or apostrophes, words parted by one space."""
    flat = unicodedata.normalize("NFKD", text.translate(_DROPPED))
    kept = "".join(c for c in flat.lower() if not unicodedata.combining(c))
    return " ".join(re.findall(r"[a-z0-9]+", kept))


def tidy(row: Row) -> Tidy:
    """Clean one row."""
    house, street = _address(row["address"])
    return Tidy(
        id=row["person_id"],
        forename=plain(row["forename"]),
        surname=plain(row["surname"]).replace(" ", ""),
        sex=row["sex"][:1].lower(),
        born=_date(row["date_of_birth"]),
        phone=_digits(row["phone"]),
        house=house,
        street=street,
        postcode=re.sub(r"\s", "", row["postcode"]).lower(),
    )


def people(folder: Path) -> Path:
    """Return the file of a sample's people, cleaned; made once."""
    file = folder / "TIDY.csv"
    if not file.exists():
        half = file.with_suffix(".half")
        with (folder / "PEOPLE.csv").open(encoding="utf-8", newline="") as source, half.open("w", newline="") as out:
            writer = csv.writer(out, lineterminator="\n")
            writer.writerow(COLUMNS)
            writer.writerows(astuple(tidy(row)) for row in csv.DictReader(source))
        half.rename(file)
    return file


def read(file: Path) -> Iterator[Tidy]:
    """Yield the rows of a cleaned file."""
    with file.open(encoding="utf-8", newline="") as source:
        rows = csv.reader(source)
        next(rows)
        for row in rows:
            yield Tidy(*row)


def queries(folder: Path, name: str) -> list[Tidy]:
    """Return a file of queries, cleaned."""
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as source:
        return [tidy(row) for row in csv.DictReader(source)]


def development(folder: Path) -> list[Tidy]:
    """Return the queries weights are tuned on: two in five of a development sample's."""
    return [*queries(folder, "QUERIES")[::5], *queries(folder, "QUERIES_WITHHELD")[2::5]]


def _date(text: str) -> str:
    found = re.fullmatch(r"(\d\d?)/(\d\d?)/(\d{4})", text)
    return f"{found[3]}-{int(found[2]):02d}-{int(found[1]):02d}" if found else text


def _digits(text: str) -> str:
    digits = re.sub(r"\D", "", text.replace("(0)", ""))
    return "0" + digits[2:] if digits.startswith("44") else digits


def _address(text: str) -> tuple[str, str]:
    """Return flat and house as one word, and the street without its town."""
    words = plain(text).split()
    if not words:
        return "", ""
    numbers = [word for word in words if any(c.isdigit() for c in word)]
    rest = [_ENDINGS.get(word, word) for word in words if word not in numbers and word != "flat"]
    ends = [n for n, word in enumerate(rest) if word in STREETS]
    rest = rest[: ends[-1] + 1] if ends else rest
    return " ".join(numbers), " ".join(rest)


_WORDS = "road street lane close avenue drive crescent gardens grove place square terrace court way row rise walk mews"
STREETS = frozenset(_WORDS.split())
