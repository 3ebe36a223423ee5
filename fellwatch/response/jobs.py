"""Every hour the calls of a year are counted for the monthly figures."""

from procrastinate.contrib.django import app

from fellwatch.foundation import clock
from fellwatch.foundation.accounts import roles
from fellwatch.response import figures


@app.periodic(cron="10 * * * *")
@app.task(name="response.keep_figures", queueing_lock="response.keep_figures", pass_context=False)
def keep_figures(timestamp: int) -> None:
    """Count them, as the actor "figures"."""
    figures.keep(by=roles.system("figures"), now=clock.now())
