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
from typing import Any, ParamSpec, TypeVar

from django.db import connection, transaction

from fellwatch.foundation.access.actor import Actor

Write = Callable[[list[Any]], object]

_current: ContextVar[Actor | None] = ContextVar("fellwatch_actor", default=None)
_gathered: ContextVar[dict[Write, list[Any]] | None] = ContextVar("fellwatch_gathered", default=None)

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
    actor = current()
    if actor is not by and actor != by:
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
    token, gathered = _current.set(by), _gathered.set({})
    try:
        with transaction.atomic():
            _tell(by)
            yield
            _write_gathered()
    finally:
        _current.reset(token)
        _gathered.reset(gathered)
        _forget()


def at_end(write: Write, row: Any) -> None:
    """Gather a row that `write` puts down together with its like, once, at the end of the actor's transaction."""
    current()
    gathered = _gathered.get()
    if gathered is None:
        raise NotActing("Rows are gathered only within a transaction of somebody.")
    gathered.setdefault(write, []).append(row)


def _write_gathered() -> None:
    for write, rows in (_gathered.get() or {}).items():
        if rows:
            write(rows)


@contextmanager
def apart() -> Iterator[None]:
    """Do something within the transaction that may fail by itself: then nothing of it stays, nor what it gathered."""
    gathered = _gathered.get()
    if gathered is None:
        raise NotActing("Only a transaction of somebody can be split.")
    before = {write: len(rows) for write, rows in gathered.items()}
    try:
        with transaction.atomic():
            yield
    except BaseException:
        for write, rows in gathered.items():
            del rows[before.get(write, 0) :]
        raise


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
