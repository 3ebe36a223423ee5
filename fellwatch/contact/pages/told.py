"""What the log already holds as shown on one call's screen, so that a letter that shows nobody new writes nothing.

The panel carries it, signed for this reader and this call. Without it, or when it lapses, everything is logged anew.
"""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Self

from django.core import signing

from fellwatch.foundation.access import Actor

LASTS = timedelta(minutes=10)
MOST = 150


@dataclass(frozen=True)
class Told:
    """Who, where and which incidents the log names as shown to a reader in a call, from when on."""

    call: uuid.UUID | None = None
    since: datetime | None = None
    marks: frozenset[str] = frozenset()

    @classmethod
    def read(cls, token: str, *, call: uuid.UUID, by: Actor, now: datetime) -> Self:
        """Return what a panel carried; nothing where it is another's, another call's or too old."""
        try:
            began, marks = signing.loads(token, salt=_salt(call, by)) if token else (0.0, ())
        except signing.BadSignature:
            began, marks = 0.0, ()
        since = datetime.fromtimestamp(began, tz=now.tzinfo)
        return cls(call, since, frozenset(marks)) if timedelta(0) <= now - since < LASTS else cls(call, now)

    def token(self, by: Actor) -> str:
        """Return it as the panel carries it; empty outside a call."""
        if self.call is None or self.since is None:
            return ""
        return signing.dumps([self.since.timestamp(), sorted(self.marks)], salt=_salt(self.call, by), compress=True)

    def lacks(self, shown: Iterable[object]) -> bool:
        """Whether any of these is not in it."""
        return not self.marks.issuperset(mark(one) for one in shown)

    def with_more(self, shown: Iterable[object]) -> Self:
        """Return it with these; one that has grown too long begins anew."""
        marks = self.marks | {mark(one) for one in shown}
        return replace(self, marks=marks if len(marks) <= MOST else frozenset())


def mark(one: object) -> str:
    """Return an id or a reference as it is kept."""
    return one.hex if isinstance(one, uuid.UUID) else str(one)


def _salt(call: uuid.UUID, by: Actor) -> str:
    return f"fellwatch.contact.told:{call}:{by.id}"
