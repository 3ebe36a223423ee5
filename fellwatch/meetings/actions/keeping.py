"""Who an account's holder is, and whether an account of the same name is kept from a matter."""

import uuid
from collections import defaultdict
from datetime import datetime

from fellwatch.foundation import access, audit
from fellwatch.foundation.access import Actor
from fellwatch.meetings import names
from fellwatch.meetings.access import ARRANGE, CARRY
from fellwatch.meetings.actions import steps
from fellwatch.meetings.models import Kept, Ruling
from fellwatch.meetings.values import Invalid
from fellwatch.records import holders
from fellwatch.records.access import IDENTIFY
from fellwatch.records.models import AccountHolder, PersonName
from fellwatch.records.queries import Missing

LEAST = 10
TOGETHER = 500
"""Rows changed in a statement."""


def identify(user_id: uuid.UUID, person_id: uuid.UUID, because: str, *, by: Actor, now: datetime) -> None:
    """Say whose record an account's holder has: from now whatever must be kept from them, is. Said twice, once."""
    access.check(by, IDENTIFY)
    why = steps.words(because, "because", "Say how you know that this is them.", least=LEAST)
    holders.identify(user_id, person_id, why, by=by, now=now)


def end_holder(holder_id: uuid.UUID, because: str, *, by: Actor, now: datetime) -> None:
    """Say that an account's holder is somebody else after all."""
    access.check(by, IDENTIFY)
    steps.words(because, "because", "Say why this is not them.", least=LEAST)
    with access.acting(by):
        row = AccountHolder.objects.filter(id=holder_id, ended_at__isnull=True).first()
        if row is None:
            raise Missing("There is no such link, or somebody has ended it.")
        AccountHolder.objects.filter(id=holder_id).update(ended_at=now)
        audit.record(
            by=by, action="alteration", sentence="records.holder_ended", subject=("account", row.user_id),
            people=[row.person_id],
        )  # fmt: skip


def rule_on(matter_id: uuid.UUID, user_id: uuid.UUID, because: str, *, kept: bool, by: Actor, now: datetime) -> None:
    """Keep an account from a matter, or say that it only bears the same name. Who is known by record stays kept."""
    access.check(by, ARRANGE)
    why = steps.words(because, "because", "Say how you know, in a sentence somebody else can judge.", least=LEAST)
    if user_id == by.id:
        raise Invalid({"because": "Nobody rules on their own account: ask another coordinator."})
    with access.acting(by):
        about = steps.matter(matter_id)
        said = {"kept": kept, "because": why, "at": now, "by_id": by.id, "by_name": by.name}
        Ruling.objects.update_or_create(matter=about, user_id=user_id, defaults=said)
        steps.logged("ruled", about, by=by, account=str(user_id), kept=kept)


def refresh_names(*, by: Actor) -> int:
    """Give every matter the names that were learnt since of those it is kept from; return how many changed."""
    access.check(by, CARRY)
    with access.acting(by):
        kept = Kept.objects.filter(person__isnull=False)
        learnt: dict[uuid.UUID, list[str]] = defaultdict(list)
        for name in PersonName.objects.filter(person_id__in=kept.values("person_id")):
            learnt[name.person_id].append(f"{name.forenames} {name.surname}")
        changed = []
        for row in kept:
            known = sorted({*row.names, *names.keys(learnt[row.person_id] if row.person_id else ())})
            if known != row.names:
                row.names = known
                changed.append(row)
        return Kept.objects.bulk_update(changed, ["names"], batch_size=TOGETHER)
