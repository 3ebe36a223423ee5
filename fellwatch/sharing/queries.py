"""Every read of what was sent: by whoever sent it, and by the agency that was told."""

import uuid
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime

from django.db import connection
from django.db.models import Count, F, Q, QuerySet
from django.db.models.functions import Coalesce

from fellwatch.foundation import access, audit, clock
from fellwatch.foundation.access import Actor
from fellwatch.records import queries as records
from fellwatch.sharing import agreements
from fellwatch.sharing.access import CARRY, MANAGE, READ, RECEIVE
from fellwatch.sharing.models import Agency, Feedback, Member, Recall, Referral
from fellwatch.sharing.models.referrals import TAKEN, UNANSWERED
from fellwatch.sharing.values import (
    AgencyView,
    FeedbackView,
    Listed,
    Owed,
    Reader,
    Readers,
    RecallView,
    ReferralView,
    SentRow,
)

__all__ = [
    "AgencyView",
    "FeedbackView",
    "Missing",
    "RecallView",
    "ReferralView",
    "agencies",
    "agency",
    "feedback",
    "inbox",
    "of_incident",
    "of_matter",
    "owed",
    "readers",
    "recalls",
    "received",
    "sent_in",
    "standing",
    "told_back",
]
PARTS = ("waiting", "taken", "answered")
"""The parts of an agency's inbox: to answer, to say what came of it, done."""
FIRST = slice(50)


class Missing(records.Missing):
    """There is no such referral, or it is not the reader's."""


@access.reads
def agencies(*, by: Actor, now: datetime | None = None, closed: bool = False) -> tuple[AgencyView, ...]:
    """Return the agencies that take referrals, by name, each with what it may be told today; `closed` shows all."""
    access.check(by, MANAGE if MANAGE in by.permissions else READ)
    rows = Agency.objects.prefetch_related("agreements").order_by("name")
    rows = rows if closed else rows.filter(closed=False)
    return tuple(_agency(row, now or clock.now()) for row in rows)


@access.reads
def agency(*, by: Actor, now: datetime) -> AgencyView | None:
    """Return the reader's own agency with its agreement."""
    access.check(by, RECEIVE)
    row = Agency.objects.filter(code=by.agency).prefetch_related("agreements").first()
    return _agency(row, now) if row else None


def _agency(row: Agency, now: datetime) -> AgencyView:
    on, held = clock.london_date(now), agreements.standing(row, now)
    return AgencyView(
        row.code, row.name, row.kind, row.telephone, row.mailbox, row.in_hub, row.manager, row.closed,
        agreements.view(held, on) if held else None, tuple(held.fields) if held else None,
        "" if held else agreements.lapsed(row.agreements.all(), on),
    )  # fmt: skip


@access.reads
def of_incident(incident_id: uuid.UUID, *, by: Actor) -> tuple[ReferralView, ...]:
    """Return an incident's referrals, newest first. The caller logs the read of the incident."""
    access.check(by, READ)
    return _views(Referral.objects.filter(incident_id=incident_id).select_related("agency").order_by("-sent_at"))


@access.reads
def of_matter(about: Iterable[uuid.UUID], *, by: Actor) -> tuple[ReferralView, ...]:
    """Return what was sent in these matters, oldest first. The caller logs the read of the matter."""
    access.check(by, READ)
    return _views(Referral.objects.filter(about__in=list(about)).select_related("agency").order_by("sent_at"))


@access.reads
def sent_in(about: Iterable[uuid.UUID], *, by: Actor) -> tuple[SentRow, ...]:
    """Return what was sent in these matters without what it told. The caller logs the read of the matters."""
    access.check(by, READ)
    rows = Referral.objects.filter(about__in=list(about)).order_by("sent_at")
    columns = ("id", "about", "agency__name", "kind", "state", "answered_at")
    return tuple(
        SentRow(id, matter, agency, kind, state, answered_at is not None)
        for id, matter, agency, kind, state, answered_at in rows.values_list(*columns)
    )


@access.reads
def standing(referral_id: uuid.UUID, *, by: Actor) -> ReferralView | None:
    """Return a referral as it stands, for the process that carries its answer back; None where there is none."""
    access.check(by, READ)
    found = _views(Referral.objects.filter(id=referral_id).select_related("agency"))
    return found[0] if found else None


@access.reads
def inbox(*, by: Actor, parts: Iterable[str] = PARTS, cut: slice = FIRST) -> dict[str, Listed]:
    """Return a cut of each part of what the reader's agency was sent; what it tells is shown once it is opened.

    What waits for an answer begins with what is due first, and what has no time is as due from when it was sent; what
    was taken begins with what was taken first; the rest is newest first.
    """
    access.check(by, RECEIVE)
    found = {part: _listed(_OF[part](_sent_to(by)), cut) for part in parts}
    audit.record(
        by=by,
        action="consultation",
        sentence="sharing.inbox_read",
        subject=("referrals", by.agency),
        detail={"referrals": sum(len(one.rows) for one in found.values())},
    )
    return found


def _sent_to(by: Actor) -> "QuerySet[Referral, Referral]":
    # The row policy asks for the agency too; said here, an index by agency is read instead of everything newest first.
    return Referral.objects.filter(agency_id=by.agency).select_related("agency")


_OF: Mapping[str, Callable[["QuerySet[Referral, Referral]"], "QuerySet[Referral, Referral]"]] = {
    "waiting": lambda sent: sent.filter(UNANSWERED).order_by(Coalesce("due_at", "sent_at"), "id"),
    "taken": lambda sent: sent.filter(TAKEN).order_by("answered_at", "id"),
    "answered": lambda sent: sent.filter(answered_at__isnull=False).exclude(TAKEN).order_by("-answered_at", "id"),
}


