"""Every minute, what ran out is written down: a notice nobody heard in time, an order at its last midnight."""

from procrastinate.contrib.django import app

from fellwatch.foundation import clock
from fellwatch.foundation.accounts import roles
from fellwatch.orders import actions


@app.periodic(cron="* * * * *")
@app.task(name="orders.run_out", queueing_lock="orders.run_out", pass_context=False)
def run_out(timestamp: int) -> None:
    """Write down what ran out, as the actor "order-clock"."""
    actions.run_out(by=roles.system("order-clock"), now=clock.now())
