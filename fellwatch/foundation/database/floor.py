"""Lay the floor: functions, the sealer of the log, and every room's row policies, all from their source."""

import time
from collections.abc import Iterable, Sequence
from pathlib import Path

from django.db import OperationalError, connections, transaction
from psycopg.errors import DeadlockDetected, LockNotAvailable

from fellwatch.foundation.access.tables import Table
from fellwatch.foundation.database.roles import APPLICATION

HERE = Path(__file__).parent
SOURCES = (HERE / "floor.sql", HERE.parent / "audit" / "seal.sql")

# Plumbing of other packages, without personal data of the people police protect.
OPEN_PREFIXES = ("auth_", "django_", "account_", "mfa_", "socialaccount_", "procrastinate_")
_OPEN = "select tablename from pg_tables where schemaname = 'public' and tablename like any(%s)"


TRIES, PAUSE = 20, 0.5
"""How often the floor is laid again where whoever is being served held a table, and the seconds between."""


def lay(tables: Iterable[Table], sources: Iterable[Path] = (), *, using: str = "owner") -> None:
    """Replace every function, grant and policy in one transaction, as the owner. `sources` are the rooms' own SQL.

    A policy is replaced under a lock that nobody else may hold. Whoever is being served meanwhile is let go first: a
    wait of more than two seconds, or one that neither side could end, begins again from nothing.
    """
    statements = [source.read_text() for source in (*SOURCES, *sources)]
    tables = tuple(tables)
    for left in reversed(range(TRIES)):
        try:
            _lay(statements, tables, using)
        except OperationalError as refused:
            if not left or not isinstance(refused.__cause__, DeadlockDetected | LockNotAvailable):
                raise
            time.sleep(PAUSE)
        else:
            return


def _lay(sources: Iterable[str], tables: Sequence[Table], using: str) -> None:
    with transaction.atomic(using=using), connections[using].cursor() as cursor:
        cursor.execute("set local lock_timeout = '2s'")
        for source in sources:
            cursor.execute(source)
        for statement in _statements(tables, _open_tables(cursor)):
            cursor.execute(statement)


def _open_tables(cursor: object) -> Sequence[str]:
    cursor.execute(_OPEN, [[prefix.replace("_", r"\_") + "%" for prefix in OPEN_PREFIXES]])  # type: ignore[attr-defined]
    return [name for (name,) in cursor.fetchall()]  # type: ignore[attr-defined]


def _statements(tables: Sequence[Table], open_tables: Sequence[str]) -> Iterable[str]:
    yield f"grant usage on schema public to {APPLICATION}"
    yield f"grant usage on all sequences in schema public to {APPLICATION}"
    yield f"grant execute on all functions in schema public to {APPLICATION}"
    for name in open_tables:
        yield f'grant select, insert, update, delete on "{name}" to {APPLICATION}'
    parents = {table.name: table.read for table in tables}
    for table in tables:
        if table.hides:
            yield from table.view(APPLICATION)
    for table in tables:
        yield from table.statements(APPLICATION, parents)
