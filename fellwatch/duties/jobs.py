"""The duty clock: every minute, what is past its time is marked late."""

from procrastinate.contrib.django import app

from fellwatch.duties import actions
from fellwatch.foundation import clock
from fellwatch.foundation.accounts import roles


@app.periodic(cron="* * * * *")
@app.task(name="duties.flip_late", queueing_lock="duties.flip_late", pass_context=False)
def flip_late(timestamp: int) -> None:
    """Mark what is past its time, as the actor "duty-clock"."""
    actions.flip_late(by=roles.system("duty-clock"), now=clock.now())
