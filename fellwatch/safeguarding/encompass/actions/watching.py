"""Watch over what is under way: send what was held, remind, and say when somebody must telephone."""

import uuid
from datetime import datetime, timedelta

from django.db.models import Q

from fellwatch.foundation import access
from fellwatch.foundation.access import Actor
from fellwatch.rules.school_notices import SchoolNotices
from fellwatch.safeguarding.encompass.access import RUN
from fellwatch.safeguarding.encompass.actions import sending, steps
from fellwatch.safeguarding.encompass.models import SchoolNotice
from fellwatch.sharing.models import Message

MAIL = {
    "waiting": "queued",
    "sent": "sent",
    "held": "held",
    "failed": "failed",
    "bounced": "bounced",
    "refused": "failed",
}
LATELY = timedelta(days=1)
"""What nobody opened by then stays on the list; there is nothing left to remind of."""


def chase(*, by: Actor, now: datetime) -> int:
    """Move on every notice that is due for it and return how many; run by a job every minute."""
    access.check(by, RUN)
    with access.acting(by):
        fresh = Q(state="held") | Q(state="sent", due_at__gte=now - LATELY)
        rows = SchoolNotice.objects.filter(fresh).select_related("establishment", "incident")
        return sum(_one(notice, by, now) for notice in rows.order_by("due_at").select_for_update(of=("self",)))


def note_mail(*, by: Actor, now: datetime) -> int:
    """Note on each unopened notice what became of its newest mail and return on how many; run by a job every minute.

    One that came back goes to the second address, where there is one.
    """
    access.check(by, RUN)
    with access.acting(by):
        rows = {
            row.id: row
            for row in SchoolNotice.objects.filter(state="sent", due_at__gte=now - LATELY).select_related(
                "establishment"
            )
        }
        newest: dict[uuid.UUID, Message] = {}
        for one in Message.objects.filter(about__in=rows).order_by("made_at"):
            if one.about:
                newest[one.about] = one
        return sum(_mail(rows[about], one, by, now) for about, one in newest.items())


def _mail(notice: SchoolNotice, last: Message, by: Actor, now: datetime) -> int:
    state = "delayed" if last.state == "waiting" and last.attempts else MAIL[last.state]
    words = f"{last.address}: {last.because}" if last.because else f"To {last.address}."
    who = notice.establishment
    if (state, words) == (notice.mail, notice.mail_words) or state == "queued":
        return 0
    second = who.second_email if who and state == "bounced" and last.address == who.email else ""
    SchoolNotice.objects.filter(id=notice.id).update(mail="queued" if second else state, mail_words=words)
    steps.story(notice, f"mail_{state}", words, at=now, by=by)
    steps.logged(notice, f"notice_mail_{state}", by=by)
    if second:
        sending.post(notice.id, "second")
    return 1


def _one(notice: SchoolNotice, by: Actor, now: datetime) -> int:
    found = steps.rule_on(steps.today(notice.known_at))
    if found is None or notice.due_at is None:
        return 0
    rule, _ = found
    if notice.state == "held":
        return _release(notice, rule, by, now)
    return _remind(notice, rule, by, now) + _ring(notice, rule, by, now)


def _release(notice: SchoolNotice, rule: SchoolNotices, by: Actor, now: datetime) -> int:
    if notice.held_until is None or notice.held_until > now:
        return 0
    sending.send(notice, rule, sending.found_of(notice, by=by), by=by, now=now)
    return 1


def _remind(notice: SchoolNotice, rule: SchoolNotices, by: Actor, now: datetime) -> int:
    assert notice.due_at is not None
    assert notice.sent_at is not None
    from_at = notice.due_at - timedelta(minutes=rule.remind_minutes)
    if notice.reminded_at or now < from_at or notice.sent_at > from_at:
        return 0
    steps.settle(notice, reminded_at=now)
    steps.story(notice, "reminded", "Not opened yet: reminded by mail.", at=now, by=by)
    if notice.mail != "none":
        sending.post(notice.id, "reminder")
    return 1


def _ring(notice: SchoolNotice, rule: SchoolNotices, by: Actor, now: datetime) -> int:
    """Say once, in the story and the log, that only a telephone can still tell the school in time."""
    assert notice.due_at is not None
    if notice.telephone_at or now < notice.due_at - timedelta(minutes=rule.telephone_minutes):
        return 0
    steps.settle(notice, telephone_at=now)
    steps.story(notice, "telephone", "Not opened: somebody must telephone.", at=now, by=by)
    steps.logged(notice, "notice_unopened", by=by)
    return 1
