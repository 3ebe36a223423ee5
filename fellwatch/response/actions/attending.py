"""Say that you attend an incident, and that you have left it to others."""

import uuid
from datetime import datetime

from fellwatch.foundation import access
from fellwatch.foundation.access import Actor
from fellwatch.response.access import RESPOND
from fellwatch.response.actions import steps
from fellwatch.response.models import Attending


def attend(incident_id: uuid.UUID, *, by: Actor, now: datetime) -> None:
    """Take an incident as one you attend; it shows among yours and on your handheld. Said twice, it stands once."""
    access.check(by, RESPOND, subject=("incident", str(incident_id)))
    with steps.turn(incident_id, by=by):
        steps.incident(incident_id)
        mine, new = Attending.objects.get_or_create(
            incident_id=incident_id, by_id=by.id, defaults={"at": now, "by_name": by.name, "team": by.team}
        )
        back = not new and Attending.objects.filter(id=mine.id, left_at__isnull=False).update(left_at=None)
        if new or back:
            steps.logged(incident_id, "attended", by=by)


def leave(incident_id: uuid.UUID, *, by: Actor, now: datetime) -> None:
    """Say that you no longer attend; what you wrote stays."""
    access.check(by, RESPOND, subject=("incident", str(incident_id)))
    with steps.turn(incident_id, by=by):
        steps.incident(incident_id)
        left = Attending.objects.filter(incident_id=incident_id, by_id=by.id, left_at__isnull=True).update(left_at=now)
        if left:
            steps.logged(incident_id, "left", by=by)
