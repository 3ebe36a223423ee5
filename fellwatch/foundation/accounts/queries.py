"""Every read of accounts. It is logged like any other."""

from dataclasses import dataclass
from datetime import datetime

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount

from fellwatch.foundation import access, audit, clock
from fellwatch.foundation.access import Actor
from fellwatch.foundation.access.permissions import ACCOUNTS
from fellwatch.foundation.accounts import tokens
from fellwatch.foundation.accounts.models import ApiToken, User
from fellwatch.foundation.accounts.tokens import KeyView


@dataclass(frozen=True)
class AccountView:
    """An account. `proofs` are by what it proves itself, `last` when it last came in, in words."""

    username: str
    name: str
    role: str
    team: str
    agency: str
    proofs: tuple[str, ...]
    last: str


@access.reads
def accounts(*, by: Actor, role: str = "", ended: bool = False) -> tuple[AccountView, ...]:
    """Return the accounts that may sign in, or those that have ended, by name; perhaps those of one role."""
    access.check(by, ACCOUNTS)
    rows = User.objects.filter(is_active=not ended, **({"role": role} if role else {})).order_by("username")
    proofs: dict[object, list[str]] = {}
    for id, kind in Authenticator.objects.filter(user__in=rows).values_list("user_id", "type"):
        proofs.setdefault(id, []).append(kind)
    for id in SocialAccount.objects.filter(user__in=rows).values_list("user_id", flat=True):
        proofs.setdefault(id, []).append("force sign-in")
    audit.record(by=by, action="consultation", sentence="accounts.listed", subject=("accounts", role or "all"))
    return tuple(
        AccountView(
            row.username, str(row), row.role, row.team, row.agency,
            (*(["password"] if row.has_usable_password() else []), *sorted(set(proofs.get(row.id, ())))),
            clock.said(row.last_login) if row.last_login else "never",
        )
        for row in rows
    )  # fmt: skip


@access.reads
def keys(*, by: Actor, now: datetime) -> tuple[KeyView, ...]:
    """Return every key that was issued to a machine, by its account, newest first. No key can be read again."""
    access.check(by, ACCOUNTS)
    rows = ApiToken.objects.select_related("user").order_by("user__username", "-created_at")
    audit.record(by=by, action="consultation", sentence="accounts.keys_listed", subject=("keys", "all"))
    return tuple(tokens.view(row, now) for row in rows)
