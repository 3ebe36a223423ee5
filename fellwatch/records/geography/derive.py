"""Make the shipped facts from the derived tables: `python -m fellwatch.records.geography.derive FOLDER`.

FOLDER holds gb_sector_to_pfa.csv, gb_outcode_to_pfa.csv, gb_postcode_pfa_exceptions.csv and
lad_current_to_pfa.csv. Repeated values are left out and numbers cut to what a sector's centre needs, so that
the whole stays under 400 kB. The same input always makes the same bytes.
"""

import csv
import gzip
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

FACTS = Path(__file__).parent / "facts"
Row = Mapping[str, str]


def derive(source: Path, target: Path = FACTS) -> None:
    """Write forces, districts, outcodes, sectors and exceptions as compressed CSV."""
    sectors, outcodes = _rows(source / "gb_sector_to_pfa.csv"), _rows(source / "gb_outcode_to_pfa.csv")
    current = _rows(source / "lad_current_to_pfa.csv")
    exceptions = _rows(source / "gb_postcode_pfa_exceptions.csv")
    _write(target / "forces.csv.gz", _forces(outcodes, current))
    _write(target / "districts.csv.gz", _districts(outcodes, sectors, current))
    _write(target / "outcodes.csv.gz", (_area(row, row["outcode"]) for row in outcodes))
    _write(target / "sectors.csv.gz", (_area(row, row["sector"]) for row in sectors))
    _write(target / "exceptions.csv.gz", _shortened(exceptions))


def _forces(outcodes: list[Row], current: list[Row]) -> Iterable[tuple[str, ...]]:
    names = {row["PFACD"]: row["PFANM"] for row in current}
    for row in outcodes:
        names.setdefault(row["main_pfa"], row["main_pfa_name"])
    return sorted(names.items())


def _districts(outcodes: list[Row], sectors: list[Row], current: list[Row]) -> Iterable[tuple[str, ...]]:
    found = {row["LADCD"]: (row["LADNM"], row["PFACD"]) for row in current}
    for row in (*outcodes, *sectors):
        found.setdefault(row["main_lad"], (row["main_lad_name"], row["main_pfa"]))
    return ((code, *rest) for code, rest in sorted(found.items()))


def _area(row: Row, name: str) -> tuple[str, ...]:
    share = "" if float(row["main_share"]) == 1 else f"{float(row['main_share']):.4f}"
    return (
        name,
        row["main_pfa"],
        row["main_lad"],
        share,
        f"{float(row['lat']):.3f}",
        f"{float(row['lon']):.3f}",
    )


def _shortened(rows: list[Row]) -> Iterator[tuple[str, ...]]:
    """Write a sector once, then only what follows it, as long as the force stays the same."""
    before = ("", "")
    for row in sorted(rows, key=lambda r: (r["postcode"][:-2], r["pfa"], r["postcode"])):
        sector, unit = row["postcode"][:-2], row["postcode"][-2:]
        now = (sector, row["pfa"])
        yield (unit,) if now == before else (unit, *now)
        before = now


def _rows(path: Path) -> list[Row]:
    with path.open(encoding="utf-8-sig", newline="") as source:
        return list(csv.DictReader(source))


def _write(path: Path, rows: Iterable[tuple[str, ...]]) -> None:
    with path.open("wb") as raw, gzip.GzipFile("", "wb", 9, raw, mtime=0) as packed:
        for row in rows:
            packed.write((",".join(_quoted(cell) for cell in row) + "\n").encode())


def _quoted(cell: str) -> str:
    return f'"{cell}"' if "," in cell else cell


if __name__ == "__main__":
    derive(Path(sys.argv[1]))
