"""Put the county into the database: COPY as the tables' owner, one transaction and one log entry a batch.

A load that was broken off goes on from its last batch, with the instant it began with; a finished one is
left alone. The entry of a batch holds its counts and the SHA-256 of its rows, which name their maker.
"""

import hashlib
import json
import multiprocessing
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from multiprocessing.connection import Connection

import psycopg
from psycopg import sql

from fellwatch.demonstration import shape
from fellwatch.demonstration.county import County, county
from fellwatch.demonstration.rows import TABLES, Batch, LiveCall
from fellwatch.demonstration.ruled import Ruler
from fellwatch.demonstration.setting import Setting
from fellwatch.foundation import clock
from fellwatch.foundation.access import Actor

STARTED, BATCH, ROWS_DONE, LIVE_DONE = (
    f"demonstration.{what}" for what in ("started", "batch_loaded", "rows_loaded", "calls_opened")
)
Progress = Callable[[int, int], None]

_SAY = """
insert into foundation_auditentry
  (actor, actor_name, role, team, agency, purpose, action, sentence, subject_kind, subject_id, people, detail)
values (%s, %s, %s, %s, %s, %s, 'collection', %s, 'demonstration', %s, '{}', %s)
"""
_HEARD = """
select sentence, detail::text from foundation_auditentry
where subject_kind = 'demonstration' and actor = %s order by id
"""


class NotEmpty(Exception):
    """The database holds people whom the demonstration did not make, or another county."""


@dataclass(frozen=True)
class Loaded:
    """What a load did. `calls` are those still to be opened by `live.open_calls`."""

    setting: Setting
    rows: Mapping[str, int]
    calls: tuple[LiveCall, ...]
    already: bool = False


@dataclass(frozen=True)
class _Earlier:
    """What the log says of an earlier load."""

    started: Mapping[str, object] | None
    batches: int
    finished: bool


def load(
    connection: psycopg.Connection,
    *,
    scale: float,
    seed: int,
    now: datetime,
    by: Actor,
    rule: Callable[[datetime], Ruler],
    progress: Progress | None = None,
) -> Loaded:
    """Load the county at a scale. `connection` is the owner's, in autocommit. Never mix: raise NotEmpty."""
    earlier = _earlier(connection, by)
    now = _agree(connection, earlier, scale, seed, now)
    setting = Setting(seed, now, clock.london_date(now), str(by.id))
    if opened(connection, by):
        return Loaded(setting, {}, (), already=True)
    made = county(shape.at(scale), setting, rule(now))
    if earlier.started is None:
        _say(connection, by, STARTED, "county", {"scale": scale, "seed": seed, "now": now.isoformat()})
    rows, calls = _copy_all(connection, made, by, earlier.batches, progress)
    if not earlier.finished:
        _finish(connection, made, by)
    return Loaded(setting, rows, tuple(sorted(calls, key=lambda call: call.received_at)))


def opened(connection: psycopg.Connection, by: Actor) -> bool:
    """Say whether a county is here with its calls open: nothing is left to do."""
    return any(sentence == LIVE_DONE for sentence, _ in connection.execute(_HEARD, [by.id]))


def say_opened(connection: psycopg.Connection, by: Actor, calls: int) -> None:
    """Log that the open calls are on the board: the load is whole."""
    _say(connection, by, LIVE_DONE, "county", {"calls": calls})


def _earlier(connection: psycopg.Connection, by: Actor) -> _Earlier:
    heard = connection.execute(_HEARD, [by.id]).fetchall()
    started = next((json.loads(detail) for sentence, detail in heard if sentence == STARTED), None)
    batches = sum(sentence == BATCH for sentence, _ in heard)
    return _Earlier(started, batches, any(sentence == ROWS_DONE for sentence, _ in heard))


def _agree(connection: psycopg.Connection, earlier: _Earlier, scale: float, seed: int, now: datetime) -> datetime:
    """Return the instant to load for, or raise NotEmpty."""
    if earlier.started is None:
        if connection.execute("select 1 from records_person limit 1").fetchone():
            raise NotEmpty("There are people here already. Load the demonstration into an empty database.")
        return now.replace(microsecond=0)
    if (earlier.started["scale"], earlier.started["seed"]) != (scale, seed):
        raise NotEmpty(
            f"Here already: the county at scale {earlier.started['scale']}, seed {earlier.started['seed']}. "
            "Ask for the same, or use another database."
        )
    return datetime.fromisoformat(str(earlier.started["now"]))


def _copy_all(
    connection: psycopg.Connection, made: County, by: Actor, done: int, progress: Progress | None
) -> tuple[dict[str, int], list[LiveCall]]:
    rows: dict[str, int] = {}
    calls: list[LiveCall] = []
    for number, batch in enumerate(_one_ahead(made.batches())):
        calls += batch.live
        if number < done:
            continue
        with connection.transaction():
            _copy(connection, batch)
            detail = {"tables": batch.counts(), "sha256": digest(batch)}
            _say(connection, by, BATCH, batch.name, detail)
        for table, count in batch.counts().items():
            rows[table] = rows.get(table, 0) + count
        if progress:
            progress(number + 1, len(made))
    return rows, calls


def _one_ahead(batches: Iterator[Batch]) -> Iterator[Batch]:
    """Yield the batches, the next made by a process of its own while PostgreSQL takes in the one before."""
    fork = multiprocessing.get_context("fork")
    here, there = fork.Pipe(duplex=False)
    maker = fork.Process(target=_make, args=(batches, there), daemon=True)
    maker.start()
    there.close()
    try:
        while (made := here.recv()) is not None:
            if isinstance(made, Exception):
                raise made
            yield made
    finally:
        maker.terminate()
        maker.join()


def _make(batches: Iterator[Batch], there: Connection) -> None:
    try:
        for batch in batches:
            there.send(batch)
        there.send(None)
    except Exception as wrong:
        there.send(wrong)


def _copy(connection: psycopg.Connection, batch: Batch) -> None:
    with connection.cursor() as cursor:
        for kind, rows in batch.rows.items():
            if not rows:
                continue
            names = kind._fields  # type: ignore[attr-defined]
            columns = sql.SQL(", ").join(sql.Identifier(name) for name in names)
            into = sql.SQL("copy {} ({}) from stdin").format(sql.Identifier(TABLES[kind]), columns)
            with cursor.copy(into) as copy:
                for row in rows:
                    copy.write_row(row)


def digest(batch: Batch) -> str:
    """Return the SHA-256 of a batch's rows, the same for the same seed, scale and instant."""
    made = hashlib.sha256()
    for kind, rows in batch.rows.items():
        made.update(f"{TABLES[kind]}\n".encode())
        for row in rows:
            made.update(repr(tuple(row)).encode())
    return made.hexdigest()


def _finish(connection: psycopg.Connection, made: County, by: Actor) -> None:
    """Move the numbers on, say that the rows are in, and let the planner know them."""
    used = len(made.year.seconds) + made.shape.open_incidents
    with connection.transaction():
        connection.execute("select setval('records_incident_reference', %s)", [used])
        _say(connection, by, ROWS_DONE, "county", {"batches": len(made)})
    for table in TABLES.values():
        connection.execute(sql.SQL("analyze {}").format(sql.Identifier(table)))
    connection.execute("select audit_seal()")


def _say(connection: psycopg.Connection, by: Actor, sentence: str, subject: str, detail: Mapping[str, object]) -> None:
    who = (by.id, by.name, by.role, by.team, by.agency, by.purpose)
    connection.execute(_SAY, (*who, sentence, subject, json.dumps(detail)))
