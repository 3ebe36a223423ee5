"""Measure one system on one sample in a process of its own: `python -m benchmarks.matching.one SYSTEM FOLDER OUT`."""

import importlib
import sys
from pathlib import Path

from benchmarks.matching import answers


class Absent(RuntimeError):
    """A peer cannot be measured here; the message says what is missing."""


def main(system: str, folder: str, out: str, tuned: str = "") -> None:
    """Measure and keep the answers."""
    module = importlib.import_module(f"benchmarks.matching.{system}")
    answers.save(module.run(Path(folder), Path(tuned) if tuned else None), Path(out))


if __name__ == "__main__":
    main(*sys.argv[1:])
