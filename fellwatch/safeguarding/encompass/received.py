"""What a school or an education team reads of its own notices. It sees no record of the police."""

import uuid
from collections.abc import Mapping
from datetime import date, datetime, timedelta

from django.db.models import F, Q, QuerySet

from fellwatch.foundation import access, audit, clock
from fellwatch.foundation.access import Actor
from fellwatch.records.queries import Missing
from fellwatch.safeguarding.encompass import calendar
from fellwatch.safeguarding.encompass.access import NAME, RECEIVE
from fellwatch.safeguarding.encompass.models import WAITS, Establishment, SchoolNotice, SchoolTold
from fellwatch.safeguarding.encompass.queries import view
from fellwatch.safeguarding.encompass.values import EstablishmentView, Received

KEPT = timedelta(days=400)
PAGE = 60
"""Notices on a page."""


@access.reads
def inbox(*, by: Actor, now: datetime, page: int = 0) -> tuple[tuple[Received, ...], bool]:
    """Return a page of the notices of the reader's own school, without what they say, and whether more follow: those
    that wait to be opened first, those due first before the others, then the newest."""
    access.check(by, RECEIVE)
    sent, first, last = _sent(by, now), page * PAGE, (page + 1) * PAGE + 1
    waits = (
        sent.filter(WAITS).order_by(F("due_at").asc(nulls_first=True), "-sent_at", "id").values_list("id", flat=True)
    )
    shown = list(waits[first:last])
    if len(shown) < last - first:
        # What does not wait is not sorted by whether it does: an index gives the newest of it, page by page.
        before = waits.count()
        rest = sent.exclude(WAITS).order_by("-sent_at", "id").values_list("id", flat=True)
        shown += rest[max(first - before, 0) : max(last - before, 0)]
    found = SchoolNotice.objects.in_bulk(shown[:PAGE])
    return tuple(_received(found[id], {}) for id in shown[:PAGE] if id in found), len(shown) > PAGE


@access.reads
def waiting(*, by: Actor, now: datetime) -> int:
    """Return how many notices of the reader's own school wait to be opened."""
    access.check(by, RECEIVE)
    return _sent(by, now).filter(WAITS).count()


def _sent(by: Actor, now: datetime) -> "QuerySet[SchoolNotice, SchoolNotice]":
    return SchoolNotice.objects.filter(agency=by.agency, sent_at__gte=now - KEPT)


@access.reads
def notice(notice_id: uuid.UUID, *, by: Actor) -> Received:
    """Return one notice as it was opened, with exactly what it says now; log the read."""
    access.check(by, RECEIVE, subject=("school_notice", str(notice_id)))
    found = SchoolNotice.objects.filter(id=notice_id, agency=by.agency).first()
    if found is None:
        raise Missing("There is no such notice to your school.")
    told = SchoolTold.objects.filter(notice_id=found.id, agency=by.agency).order_by("-number").first()
    shown: Mapping[str, str] = told.contents if told and found.opened_at else {}
    audit.record(
        by=by, action="consultation", sentence="safeguarding.notice_read_by_school",
        subject=("school_notice", found.id), people=[found.child_id] if shown else [],
    )  # fmt: skip
    return _received(found, shown)


@access.reads
def own_school(*, by: Actor, now: datetime) -> EstablishmentView | None:
    """Return the reader's own school with its next days; None where the sign-in belongs to none."""
    access.check(by, RECEIVE)
    found = Establishment.objects.filter(agency=by.agency).first()
    if found is None:
        return None
    days: tuple[date, ...] = calendar.next_days(found.id, now)[:10]
    today = clock.london_date(now)
    shut = found.days.filter(kind="closed", end_date__gt=today).order_by("first_date")
    spells = tuple((row.kind, row.first_date, row.end_date - calendar.ONE_DAY, row.words) for row in shut)
    return view(found, spells, days)


@access.reads
def schools(*, by: Actor, now: datetime) -> tuple[tuple[uuid.UUID, str], ...]:
    """Return the open schools that an education team may name, by name."""
    access.check(by, NAME)
    today = clock.london_date(now)
    rows = Establishment.objects.exclude(kind="council").filter(Q(closed_date__isnull=True) | Q(closed_date__gt=today))
    return tuple(rows.order_by("name").values_list("id", "name"))


def _received(row: SchoolNotice, contents: Mapping[str, str]) -> Received:
    assert row.sent_at is not None
    return Received(
        id=row.id,
        receipt=row.receipt,
        asks=row.path == "ask",
        state=row.state,
        sent_at=row.sent_at,
        due_at=row.due_at,
        opened_at=row.opened_at,
        more_at=row.more_at,
        told_by_name=row.told_by_name,
        answer=row.answer,
        answered_at=row.answered_at,
        disputed_at=row.disputed_at,
        recalled_at=row.recalled_at,
        contents=contents,
    )
