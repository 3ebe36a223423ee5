"""The wire between processes: a word sent in a transaction arrives when it commits, and not if it does not."""

import json
from collections.abc import Mapping

from django.db import connection


def tell(channel: str, message: Mapping[str, str]) -> None:
    """Send a short message (ids and codes, no personal data) to every process that listens."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_notify(%s, %s)", [channel, json.dumps(message)])
