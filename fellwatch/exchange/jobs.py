"""What happens after a commit in the exchange: messages go out, and are tried again for about three hours."""

import uuid

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from fellwatch.exchange.actions import delivering
from fellwatch.foundation import clock
from fellwatch.foundation.accounts import roles

ACTOR = "exchange"


@app.task(
    name="exchange.deliver",
    retry=RetryStrategy(max_attempts=8, exponential_wait=3, retry_exceptions=[delivering.NotThere]),
    pass_context=False,
)
def deliver(message: str) -> None:
    """Carry a message to the other force, as the actor "exchange"."""
    delivering.deliver(uuid.UUID(message), by=roles.system(ACTOR), now=clock.now())
