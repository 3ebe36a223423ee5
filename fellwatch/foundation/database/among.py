"""A list that a query filters by goes to PostgreSQL as one array, however long it is.

Django writes `in (...)` with a parameter for each value. A statement takes 65,535 of them at most, which the ids of a
large force's year exceed, and lists of different lengths are different statements, each planned anew.
"""

from collections.abc import Sequence
from typing import Any

from django.db.models import Field, ForeignObject
from django.db.models.fields.related_lookups import RelatedIn
from django.db.models.lookups import In


class _Among:
    """`= any(array)` in place of `in (...)`, where what follows are values and not a query or expressions."""

    def as_postgresql(self, compiler: Any, connection: Any) -> tuple[str, Sequence[Any]]:
        """Return the SQL and its parameters."""
        one: Any = self
        if not one.rhs_is_direct_value() or any(hasattr(value, "resolve_expression") for value in one.rhs):
            found: tuple[str, Sequence[Any]] = one.as_sql(compiler, connection)
            return found
        _, values = one.process_rhs(compiler, connection)
        left, before = one.process_lhs(compiler, connection)
        return f"{left} = any(%s)", [*before, list(values)]


class Among(_Among, In):
    """What `__in` means for a column of our own."""


class RelatedAmong(_Among, RelatedIn):
    """What `__in` means for a key of another table."""


def register() -> None:
    """Have every filter by a list use it."""
    Field.register_lookup(Among, "in")
    ForeignObject.register_lookup(RelatedAmong, "in")
