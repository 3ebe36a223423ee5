"""The joint protocol on mental-health crisis, where the force has one."""

from datetime import datetime

from fellwatch.foundation import clock, policy
from fellwatch.rules.errors import NoVersion
from fellwatch.rules.protocols import Protocol, broken_by

RULE = "mental_health_protocol"


def standing(now: datetime) -> Protocol | None:
    """Return the protocol in force, or None where the force has signed none."""
    if RULE not in policy.of_kind("protocol"):
        return None
    try:
        return policy.parsed(RULE, clock.london_date(now), Protocol)
    except NoVersion:
        return None


def promise_broken(gap: str, now: datetime) -> str:
    """Return the id of the promise that a kind of gap breaks; empty where nobody promised it."""
    protocol = standing(now)
    duty = broken_by(protocol, gap) if protocol else None
    return duty.id if duty else ""
