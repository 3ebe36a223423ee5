"""Take a run further in the background; the job may run twice without harm."""

from uuid import UUID

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from fellwatch.foundation import clock
from fellwatch.foundation.accounts import roles
from fellwatch.foundation.imports import disposal, runs


@app.task(
    name="imports.advance",
    queue="imports",
    retry=RetryStrategy(max_attempts=4, exponential_wait=5),
    pass_context=False,
)
def advance(run_id: str) -> None:
    """Take one run to its end, as the actor "importer". A failure shows on the run and among failed jobs."""
    runs.advance(UUID(run_id), by=roles.system("importer"), now=clock.now())


def queue(run_id: UUID) -> None:
    """Ask for a run to be taken further, within the present transaction."""
    advance.configure(lock=f"import {run_id}").defer(run_id=str(run_id))


@app.periodic(cron="20 3 * * *")
@app.task(name="imports.dispose", queueing_lock="imports.dispose", pass_context=False)
def dispose(timestamp: int) -> None:
    """Destroy old rows kept aside and unconfirmed files each night, as the actor "disposal"."""
    disposal.dispose(by=roles.system("disposal"), now=clock.now())
