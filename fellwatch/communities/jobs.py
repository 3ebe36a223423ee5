"""What happens after commit: linking, which may run twice without harm."""

from uuid import UUID

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from fellwatch.foundation import access, clock
from fellwatch.foundation.accounts import roles


@app.task(
    name="communities.link",
    queue="imports",
    retry=RetryStrategy(max_attempts=3, exponential_wait=5),
    pass_context=False,
)
def link(run_id: str) -> None:
    """Take one run to its end, as the actor "linkage". A failure shows on the run and among failed jobs."""
    from fellwatch.communities import linking  # Splink takes seconds to load: only a worker pays for it

    by = roles.system("linkage")
    try:
        linking.advance(UUID(run_id), by=by, now=clock.now())
    except Exception as error:
        _fail(UUID(run_id), error)
        raise


def _fail(run_id: UUID, error: Exception) -> None:
    """Say that it stopped. Of an error only its kind is kept: its words may hold personal data."""
    from fellwatch.communities.models import LinkRun

    with access.acting(roles.system("linkage")):
        LinkRun.objects.filter(id=run_id).exclude(state="finished").update(
            state="failed", failure=f"It stopped ({type(error).__name__}). What was stored stands; start it again."
        )


def queue(run_id: UUID) -> None:
    """Ask for a run to be taken to its end, within the present transaction."""
    link.configure(lock=f"link {run_id}").defer(run_id=str(run_id))
