"""Send a notice: open it to its school in the portal, and mail that something waits there. Mail names nobody."""

import uuid
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.urls import reverse
from procrastinate.contrib.django import app
from procrastinate.types import JSONDict

from fellwatch.assessments.models import Assessment
from fellwatch.foundation import access, clock, ids, rows
from fellwatch.foundation.access import Actor
from fellwatch.rules.school_notices import SchoolNotices
from fellwatch.safeguarding.encompass import finding, writing
from fellwatch.safeguarding.encompass.access import RUN
from fellwatch.safeguarding.encompass.actions import steps
from fellwatch.safeguarding.encompass.finding import Found
from fellwatch.safeguarding.encompass.models import SchoolNotice, SchoolTold
from fellwatch.sharing.actions import messages

MAIL = "safeguarding.mail_school"
READING = ("sent", "opened", "acknowledged", "told")
WORDS = {"first": "school", "second": "school", "reminder": "school_reminder", "more": "school_more"}


def send_or_hold(notice: SchoolNotice, rule: SchoolNotices, found: Found, *, by: Actor, now: datetime) -> None:
    """Send a new notice, or hold it for the officer's form or for the end of the holidays, and say until when."""
    until, what = _hold(notice, rule, found, now)
    if until and until > now:
        words = "the officer's form" if what == "form" else "the end of the holidays"
        steps.settle(notice, held_until=until, held_for=what)
        steps.story(notice, "held", f"Held for {words}, no longer than {_at(until)}.", at=now, by=by)
    else:
        send(notice, rule, found, by=by, now=now)


def send(notice: SchoolNotice, rule: SchoolNotices, found: Found, *, by: Actor, now: datetime) -> None:
    """Open a notice that has told nothing yet to its school now. A step: it joins the caller's transaction."""
    who = notice.establishment
    assert who is not None, "a notice without a recipient waits for a person"
    _tell(notice, 1, *_said(notice, rule, found), now)
    mail = "queued" if who.email else "none"
    steps.settle(notice, state="sent", sent_at=now, agency=who.agency, held_until=None, held_for="", mail=mail)
    steps.story(notice, "sent", f"Open to {who.name} in the portal.", at=now, by=by)
    steps.logged(notice, "notice_sent", by=by, action="disclosure", to=who.agency)
    if mail == "queued":
        post(notice, "first", by=by, now=now)


def add_what_is_new(notice: SchoolNotice, rule: SchoolNotices, found: Found, *, by: Actor, now: datetime) -> None:
    """Send what waited for the form; add to what was sent what has become known since, as another version."""
    if notice.path not in {"school", "council"}:
        return
    if notice.state == "held" and notice.held_for == "form" and found.answers:
        send(notice, rule, found, by=by, now=now)
    elif notice.state in READING and _more(notice, rule, found, now):
        steps.settle(notice, more_at=now)
        steps.story(notice, "more", "What became known since was added.", at=now, by=by)
        steps.logged(notice, "notice_added_to", by=by, action="disclosure", to=notice.agency)
        if notice.state != "sent" and notice.mail != "none":
            post(notice, "more", by=by, now=now)


def post(notice: SchoolNotice, kind: str, *, by: Actor, now: datetime) -> None:
    """Mail that something waits: "first", "second" (the other address), "reminder" or "more".

    The process that tells schools puts it before the one door for mail now; whoever may not asks it to, by a job.
    """
    if RUN in by.permissions:
        _mail(notice, kind, ids.new(), by=by, now=now)
    else:
        post_all([notice.id], kind)


def post_all(notices: Sequence[uuid.UUID], kind: str) -> None:
    """Queue a message about each of these, at once."""
    jobs: list[JSONDict] = [{"notice": str(notice_id), "kind": kind, "key": str(ids.new())} for notice_id in notices]
    if jobs:
        app.configure_task(MAIL).batch_defer(*jobs)


def deliver(notice_id: uuid.UUID, kind: str, key: uuid.UUID, *, by: Actor, now: datetime) -> None:
    """Put a message before the one door for mail that somebody else asked for; run twice, it goes once."""
    access.check(by, RUN)
    with access.acting(by):
        found = SchoolNotice.objects.filter(id=notice_id).select_related("establishment").first()
        if found:
            _mail(found, kind, key, by=by, now=now)


def _mail(notice: SchoolNotice, kind: str, key: uuid.UUID, *, by: Actor, now: datetime) -> None:
    """Queue a message, unless there is nothing to tell any more."""
    who = notice.establishment
    if who is None or notice.state not in READING or (kind != "more" and notice.state != "sent"):
        return
    second = kind == "second" or (kind == "reminder" and notice.mail == "bounced")
    to = who.second_email if second else who.email
    if to:
        messages.message(
            WORDS[kind], address=to, name=who.lead_name, agency=who.agency, about=notice.id,
            path=reverse("portal:schools"), by=by, now=now, id=key,
        )  # fmt: skip


def found_of(notice: SchoolNotice, *, by: Actor) -> Found:
    """Return the child of a notice as it is known now."""
    children = finding.children(notice.incident, by=by)
    same = (one for one in children if one.person.id == notice.child_id)
    return next(same, None) or Found(notice.child, notice.linked_by)


def _hold(notice: SchoolNotice, rule: SchoolNotices, found: Found, now: datetime) -> tuple[datetime | None, str]:
    assert notice.due_at is not None
    if rule.holiday == "hold" and notice.due_at - now > timedelta(days=rule.holiday_from_days):
        return notice.due_at - timedelta(hours=rule.held_until_hours), "term"
    forms = Assessment.objects.filter(incident_id=notice.incident_id, instrument__in=rule.forms)
    if notice.path == "ask" or found.answers or forms.exists():
        return None, ""
    wait = notice.known_at + timedelta(minutes=rule.form_wait_minutes)
    return min(wait, notice.due_at - timedelta(minutes=rule.remind_minutes)), "form"


def _more(notice: SchoolNotice, rule: SchoolNotices, found: Found, now: datetime) -> bool:
    """Store what is said, where it differs from what was said last; return whether it does."""
    said, held_back = _said(notice, rule, found)
    last = SchoolTold.objects.filter(notice_id=notice.id).order_by("-number").first()
    if last and last.contents == said:
        return False
    _tell(notice, last.number + 1 if last else 1, said, held_back, now)
    return True


def _said(notice: SchoolNotice, rule: SchoolNotices, found: Found) -> tuple[dict[str, str], list[str]]:
    """Return what a notice says now, and the names of what is held back."""
    to = "ask" if notice.path == "ask" else "council" if notice.path == "council" else "school"
    return writing.contents(rule, to, notice.establishment, notice.incident, found, notice.incident.reference)


def _tell(notice: SchoolNotice, number: int, said: dict[str, str], held_back: list[str], now: datetime) -> None:
    agency = notice.establishment.agency if notice.establishment else ""
    told = SchoolTold(notice_id=notice.id, agency=agency, number=number, contents=said, withheld=held_back, at=now)
    rows.add([told])


def _at(moment: datetime) -> str:
    return f"{clock.london(moment):%H:%M on %A %-d %B}"
