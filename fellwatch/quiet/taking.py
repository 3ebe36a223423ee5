"""Take in a note sealed on somebody's device. It is opened here and nowhere on its way."""

import uuid
from collections.abc import Mapping
from datetime import UTC, datetime, time
from typing import Any

from django.conf import settings

from fellwatch.foundation import sealed
from fellwatch.foundation.accounts import roles
from fellwatch.safeguarding.helping import actions
from fellwatch.safeguarding.helping.values import Written

ACTOR = "quiet-page"
TEXTS = ("name", "words", "place", "reach", "password", "never")


def take(id: uuid.UUID, envelope: str, *, now: datetime) -> None:
    """Open a note and store it; raise CannotOpen where it was sealed to another key or is damaged.

    Whatever she wrote is kept: a field that cannot be read is as if she had left it out.
    """
    said = sealed.Opener(settings.FELLWATCH_QUIET_KEY, "").open(envelope)
    texts = {name: str(said.get(name) or "") for name in TEXTS}
    written = Written(
        id=id,
        means=str(said.get("means") or "none"),
        from_time=_time(said, "from"),
        to_time=_time(said, "to"),
        written_at=_moment(said, now),
        **texts,
    )
    actions.take(written, by=roles.system(ACTOR), now=now)


def _time(said: Mapping[str, Any], name: str) -> time | None:
    try:
        return time.fromisoformat(str(said.get(name) or "")).replace(tzinfo=None)
    except ValueError:
        return None


def _moment(said: Mapping[str, Any], now: datetime) -> datetime | None:
    """Read when she wrote it, by her device's clock; shown, and never the start of a legal clock."""
    try:
        read = datetime.fromisoformat(str(said.get("at") or ""))
    except ValueError:
        return None
    return min(read, now).astimezone(UTC) if read.tzinfo else None
