"""Whether the service is well, in numbers that name nobody."""

from dataclasses import dataclass, replace
from datetime import datetime

from django.db import connection

from fellwatch.foundation import access
from fellwatch.foundation.access.permissions import READ_LOG
from fellwatch.foundation.accounts import roles

_LOOK = """
select (select min(at) from foundation_auditentry
        where xid >= coalesce((select max(xid_below) from foundation_auditseal), 0)),
       (select count(*) from procrastinate_jobs where status = 'failed'),
       (select n || ':' || encode(hash, 'hex') from foundation_auditseal order by n desc limit 1)
"""


@dataclass(frozen=True)
class Health:
    """How long the oldest log entry has waited for its seal (None when none waits), how many jobs failed, and the log's
    last seal as N:HASH: whoever watches this keeps what `fellwatch audit verify --noted` asks for."""

    oldest_unsealed_seconds: float | None
    failed_jobs: int
    last_seal: str | None


def look(*, now: datetime) -> Health:
    """Return how the service is, or raise DatabaseError. Only times and counts are read, so nothing is logged."""
    by = replace(roles.system("health"), permissions=frozenset({READ_LOG}))
    with access.acting(by), connection.cursor() as cursor:
        cursor.execute(_LOOK)
        oldest, failed, last = cursor.fetchone()
    return Health(round(max(0.0, (now - oldest).total_seconds()), 1) if oldest else None, failed, last)
