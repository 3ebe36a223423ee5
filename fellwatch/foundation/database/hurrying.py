"""Write without waiting for the disk, where whatever is lost with the machine would only be made again."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created

from fellwatch.foundation.database import letting_go


@contextmanager
def hurried() -> Iterator[None]:
    """Let the connections of this process, and of those that it forks, not wait until the block ends.

    What commits after the block is on the disk with all that went before it.
    """
    letting_go.everything()
    connection_created.connect(_hurry)
    try:
        yield
    finally:
        connection_created.disconnect(_hurry)
        letting_go.everything()


def _hurry(connection: BaseDatabaseWrapper, **_: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute("set synchronous_commit = off")
