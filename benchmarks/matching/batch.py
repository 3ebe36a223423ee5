"""Batch linkage: the published sets with their truth, and a partner's file against a million people."""

import os
import subprocess
import sys
from collections import Counter
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from benchmarks.matching import partner, tidy
from benchmarks.matching.names import SHARED
from benchmarks.matching.report import Bar, table

FIGURES = SHARED / "data" / "linkage" / "historical_figures_with_errors_50k.parquet"
RECORDS = 100_000


@dataclass(frozen=True)
class Agreement:
    """How two groupings of the same records agree, over pairs."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        return (
            2 * self.precision * self.recall / (self.precision + self.recall) if self.precision + self.recall else 0.0
        )


def agreement(found: Mapping[str, Hashable], truth: Mapping[str, Hashable]) -> Agreement:
    """Compare clusters with the truth over all pairs of records."""
    both = _pairs((found[who], truth[who]) for who in truth)
    called, real = _pairs(found[who] for who in truth), _pairs(truth.values())
    return Agreement(both / called if called else 0.0, both / real if real else 0.0)


def _pairs(groups: Iterable[Hashable]) -> int:
    return sum(count * (count - 1) // 2 for count in Counter(groups).values())


def measure(folder: Path, million: Path | None) -> tuple[list[str], list[Bar], list[str]]:
    """Run each set in a process of its own; return the section, the bars and what could not be run."""
    folder.mkdir(parents=True, exist_ok=True)
    rows, bars, broken = [], list[Bar](), list[str]()
    for name in ("historical", "febrl3", "febrl4"):
        told = _run(folder, name)
        if told is None:
            broken.append(f"batch: {name}")
            continue
        rows.append(told)
        bars += _bars(name, told)
    parts = ["## Batch linkage\n"]
    parts.append(
        table(("set", "records", "", "precision", "recall", "F1", "seconds"), [r for many in rows for r in many])
    )
    if million is not None:
        partner.draw(million, people=1_000_000, seed=int(million.name.split("-")[1]), count=RECORDS)
        tidy.people(million)
        told = _run(folder, "partner", million)
        if told is None:
            broken.append("batch: partner")
        else:
            head = ("a partner's file", "records", "people", "recall", "joined rightly", "to a person", "seconds")
            parts += ["\n" + table(head, told), _ABOUT]
            bars += _partner_bars(told)
    return ["\n".join([*parts, ""])], bars, broken


_ABOUT = """
Recall: of the records about somebody held, the share joined to that person or put before a reviewer with that person
among the candidates. Fellwatch's seconds run from the two files as they came to the verdicts told, weights as
published; Splink's from files cleaned before, in its favour, to its table of predictions, with a model trained before
(its own comparisons and blocking, `splink_peer`)."""


def _run(folder: Path, name: str, *more: Path) -> list[list[str]] | None:
    out = folder / f"{name}.txt"
    out.unlink(missing_ok=True)
    command = [sys.executable, "-m", "benchmarks.matching.batch_one", name, str(out), *(str(path) for path in more)]
    print(f"Linking {name}.", flush=True)
    if subprocess.run(command, env=os.environ, check=False).returncode or not out.exists():
        return None
    return [line.split("\t") for line in out.read_text(encoding="utf-8").splitlines()]


def _bars(name: str, told: list[list[str]]) -> Iterable[Bar]:
    floor = {"historical": 0.85, "febrl3": 0.996, "febrl4": 0.9996}[name]
    for _, _, system, _, _, f1, _ in told:
        if system == "Fellwatch":
            yield Bar(f"clustered F1, {name}", f"≥ {floor}", f1, float(f1) >= floor)


def _partner_bars(told: list[list[str]]) -> Iterable[Bar]:
    ours = next((row for row in told if row[0] == "Fellwatch"), None)
    peer = next((row for row in told if row[0].startswith("Splink")), None)
    if ours is None:
        return
    yield Bar("recall of 100,000 records against a million people", "≥ 0.997", ours[3], float(ours[3][:5]) >= 0.997)
    if peer is not None:
        times = float(ours[6]) / float(peer[6])
        yield Bar("seconds against Splink's own run", "≤ 1.5 ×", f"{times:.2f} ×", times <= 1.5)


def missing() -> str:
    """Return what a batch needs and is not here, or ""."""
    return "" if find_spec("recordlinkage") else "recordlinkage is not installed (requirements/bench.txt)"
