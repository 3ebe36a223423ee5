"""What the team does with a notice: telephone, choose the right school, recall, hand over, send again."""

import uuid
from datetime import datetime

from fellwatch.foundation import access
from fellwatch.foundation.access import Actor
from fellwatch.safeguarding.encompass.access import TELL
from fellwatch.safeguarding.encompass.actions import noticing, sending, steps
from fellwatch.safeguarding.encompass.life import KNOWS, SETTINGS
from fellwatch.safeguarding.encompass.models import Enrolment, SchoolNotice
from fellwatch.safeguarding.encompass.values import Right, Rung
from fellwatch.safeguarding.values import Invalid

PLACED = ("decide", "held", "sent", "elsewhere", "outside", *KNOWS)


def telephone(notice_id: uuid.UUID, rung: Rung, *, by: Actor, now: datetime) -> None:
    """Record that a named person told the school by telephone. Sent twice alike, it stands once."""
    access.check(by, TELL)
    with access.acting(by):
        notice = steps.turn(notice_id)
        who = steps.require_words(rung.spoke_to, "spoke_to", "Name whom you spoke to, and what they are there.")
        if notice.state == "told" and notice.told_by_name == who:
            return
        if notice.state not in {"held", "sent"} or notice.path == "ask":
            raise Invalid({"spoke_to": steps.MOVED})
        words = steps.require_words(rung.words, "words", "Say what they will do for the child.")
        steps.require_past(rung.at, "at", now)
        if rung.at < notice.known_at:
            raise Invalid({"at": "This is before the police knew."})
        if notice.state == "held":
            _send(notice, by=by, now=now)
        steps.settle(notice, "spoke_to", state="told", told_at=rung.at, told_by_name=who)
        steps.story(notice, "told", f"{who}: {words}", at=rung.at, by=by)
        steps.logged(notice, "notice_telephoned", by=by, action="disclosure")
        steps.met(notice, rung.at, by=by)


def place(notice_id: uuid.UUID, right: Right, because: str, *, by: Actor, now: datetime) -> None:
    """Say where the child learns after all: a wrong school's notice is recalled, the right one is told at once."""
    access.check(by, TELL)
    with access.acting(by):
        notice = steps.turn(notice_id)
        why = steps.require_words(because, "because", "Say how you know.")
        if right.setting not in SETTINGS:
            raise Invalid({"setting": "Say where the child learns."})
        if not steps.is_there(right):
            raise Invalid({"establishment": "Choose the school."})
        if notice.state not in PLACED:
            raise Invalid({"setting": steps.MOVED})
        if notice.path == "school" and notice.establishment_id == right.establishment_id and notice.state != "decide":
            raise Invalid({"establishment": "This school is the one that was told."})
        put(notice, right, why, source=by.name, by=by, now=now)


def put(notice: SchoolNotice, right: Right, why: str, *, source: str, by: Actor, now: datetime) -> None:
    """Note where a child learns, end what this makes wrong, and make what it asks for. A step of actions that check."""
    on = steps.today(notice.known_at)
    steps.enrol(
        notice.child_id, right.setting, right.establishment_id, on=on, source=source, also=right.also, by=by, now=now
    )
    if notice.path in {"school", "council", "home_force"} and not right.also:
        withdraw(notice, why, by=by, now=now)
    elif not right.also:
        steps.settle(notice, state="answered")
        steps.story(notice, "answered", why, at=now, by=by)
        steps.close_contents(notice)
        steps.end_clock(notice, why, by=by, now=now)
        steps.logged(notice, "notice_answered", by=by)
    noticing.make(notice.incident_id, domestic=True, decided=notice.child_id, by=by, now=now)


def recall(notice_id: uuid.UUID, because: str, *, by: Actor, now: datetime) -> None:
    """Take a notice back: from now the school reads only that it was recalled. Said twice, it stands once."""
    access.check(by, TELL)
    with access.acting(by):
        notice = steps.turn(notice_id)
        why = steps.require_words(because, "because", "Say why nobody there should know.")
        if notice.state == "recalled":
            return
        if notice.state in {"answered"}:
            raise Invalid({"because": steps.MOVED})
        withdraw(notice, why, by=by, now=now)


