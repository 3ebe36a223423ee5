"""Who calls: the holder of the key, with no more than its scopes. A page's cookie opens nothing here."""

from django.http import HttpRequest
from ninja.security import HttpBearer

from fellwatch.foundation import clock
from fellwatch.foundation.access import Actor
from fellwatch.foundation.accounts import tokens


class Key(HttpBearer):
    """A key made with `fellwatch token issue`, sent as `Authorization: Bearer fw_…`."""

    def authenticate(self, request: HttpRequest, token: str) -> Actor | None:
        """Return whom the key acts as, or None when it is no good."""
        return tokens.holder(token, now=clock.now())


def holder(request: HttpRequest) -> Actor:
    """Return who makes this call."""
    by: Actor = request.auth  # type: ignore[attr-defined]
    return by
