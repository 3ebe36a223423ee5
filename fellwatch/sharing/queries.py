"""Every read of referrals: by whoever refers, and by the agency that was told."""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from fellwatch.foundation import access, audit
from fellwatch.foundation.access import Actor
from fellwatch.sharing.access import READ, RECEIVE
from fellwatch.sharing.models import Agency, Referral


class Missing(LookupError):
    """There is no such referral, or it is not the reader's."""


@dataclass(frozen=True)
class AgencyView:
    """An agency that may be asked."""

    code: str
    name: str
    kind: str
    telephone: str


@dataclass(frozen=True)
class ReferralView:
    """A referral as it stands, with exactly what was told."""

    id: uuid.UUID
    incident_id: uuid.UUID | None
    agency: str
    basis: str
    necessity: str
    contents: Mapping[str, str]
    withheld: tuple[str, ...]
    receipt: str
    sent_at: datetime
    sent_by_name: str
    state: str
    opened_at: datetime | None
    opened_by_name: str
    answered_at: datetime | None
    answered_by_name: str
    answer: str


@access.reads
def agencies(*, by: Actor) -> tuple[AgencyView, ...]:
    """Return the agencies that take referrals, by name."""
    access.check(by, READ)
    rows = Agency.objects.filter(closed=False).order_by("name")
    return tuple(AgencyView(row.code, row.name, row.kind, row.telephone) for row in rows)


@access.reads
def of_incident(incident_id: uuid.UUID, *, by: Actor) -> tuple[ReferralView, ...]:
    """Return an incident's referrals, newest first. The caller logs the read of the incident."""
    access.check(by, READ)
    return _views(Referral.objects.filter(incident_id=incident_id).select_related("agency").order_by("-sent_at"))


@access.reads
def standing(referral_id: uuid.UUID, *, by: Actor) -> ReferralView | None:
    """Return a referral as it stands, for the process that carries its answer back; None where there is none."""
    access.check(by, READ)
    found = _views(Referral.objects.filter(id=referral_id).select_related("agency"))
    return found[0] if found else None


@access.reads
def inbox(*, by: Actor) -> tuple[ReferralView, ...]:
    """Return what the reader's agency was sent, unanswered first. What it tells is shown once it is opened."""
    access.check(by, RECEIVE)
    found = _views(Referral.objects.select_related("agency").order_by("-sent_at")[:200])
    audit.record(
        by=by,
        action="consultation",
        sentence="sharing.inbox_read",
        subject=("referrals", by.agency),
        detail={"referrals": len(found)},
    )
    return tuple(sorted(found, key=lambda one: one.answered_at is not None))


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


def _views(rows: Iterable[Referral]) -> tuple[ReferralView, ...]:
    return tuple(
        ReferralView(
            row.id,
            row.incident_id,
            row.agency.name,
            row.basis,
            row.necessity,
            row.contents,
            tuple(row.withheld),
            row.receipt,
            row.sent_at,
            row.sent_by_name,
            row.state,
            row.opened_at,
            row.opened_by_name,
            row.answered_at,
            row.answered_by_name,
            row.answer,
        )
        for row in rows
    )
