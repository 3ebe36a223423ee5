"""`python -m benchmarks.matching [--people 100000 1000000] [--alone 10000000] [--only ours,postgres] [--write]`.

Measures each system on each size in a process of its own, prints the report, and with --write keeps it.
"""

import argparse
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
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
    parts, bars, broken = [_machine()], list[Bar](), list[str]()
    print(parts[0], flush=True)
    sizes = []
    for people in asked.people:
        sized, failed = _size(people, asked.only)
        sizes.append(sized)
        broken += failed
        parts.append(report.size(sized))
        print("\n" + parts[-1], flush=True)
    largest = max(sizes, key=lambda s: s.people, default=None)
    if largest and largest.judged:
        parts.append(report.calibration(largest))
        bars += report.bars(sizes)
        print(parts[-1], flush=True)
    told, more, failed = _alone(asked.alone, sizes)
    parts, bars, broken = [*parts, *told], [*bars, *more], [*broken, *failed]
    if asked.batch and (reason := batch.missing()):
        broken.append(f"batch: {reason}")
    elif asked.batch:
        told, more, failed = batch.measure(
            BUILD / "batch", _sample(1_000_000, TEST) if 1_000_000 in asked.people else None
        )
        parts, bars, broken = [*parts, *told], [*bars, *more], [*broken, *failed]
        print("\n".join(told), flush=True)
    verdicts = "## The bars\n\n" + report.verdicts(bars) + "\n"
    print(verdicts)
    if asked.write:
        _write(parts, verdicts, largest)
    if broken:
        print("Not measured: " + "; ".join(broken))
    return 0


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


def _alone(sizes: Sequence[int], measured: Sequence[Sized]) -> tuple[list[str], list[Bar], list[str]]:
    """The engine alone at further sizes, beside those already measured."""
    if not sizes:
        return [], [], []
    alone = {s.people: one for s in measured if (one := s.of("Fellwatch", sample.GIVEN))}
    broken = []
    for people in sizes:
        folder = _sample(people, TEST)
        found = _measured("ours", folder)
        if found is None:
            broken.append(f"the engine alone at {people:,}: broke off")
        else:
            alone[people] = judged.judge(found, folder, sample.GIVEN)
    text, bars = report.growth(alone)
    print(text)
    return [text], bars, broken


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
