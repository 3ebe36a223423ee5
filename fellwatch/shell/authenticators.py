"""What happens to the ways in which people prove who they are: the log hears of it."""

from typing import Any

from allauth.mfa import signals
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.forms import AddWebAuthnForm

from fellwatch.foundation.accounts import door
from fellwatch.foundation.accounts.models import User


class AddKey(AddWebAuthnForm):  # type: ignore[misc]
    """A key or passkey to add, in words that say what each choice does."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = "What you call it"
        if "passwordless" in self.fields:
            self.fields["passwordless"].label = "Let this key sign me in by itself, without a password"


def listen() -> None:
    """Have the log told of each authenticator that is added, removed or gives something wrong."""
    signals.authenticator_added.connect(_added)
    signals.authenticator_reset.connect(_added)
    signals.authenticator_removed.connect(_removed)
    signals.authentication_failed.connect(_wrong)


def _added(user: User, authenticator: Authenticator, **_: Any) -> None:
    door.proof(user, "added", kind=authenticator.type)


def _removed(user: User, authenticator: Authenticator, **_: Any) -> None:
    door.proof(user, "removed", kind=authenticator.type)


def _wrong(user: User, authenticator: Authenticator | None = None, **_: Any) -> None:
    door.proof(user, "wrong", kind=authenticator.type if authenticator else "unknown")
