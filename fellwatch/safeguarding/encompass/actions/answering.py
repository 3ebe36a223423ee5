"""What schools and education teams do at their own door, and how it reaches the records that they may not see."""

import uuid
from datetime import date, datetime, timedelta

from procrastinate.contrib.django import app

from fellwatch.foundation import access
from fellwatch.foundation.access import Actor
from fellwatch.safeguarding.encompass.access import NAME, RECEIVE, RUN
from fellwatch.safeguarding.encompass.actions import calendars, noticing, putting_right, steps
from fellwatch.safeguarding.encompass.life import SETTINGS
from fellwatch.safeguarding.encompass.models import Establishment, SchoolNotice
from fellwatch.safeguarding.encompass.values import Right
from fellwatch.safeguarding.values import Invalid

CARRY = "safeguarding.school_answered"
SOON = timedelta(days=14)


def open_notice(notice_id: uuid.UUID, *, by: Actor, now: datetime) -> None:
    """Open a notice as the school it was sent to: from now somebody there knows. Opened twice, it is opened once."""
    access.check(by, RECEIVE)
    with access.acting(by):
        notice = steps.turn(notice_id)
        if notice.opened_at or notice.recalled_at or notice.state == "answered":
            return
        if notice.state == "sent" and notice.path != "ask":
            steps.settle(notice, state="opened", opened_at=now, told_at=now, told_by_name=by.name)
        else:
            steps.settle(notice, opened_at=now)
        steps.story(notice, "opened", "Opened in the portal.", at=now, by=by)
        steps.logged(notice, "notice_opened", by=by, action="consultation")
        _carry(notice)


def acknowledge(notice_id: uuid.UUID, answer: str, *, by: Actor, now: datetime) -> None:
    """Say as the school what is done for the child. Said twice alike, it is said once."""
    access.check(by, RECEIVE)
    with access.acting(by):
        words = steps.require_words(answer, "answer", "Say who looks after the child today, and how.")
        notice = _opened(notice_id)
        if notice.answer == words:
            return
        steps.settle(notice, "answer", state="acknowledged", answer=words, answered_at=now)
        steps.story(notice, "acknowledged", words, at=now, by=by)
        steps.logged(notice, "notice_acknowledged", by=by)
        _carry(notice)


def dispute(notice_id: uuid.UUID, words: str, *, by: Actor, now: datetime) -> None:
    """Say as the school that this child is not its pupil: the notice closes, and the right school is sought."""
    access.check(by, RECEIVE)
    with access.acting(by):
        why = steps.require_words(words, "words", "Say what you know: left when, and for which school.")
        notice = _opened(notice_id)
        if notice.disputed_at:
            return
        steps.settle(notice, disputed_at=now, disputed_words=why)
        steps.story(notice, "disputed", why, at=now, by=by)
        steps.logged(notice, "notice_disputed", by=by)
        _carry(notice)


def name_school(notice_id: uuid.UUID, right: Right, *, by: Actor, now: datetime) -> None:
    """Answer as an education team where a child learns: the school is told at once."""
    access.check(by, NAME)
    with access.acting(by):
        notice = steps.turn(notice_id)
        if right.setting and notice.named_setting == right.setting and notice.named_id == right.establishment_id:
            return
        if notice.path != "ask" or notice.state != "sent" or notice.named_setting:
            raise Invalid({"setting": "This was answered already."})
        if right.setting not in SETTINGS:
            raise Invalid({"setting": "Say where the child learns."})
        if not steps.is_there(right):
            raise Invalid({"establishment": "Choose the school from the list. If it is not there, telephone us."})
        steps.settle(
            notice, named_setting=right.setting, named_id=right.establishment_id, answered_at=now, told_by_name=by.name
        )
        steps.story(notice, "named", SETTINGS[right.setting], at=now, by=by)
        steps.logged(notice, "school_named", by=by, setting=right.setting)
        _carry(notice)


def close_our_school(day: date, words: str, *, by: Actor, now: datetime) -> None:
    """Say as a school that it is closed on a day, so that nobody counts on anyone being there."""
    access.check(by, RECEIVE)
    with access.acting(by):
        own = Establishment.objects.filter(agency=by.agency).first()
        if own is None or own.kind == "council":
            raise Invalid({"day": "Your sign-in belongs to no school."})
        if not steps.today(now) <= day <= steps.today(now) + SOON:
            raise Invalid({"day": "Give today or a day within the next fortnight."})
        why = steps.require_words(words, "words", "Say why, in a few words.")
        calendars.shut(own, day, day, "closed", why, by=by, now=now)


def carry(notice_id: uuid.UUID, *, by: Actor, now: datetime) -> None:
    """Do what an answer means for the records; run by a job, twice without harm."""
    access.check(by, RUN)
    with access.acting(by):
        notice = steps.turn(notice_id)
        if notice.told_at:
            steps.met(notice, notice.told_at, by=by)
        if notice.disputed_at and notice.state != "recalled":
            _not_theirs(notice, by=by, now=now)
        if notice.named_setting and notice.state == "sent":
            source = f"{notice.establishment.name if notice.establishment else 'the authority'}"
            right = Right(notice.named_setting, notice.named_id)
            putting_right.put(notice, right, "The education team answered.", source=source, by=by, now=now)


def _not_theirs(notice: SchoolNotice, *, by: Actor, now: datetime) -> None:
    """Close a notice that a school says is not for it, forget that the child is there, and look again."""
    putting_right.withdraw(notice, f"The school says that it is not its pupil: {notice.disputed_words}", by=by, now=now)
    putting_right.leave(notice, by=by, now=now)
    noticing.make(notice.incident_id, domestic=True, by=by, now=now)


def _opened(notice_id: uuid.UUID) -> SchoolNotice:
    notice = steps.turn(notice_id)
    if notice.recalled_at:
        raise Invalid({"answer": "The police have recalled this."})
    if not notice.opened_at or notice.path == "ask":
        raise Invalid({"answer": "Open it first."})
    return notice


def _carry(notice: SchoolNotice) -> None:
    app.configure_task(CARRY).defer(notice=str(notice.id))
