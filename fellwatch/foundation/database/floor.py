"""Lay the floor: functions, the sealer of the log, and every room's row policies, all from their source."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from django.db import connections, transaction

from fellwatch.foundation.access.tables import Table
from fellwatch.foundation.database.roles import APPLICATION

HERE = Path(__file__).parent
SOURCES = (HERE / "floor.sql", HERE.parent / "audit" / "seal.sql")

# Plumbing of other packages, without personal data of the people police protect.
OPEN_PREFIXES = ("auth_", "django_", "account_", "mfa_", "socialaccount_", "procrastinate_")
_OPEN = "select tablename from pg_tables where schemaname = 'public' and tablename like any(%s)"


def lay(tables: Iterable[Table], sources: Iterable[Path] = (), *, using: str = "owner") -> None:
    """Replace every function, grant and policy in one transaction, as the owner. `sources` are the rooms' own SQL."""
    with transaction.atomic(using=using), connections[using].cursor() as cursor:
        for source in (*SOURCES, *sources):
            cursor.execute(source.read_text())
        for statement in _statements(tables, _open_tables(cursor)):
            cursor.execute(statement)


def _open_tables(cursor: object) -> Sequence[str]:
    cursor.execute(_OPEN, [[prefix.replace("_", r"\_") + "%" for prefix in OPEN_PREFIXES]])  # type: ignore[attr-defined]
    return [name for (name,) in cursor.fetchall()]  # type: ignore[attr-defined]


def _statements(tables: Iterable[Table], open_tables: Sequence[str]) -> Iterable[str]:
    yield f"grant usage on schema public to {APPLICATION}"
    yield f"grant usage on all sequences in schema public to {APPLICATION}"
    yield f"grant execute on all functions in schema public to {APPLICATION}"
    for name in open_tables:
        yield f'grant select, insert, update, delete on "{name}" to {APPLICATION}'
    for table in tables:
        yield from table.statements(APPLICATION)
