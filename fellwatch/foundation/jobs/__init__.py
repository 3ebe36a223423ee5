"""Work after a change has committed: a job's row is written in the change's own transaction.

A job acts as a named process, its failures are on a page, and it may run twice without harm.
Kept by Procrastinate on PostgreSQL.
"""

from fellwatch.foundation.jobs.failures import Failed, failures, retry, waiting

__all__ = ["Failed", "failures", "retry", "waiting"]
