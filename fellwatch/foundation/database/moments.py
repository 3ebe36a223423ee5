"""Moments come from PostgreSQL as text. The interpreter's own reader takes less than a tenth of the driver's time, and
a page of a list reads thousands."""

from datetime import UTC, datetime

from django.db.backends.signals import connection_created
from psycopg.abc import AdaptContext, Buffer
from psycopg.adapt import Loader
from psycopg.types.datetime import TimestamptzLoader


class MomentLoader(Loader):
    """Read a timestamptz of a connection whose time zone is UTC. What the reader does not know, the driver's does."""

    timezone = UTC
    """Which time zone it reads in: Django asks before it takes one of its own."""

    def load(self, data: Buffer) -> datetime:
        """Return the moment, or raise DataError for one that Python cannot hold."""
        try:
            return datetime.fromisoformat(str(data, "ascii"))
        except ValueError:
            return TimestamptzLoader(self.oid, self.connection).load(data)


def register() -> None:
    """Have every connection read moments so."""
    connection_created.connect(_read_so, dispatch_uid="moments")


def _read_so(connection: "AdaptContext", **_: object) -> None:
    wrapped = connection.connection
    if wrapped is not None:
        wrapped.adapters.register_loader("timestamptz", MomentLoader)
