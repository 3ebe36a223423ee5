"""The one register of whose record an account's holder has. Every rule that keeps somebody apart reads this alone."""

import uuid
from datetime import datetime

from fellwatch.foundation import access, audit, once
from fellwatch.foundation.access import Actor
from fellwatch.foundation.accounts.models import User
from fellwatch.records import earlier
from fellwatch.records.access import IDENTIFY
from fellwatch.records.models import AccountHolder
from fellwatch.records.queries import Missing


def identify(user_id: uuid.UUID, person_id: uuid.UUID, because: str, *, by: Actor, now: datetime) -> None:
    """Say whose record an account's holder has: from now whatever must be kept from them, is. Said twice, once."""
    access.check(by, IDENTIFY)
    with access.acting(by):
        once.only(user_id)
        found = earlier.who(person_id)
        if not User.objects.filter(id=user_id).exists() or found is None:
            raise Missing("There is no such account or person, or the record is restricted.")
        person_id = found
        if AccountHolder.objects.filter(user_id=user_id, person_id=person_id, ended_at__isnull=True).exists():
            return
        AccountHolder.objects.create(
            user_id=user_id, person_id=person_id, because=because, noted_at=now, noted_by=by.id, noted_by_name=by.name
        )
        audit.record(
            by=by, action="combination", sentence="records.holder_identified", subject=("account", user_id),
            people=[person_id],
        )  # fmt: skip
