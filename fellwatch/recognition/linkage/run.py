"""Link a partner's file to people, or find who is in one file twice. From files to verdicts, and nothing is stored."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, Literal

from splink import Linker

from fellwatch.recognition.linkage import clusters, compared, engines, model, tables, verdicts
from fellwatch.recognition.linkage.engines import Engine
from fellwatch.recognition.linkage.model import Settings, Weights

MOST_CANDIDATES = 3
FAR_BEHIND = 8  # bits: who is so much less likely than the best is not asked about


@dataclass(frozen=True)
class Candidate:
    """Somebody a record may be: how likely, by how many bits, and what speaks for and against."""

    person_id: str
    likelihood: float
    bits: float
    caution: str
    steps: str


@dataclass(frozen=True)
class Verdict:
    """What becomes of one record: "joined" to the first candidate, "review", or "new"."""

    record_id: str
    outcome: str
    candidates: tuple[Candidate, ...] = ()

    @property
    def person_id(self) -> str:
        """Who it is joined to, or ""."""
        return self.candidates[0].person_id if self.outcome == "joined" else ""


@dataclass
class Linked:
    """A run: read `verdicts()` before it closes. `seconds` says what took how long."""

    engine: Engine
    settings: Settings
    records: int
    people: int
    seconds: dict[str, float] = field(default_factory=dict)
    weights: Weights = field(default_factory=dict)

    def verdicts(self) -> Iterator[Verdict]:
        """Yield every record that may be somebody, then those that are nobody known."""
        rows = self.engine.con.execute(
            "select record_id, person_id, likelihood, bits, caution, steps from verdict order by record_id, place"
        )
        record, found = "", list[Candidate]()
        while many := rows.fetchmany(10_000):
            for row in many:
                if row[0] != record and found:
                    yield Verdict(record, outcome(found, self.settings), tuple(found))
                    found = []
                record = row[0]
                found.append(Candidate(*row[1:]))
        if found:
            yield Verdict(record, outcome(found, self.settings), tuple(found))
        yield from self._new()

    def _new(self) -> Iterator[Verdict]:
        rows = self.engine.con.execute(
            "select distinct who from agency where who not in (select record_id from verdict) order by who"
        )
        while many := rows.fetchmany(10_000):
            yield from (Verdict(record, "new") for (record,) in many)


def outcome(candidates: list[Candidate], settings: Settings) -> str:
    """Return what becomes of a record with these candidates, the best first."""
    best = candidates[0]
    if best.likelihood < settings.split:
        return "new"
    return "review" if best.caution or best.likelihood < settings.join else "joined"


@contextmanager
def link(
    left: Path, right: Path, settings: Settings | None = None, *, engine: engines.Name = "duckdb"
) -> Iterator[Linked]:
    """Link the records of `left` to the people of `right`; each is a CSV or Parquet file.

    Raises tables.Unreadable where a file cannot be linked and engines.EngineMissing where Spark is not there.
    """
    settings = settings or Settings()
    with engines.start(engine) as at, _Clock() as clock:
        read = partial(tables.read_file, at.con, others=settings.others, wide=settings.wide, whole=True)
        faces = read("agency", left)
        people = read("force", right, first=faces)
        [(records,)] = at.con.execute("select count(distinct who) from agency").fetchall()
        clock.tick("reading")
        linker = at.linker(("agency", "force"), _told(settings, "link_only", engine, people))
        weights = _weights(linker, settings)
        clock.tick("training")
        _predict(at, linker, settings)
        clock.tick("scoring")
        _decide(at, settings)
        clock.tick("deciding")
        yield Linked(at, settings, records, people, clock.seconds, weights)


def dedupe(people: Path, settings: Settings | None = None, *, engine: engines.Name = "duckdb") -> dict[str, str]:
    """Return for each record of one file the id of the first record of the same person."""
    settings = settings or Settings(split=0.01)
    with engines.start(engine) as at:
        count = tables.read_file(at.con, "agency", people, others=settings.others, wide=settings.wide)
        linker = at.linker(("agency",), _told(settings, "dedupe_only", engine, count))
        _weights(linker, settings)
        _predict(at, linker, settings)
        edges = at.con.execute("select unique_id_l - 1, unique_id_r - 1, match_weight from pairs").fetchall()
        names = [who for (who,) in at.con.execute("select who from agency order by unique_id").fetchall()]
    groups = clusters.group(count, edges)
    first: dict[int, str] = {}
    for name, number in zip(names, groups, strict=True):
        first.setdefault(number, name)
    return {name: first[number] for name, number in zip(names, groups, strict=True)}


class _Clock:
    """Seconds since the last tick, by the name of what was done."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}

    def __enter__(self) -> "_Clock":
        self.since = time.perf_counter()
        return self

    def __exit__(self, *_: object) -> None:
        self.tick("telling")

    def tick(self, what: str) -> None:
        now = time.perf_counter()
        self.seconds[what] = now - self.since
        self.since = now


def _told(settings: Settings, link_type: Literal["link_only", "dedupe_only"], engine: engines.Name, people: int) -> Any:
    return model.splink_settings(settings, link_type, compared.LIKE[engine], people=people)


def _weights(linker: Linker, settings: Settings) -> Weights:
    if settings.weights:
        return settings.weights
    model.train(linker, settings)
    return model.learned(linker)


def _predict(at: Engine, linker: Linker, settings: Settings) -> None:
    frame = linker.inference.predict(threshold_match_probability=settings.split)
    at.bring(frame, "pairs")


def _decide(at: Engine, settings: Settings) -> None:
    fields = (*settings.fields, *settings.others)
    at.con.execute(verdicts.BEST.format(caution=verdicts.caution(fields), steps=verdicts.steps(fields)))
    at.con.execute(
        verdicts.RANKED.format(join=settings.join, margin=settings.margin, most=MOST_CANDIDATES, behind=FAR_BEHIND)
    )
