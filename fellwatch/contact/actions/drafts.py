"""Keep what is being typed, so that a crash, a double click or a lost connection loses nothing."""

import uuid
from collections.abc import Mapping
from datetime import datetime

from django.db import IntegrityError

from fellwatch.contact.access import LOG
from fellwatch.contact.models import CallDraft
from fellwatch.contact.values import Invalid
from fellwatch.foundation import access, plain
from fellwatch.foundation.access import Actor

TAKEN = "Somebody else is taking a call at this address. Copy what you typed, and open a call of your own."


def keep_draft(draft_id: uuid.UUID, fields: Mapping[str, object], *, by: Actor, now: datetime) -> bool:
    """Keep the fields of a call half taken. Only its writer can read it; return False once it is saved.

    Raises Invalid where its id is somebody else's.
    """
    access.check(by, LOG)
    try:
        with access.acting(by):
            return _keep(draft_id, _kept(fields), by, now)
    except IntegrityError as taken:
        raise Invalid({"id": TAKEN}) from taken


def _keep(draft_id: uuid.UUID, fields: Mapping[str, object], by: Actor, now: datetime) -> bool:
    if CallDraft.objects.filter(id=draft_id, by_id=by.id, saved=False).update(fields=fields, kept_at=now):
        return True
    if CallDraft.objects.filter(id=draft_id).exclude(by_id=by.id).exists():
        raise Invalid({"id": TAKEN})
    _, created = CallDraft.objects.get_or_create(
        id=draft_id, defaults={"by_id": by.id, "by_name": by.name, "started_at": now, "kept_at": now, "fields": fields}
    )
    return created


def _kept(fields: Mapping[str, object]) -> dict[str, object]:
    """Return the fields with a visible mark for each character that cannot be stored: a draft loses nothing else."""
    return {
        plain.marked(name): [plain.marked(str(one)) for one in value] if isinstance(value, list | tuple) else value
        for name, value in fields.items()
    }
