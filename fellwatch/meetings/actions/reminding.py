"""Remind agencies of what they promised and were asked: once before it is due, then each day it is not done."""

import uuid
from collections import defaultdict
from datetime import datetime, timedelta

from fellwatch.foundation import access, audit, clock
from fellwatch.foundation.access import Actor
from fellwatch.meetings import readers
from fellwatch.meetings.access import CARRY
from fellwatch.meetings.models import Action, Research
from fellwatch.sharing.actions import message

AHEAD = timedelta(days=3)
AGAIN = timedelta(hours=23)
KEY = uuid.UUID("7b1f6a52-0000-5000-8000-6d6565740000")


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


def mail_unanswered(*, by: Actor, now: datetime) -> int:
    """Mail the people of each agency that has not answered what is soon due or late; return how many. Once a day.

    Only whoever would find it at their agency's own door is told, so that nobody learns of a matter by its mail whom it
    is kept from. The mail names nobody.
    """
    access.check(by, CARRY)
    with access.acting(by):
        asked = _unanswered(now)
        told = [one for one in readers.of(asked) if one.mail and not one.kept.issuperset(asked[one.agency])]
        for one in told:
            message(
                "asked", address=one.mail, name=one.name, agency=one.agency, path="/partner/marac/", by=by, now=now,
                id=uuid.uuid5(KEY, f"{clock.london_date(now)}/{one.user_id}"),
            )  # fmt: skip
        if told:
            detail = {"mails": len(told)}
            audit.record(by=by, action="duty", sentence="meetings.reminded", subject=("meetings", "all"), detail=detail)
        return len(told)


def _unanswered(now: datetime) -> dict[str, set[uuid.UUID]]:
    """Return, by agency, the matters whose question stands at its own door and is soon due or late."""
    rows = Research.objects.filter(answered_at__isnull=True, due_at__lt=now + AHEAD)
    rows = rows.exclude(matter__items__state="heard")
    found: dict[str, set[uuid.UUID]] = defaultdict(set)
    for agency, matter, circle in rows.values_list("agency", "matter_id", "matter__agencies"):
        if agency in circle:
            found[agency].add(matter)
    return found
