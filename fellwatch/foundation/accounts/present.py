"""Who a signed-in person is by now: a stream is open for hours, and rights do not wait for it to end."""

import time
import uuid

from django.contrib.sessions.models import Session

from fellwatch.foundation import clock
from fellwatch.foundation.access import Actor
from fellwatch.foundation.accounts import roles
from fellwatch.foundation.accounts.models import User

FRESH = 5.0
"""Seconds for which it is not asked again."""


class Present:
    """Somebody who signed in, asked anew who they are as long as something of theirs stays open."""

    def __init__(self, user_id: uuid.UUID, session: str | None) -> None:
        self.user_id, self.session = user_id, session
        self.known: Actor | None = None
        self.asked_at = -FRESH

    def actor(self) -> Actor | None:
        """Return who they are, or None once they signed out, were signed out or lost their account."""
        if time.monotonic() - self.asked_at >= FRESH:
            self.known, self.asked_at = self._ask(), time.monotonic()
        return self.known

    def _ask(self) -> Actor | None:
        if not Session.objects.filter(session_key=self.session, expire_date__gt=clock.now()).exists():
            return None
        user = User.objects.filter(id=self.user_id, is_active=True).first()
        return roles.actor(user) if user else None
