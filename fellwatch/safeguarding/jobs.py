"""What the safeguarding room does by itself: a partner's answer ends the clocks that waited; returns are counted."""

import uuid

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from fellwatch.foundation import clock
from fellwatch.foundation.accounts import roles
from fellwatch.safeguarding.mash import carrying
from fellwatch.safeguarding.review import counting


@app.task(name="safeguarding.carry_answer", retry=RetryStrategy(max_attempts=6, exponential_wait=2), pass_context=False)
def carry_answer(referral: str) -> None:
    """Carry a partner's answer to the contact it belongs to, as the actor "sharing"."""
    carrying.carry_answer(uuid.UUID(referral), by=roles.system("sharing"))


@app.periodic(cron="15 * * * *")
@app.task(name="safeguarding.keep_returns", queueing_lock="safeguarding.keep_returns", pass_context=False)
def keep_returns(timestamp: int) -> None:
    """Count the reviews of a year, as the actor "figures"."""
    counting.keep(by=roles.system("figures"), now=clock.now())
