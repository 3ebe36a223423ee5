"""Put the county into the database: COPY as the tables' owner, one transaction and one log entry a batch.

A load that was broken off goes on from its last batch, with the instant it began with; a finished one is
left alone. The entry of a batch holds its counts and the SHA-256 of its rows, which name their maker.
"""

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from datetime import datetime

import psycopg
from psycopg import sql

from fellwatch.demonstration import ahead, shape
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
Rule = Callable[[datetime], Ruler]

_SAY = """
insert into foundation_auditentry
  (actor, actor_name, role, team, agency, purpose, action, sentence, subject_kind, subject_id, people, detail)
values (%s, %s, %s, %s, %s, %s, 'collection', %s, 'demonstration', %s, '{}', %s)
"""
_HEARD = """
select sentence, detail::text from foundation_auditentry
where subject_kind = 'demonstration' and actor = %s order by id
"""
_LEADS = """
select tgrelid::regclass::text, quote_ident(tgname) from pg_trigger
where tgname like 'lead\\_%%' and tgrelid = any(%s::text[]::regclass[])
"""
PLANNED = 2
"""Batches after which the planner is told what tables have become: for empty ones it plans badly, once for all."""


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


@dataclass(frozen=True)
class Begun:
    """A county of which a process of its own makes the rows."""

    county: County
    batches: Iterator[Batch]


@contextmanager
def begin(*, scale: float, seed: int, now: datetime, by: Actor, rule: Rule) -> Iterator[Begun]:
    """Begin to make a county's rows; nothing needs the database yet, and no connection to it may be open."""
    setting = _setting(seed, now, by)
    made = county(shape.at(scale), setting, rule(setting.now))
    with ahead.made(made.batches()) as batches:
        yield Begun(made, batches)


def load(
    connection: psycopg.Connection,
    *,
    scale: float,
    seed: int,
    now: datetime,
    by: Actor,
    rule: Rule,
    begun: Begun | None = None,
    progress: Progress | None = None,
) -> Loaded:
    """Load the county at a scale. `connection` is the owner's, in autocommit. Never mix: raise NotEmpty.

    Rows `begun` for another instant than that of an earlier load are not taken.
    """
    earlier = _earlier(connection, by)
    setting = _setting(seed, _agree(connection, earlier, scale, seed, now), by)
    if opened(connection, by):
        return Loaded(setting, {}, (), already=True)
    if earlier.started is None:
        _say(connection, by, STARTED, "county", {"scale": scale, "seed": seed, "now": setting.now.isoformat()})
    fits = begun is not None and begun.county.setting == setting
    again = begin(scale=scale, seed=seed, now=setting.now, by=by, rule=rule)
    with nullcontext(begun) if begun and fits else again as taken:
        rows, calls = _copy_all(connection, taken, by, earlier.batches, progress)
    if not earlier.finished:
        _finish(connection, taken.county, by)
    return Loaded(setting, rows, tuple(sorted(calls, key=lambda call: call.received_at)))


def _setting(seed: int, now: datetime, by: Actor) -> Setting:
    now = now.replace(microsecond=0)
    return Setting(seed, now, clock.london_date(now), str(by.id))


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
        return now
    if (earlier.started["scale"], earlier.started["seed"]) != (scale, seed):
        raise NotEmpty(
            f"Here already: the county at scale {earlier.started['scale']}, seed {earlier.started['seed']}. "
            "Ask for the same, or use another database."
        )
    return datetime.fromisoformat(str(earlier.started["now"]))


def _copy_all(
    connection: psycopg.Connection, begun: Begun, by: Actor, done: int, progress: Progress | None
) -> tuple[dict[str, int], list[LiveCall]]:
    rows: dict[str, int] = {}
    calls: list[LiveCall] = []
    unasked, asked = _leads(connection)
    for number, batch in enumerate(begun.batches):
        calls += batch.live
        if number < done:
            continue
        with connection.transaction():
            connection.execute(unasked)
            _copy(connection, batch)
            connection.execute(asked)
            detail = {"tables": batch.counts(), "sha256": digest(batch)}
            _say(connection, by, BATCH, batch.name, detail)
        for table, count in batch.counts().items():
            rows[table] = rows.get(table, 0) + count
        if number == done + PLANNED:
            _analyze(connection)
        if progress:
            progress(number + 1, len(begun.county))
    return rows, calls


def _leads(connection: psycopg.Connection) -> tuple[str, str]:
    """Return what lets the database not ask, within a transaction, whom each row's person leads to, and ask again.

    Nobody in a county that is only being made was made one with anybody. Broken off, it asks as ever.
    """
    found = connection.execute(_LEADS, [list(TABLES.values())]).fetchall()
    off, on = (";".join(f"alter table {table} {what} trigger {name}" for table, name in found)
               for what in ("disable", "enable"))  # fmt: skip
    return off, f"set constraints all immediate;{on}"


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
    _analyze(connection)
    connection.execute("select audit_seal()")


def _analyze(connection: psycopg.Connection) -> None:
    for table in TABLES.values():
        connection.execute(sql.SQL("analyze {}").format(sql.Identifier(table)))


def _say(connection: psycopg.Connection, by: Actor, sentence: str, subject: str, detail: Mapping[str, object]) -> None:
    who = (by.id, by.name, by.role, by.team, by.agency, by.purpose)
    connection.execute(_SAY, (*who, sentence, subject, json.dumps(detail)))
