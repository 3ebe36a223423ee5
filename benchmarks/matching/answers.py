"""What a system answered to the queries of a sample, and what it cost; kept as JSON between processes."""

import csv
import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from time import perf_counter
from typing import TypeVar

Row = dict[str, str]
Found = tuple[tuple[str, float], ...]
MOST = 5
Query = TypeVar("Query")
Candidates = TypeVar("Candidates")


@dataclass(frozen=True)
class Answer:
    """Who was found for one query, the likeliest first, each with its score, and how long it took."""

    took_ms: float
    found: Found

    @property
    def score(self) -> float:
        """The first one's score; below every score where nobody was found."""
        return self.found[0][1] if self.found else float("-inf")

    @property
    def first(self) -> str:
        return self.found[0][0] if self.found else ""


@dataclass(frozen=True)
class Answers:
    """All of one system's answers to one sample, by the file of queries.

    `published`: the score from which it speaks of a match. `memory_mb` is of the index, as far as that can be told.
    """

    system: str
    how: str
    build_seconds: float
    memory_mb: float
    published: float | None = None
    likelihoods: bool = False
    asked: dict[str, tuple[Answer, ...]] = field(default_factory=dict)
    notes: dict[str, float] = field(default_factory=dict)


def save(answers: Answers, file: Path) -> None:
    """Keep answers."""
    data = asdict(answers)
    data["asked"] = {
        name: [[round(one.took_ms, 5), one.found] for one in several] for name, several in answers.asked.items()
    }
    file.write_text(json.dumps(data), encoding="utf-8")


def load(file: Path) -> Answers:
    """Read answers back."""
    data = json.loads(file.read_text(encoding="utf-8"))
    data["asked"] = {
        name: tuple(Answer(took, tuple((who, score) for who, score in found)) for took, found in several)
        for name, several in data["asked"].items()
    }
    return Answers(**data)


def rows(file: Path) -> list[Row]:
    """Return the rows of a CSV file."""
    with file.open(encoding="utf-8", newline="") as source:
        return list(csv.DictReader(source))


def ask(
    queries: Sequence[Query],
    find: Callable[[Query], Candidates],
    judge: Callable[[Query, Candidates], Found],
    *,
    warm: int = 200,
) -> tuple[Answer, ...]:
    """Ask one query after another; only the finding is timed, in the peer's favour, and nothing is cold."""
    for query in queries[:warm]:
        find(query)
    answered = []
    for query in queries:
        began = perf_counter()
        candidates = find(query)
        took = (perf_counter() - began) * 1000
        answered.append(Answer(took, judge(query, candidates)))
    return tuple(answered)
