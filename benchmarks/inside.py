"""Run one measurement in a process of its own, against the database that the environment names.

`python -m benchmarks.inside MEASURE SCALE PORT OUT`; used by `python -m benchmarks` only, so that one scale's settings,
caches and failures never reach another's.
"""

import json
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from benchmarks import (
    board,
    cold,
    county,
    growth,
    handheld,
    keystroke,
    log_cost,
    machine,
    pages,
    queues,
    recognition,
    save,
    writers,
)
from benchmarks.figures import Figure, as_data

MEASURES: dict[str, Callable[..., Iterator[Figure]]] = {
    "save": save.measure,
    "board": board.measure,
    "pages": pages.measure_sizes,
    "queues": queues.measure,
    "recognition": recognition.measure,
    "keystroke": keystroke.measure,
    "handheld": handheld.measure,
    "log": log_cost.measure,
    "writers": writers.measure,
    "times": growth.measure,
    "cold": cold.measure,
}


def main(measure: str, scale: str, port: str, out: str) -> None:
    """Measure one thing and write its figures, saying each as it comes."""
    if measure == "load":
        return county.load(float(scale))
    if measure == "machine":
        county.set_up()
        Path(out).write_text(json.dumps(machine.describe()), encoding="utf-8")
        return None
    found: list[Figure] = []
    began = time.monotonic()
    try:
        for figure in MEASURES[measure](scale=float(scale), port=int(port)):
            found.append(figure)
            print(
                f"  {time.monotonic() - began:6.1f} s  {figure.name}: {figure.median:.2f} {figure.unit} {figure.note}",
                flush=True,
            )
    finally:
        Path(out).write_text(json.dumps(as_data(found)), encoding="utf-8")
    return None


if __name__ == "__main__":
    main(*sys.argv[1:5])
