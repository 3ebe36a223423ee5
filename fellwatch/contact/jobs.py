"""What happens after a commit in the control room: an adviser's words reach the incident she may not see."""

import uuid

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from fellwatch.contact.actions import consulting, handing, referring
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


@app.task(
    name="contact.carry_referral",
    retry=RetryStrategy(max_attempts=6, exponential_wait=2),
    pass_context=False,
)
def carry_referral(referral: str) -> None:
    """Carry a partner's receipt and answer into the incident's log, as the actor "sharing"."""
    referring.carry_referral(uuid.UUID(referral), by=roles.system("sharing"), now=clock.now())


@app.task(
    name="contact.carry_handover",
    retry=RetryStrategy(max_attempts=6, exponential_wait=2),
    pass_context=False,
)
def carry_handover(handover: str) -> None:
    """Carry how a handover to another force stands into the incident's log, as the actor "exchange"."""
    handing.carry_handover(uuid.UUID(handover), by=roles.system("exchange"), now=clock.now())


@app.task(
    name="contact.carry_feedback",
    retry=RetryStrategy(max_attempts=6, exponential_wait=2),
    pass_context=False,
)
def carry_feedback(feedback: str) -> None:
    """Carry what the hub decided into the incident's log, as the actor "sharing"."""
    referring.carry_feedback(uuid.UUID(feedback), by=roles.system("sharing"), now=clock.now())
