"""Add rows by statements whose text is made once: what the ORM would say, without working it out anew each time.

A save adds to a dozen tables while somebody is on the telephone, and working out the statements cost more than
running them. Row policies, constraints and defaults of the database hold as for any other statement.
"""

from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Any

from django.db import connection
from django.db.models import AutoField, Field, Model
from django.db.models.fields import NOT_PROVIDED

AGAIN = " on conflict do nothing"
TOGETHER = 1000
"""Rows in a statement: one takes no more than 65,535 values."""


def add(rows: Sequence[Model], *, once: bool = False) -> int:
    """Insert new rows of one table and return how many. `once` leaves out a row that some unique key holds already.

    Numbers that the database gives are not read back, and columns for which it has a default are left to it.
    """
    return sum(_add(rows[at : at + TOGETHER], once) for at in range(0, len(rows), TOGETHER))


def _add(rows: Sequence[Model], once: bool) -> int:
    columns = _columns(type(rows[0]))
    values = [column.get_db_prep_save(column.pre_save(row, True), connection) for row in rows for column in columns]
    with connection.cursor() as cursor:
        cursor.execute(_insert(type(rows[0]), len(rows)) + (AGAIN if once else ""), values)
        return int(cursor.rowcount)


@cache
def _columns(model: type[Model]) -> "tuple[Field[Any, Any], ...]":
    return tuple(field for field in model._meta.concrete_fields if not _made_there(field))


def _made_there(field: "Field[Any, Any]") -> bool:
    """Whether the database fills the column itself."""
    default = getattr(field, "db_default", NOT_PROVIDED)
    return isinstance(field, AutoField) or field.generated or default is not NOT_PROVIDED


@lru_cache(maxsize=512)
def _insert(model: type[Model], count: int) -> str:
    columns = _columns(model)
    row = "(" + ", ".join(["%s"] * len(columns)) + ")"
    named = ", ".join(connection.ops.quote_name(str(column.column)) for column in columns)
    table = connection.ops.quote_name(model._meta.db_table)
    return f"insert into {table} ({named}) values " + ", ".join([row] * count)
