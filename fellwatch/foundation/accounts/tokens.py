"""Keys for machines: shown once, kept as a hash, good for named scopes until a day."""

import hashlib
import secrets
from dataclasses import dataclass, replace
from datetime import datetime

from fellwatch.foundation import clock
from fellwatch.foundation.access import Actor
from fellwatch.foundation.accounts import roles
from fellwatch.foundation.accounts.models import ApiToken

PREFIX = "fw_"
SHORT = 8
"""How many characters of an identifier tell two keys apart."""


@dataclass(frozen=True)
class KeyView:
    """A machine's key without the key: `id` is short, `issued` and `state` are in words."""

    id: str
    username: str
    label: str
    scopes: tuple[str, ...]
    issued: str
    state: str


def new() -> tuple[str, bytes]:
    """Return a new key and its hash, which alone is kept."""
    secret = PREFIX + secrets.token_urlsafe(32)
    return secret, _digest(secret)


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


def view(row: ApiToken, now: datetime) -> KeyView:
    """Return a key as it is shown."""
    return KeyView(
        short(row), row.user.username, row.label, tuple(row.scopes), clock.said(row.created_at), _state(row, now)
    )


def short(row: ApiToken) -> str:
    """Return the end of a key's identifier: its beginning is the time, the same for keys made together."""
    return row.id.hex[-SHORT:]


def _state(row: ApiToken, now: datetime) -> str:
    if row.revoked_at:
        return f"revoked {clock.said(row.revoked_at)}"
    if not row.user.is_active:
        return "opens nothing: its account has ended"
    if row.expires_at <= now:
        return f"ended {clock.said(row.expires_at)}"
    return f"good until {clock.said(row.expires_at)}"


def _digest(secret: str) -> bytes:
    return hashlib.sha256(secret.encode()).digest()
