"""Let go of every connection that this process holds: before it forks, and before its database is dropped."""

from django.db import connections


def everything() -> None:
    """Close each connection and its pool. The next question opens what it needs anew."""
    for connection in connections.all():
        connection.close()
        if connection.settings_dict["OPTIONS"].get("pool"):
            connection.close_pool()  # type: ignore[attr-defined]
