"""Watch over what is under way: send what was held, remind, and say when somebody must telephone."""

import uuid
from collections.abc import Sequence
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

Ruled = tuple[SchoolNotice, SchoolNotices]
"""A notice and the rule of the day on which the police came to know."""


def chase(*, by: Actor, now: datetime) -> int:
    """Move on every notice that is due for it and return how many; run by a job every minute."""
    access.check(by, RUN)
    with access.acting(by):
        fresh = Q(state="held") | Q(state="sent", due_at__gte=now - LATELY)
        rows = SchoolNotice.objects.filter(fresh, due_at__isnull=False).select_related("establishment", "incident")
        ruled = [
            (notice, found[0])
            for notice in rows.order_by("due_at").select_for_update(of=("self",))
            if (found := steps.rule_on(steps.today(notice.known_at)))
        ]
        sent = [(notice, rule) for notice, rule in ruled if notice.state == "sent"]
        released = sum(_release(notice, rule, by, now) for notice, rule in ruled if notice.state == "held")
        return released + _remind(sent, by, now) + _ring(sent, by, now)


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
        sending.post(notice, "second", by=by, now=now)
    return 1


def _release(notice: SchoolNotice, rule: SchoolNotices, by: Actor, now: datetime) -> bool:
    if notice.held_until is None or notice.held_until > now:
        return False
    sending.send(notice, rule, sending.found_of(notice, by=by), by=by, now=now)
    return True


def _remind(sent: Sequence[Ruled], by: Actor, now: datetime) -> int:
    late = [notice for notice, rule in sent if _is_to_remind(notice, rule, now)]
    _note(late, "reminded", "Not opened yet: reminded by mail.", by, now, reminded_at=now)
    sending.post_all([notice.id for notice in late if notice.mail != "none"], "reminder")
    return len(late)


def _is_to_remind(notice: SchoolNotice, rule: SchoolNotices, now: datetime) -> bool:
    assert notice.due_at is not None
    assert notice.sent_at is not None
    from_at = notice.due_at - timedelta(minutes=rule.remind_minutes)
    return notice.reminded_at is None and notice.sent_at <= from_at <= now


def _ring(sent: Sequence[Ruled], by: Actor, now: datetime) -> int:
    """Say once, in the story and the log, that only a telephone can still tell a school in time."""
    late = [notice for notice, rule in sent if _is_to_ring(notice, rule, now)]
    _note(late, "telephone", "Not opened: somebody must telephone.", by, now, telephone_at=now)
    for notice in late:
        steps.logged(notice, "notice_unopened", by=by)
    return len(late)


def _is_to_ring(notice: SchoolNotice, rule: SchoolNotices, now: datetime) -> bool:
    assert notice.due_at is not None
    return notice.telephone_at is None and now >= notice.due_at - timedelta(minutes=rule.telephone_minutes)


def _note(notices: Sequence[SchoolNotice], kind: str, words: str, by: Actor, now: datetime, **values: datetime) -> None:
    """Change notices, whose rows are held, and add to the story of each."""
    SchoolNotice.objects.filter(id__in=[notice.id for notice in notices]).update(**values)
    for notice in notices:
        steps.story(notice, kind, words, at=now, by=by)
