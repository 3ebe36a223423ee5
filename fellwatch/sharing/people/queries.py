"""Reads for those who look after agencies and for an agency's own lead."""

from datetime import datetime

from fellwatch.foundation import access, audit
from fellwatch.foundation.access import Actor
from fellwatch.sharing.access import CARRY, LEAD, MANAGE
from fellwatch.sharing.invitations import standing
from fellwatch.sharing.models import Invitation, Member, Message
from fellwatch.sharing.values import InvitationView, MemberView, MessageView

TROUBLED = ("failed", "bounced", "held", "refused")


@access.reads
def members(*, by: Actor, agency: str) -> tuple[MemberView, ...]:
    """Return who signs in for an agency, those who left last."""
    access.check(by, MANAGE if MANAGE in by.permissions else LEAD, subject=("agency", agency))
    rows = Member.objects.filter(agency_id=agency).order_by("left_at", "name")
    found = tuple(
        MemberView(r.id, r.user_id, r.agency_id, r.name, r.mail, r.joined_at, r.left_at, r.left_by_name) for r in rows
    )
    audit.record(by=by, action="consultation", sentence="sharing.members_read", subject=("agency", agency))
    return tuple(sorted(found, key=lambda one: one.left_at is not None))


@access.reads
def invitations(*, by: Actor, agency: str, now: datetime) -> tuple[InvitationView, ...]:
    """Return an agency's invitations, newest first."""
    access.check(by, MANAGE if MANAGE in by.permissions else LEAD, subject=("agency", agency))
    return tuple(_invitation(row, now) for row in Invitation.objects.filter(agency_id=agency).order_by("-made_at")[:50])


def _invitation(r: Invitation, now: datetime) -> InvitationView:
    state = "used" if r.used_at else "withdrawn" if r.withdrawn_at else "past" if r.expires_at <= now else "waiting"
    return InvitationView(
        r.id, r.agency_id, r.name, r.mail, r.role, r.made_at, r.made_by_name, r.expires_at, state
    )  # fmt: skip


@access.reads
def invited(secret: str, *, by: Actor, now: datetime) -> InvitationView:
    """Return the invitation a link belongs to while it is good, or raise Missing; `by` is the door."""
    access.check(by, CARRY)
    return _invitation(standing(secret, now), now)


@access.reads
def messages(*, by: Actor, troubled: bool = False, limit: int = 200) -> tuple[MessageView, ...]:
    """Return outgoing messages, newest first; `troubled` only those that did not arrive."""
    access.check(by, MANAGE)
    rows = Message.objects.order_by("-made_at")
    rows = rows.filter(state__in=TROUBLED) if troubled else rows
    found = tuple(
        MessageView(
            r.id, r.kind, r.channel, r.address, r.name, r.agency, r.state, r.because, r.attempts, r.made_at, r.sent_at,
            r.bounced_at,
        )
        for r in rows[:limit]
    )  # fmt: skip
    audit.record(by=by, action="consultation", sentence="sharing.messages_read", subject=("messages", len(found)))
    return found


@access.reads
def undelivered(*, by: Actor) -> int:
    """Return how many messages did not arrive and were not sent again."""
    access.check(by, MANAGE)
    return Message.objects.filter(state__in=("failed", "bounced", "held")).count()
