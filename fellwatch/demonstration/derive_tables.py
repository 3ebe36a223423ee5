"""Derive the compact tables in `data/` from the open files they come from.

Run by hand when a source changes: `python -m fellwatch.demonstration.derive_tables SHARED_DATA_FOLDER`.
Forenames: Office for National Statistics, Open Government Licence v3.0. Before 1996 the source gives only
ranks, so their weights follow the curve of 1996. Surname frequencies are facts from a list under the MIT
licence. Outcodes: OS OpenData, Open Government Licence v3.0.
"""

import csv
import gzip
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

DATA = Path(__file__).parent / "data"
FORENAMES_KEPT, SURNAMES_KEPT, OUTCODES_KEPT = 260, 4000, 120
FIRST_COUNTED_YEAR = 1996
IRISH = frozenset({"neill", "brien", "connor", "donnell", "sullivan", "leary", "hara", "reilly", "keefe", "rourke"})
SEXES = {"B": "male", "G": "female"}

Row = tuple[object, ...]


def main(shared: Path) -> None:
    """Write every table."""
    _write("forenames.csv.gz", ("decade", "sex", "name", "weight"), _forenames(shared))
    _write("surnames.csv.gz", ("name", "weight"), _surnames(shared))
    _write("outcodes.csv.gz", ("outcode", "force", "postcodes"), _outcodes(shared))


def _forenames(shared: Path) -> Iterator[Row]:
    weights: dict[tuple[int, str], dict[str, float]] = defaultdict(lambda: defaultdict(float))
    curve = _curve(shared)
    for row in _read(shared / "names" / "babynames_ew_1904_2020.csv.gz"):
        sex, rank = SEXES[row["sex"]], int(row["ranking"])
        weight = float(row["count"]) if row["count"] else curve[sex][rank - 1]
        weights[int(row["year"]) // 10 * 10, sex][row["name"].title()] += weight
    for (decade, sex), names in sorted(weights.items()):
        kept = sorted(names.items(), key=lambda item: (-item[1], item[0]))[:FORENAMES_KEPT]
        yield from ((decade, sex, name, round(weight)) for name, weight in kept)


def _curve(shared: Path) -> dict[str, list[float]]:
    """Return, for each sex, the counts of the first counted year from the commonest name down."""
    counts: dict[str, list[float]] = defaultdict(list)
    for row in _read(shared / "names" / "babynames_ew_1904_2020.csv.gz"):
        if int(row["year"]) == FIRST_COUNTED_YEAR:
            counts[SEXES[row["sex"]]].append(float(row["count"]))
    return {sex: sorted(found, reverse=True) for sex, found in counts.items()}


def _surnames(shared: Path) -> Iterator[Row]:
    weights: dict[str, float] = defaultdict(float)
    for row in _read(shared / "names" / "lastname_uk.csv"):
        weights[_cased(row["surname"])] += float(row["freq"])
    kept = sorted(weights.items(), key=lambda item: (-item[1], item[0]))[:SURNAMES_KEPT]
    yield from ((name, round(weight * 1e5)) for name, weight in kept)


def _cased(surname: str) -> str:
    """Give back the capitals and apostrophes that the source lost."""
    if surname.startswith("mc") and len(surname) > 4:
        return "Mc" + surname[2:].title()
    if surname.startswith("o") and surname[1:] in IRISH:
        return "O'" + surname[1:].title()
    return surname.title()


def _outcodes(shared: Path) -> Iterator[Row]:
    rows = _read(shared / "derived" / "gb_outcode_to_pfa.csv")
    kept = sorted(rows, key=lambda row: (-int(row["postcodes"]), row["outcode"]))[:OUTCODES_KEPT]
    yield from ((row["outcode"], row["main_pfa"], row["postcodes"]) for row in kept)


def _read(path: Path) -> Iterator[dict[str, str]]:
    packed = path.suffix == ".gz"
    with gzip.open(path, "rt", encoding="utf-8") if packed else path.open(encoding="utf-8") as file:
        yield from csv.DictReader(file)


def _write(name: str, header: Row, rows: Iterable[Row]) -> None:
    with (
        (DATA / name).open("wb") as raw,
        gzip.GzipFile(fileobj=raw, mode="wb", mtime=0, filename="") as packed,
    ):
        lines = (",".join(str(cell) for cell in row) for row in (header, *rows))
        packed.write(("\n".join(lines) + "\n").encode())


if __name__ == "__main__":
    main(Path(sys.argv[1]))
