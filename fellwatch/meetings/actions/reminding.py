"""Remind agencies of what they promised and were asked: once before it is due, then each day it is not done."""

from datetime import datetime, timedelta

from fellwatch.foundation import access, audit, clock
from fellwatch.foundation.access import Actor
from fellwatch.meetings.access import CARRY
from fellwatch.meetings.models import Action, Research

AHEAD = timedelta(days=3)
AGAIN = timedelta(hours=23)


def remind(*, by: Actor, now: datetime) -> int:
    """Remind of open actions that are due soon or overdue, and of research that is late; return how many.

    A reminder stands at the agency's own door. It says how many things wait and names nobody.
    """
    access.check(by, CARRY)
    with access.acting(by):
        soon = clock.london_date(now) + AHEAD
        done = 0
        for row in Action.objects.filter(state="open", due_date__lte=soon).select_for_update(skip_locked=True):
            if not row.reminded_at or row.reminded_at[-1] <= now - AGAIN:
                done += Action.objects.filter(id=row.id).update(reminded_at=[*row.reminded_at, now])
        late = Research.objects.filter(answered_at__isnull=True, due_at__lt=now).exclude(matter__items__state="heard")
        for asked in late:
            if not asked.chased_at or asked.chased_at[-1] <= now - AGAIN:
                done += Research.objects.filter(id=asked.id).update(chased_at=[*asked.chased_at, now])
        if done:
            detail = {"reminders": done}
            audit.record(by=by, action="duty", sentence="meetings.reminded", subject=("meetings", "all"), detail=detail)
        return done
