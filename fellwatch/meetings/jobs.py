"""Agencies told of a meeting, reminders every morning, names of those kept out brought up to date every hour."""

import uuid

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from fellwatch.foundation import clock
from fellwatch.foundation.accounts import roles
from fellwatch.meetings import actions


@app.task(name="meetings.tell", retry=RetryStrategy(max_attempts=6, exponential_wait=2), pass_context=False)
def tell(meeting: str, kind: str, change: int) -> None:
    """Tell the agencies asked to a meeting that it was called, moved or called off, as the actor "meetings"."""
    actions.tell_agencies(uuid.UUID(meeting), kind, change, by=roles.system("meetings"), now=clock.now())


@app.periodic(cron="0 8 * * *")
@app.task(name="meetings.remind", queueing_lock="meetings.remind", pass_context=False)
def remind(timestamp: int) -> None:
    """Remind agencies at their own door and by mail, as the actor "meetings"."""
    actions.remind(by=roles.system("meetings"), now=clock.now())
    actions.mail_unanswered(by=roles.system("meetings"), now=clock.now())


@app.periodic(cron="17 * * * *")
@app.task(name="meetings.refresh_names", queueing_lock="meetings.refresh_names", pass_context=False)
def refresh_names(timestamp: int) -> None:
    """Take up the names that were learnt since, as the actor "meetings"."""
    actions.refresh_names(by=roles.system("meetings"))
