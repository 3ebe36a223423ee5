"""Schools as recipients and the days they meet. What changes a calendar moves the clocks that run by it."""

import re
import uuid
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from procrastinate.contrib.django import app

from fellwatch.foundation import access, audit, ids, once
from fellwatch.foundation.access import Actor, can
from fellwatch.safeguarding.encompass import calendar
from fellwatch.safeguarding.encompass.access import LOAD, RUN, TELL
from fellwatch.safeguarding.encompass.actions import steps
from fellwatch.safeguarding.encompass.life import DAYS, KINDS
from fellwatch.safeguarding.encompass.models import Establishment, SchoolDays, SchoolNotice
from fellwatch.safeguarding.encompass.values import NewEstablishment, NewSpell
from fellwatch.safeguarding.values import Invalid

RECOUNT = "safeguarding.recount_school"
LONGEST = timedelta(days=200)
MAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
ONE_DAY = timedelta(days=1)


def keep(new: NewEstablishment, *, by: Actor, now: datetime) -> uuid.UUID:
    """Add a recipient, or correct what is known of one; found by the code its people sign in under."""
    _may(by)
    problems = _wrong(new)
    if problems:
        raise Invalid(problems)
    with access.acting(by):
        stored, _ = Establishment.objects.update_or_create(
            agency=new.agency,
            defaults={
                "name": new.name.strip(), "kind": new.kind, "lead_name": new.lead_name.strip(), "email": new.email,
                "second_email": new.second_email, "telephone": new.telephone.strip(), "starts": new.starts,
                "agreed": list(new.agreed), "agreed_until": new.agreed_until, "districts": list(new.districts),
                "closed_date": new.closed_date, "school_id": new.school_id,
            },
            create_defaults={
                "id": new.id, "agency": new.agency, "name": new.name.strip(), "kind": new.kind,
                "lead_name": new.lead_name.strip(), "email": new.email, "second_email": new.second_email,
                "telephone": new.telephone.strip(), "starts": new.starts, "agreed": list(new.agreed),
                "agreed_until": new.agreed_until, "districts": list(new.districts), "closed_date": new.closed_date,
                "school_id": new.school_id,
            },
        )  # fmt: skip
        audit.record(
            by=by, action="alteration", sentence="safeguarding.school_kept", subject=("establishment", stored.id)
        )
        recount_later(stored.id)
        return stored.id


def add_days(establishment_id: uuid.UUID, spells: Sequence[NewSpell], *, by: Actor, now: datetime) -> int:
    """Add spells to a school's calendar and return how many were new; one that begins alike is corrected."""
    _may(by)
    with access.acting(by):
        school = _school(establishment_id)
        wrong = [words for spell in spells if (words := wrong_spell(spell))]
        if wrong:
            raise Invalid({"first_date": " ".join(wrong)})
        new = sum(_put(school, spell, by=by, now=now) for spell in spells)
        audit.record(
            by=by, action="alteration", sentence="safeguarding.school_days_added", subject=("establishment", school.id),
            detail={"spells": len(spells)},
        )  # fmt: skip
        recount_later(school.id)
        return new


def close_days(
    establishments: Sequence[uuid.UUID], first: date, last: date, words: str, *, by: Actor, now: datetime
) -> None:
    """Say that schools are closed, a storm's or a burst pipe's day: what they must know waits for the next."""
    access.check(by, TELL)
    with access.acting(by):
        why = steps.require_words(words, "words", "Say why, in a few words.")
        if not establishments:
            raise Invalid({"establishments": "Choose at least one school."})
        if last < first or last - first > timedelta(days=30):
            raise Invalid({"last_date": "Give a last day on or after the first, within a month."})
        for school in Establishment.objects.filter(id__in=establishments).exclude(kind="council"):
            shut(school, first, last, "closed", why, by=by, now=now)


def shut(school: Establishment, first: date, last: date, kind: str, why: str, *, by: Actor, now: datetime) -> None:
    """Add days without school. A step of actions that check."""
    once.only(school.id)
    if not SchoolDays.objects.filter(establishment_id=school.id, kind=kind, first_date=first).exists():
        SchoolDays.objects.bulk_create([_row(school, NewSpell(kind, first, last, why), by, now)])
    audit.record(
        by=by, action="alteration", sentence="safeguarding.school_closed", subject=("establishment", school.id)
    )
    recount_later(school.id)


