"""What the queue could not do, shown to someone who can act on it."""

from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from fellwatch.foundation import access, audit
from fellwatch.foundation.access import Actor
from fellwatch.foundation.access.permissions import SEE_JOBS


@dataclass(frozen=True)
class Failed:
    """One job that failed for good, and when."""

    id: int
    task: str
    attempts: int
    failed_at: datetime | None
    arguments: str


_FAILED = """
select j.id, j.task_name, j.attempts, max(e.at), j.args::text
from procrastinate_jobs j left join procrastinate_events e on e.job_id = j.id and e.type = 'failed'
where j.status = 'failed' group by j.id order by j.id desc limit %s
"""


@access.reads
def failures(*, by: Actor, limit: int = 100) -> tuple[Failed, ...]:
    """Return failed jobs, newest first."""
    access.check(by, SEE_JOBS)
    with connection.cursor() as cursor:
        cursor.execute(_FAILED, [limit])
        return tuple(Failed(*row) for row in cursor.fetchall())


@access.reads
def waiting(*, by: Actor) -> tuple[int, int, int]:
    """Return how many jobs wait, run and have failed."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select count(*) filter (where status = 'todo'), count(*) filter (where status = 'doing'), "
            "count(*) filter (where status = 'failed') from procrastinate_jobs"
        )
        todo, doing, failed = cursor.fetchone()
    return todo, doing, failed


def retry(job_id: int, *, by: Actor) -> bool:
    """Put a failed job back in the queue; return False when it is no longer failed."""
    access.check(by, SEE_JOBS, subject=("job", str(job_id)))
    with access.acting(by), connection.cursor() as cursor:
        cursor.execute(
            "select procrastinate_retry_job_v2(id, now(), null, null, null) from procrastinate_jobs "
            "where id = %s and status = 'failed'",
            [job_id],
        )
        again: bool = cursor.rowcount == 1
        if again:
            audit.record(by=by, action="alteration", sentence="jobs.retried", subject=("job", job_id))
    return again
