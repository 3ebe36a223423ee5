"""Make a second sending of the same thing wait for the first, so that it can answer the same."""

import uuid

from django.db import connection


def only(key: uuid.UUID) -> None:
    """Hold the key until the transaction ends. Other keys are not held up."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s)", [int(key) % 2**63])
