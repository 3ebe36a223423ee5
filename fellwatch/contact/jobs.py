"""What happens after a commit in the control room: an adviser's words reach the incident she may not see."""

import uuid

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from fellwatch.contact.actions import consulting
from fellwatch.foundation import clock
from fellwatch.foundation.accounts import roles


@app.task(
    name="contact.carry",
    retry=RetryStrategy(max_attempts=6, exponential_wait=2),
    pass_context=False,
)
def carry(consultation: str) -> None:
    """Carry an adviser's answer into the incident's log, as the actor "helpline"."""
    consulting.carry_to_incident(uuid.UUID(consultation), by=roles.system("helpline"), now=clock.now())
