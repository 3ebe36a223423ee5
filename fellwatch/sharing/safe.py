"""Whether somebody the police protect may be sent something now: only as they themselves have said, else not at all."""

import uuid
from datetime import datetime, time

from fellwatch.foundation import clock
from fellwatch.sharing.models import SafeContact


def why_not(person_id: uuid.UUID, channel: str, now: datetime) -> str:
    """Return why nothing may be sent to them this way now; empty where it may. Silence is a no."""
    rule = SafeContact.objects.filter(person_id=person_id, channel=channel).order_by("-said_at", "-id").first()
    if rule is None:
        return "They have not said that this way is safe."
    if not rule.allowed:
        return "They have said that this way is not safe."
    local = clock.london(now)
    if rule.to_date and local.date() >= rule.to_date:
        return "What they said of safe contact is out of date: ask again."
    if not within(local.time(), rule.from_time, rule.to_time):
        return "It is not safe at this time of day."
    return ""


def within(at: time, start: time | None, end: time | None) -> bool:
    """Say whether a time of day is between two others, the second not included; a span may go over midnight."""
    if start is None or end is None:
        return True
    return clock.between(at, start, end)
