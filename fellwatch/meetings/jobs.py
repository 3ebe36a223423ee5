"""Reminders every morning, and names of those kept out brought up to date every hour."""

from procrastinate.contrib.django import app

from fellwatch.foundation import clock
from fellwatch.foundation.accounts import roles
from fellwatch.meetings import actions


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
