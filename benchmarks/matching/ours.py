"""Fellwatch: the engine behind `fellwatch recognition evaluate`, with the answer to every query."""

import tempfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from benchmarks.matching import quirks
from benchmarks.matching.answers import MOST, Answer, Answers
from benchmarks.matching.processes import memory_mb
from benchmarks.matching.sample import GIVEN, WITHHELD, WRITTEN

RULEBOOK = Path("rulebook")
LAST = date(9999, 1, 1)
"""The newest version of the model is measured, whether it applies today or from tomorrow."""


def run(folder: Path, tuned: Path | None = None) -> Answers:
    """Build from PEOPLE.csv and answer every file of queries, as the command does."""
    from fellwatch.foundation import clock
    from fellwatch.recognition import evaluation, model

    today = clock.london_date(clock.now())
    standing = model.load(RULEBOOK, LAST)
    names = [name for name in (GIVEN, WITHHELD, WRITTEN, *quirks.names()) if (folder / f"{name}.csv").exists()]
    with tempfile.TemporaryDirectory() as scratch:
        joined = Path(scratch) / "queries.csv"
        counts = _join([folder / f"{name}.csv" for name in names], joined)
        done = evaluation.answers(
            folder / "PEOPLE.csv", joined, standing.weights, today=today, memory=memory_mb, limit=MOST
        )
    answers = [Answer(one.took_ms, tuple(one.found)) for one in done.answers]
    return Answers(
        system="Fellwatch",
        how=f"its own engine in process, model {standing.id} version {standing.version}",
        build_seconds=done.build_seconds,
        memory_mb=done.index_mb,
        published=done.published,
        likelihoods=True,
        asked={name: tuple(answers[start:end]) for name, (start, end) in zip(names, counts, strict=True)},
        notes={"process_mb": done.memory_mb, "bytes_a_person": done.index_mb * 2**20 / done.people},
    )


def _join(files: Sequence[Path], joined: Path) -> list[tuple[int, int]]:
    """Put files of queries one behind another, so that the index is built once; return where each begins and ends."""
    found, start = [], 0
    with joined.open("w", encoding="utf-8") as out:
        for file in files:
            header, *lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
            out.writelines(lines if start else [header, *lines])
            found.append((start, start + len(lines)))
            start += len(lines)
    return found