def _listed(rows: "QuerySet[Referral, Referral]", cut: slice) -> Listed:
    found = list(rows[cut.start or 0 : cut.stop + 1])
    most = cut.stop - (cut.start or 0)
    return Listed(_views(found[:most]), len(found) > most)


@access.reads
def owed(*, by: Actor, now: datetime) -> Owed:
    """Return how much the reader's agency has still to answer, to complete and to confirm; it shows nothing."""
    access.check(by, RECEIVE)
    counted = _sent_to(by).filter(UNANSWERED | TAKEN).aggregate(
        waiting=Count("id", filter=UNANSWERED),
        late=Count("id", filter=UNANSWERED & Q(due_at__lt=now)),
        taken=Count("id", filter=TAKEN),
    )  # fmt: skip
    back = Recall.objects.filter(agency_id=by.agency, confirmed_at__isnull=True).count()
    return Owed(counted["waiting"], counted["late"], counted["taken"], back)


@access.reads
def recalls(*, by: Actor, cut: slice = FIRST) -> tuple[tuple[RecallView, ...], bool]:
    """Return a cut of what was taken back from the reader's agency, what it has not confirmed first; and whether more
    follow."""
    access.check(by, RECEIVE)
    rows = Recall.objects.filter(agency_id=by.agency).order_by(F("confirmed_at").desc(nulls_first=True), "at", "id")
    found = [
        RecallView(r.id, r.receipt, r.reason, r.was_opened, r.at, r.by_name, r.confirmed_at, r.confirmed_by_name)
        for r in rows[cut.start or 0 : cut.stop + 1]
    ]
    most = cut.stop - (cut.start or 0)
    return tuple(found[:most]), len(found) > most


@access.reads
def received(referral_id: uuid.UUID, *, by: Actor) -> ReferralView:
    """Return a referral to the reader's agency with what it tells, and log whom it is about."""
    access.check(by, RECEIVE)
    row = Referral.objects.filter(id=referral_id).select_related("agency").first()
    if row is None:
        raise Missing("There is no such referral to your agency.")
    audit.record(
        by=by,
        action="consultation",
        sentence="sharing.referral_read",
        subject=("referral", referral_id),
        people=[row.person_id],
    )
    return _views([row])[0]


@access.reads
def readers(referral_id: uuid.UUID, *, by: Actor) -> Readers:
    """Return who may be told that something waits: the agency's people, without anybody whom it concerns."""
    access.check(by, CARRY)
    row = Referral.objects.filter(id=referral_id).select_related("agency").first()
    if row is None:
        raise Missing("There is no such referral.")
    people = Member.objects.filter(agency_id=row.agency_id, left_at__isnull=True).order_by("name")
    spared = [one for one in people if not _barred(one.user_id, row)]
    found = tuple(Reader(one.user_id, one.name, one.mail) for one in spared)
    return Readers(row.agency_id, row.agency.mailbox, found)


def _barred(user_id: uuid.UUID, row: Referral) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "select sharing_user_barred(%s::uuid, %s::uuid, %s::uuid, %s::uuid)",
            [user_id, row.about, row.person_id, row.incident_id],
        )
        barred: bool = cursor.fetchone()[0]
    return barred


@access.reads
def told_back(*, by: Actor, limit: int = 50) -> tuple[FeedbackView, ...]:
    """Return what came of what the reader raised, newest first, and log whom it is about."""
    access.check(by, READ)
    rows = list(Feedback.objects.filter(to_id=by.id).order_by("-at")[:limit])
    Feedback.objects.filter(id__in=[row.id for row in rows], to_id=by.id, seen_at__isnull=True).update(
        seen_at=clock.now()
    )
    if rows:
        audit.record(
            by=by, action="consultation", sentence="sharing.told_back_read", subject=("feedback", len(rows)),
            people=[row.person_id for row in rows],
        )  # fmt: skip
    return tuple(FeedbackView(r.id, r.about, r.incident_id, r.title, r.words, r.at, r.by_name, r.seen_at) for r in rows)


@access.reads
def feedback(feedback_id: uuid.UUID, *, by: Actor) -> FeedbackView | None:
    """Return what somebody was told, for the process that writes it into an incident's log."""
    access.check(by, CARRY)
    r = Feedback.objects.filter(id=feedback_id).first()
    return FeedbackView(r.id, r.about, r.incident_id, r.title, r.words, r.at, r.by_name, r.seen_at) if r else None


def _views(rows: Iterable[Referral]) -> tuple[ReferralView, ...]:
    return tuple(
        ReferralView(
            id=row.id,
            kind=row.kind,
            about=row.about,
            incident_id=row.incident_id,
            person_id=row.person_id,
            agency=row.agency.name,
            agency_code=row.agency_id,
            basis=row.basis,
            necessity=row.necessity,
            proportionality=row.proportionality,
            contents=row.contents,
            withheld=tuple(row.withheld),
            receipt=row.receipt,
            sent_at=row.sent_at,
            due_at=row.due_at,
            sent_by_id=row.sent_by_id,
            sent_by_name=row.sent_by_name,
            state=row.state,
            opened_at=row.opened_at,
            opened_by_name=row.opened_by_name,
            answered_at=row.answered_at,
            answered_by_name=row.answered_by_name,
            answer_code=row.answer_code,
            answer=row.answer,
            completed_at=row.completed_at,
            completed_by_name=row.completed_by_name,
            outcome_code=row.outcome_code,
            outcome=row.outcome,
            recalled_at=row.recalled_at,
            recalled_because=row.recalled_because,
        )
        for row in rows
    )
