"""Measure recognition on a force's own labelled sample, in memory, without touching live data."""

import csv
import statistics
import time
import uuid
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from fellwatch.recognition import addresses, asked, dates, phones
from fellwatch.recognition.asked import Asked
from fellwatch.recognition.held import Held, HeldAddress, HeldName
from fellwatch.recognition.memory import Memory
from fellwatch.records.values import PartialDate
from fellwatch.rules.likeness import Model

COLUMNS = ("person_id", "forename", "surname", "sex", "date_of_birth", "phone", "address", "postcode")
HIGH_PRECISION = 0.99


class SampleUnreadable(ValueError):
    """A file of the sample cannot be used; the message says which, why and what to do."""


@dataclass(frozen=True)
class Outcome:
    """What came of one query: the likelihood of the first candidate, and the rank of the right one (0: none)."""

    is_held: bool
    rank: int
    likelihood: float
    took_ms: float


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
    p50_ms: float
    p95_ms: float
    p99_ms: float
    build_seconds: float
    memory_mb: float
    unreadable_fields: int


def run(people: Path, queries: Path, model: Model, *, today: date, memory: Callable[[], float]) -> Report:
    """Index the people, ask the queries, and report; `memory` tells the process's peak in megabytes."""
    began = time.perf_counter()
    held, troubles = _people(_rows(people), today)
    index = Memory(held.values())
    built = time.perf_counter() - began
    rows = _rows(queries)
    asked_rows = [_asked(row, today) for row in rows]
    truths = [held[row["person_id"]].person_id if row["person_id"] in held else None for row in rows]
    outcomes = [_outcome(a, t, index, model) for a, t in zip(asked_rows, truths, strict=True)]
    troubles += sum(len(a.troubles) for a in asked_rows)
    return _report(outcomes, len(held), model, built, memory(), troubles)


def _rows(file: Path) -> list[dict[str, str]]:
    try:
        with file.open(encoding="utf-8-sig", newline="") as source:
            reader = csv.DictReader(source)
            missing = [c for c in COLUMNS if c not in (reader.fieldnames or ())]
            if missing:
                raise SampleUnreadable(f"{file.name} lacks {', '.join(missing)}. Add the columns, empty if need be.")
            return [{c: (row[c] or "").strip() for c in COLUMNS} for row in reader]
    except UnicodeDecodeError as fault:
        raise SampleUnreadable(f"{file.name} is not UTF-8 (byte {fault.start}). Save it as CSV UTF-8.") from fault
    except (OSError, csv.Error) as fault:
        raise SampleUnreadable(f"{file.name} cannot be read: {fault}.") from fault


def _people(rows: Iterable[Mapping[str, str]], today: date) -> tuple[dict[str, Held], int]:
    """Rows with one person_id are one person: the first is current, later ones are aliases and former homes."""
    found: dict[str, Held] = {}
    troubles = 0
    for row in rows:
        born, number = dates.read(row["date_of_birth"], today=today), phones.read(row["phone"])
        troubles += (not isinstance(born, PartialDate)) + (not isinstance(number, str))
        known = found.get(row["person_id"])
        now = _held(row, born, number, known)
        found[row["person_id"]] = _merged(known, now) if known else now
    return found, troubles


def _held(row: Mapping[str, str], born: object, number: object, known: Held | None) -> Held:
    home = _address(row)
    return Held(
        person_id=known.person_id if known else uuid.uuid5(uuid.NAMESPACE_OID, row["person_id"]),
        names=(HeldName("alias" if known else "current", row["forename"], row["surname"]),),
        born=born if isinstance(born, PartialDate) else PartialDate(),
        sex=asked.SEXES.get(row["sex"].lower(), "unknown"),
        phones=(number,) if isinstance(number, str) and number else (),
        addresses=(HeldAddress(known is None, home),) if home else (),
    )


def _merged(one: Held, other: Held) -> Held:
    homes = {a.address for a in one.addresses}
    return Held(
        person_id=one.person_id,
        names=tuple(dict.fromkeys((*one.names, *(n for n in other.names if str(n) != one.name)))),
        born=one.born if one.born != PartialDate() else other.born,
        sex=one.sex if one.sex != "unknown" else other.sex,
        phones=tuple(dict.fromkeys((*one.phones, *other.phones))),
        addresses=(*one.addresses, *(a for a in other.addresses if a.address not in homes)),
    )


def _address(row: Mapping[str, str]) -> addresses.Address:
    return addresses.read(" ".join(part for part in (row["address"], row["postcode"]) if part))


def _asked(row: Mapping[str, str], today: date) -> Asked:
    """A labelled query is finished typing: a space says so."""
    return asked.read(
        today=today,
        forename=row["forename"] + " ",
        surname=row["surname"] + " ",
        date_of_birth=row["date_of_birth"],
        phone=row["phone"],
        address=" ".join(part for part in (row["address"], row["postcode"]) if part),
        sex=row["sex"],
    )


def _outcome(query: Asked, truth: uuid.UUID | None, memory: Memory, model: Model) -> Outcome:
    began = time.perf_counter()
    found = memory.who(query, model)
    took = (time.perf_counter() - began) * 1000
    rank = next((n for n, (held, _) in enumerate(found, 1) if held.person_id == truth), 0)
    return Outcome(truth is not None, rank, found[0][1].likelihood if found else 0.0, took)


def _report(
    outcomes: Sequence[Outcome], people: int, model: Model, built: float, memory_mb: float, troubles: int
) -> Report:
    held = [o for o in outcomes if o.is_held]
    sure = [o for o in outcomes if o.likelihood >= model.published]
    right = sum(o.rank == 1 for o in sure)
    cuts = statistics.quantiles([o.took_ms for o in outcomes], n=100) if len(outcomes) > 1 else [0.0] * 99
    return Report(
        people=people,
        queries=len(outcomes),
        not_held=len(outcomes) - len(held),
        recall_at_1=_share(sum(o.rank == 1 for o in held), len(held)),
        recall_at_5=_share(sum(1 <= o.rank <= 5 for o in held), len(held)),
        published_likelihood=model.published,
        precision_at_published=_share(right, len(sure)),
        recall_at_published=_share(right, len(held)),
        recall_at_high_precision=_recall_at(outcomes, HIGH_PRECISION, len(held)),
        p50_ms=cuts[49],
        p95_ms=cuts[94],
        p99_ms=cuts[98],
        build_seconds=built,
        memory_mb=memory_mb,
        unreadable_fields=troubles,
    )


def _recall_at(outcomes: Sequence[Outcome], precision: float, held: int) -> float:
    """Return the most that can be found while this share of what is called found is right."""
    best = right = 0
    for n, outcome in enumerate(sorted(outcomes, key=lambda o: -o.likelihood), 1):
        right += outcome.rank == 1
        best = max(best, right) if right / n >= precision else best
    return _share(best, held)


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0
