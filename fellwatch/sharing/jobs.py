"""What happens after something was sent: whoever must know is told that it waits, and each message is delivered."""

import uuid

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from fellwatch.foundation import clock
from fellwatch.foundation.accounts import roles
from fellwatch.sharing import delivering

ATTEMPTS = 6


@app.task(name="sharing.tell", retry=RetryStrategy(max_attempts=6, exponential_wait=2), pass_context=False)
def tell(referral: str, kind: str) -> None:
    """Tell the agency's people that something waits, each who may know of it, as the actor "sharing"."""
    delivering.tell_agency(uuid.UUID(referral), kind, by=roles.system("sharing"), now=clock.now())


@app.task(name="sharing.tell_back", retry=RetryStrategy(max_attempts=6, exponential_wait=2), pass_context=False)
def tell_back(referral: str) -> None:
    """Tell whoever sent it what the agency said, as the actor "sharing"."""
    delivering.tell_sender(uuid.UUID(referral), by=roles.system("sharing"), now=clock.now())


@app.task(name="sharing.deliver", retry=RetryStrategy(max_attempts=ATTEMPTS, exponential_wait=4), pass_context=True)
def deliver(context: object, message: str) -> None:
    """Send one message, as the actor "post". The last attempt that fails leaves it failed, where it can be seen."""
    attempts = getattr(getattr(context, "job", None), "attempts", 0)
    last = attempts + 1 >= ATTEMPTS
    delivering.deliver(uuid.UUID(message), last=last, by=roles.system("post"), now=clock.now())


@app.periodic(cron="*/10 * * * *")
@app.task(name="sharing.ask_carrier", queueing_lock="sharing.ask_carrier", pass_context=False)
def ask_carrier(timestamp: int) -> None:
    """Ask the carrier what became of messages it took, where it says."""
    delivering.ask_carrier(by=roles.system("post"), now=clock.now())
