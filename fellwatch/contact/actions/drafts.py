"""Keep what is being typed, so that a crash, a double click or a lost connection loses nothing."""

import uuid
from collections.abc import Mapping
from datetime import datetime

from fellwatch.contact.access import LOG
from fellwatch.contact.models import CallDraft
from fellwatch.foundation import access
from fellwatch.foundation.access import Actor

MOST = 200_000


def keep_draft(draft_id: uuid.UUID, fields: Mapping[str, object], *, by: Actor, now: datetime) -> bool:
    """Keep the fields of a call half taken. Only its writer can read it; return False once it is saved."""
    access.check(by, LOG)
    with access.acting(by):
        kept = CallDraft.objects.filter(id=draft_id, saved=False).update(fields=fields, kept_at=now)
        if kept:
            return True
        _, created = CallDraft.objects.get_or_create(
            id=draft_id, defaults={"by_id": by.id, "started_at": now, "kept_at": now, "fields": dict(fields)}
        )
        return created
