"""Measure recognition on a force's own labelled sample, in memory, without touching live data."""

import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from fellwatch.recognition import sample
from fellwatch.recognition.arrays import build, engine, question
from fellwatch.rules.likeness import Model, likelihood

HIGH_PRECISION = 0.99
BINS = 10


@dataclass(frozen=True)
class Answer:
    """What came of one query: who is meant, and (person_id, likelihood) of those found, best first."""

    truth: str
    is_held: bool
    found: tuple[tuple[str, float], ...]
    took_ms: float

    @property
    def rank(self) -> int:
        """Where the right one stands, 0 for nowhere."""
        return next((n for n, (who, _) in enumerate(self.found, 1) if self.is_held and who == self.truth), 0)

    @property
    def likelihood(self) -> float:
        """Return the likelihood of the first."""
        return self.found[0][1] if self.found else 0.0


@dataclass(frozen=True)
class Answers:
    """Every query's answer in the file's order, and what it took to be ready."""

    answers: tuple[Answer, ...]
    published: float
    people: int
    build_seconds: float
    index_mb: float
    memory_mb: float
    unreadable_fields: int


@dataclass(frozen=True)
class Bin:
    """One bar of the reliability curve: of `count` first candidates told this likely, the share that was right."""

    told: float
    right: float
    count: int


@dataclass(frozen=True)
class Report:
    """The measures, as shares from 0 to 1; times in milliseconds unless they say seconds."""

    people: int
    queries: int
    not_held: int
    recall_at_1: float
    recall_at_5: float
    published_likelihood: float
    precision_at_published: float
    recall_at_published: float
    recall_at_high_precision: float
    likelihood_at_high_precision: float
    calibration_error: float
    p50_ms: float
    p95_ms: float
    p99_ms: float
    build_seconds: float
    index_mb: float
    index_bytes_a_person: float
    memory_mb: float
    unreadable_fields: int


def run(people: Path, queries: Path, model: Model, *, today: date, memory: Callable[[], float]) -> Report:
    """Index the people, ask the queries, and report; `memory` tells the process's peak in megabytes."""
    return report(answers(people, queries, model, today=today, memory=memory))


def answers(
    people: Path, queries: Path, model: Model, *, today: date, memory: Callable[[], float] = lambda: 0.0, limit: int = 8
) -> Answers:
    """Index the people and ask every query. Timed from the fields as read to the ranked likelihoods."""
    ready = engine.compiled(model)
    engine.warm(ready)
    began = time.perf_counter()
    held = sample.people(people, today=today)
    segment = build.segment(held.columns)
    built = time.perf_counter() - began
    known, parts = frozenset(held.ids), (engine.Part(segment),)
    labelled = sample.queries(queries, today=today)
    troubles = held.unreadable + sum(len(one.asked.troubles) for one in labelled)
    found = []
    for one in labelled:
        question.of(one.asked)
        began = time.perf_counter()
        matches = engine.who(engine.settled(one.asked, parts), parts, ready, counted=segment.people, most=limit)
        took = (time.perf_counter() - began) * 1000
        best = tuple((held.ids[m.number], likelihood(m.bits)) for m in matches)
        found.append(Answer(one.truth, one.truth in known, best, took))
    return Answers(tuple(found), model.published, segment.people, built, segment.size / 2**20, memory(), troubles)


def report(told: Answers) -> Report:
    """Return the measures of a run."""
    held = [a for a in told.answers if a.is_held]
    sure = [a for a in told.answers if a.likelihood >= told.published]
    right = sum(a.rank == 1 for a in sure)
    cuts = statistics.quantiles([a.took_ms for a in told.answers], n=100) if len(told.answers) > 1 else [0.0] * 99
    best, at = recall_at(told.answers, HIGH_PRECISION)
    return Report(
        people=told.people,
        queries=len(told.answers),
        not_held=len(told.answers) - len(held),
        recall_at_1=_share(sum(a.rank == 1 for a in held), len(held)),
        recall_at_5=_share(sum(1 <= a.rank <= 5 for a in held), len(held)),
        published_likelihood=told.published,
        precision_at_published=_share(right, len(sure)),
        recall_at_published=_share(right, len(held)),
        recall_at_high_precision=_share(best, len(held)),
        likelihood_at_high_precision=at,
        calibration_error=calibration_error(told.answers),
        p50_ms=cuts[49],
        p95_ms=cuts[94],
        p99_ms=cuts[98],
        build_seconds=told.build_seconds,
        index_mb=told.index_mb,
        index_bytes_a_person=_share(told.index_mb * 2**20, told.people),
        memory_mb=told.memory_mb,
        unreadable_fields=told.unreadable_fields,
    )


def recall_at(answers: Sequence[Answer], precision: float) -> tuple[int, float]:
    """Return the most found while this share of what is called found is right, and from which likelihood."""
    best, at, right = 0, 1.0, 0
    for n, answer in enumerate(sorted(answers, key=lambda a: -a.likelihood), 1):
        right += answer.rank == 1
        if right / n >= precision and right > best:
            best, at = right, answer.likelihood
    return best, at


def reliability(answers: Sequence[Answer]) -> tuple[Bin, ...]:
    """Return how often the first candidate was right among those told about as likely."""
    bins: list[list[Answer]] = [[] for _ in range(BINS)]
    for answer in answers:
        if answer.found:
            bins[min(int(answer.likelihood * BINS), BINS - 1)].append(answer)
    return tuple(
        Bin(sum(a.likelihood for a in row) / len(row), sum(a.rank == 1 for a in row) / len(row), len(row))
        for row in bins
        if row
    )


def calibration_error(answers: Sequence[Answer]) -> float:
    """Return the expected calibration error: how far told and right are apart, weighted by how many."""
    bins = reliability(answers)
    return _share(sum(abs(b.told - b.right) * b.count for b in bins), sum(b.count for b in bins))


def _share(part: float, whole: int) -> float:
    return part / whole if whole else 0.0
