"""Who reads a page."""

from django.http import HttpRequest

from fellwatch.foundation.access import Actor


def reader(request: HttpRequest) -> Actor:
    """Return who is signed in, or raise Refused, which the middleware turns into the sign-in page."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor
