"""Who comes in at the force's own door of the MARAC."""

from django.http import HttpRequest

from fellwatch.foundation import access
from fellwatch.foundation.access import Actor
from fellwatch.foundation.accounts.reader import reader
from fellwatch.safeguarding.marac.access import READ


def staff(request: HttpRequest) -> Actor:
    """Return who is signed in for the force; a partner has a door of its own, and is refused here."""
    by = reader(request)
    access.check(by, READ)
    return by
