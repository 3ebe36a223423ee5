"""Keys for machines: shown once, kept as a hash, good for named scopes until a day."""

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from fellwatch.foundation.access import Actor
from fellwatch.foundation.accounts import roles
from fellwatch.foundation.accounts.models import ApiToken, User

PREFIX = "fw_"


def issue(user: User, *, label: str, scopes: Sequence[str], now: datetime, days: int) -> str:
    """Make a key for a user's machine and return it; only its hash is kept."""
    secret = PREFIX + secrets.token_urlsafe(32)
    ApiToken.objects.create(
        user=user,
        label=label,
        digest=_digest(secret),
        scopes=list(scopes),
        created_at=now,
        expires_at=now + timedelta(days=days),
    )
    return secret


def holder(secret: str, *, now: datetime) -> Actor | None:
    """Return whom a key acts as: its user, with no more than the key's scopes; None when it is no good."""
    token = (
        ApiToken.objects.select_related("user")
        .filter(digest=_digest(secret), revoked_at__isnull=True, expires_at__gt=now, user__is_active=True)
        .first()
    )
    if token is None:
        return None
    whole = roles.actor(token.user)
    allowed = whole.permissions & frozenset(token.scopes)
    return replace(whole, permissions=allowed, purpose=f"{whole.purpose} (key: {token.label})")


def revoke(label: str, *, user: User, now: datetime) -> int:
    """End a user's keys of that label; return how many."""
    return ApiToken.objects.filter(user=user, label=label, revoked_at__isnull=True).update(revoked_at=now)


def _digest(secret: str) -> bytes:
    return hashlib.sha256(secret.encode()).digest()
