"""What happens after a commit: what a surveyor was told reaches the team that it may not see."""

import uuid

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from fellwatch.foundation.accounts import roles
from fellwatch.surveys import actions


@app.task(name="surveys.carry_told", retry=RetryStrategy(max_attempts=6, exponential_wait=2), pass_context=False)
def carry_told(told: str) -> None:
    """Start the clock of what was told, as the actor "surveys"."""
    actions.carry(uuid.UUID(told), by=roles.system("surveys"))
