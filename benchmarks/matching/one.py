"""Tune or ask one system in a process of its own; used by `python -m benchmarks.matching` only.

`python -m benchmarks.matching.one tune SYSTEM FOLDER TUNED` or `... run SYSTEM FOLDER OUT TUNED`.
"""

import importlib
import sys
from pathlib import Path

from benchmarks.matching import answers


def main(what: str, system: str, folder: str, out: str, tuned: str = "") -> None:
    """Tune or ask, and keep what came of it."""
    module = importlib.import_module(f"benchmarks.matching.{system}")
    if what == "tune":
        module.tune(Path(folder), Path(out))
        return
    weights = Path(tuned)
    answers.save(module.run(Path(folder), weights if tuned and weights.exists() else None), Path(out))


if __name__ == "__main__":
    main(*sys.argv[1:])