def withdraw(notice: SchoolNotice, why: str, *, by: Actor, now: datetime) -> None:
    """Recall a notice. A step of actions that check."""
    read = f" It had been opened: {notice.told_by_name}." if notice.opened_at else ""
    steps.settle(notice, state="recalled", recalled_at=now, recalled_because=why)
    steps.close_contents(notice)
    steps.story(notice, "recalled", f"{why}{read}", at=now, by=by)
    steps.logged(notice, "notice_recalled", by=by, opened=bool(notice.opened_at))
    steps.end_clock(notice, why, by=by, now=now)


def leave(notice: SchoolNotice, *, by: Actor, now: datetime) -> None:
    """End what is known of a child being at the school of a notice. A step of actions that check."""
    rows = Enrolment.objects.filter(person_id=notice.child_id, establishment=notice.establishment)
    rows.filter(to_date__isnull=True).update(to_date=steps.today(notice.known_at))


def release(notice_id: uuid.UUID, *, by: Actor, now: datetime) -> None:
    """Send now what is held. Sent already, it stays so."""
    access.check(by, TELL)
    with access.acting(by):
        notice = steps.turn(notice_id)
        if notice.state == "held":
            _send(notice, by=by, now=now)


def again(notice_id: uuid.UUID, *, by: Actor, now: datetime) -> None:
    """Mail once more that something waits, to an address that was perhaps corrected."""
    access.check(by, TELL)
    with access.acting(by):
        notice = steps.turn(notice_id, ("sent",))
        if not (notice.establishment and notice.establishment.email):
            raise Invalid({"words": "No mail address is held for this school. Add one first, or telephone."})
        SchoolNotice.objects.filter(id=notice.id).update(mail="queued", mail_words="")
        steps.story(notice, "again", "Mailed again.", at=now, by=by)
        steps.logged(notice, "notice_mailed_again", by=by)
        sending.post(notice, "first", by=by, now=now)


def returned(notice_id: uuid.UUID, words: str, *, by: Actor, now: datetime) -> None:
    """Record that a mail came back after it was handed over."""
    access.check(by, TELL)
    with access.acting(by):
        notice = steps.turn(notice_id, ("sent",))
        why = steps.require_words(words, "words", "Copy what the mail that came back says.")
        SchoolNotice.objects.filter(id=notice.id).update(mail="bounced", mail_words=why)
        steps.story(notice, "mail_bounced", why, at=now, by=by)
        steps.logged(notice, "notice_mail_bounced", by=by)


def hand(notice_id: uuid.UUID, rung: Rung, *, by: Actor, now: datetime) -> None:
    """Record that the force where the child lives was told, by whom and under which of its numbers."""
    access.check(by, TELL)
    with access.acting(by):
        notice = steps.turn(notice_id)
        who = steps.require_words(rung.spoke_to, "spoke_to", "Name the force and whom you spoke to there.")
        if notice.state == "handed" and notice.told_by_name == who:
            return
        if notice.state != "elsewhere":
            raise Invalid({"spoke_to": steps.MOVED})
        words = steps.require_words(rung.words, "words", "Give their reference, and that they tell the school.")
        steps.require_past(rung.at, "at", now)
        steps.settle(notice, "spoke_to", state="handed", told_at=rung.at, told_by_name=who)
        steps.story(notice, "handed", f"{who}: {words}", at=rung.at, by=by)
        steps.logged(notice, "notice_handed", by=by, action="disclosure")
        steps.met(notice, rung.at, by=by)


def _send(notice: SchoolNotice, *, by: Actor, now: datetime) -> None:
    found = steps.rule_on(steps.today(notice.known_at))
    assert found is not None, "a notice is made under a rule"
    sending.send(notice, found[0], sending.found_of(notice, by=by), by=by, now=now)
