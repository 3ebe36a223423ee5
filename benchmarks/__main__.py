"""`python -m benchmarks [--scale 1] [--only save,board] [--growth 10] [--fresh]`: measure, print, keep as JSON."""

import argparse
import json
import os
import secrets
import shutil
import socket
import subprocess
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from benchmarks import report
from benchmarks.figures import Figure, as_data, from_data, table
from benchmarks.growth import ratios
from benchmarks.machine import hardware

BUILD = Path("build/bench")
SMALL = 0.1
AT_SCALE = ("save", "board", "pages", "queues", "recognition", "keystroke", "log", "writers", "handheld")
ALL = (*AT_SCALE, "growth", "cold")


def main() -> int:
    """Measure what was asked for; return 1 where a measurement broke off."""
    asked = _arguments()
    BUILD.mkdir(parents=True, exist_ok=True)
    scales = [*dict.fromkeys([asked.scale, *([SMALL] if _needs_small(asked) else []), *asked.growth])]
    broken = [f"load {scale:g}×" for scale in scales if scales and _needs_load(asked) and not _load(scale, asked.fresh)]
    if broken:
        print(f"Broke off: {', '.join(broken)}. Nothing was measured; run it again and the load goes on.")
        return 1
    figures: list[Figure] = []
    machine = _machine(asked.scale) if _needs_load(asked) else {"date": _date(), **hardware()}
    print("\n".join(f"{name}: {value}" for name, value in machine.items()))
    for name in asked.only:
        found, well = _measure(name, asked)
        figures += found
        _keep(found, machine)
        broken += [] if well else [name]
        print("\n" + table(found) + "\n" if found else f"{name}: nothing measured", flush=True)
    missed = [figure.name for figure in figures if figure.met is False]
    if asked.write:
        print(f"Written: {report.write(BUILD / 'results.json')}")
    print(f"{len(figures)} figures; targets missed: {', '.join(missed) or 'none'}")
    if broken:
        print(f"Broke off: {', '.join(broken)}")
    return 1 if broken else 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--scale", type=float, default=1.0, help="1 is Cumbria in 2018")
    parser.add_argument(
        "--only", type=lambda text: [name for name in text.split(",") if name], default=list(ALL), help=", ".join(ALL)
    )
    parser.add_argument(
        "--growth", type=float, nargs="*", default=[], help="also time pages at these scales, such as 10"
    )
    parser.add_argument("--write", action="store_true", help="write everything measured so far into docs/benchmarks.md")
    parser.add_argument("--fresh", action="store_true", help="load the county again")
    asked = parser.parse_args()
    unknown = sorted(set(asked.only) - set(ALL))
    if unknown:
        parser.error(f"there is no measurement called {', '.join(unknown)}; choose from {', '.join(ALL)}")
    return asked


def _needs_load(asked: argparse.Namespace) -> bool:
    return bool(set(asked.only) - {"cold"})


def _needs_small(asked: argparse.Namespace) -> bool:
    return bool({"growth", "recognition"} & set(asked.only))


def _measure(name: str, asked: argparse.Namespace) -> tuple[list[Figure], bool]:
    match name:
        case "growth":
            return _growth(asked)
        case "cold":
            return _inside("cold", SMALL, folder=BUILD / "cold")
        case "recognition" if asked.scale != SMALL:
            small, large = (_inside("recognition", scale) for scale in (SMALL, asked.scale))
            return small[0] + large[0], small[1] and large[1]
    return _inside(name, asked.scale)


def _growth(asked: argparse.Namespace) -> tuple[list[Figure], bool]:
    small, well = _inside("times", SMALL)
    found: list[Figure] = []
    for scale in dict.fromkeys([asked.scale, *asked.growth]):
        if scale == SMALL:
            continue
        large, fine = _inside("times", scale)
        found += ratios(small, large, f"{SMALL:g}× to {scale:g}×")
        well = well and fine
    return found or small, well


def _load(scale: float, fresh: bool) -> bool:
    if fresh:
        shutil.rmtree(_folder(scale), ignore_errors=True)
    print(f"Loading the county at {scale:g}× unless it is there.", flush=True)
    return _run("load", scale, BUILD / "loaded", _folder(scale)) == 0


def _machine(scale: float) -> dict[str, str]:
    out = BUILD / "machine.json"
    _run("machine", scale, out, _folder(scale))
    found: dict[str, str] = json.loads(out.read_text(encoding="utf-8"))
    return {"date": _date(), "scale": f"{scale:g}×", **found}


def _date() -> str:
    return f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC"


def _inside(measure: str, scale: float, folder: Path | None = None) -> tuple[list[Figure], bool]:
    out = BUILD / f"{measure}.json"
    out.unlink(missing_ok=True)
    print(f"\n{measure} at {scale:g}×", flush=True)
    well = _run(measure, scale, out, folder or _folder(scale)) == 0
    return (from_data(json.loads(out.read_text(encoding="utf-8"))) if out.exists() else []), well


def _run(measure: str, scale: float, out: Path, folder: Path) -> int:
    command = [sys.executable, "-m", "benchmarks.inside", measure, str(scale), str(_free_port()), str(out)]
    return subprocess.run(command, env=_environment(folder), check=False).returncode


def _environment(folder: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("DATABASE_")}
    return {
        **kept,
        "FELLWATCH_VAR": str(folder.resolve()),
        "FELLWATCH_DEMONSTRATION": "1",
        "FELLWATCH_SECRET_KEY": secrets.token_urlsafe(48),
        "FELLWATCH_LOG": "ERROR",
    }


def _folder(scale: float) -> Path:
    return BUILD / f"{scale:g}"


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
    return port


def _keep(figures: Sequence[Figure], machine: dict[str, str]) -> None:
    """Write what was measured now over what was measured before, group by group."""
    path = BUILD / "results.json"
    kept = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    for group in dict.fromkeys(figure.group for figure in figures):
        kept[group] = {
            "command": " ".join(["python -m benchmarks", *sys.argv[1:]]),
            "machine": {**machine, "load after": f"{os.getloadavg()[0]:.2f}"},
            "figures": as_data(figure for figure in figures if figure.group == group),
        }
        path.write_text(json.dumps(kept, indent=1, ensure_ascii=False), encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
