"""The actor of the present transaction, told to PostgreSQL so that row policies can see it.

Every value is local to one transaction: a connection that goes back to the pool carries nothing with it.
ADR 1 weighs the alternatives; `tests/foundation/test_session_values.py` hammers it.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from copy import copy
from dataclasses import replace
from functools import wraps
from typing import ParamSpec, TypeVar

from django.db import connection, transaction

from fellwatch.foundation.access.actor import Actor

_current: ContextVar[Actor | None] = ContextVar("fellwatch_actor", default=None)

_SET = """
select set_config('fellwatch.actor', %s, true), set_config('fellwatch.agency', %s, true),
       set_config('fellwatch.permissions', %s, true), set_config('fellwatch.compartments', %s, true)
"""


class NotActing(RuntimeError):
    """Records were asked for outside `access.acting`: nobody would be named in the log."""


def current() -> Actor:
    """Return who acts in this transaction, or raise NotActing."""
    actor = _current.get()
    if actor is None:
        raise NotActing("Open `access.acting(by)` first: every read and write has a named actor.")
    return actor


def require(by: Actor) -> None:
    """Raise NotActing unless the transaction is `by`'s own."""
    if current() != by:
        raise NotActing("This transaction belongs to another actor.")


@contextmanager
def acting(by: Actor) -> Iterator[None]:
    """Open a transaction (or join one of the same actor) in which PostgreSQL knows who acts."""
    outer = _current.get()
    if outer is not None:
        require(by)
        with transaction.atomic(savepoint=False):
            yield
        return
    token = _current.set(by)
    try:
        with transaction.atomic():
            _tell(by)
            yield
    finally:
        _current.reset(token)
        _forget()


@contextmanager
def narrowed(by: Actor, compartments: frozenset[str]) -> Iterator[Actor]:
    """Within the actor's transaction, see no further than these compartments open; yield the narrower actor."""
    require(by)
    # A request's actor is found only when it is asked for; what is narrowed is the actor itself.
    narrow = replace(copy(by), compartments=by.compartments & compartments)
    token = _current.set(narrow)
    _tell(narrow)
    try:
        yield narrow
    finally:
        _current.reset(token)
        if not connection.needs_rollback:
            _tell(by)


def _tell(by: Actor) -> None:
    values = (str(by.id), by.agency, ",".join(sorted(by.permissions)), ",".join(sorted(by.compartments)))
    with connection.cursor() as cursor:
        cursor.execute(_SET, values)


def _forget() -> None:
    """Clear the values where a transaction goes on around ours, as a test's own does."""
    if connection.in_atomic_block and not connection.needs_rollback:
        with connection.cursor() as cursor:
            cursor.execute(_SET, ("", "", "", ""))


P = ParamSpec("P")
R = TypeVar("R")


def reads(query: Callable[P, R]) -> Callable[P, R]:
    """Run a query function inside `acting(by)`, taking `by` from its keyword arguments."""

    @wraps(query)
    def inside(*args: P.args, **kwargs: P.kwargs) -> R:
        with acting(kwargs["by"]):  # type: ignore[arg-type]
            return query(*args, **kwargs)

    return inside
