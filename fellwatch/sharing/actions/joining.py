"""People of an agency: invited by a one-time link, joined, left. Whoever leaves is out at once."""

import re
import uuid
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from fellwatch.foundation import access, audit, ids, plain
from fellwatch.foundation.access import Actor
from fellwatch.foundation.accounts.models import User
from fellwatch.sharing import invitations
from fellwatch.sharing.access import CARRY, LEAD, MANAGE
from fellwatch.sharing.actions.messages import message
from fellwatch.sharing.checks import Invalid
from fellwatch.sharing.models import Agency, Invitation, Member
from fellwatch.sharing.queries import Missing

ROLES = ("partner", "partner_lead", "surveyor")
DAYS = 7
"""How long an invitation is good for."""
USERNAME = re.compile(r"[a-z0-9][a-z0-9._-]{2,63}")


def _may(by: Actor, agency: str) -> None:
    """Raise unless they look after agencies, or lead this one."""
    own = LEAD in by.permissions and by.agency == agency
    access.check(by, LEAD if own else MANAGE, subject=("agency", agency))


def invite(agency: str, name: str, mail: str, role: str, *, by: Actor, now: datetime) -> None:
    """Invite somebody to sign in for an agency: a link that works once, for seven days, goes to their mailbox.

    An earlier invitation to the same mailbox that nobody used works no longer.
    """
    access.check(by, MANAGE if MANAGE in by.permissions else LEAD, subject=("agency", agency))
    _may(by, agency)
    problems = _faults(name, mail, role)
    with access.acting(by):
        if not Agency.objects.filter(code=agency, closed=False).exists():
            problems["agency"] = "Choose the agency."
        if problems:
            raise Invalid(problems)
        mail = mail.strip().casefold()
        earlier = Invitation.objects.filter(agency_id=agency, mail=mail, used_at__isnull=True)
        earlier.filter(withdrawn_at__isnull=True).update(withdrawn_at=now)
        made = Invitation.objects.create(
            id=ids.new(), agency_id=agency, name=name.strip(), mail=mail, role=role, made_at=now, made_by_name=by.name,
            expires_at=now + timedelta(days=DAYS),
        )  # fmt: skip
        message("invitation", address=mail, name=made.name, agency=agency, about=made.id, by=by, now=now)
        audit.record(
            by=by, action="collection", sentence="sharing.invited", subject=("agency", agency), detail={"role": role}
        )


def _faults(name: str, mail: str, role: str) -> dict[str, str]:
    problems: dict[str, str] = {}
    if not name.strip() or len(name) > 200:
        problems["name"] = "Give their name."
    if not plain.is_mailbox(mail.strip()):
        problems["mail"] = "Give their own mailbox at work, such as name@agency.example."
    if role not in ROLES:
        problems["role"] = "Choose what they may do."
    return problems


def withdraw_invitation(invitation_id: uuid.UUID, *, by: Actor, now: datetime) -> None:
    """Make an unused invitation good for nothing."""
    access.check(by, MANAGE if MANAGE in by.permissions else LEAD, subject=("invitation", str(invitation_id)))
    with access.acting(by):
        found = Invitation.objects.filter(id=invitation_id).first()
        if found is None:
            raise Missing("There is no such invitation.")
        _may(by, found.agency_id)
        Invitation.objects.filter(id=invitation_id, used_at__isnull=True, withdrawn_at__isnull=True).update(
            withdrawn_at=now
        )
        audit.record(
            by=by, action="alteration", sentence="sharing.invitation_withdrawn", subject=("agency", found.agency_id)
        )


def join(secret: str, username: str, password: str, again: str, *, by: Actor, now: datetime) -> uuid.UUID:
    """Make the account of whoever holds an invitation, and return its id. The link works once; `by` is the door.

    Raises Missing for a link that is used, withdrawn, past its time or no link at all: nothing says which.
    """
    access.check(by, CARRY)
    with access.acting(by):
        found = invitations.standing(secret, now)
        username = username.strip().casefold()
        problems = _account_faults(username, password, again, found.name)
        if problems:
            raise Invalid(problems)
        user = User(
            id=ids.new(), username=username, full_name=found.name, role=found.role, team=found.agency.name,
            agency=found.agency_id, email=found.mail, purpose="Answering what the agency was sent",
        )  # fmt: skip
        user.set_password(password)
        user.save()
        Invitation.objects.filter(id=found.id).update(used_at=now)
        Member.objects.create(
            id=ids.new(), user_id=user.id, agency_id=found.agency_id, name=found.name, mail=found.mail, joined_at=now
        )
        audit.record(
            by=by, action="collection", sentence="sharing.joined", subject=("agency", found.agency_id),
            detail={"account": str(user.id), "role": found.role},
        )  # fmt: skip
        return user.id


def _account_faults(username: str, password: str, again: str, name: str) -> dict[str, str]:
    problems: dict[str, str] = {}
    if not USERNAME.fullmatch(username):
        problems["username"] = "Use three or more small letters, figures, dots or hyphens."
    elif User.objects.filter(username=username).exists():
        problems["username"] = "Somebody has this name. Choose another."
    try:
        validate_password(password, User(username=username, full_name=name))
    except ValidationError as weak:
        problems["password"] = " ".join(weak.messages)
    if password != again:
        problems["again"] = "The two are not the same."
    return problems


def leave(member_id: uuid.UUID, *, by: Actor, now: datetime) -> None:
    """End somebody's access because they have left their agency: at once, also to what they have open."""
    access.check(by, MANAGE if MANAGE in by.permissions else LEAD, subject=("member", str(member_id)))
    with access.acting(by):
        found = Member.objects.filter(id=member_id).first()
        if found is None:
            raise Missing("There is nobody of that name in your agency.")
        _may(by, found.agency_id)
        if found.user_id == by.id:
            raise Invalid({"member": "Nobody removes themselves: ask the police, or another lead."})
        if not Member.objects.filter(id=member_id, left_at__isnull=True).update(left_at=now, left_by_name=by.name):
            return
        User.objects.filter(id=found.user_id).update(is_active=False)
        audit.record(
            by=by, action="alteration", sentence="sharing.left", subject=("agency", found.agency_id),
            detail={"account": str(found.user_id)},
        )  # fmt: skip


def restore_members(people: Sequence[tuple[uuid.UUID, str, str, str]], *, by: Actor, now: datetime) -> int:
    """Put in people whose accounts were made otherwise (account, agency, name, mailbox); return how many are new."""
    access.check(by, CARRY)
    with access.acting(by):
        new = 0
        for user_id, agency, name, mail in people:
            _, made = Member.objects.get_or_create(
                user_id=user_id,
                defaults={"id": ids.new(), "agency_id": agency, "name": name, "mail": mail, "joined_at": now},
            )
            new += made
        return new
