"""`python -m benchmarks.matching [--people 100000 1000000] [--alone 10000000] [--only ours,postgres] [--write]`.

Measures each system on each size in a process of its own, prints the report, and with --write keeps it.
"""

import argparse
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

from benchmarks.matching import absent, answers, batch, curve, judged, report, sample
from benchmarks.matching.judged import TELEPHONE
from benchmarks.matching.report import Bar, Sized

SOURCES = "said faults saying sample quirks names families naming homes population records mishearing"


def _edition() -> str:
    """Samples made by another edition of the generator are never taken for this one's."""
    here = Path(__file__).parent
    files = [*(here / f"{name}.py" for name in SOURCES.split()), here / "data" / "traditions.toml"]
    return sha256(b"".join(file.read_bytes() for file in files)).hexdigest()[:8]


BUILD = Path("build/bench/matching") / _edition()
DEVELOPMENT, TEST = 20261, 71993
DEVELOPED_ON = 100_000
SYSTEMS = ("ours", "postgres", "tantivy_index", "splink_peer")
TUNED = SYSTEMS[1:]


def main() -> int:
    """Measure what was asked for; return 1 where a measurement broke off."""
    asked = _arguments()
    if asked.fresh:
        shutil.rmtree(BUILD, ignore_errors=True)
    BUILD.mkdir(parents=True, exist_ok=True)
    told = Told([_machine()], [], [], None, keep=asked.write)
    print(told.parts[0], flush=True)
    sizes = list[Sized]()
    for people in asked.people:
        sized, failed = _size(people, asked.only)
        sizes.append(sized)
        told.add([report.size(sized)], [], failed)
    told.largest = max(sizes, key=lambda s: s.people, default=None)
    if told.largest and told.largest.judged:
        told.add([report.calibration(told.largest)], report.bars(sizes), [])
    if asked.batch and (reason := batch.missing()):
        told.broken.append(f"batch: {reason}")
    elif asked.batch:
        million = _sample(1_000_000, TEST) if 1_000_000 in asked.people else None
        told.add(*batch.measure(BUILD / "batch", million))
    if asked.alone:
        _alone(asked.alone, sizes, told)
    print(told.verdicts())
    if told.broken:
        print("Not measured: " + "; ".join(told.broken))
    return 0


@dataclass
class Told:
    """The report so far. Kept after every part, so that a run cut short leaves what it has seen."""

    parts: list[str]
    bars: list[Bar]
    broken: list[str]
    largest: Sized | None
    keep: bool

    def add(self, parts: Sequence[str], bars: Sequence[Bar], broken: Sequence[str]) -> None:
        """Print and keep a part."""
        self.parts += parts
        self.bars += bars
        self.broken += broken
        print("\n" + "\n".join(parts), flush=True)
        if self.keep:
            _write(self.parts, self.verdicts(), self.largest)

    def verdicts(self) -> str:
        """Return the section of the bars."""
        return "## The bars\n\n" + report.verdicts(self.bars) + "\n"


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.matching", description=__doc__)
    parser.add_argument("--people", type=int, nargs="*", default=[100_000, 1_000_000], help="sizes, every system")
    parser.add_argument("--alone", type=int, nargs="*", default=[], help="sizes for the engine alone, such as 10000000")
    parser.add_argument("--only", type=lambda text: text.split(","), default=list(SYSTEMS), help=", ".join(SYSTEMS))
    parser.add_argument("--no-batch", dest="batch", action="store_false", help="leave batch linkage out")
    parser.add_argument("--fresh", action="store_true", help="invent and tune again")
    parser.add_argument("--write", action="store_true", help=f"write {report.DOCUMENT}")
    asked = parser.parse_args()
    unknown = sorted(set(asked.only) - set(SYSTEMS))
    if unknown:
        parser.error(f"there is no system called {', '.join(unknown)}; choose from {', '.join(SYSTEMS)}")
    return asked


def _machine() -> str:
    from benchmarks.machine import hardware

    told = {"date": f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC", **hardware()}
    command = " ".join(["python -m benchmarks.matching", *sys.argv[1:]])
    return f"`{command}`: " + ", ".join(f"{name} {value}" for name, value in told.items()) + ".\n"


def _sample(people: int, seed: int) -> Path:
    folder = BUILD / f"{people}-{seed}"
    if not (folder / "homes.npz").exists():
        print(f"Inventing {people:,} people.", flush=True)
        sample.draw(folder, people=people, seed=seed)
    return folder


def _size(people: int, systems: Sequence[str]) -> tuple[Sized, list[str]]:
    folder, broken, found = _sample(people, TEST), [], []
    for system in systems:
        reason = absent.why_not(system)
        one = None if reason else _measured(system, folder)
        if one is None:
            broken.append(f"{system} at {people:,}: {reason or 'broke off'}")
        else:
            found.append(one)
    measured = [
        judged.judge(one, folder, queries) for one in found for queries in judged.MANNERS if queries in one.asked
    ]
    ours = next((one for one in found if one.system == "Fellwatch"), None)
    return Sized(people, found, measured, judged.quirks(ours, folder) if ours else []), broken


def _measured(system: str, folder: Path) -> answers.Answers | None:
    tuned = BUILD / f"tuned-{system}.json"
    if system in TUNED and not tuned.exists():
        print(f"Tuning {system} on the development queries.", flush=True)
        if _run("tune", system, _sample(DEVELOPED_ON, DEVELOPMENT), tuned):
            return None
    print(f"Asking {system}.", flush=True)
    out = folder / f"answers-{system}.json"
    out.unlink(missing_ok=True)
    return None if _run("run", system, folder, out, tuned) else answers.load(out)


def _run(what: str, system: str, *paths: Path) -> int:
    command = [sys.executable, "-m", "benchmarks.matching.one", what, system, *(str(path) for path in paths)]
    return subprocess.run(command, env=os.environ, check=False).returncode


def _alone(people: Sequence[int], measured: Sequence[Sized], told: Told) -> None:
    """The engine alone at further sizes, beside those already measured; each is kept as it comes."""
    alone = {s.people: one for s in measured if (one := s.of("Fellwatch", sample.GIVEN))}
    before = list(told.parts), list(told.bars)
    for size in people:
        folder = _sample(size, TEST)
        found = _measured("ours", folder)
        if found is None:
            told.broken.append(f"the engine alone at {size:,}: broke off")
            continue
        alone[size] = judged.judge(found, folder, sample.GIVEN)
        text, bars = report.growth(alone)
        told.parts, told.bars = list(before[0]), list(before[1])
        told.add([text], bars, [])


def _write(parts: Sequence[str], verdicts: str, largest: Sized | None) -> None:
    machine, *rest = parts
    report.DOCUMENT.write_text("\n".join([report.HEAD, machine, verdicts, *rest]), encoding="utf-8")
    ours = [one for q in TELEPHONE if largest and (one := largest.of("Fellwatch", q))]
    if ours:
        drawn = curve.draw("Likelihood shown beside the share that was right",
                           {TELEPHONE[one.queries].capitalize(): one.curve for one in ours})  # fmt: skip
        report.PICTURE.write_text(drawn, encoding="utf-8")
    print(f"Written: {report.DOCUMENT}")


if __name__ == "__main__":
    sys.exit(main())
