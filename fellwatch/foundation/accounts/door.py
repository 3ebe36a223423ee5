"""Who came in, who left and who was turned away: each stands in the log, so that a borrowed account shows."""

from typing import Literal

from fellwatch.foundation import access, audit
from fellwatch.foundation.accounts import roles
from fellwatch.foundation.accounts.models import User

Proof = Literal["added", "removed", "wrong"]


def came_in(user: User, *, how: tuple[str, ...]) -> None:
    """Log that somebody signed in, and by what: "password", "totp", "webauthn", "socialaccount"."""
    _own(user, "accounts.signed_in", {"by": list(how)})


def left(user: User) -> None:
    """Log that somebody signed out."""
    _own(user, "accounts.signed_out")


def proof(user: User, what: Proof, *, kind: str) -> None:
    """Log that an authenticator was added or removed, or that what it gave was wrong."""
    _own(user, f"accounts.proof_{what}", {"kind": kind}, "refusal" if what == "wrong" else "alteration")


def bound(user: User) -> None:
    """Log that the force's own sign-in vouched for an account for the first time."""
    _own(user, "accounts.identity_bound", action="alteration")


def turned_away(username: str) -> None:
    """Log a sign-in that failed. What was typed is kept only where it names an account: it may be a password."""
    by = roles.system("door")
    known = User.objects.filter(username__iexact=username).first()
    with access.acting(by):
        audit.record(
            by=by, action="refusal", sentence="accounts.turned_away",
            subject=("account", known.id if known else "unknown"),
        )  # fmt: skip


def _own(user: User, sentence: str, detail: dict[str, object] | None = None, action: audit.Action = "session") -> None:
    by = roles.actor(user)
    with access.acting(by):
        audit.record(by=by, action=action, sentence=sentence, subject=("account", user.id), detail=detail)
