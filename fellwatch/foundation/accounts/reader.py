"""Who asks for a page."""

from django.http import HttpRequest

from fellwatch.foundation.access import Actor, Refused
from fellwatch.foundation.accounts import roles
from fellwatch.foundation.accounts.models import User

_KEPT = "_fellwatch_actor"


def reader(request: HttpRequest) -> Actor:
    """Return who is signed in, or raise Refused, which the middleware turns into the sign-in page."""
    found: Actor | None = getattr(request, _KEPT, None)
    if found is None:
        if not isinstance(request.user, User):
            raise Refused("sign_in", ("Sign in first.",))
        found = roles.actor(request.user)
        setattr(request, _KEPT, found)
    return found
