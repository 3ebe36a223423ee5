"""Repeats find themselves: every few minutes, what is not heard is decided again on what is known by then."""

from procrastinate.contrib.django import app

from fellwatch.foundation import clock
from fellwatch.foundation.accounts import roles
from fellwatch.safeguarding.marac import actions


@app.periodic(cron="*/5 * * * *")
@app.task(name="marac.find_repeats", queueing_lock="marac.find_repeats", pass_context=False)
def find_repeats(timestamp: int) -> None:
    """Decide open referrals again, as the actor "marac": two records may have been made one."""
    actions.recheck_open(by=roles.system("marac"), now=clock.now())