def recount(establishment_id: uuid.UUID, *, by: Actor, now: datetime) -> int:
    """Reckon again by when a school must know what it does not know yet; return how many moved. Run by a job."""
    access.check(by, RUN)
    with access.acting(by):
        rows = SchoolNotice.objects.filter(establishment_id=establishment_id, state__in=["held", "sent"])
        rows = rows.select_related("establishment").order_by("id").select_for_update(of=("self",))
        return sum(_again(notice, by, now) for notice in rows)


def recount_later(establishment_id: uuid.UUID) -> None:
    """Queue the reckoning in this transaction."""
    app.configure_task(RECOUNT).defer(establishment=str(establishment_id))


def wrong_spell(spell: NewSpell) -> str:
    """Say what is wrong with a spell and what to do; "" for nothing."""
    if spell.kind not in DAYS:
        return f"“{spell.kind}” is no kind of day. Write term, inset or closed."
    if spell.last_date < spell.first_date:
        return "It ends before it begins. Correct one of the days."
    if spell.last_date - spell.first_date > LONGEST:
        return "It is longer than half a year. Give each term, or half of one, its own line."
    return ""


def _again(notice: SchoolNotice, by: Actor, now: datetime) -> int:
    due = calendar.deadline(notice.establishment, notice.known_at)
    if (due.due_at, due.doubt) == (notice.due_at, notice.due_words):
        return 0
    moved = due.due_at != notice.due_at
    steps.end_clock(notice, "The school's calendar changed.", by=by, now=now)
    steps.settle(
        notice, due_at=due.due_at, due_words=due.doubt, clock=ids.new(), telephone_at=None, reminded_at=None,
        held_until=_held(notice, due.due_at),
    )  # fmt: skip
    steps.owe(notice, by=by, now=now)
    if moved:
        steps.story(notice, "moved", f"The school's calendar changed: {due.working[-1]}", at=now, by=by)
        steps.logged(notice, "notice_due_moved", by=by)
    return 1


def _held(notice: SchoolNotice, due_at: datetime) -> datetime | None:
    """Return until when a notice is held: never past the reminder before its new time."""
    found = steps.rule_on(steps.today(notice.known_at))
    if notice.held_until is None or found is None:
        return notice.held_until
    return min(notice.held_until, due_at - timedelta(minutes=found[0].remind_minutes))


def _put(school: Establishment, spell: NewSpell, *, by: Actor, now: datetime) -> int:
    row = _row(school, spell, by, now)
    same = SchoolDays.objects.filter(establishment_id=school.id, kind=spell.kind, first_date=spell.first_date)
    if same.update(end_date=row.end_date, words=row.words, noted_at=now, noted_by_name=by.name):
        return 0
    row.save(force_insert=True)
    return 1


def _row(school: Establishment, spell: NewSpell, by: Actor, now: datetime) -> SchoolDays:
    return SchoolDays(
        establishment=school, kind=spell.kind, first_date=spell.first_date, end_date=spell.last_date + ONE_DAY,
        words=spell.words.strip(), noted_at=now, noted_by_name=by.name,
    )  # fmt: skip


def _school(establishment_id: uuid.UUID) -> Establishment:
    found = Establishment.objects.filter(id=establishment_id).first()
    if found is None:
        raise Invalid({"establishment": "There is no such school."})
    return found


def _wrong(new: NewEstablishment) -> dict[str, str]:
    problems: dict[str, str] = {}
    if not new.name.strip():
        problems["name"] = "Give its name."
    if new.kind not in KINDS:
        problems["kind"] = "Choose what it is."
    for name in ("email", "second_email"):
        if getattr(new, name) and not MAIL.fullmatch(getattr(new, name)):
            problems[name] = "Write a mail address, such as lead@school.example."
    return problems


def _may(by: Actor) -> None:
    """Ask for either permission: the team's, or the data manager's."""
    if not can(by, LOAD).allowed:
        access.check(by, TELL)
