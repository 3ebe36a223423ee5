"""What happens after a commit in the safeguarding room: a partner's answer ends the clocks that waited for it."""

import uuid

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from fellwatch.foundation.accounts import roles
from fellwatch.safeguarding.mash import carrying


@app.task(name="safeguarding.carry_answer", retry=RetryStrategy(max_attempts=6, exponential_wait=2), pass_context=False)
def carry_answer(referral: str) -> None:
    """Carry a partner's answer to the contact it belongs to, as the actor "sharing"."""
    carrying.carry_answer(uuid.UUID(referral), by=roles.system("sharing"))
