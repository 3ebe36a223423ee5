"""Bring a matter, and say from whom it is kept: before anybody else can see it."""

import uuid
from collections.abc import Iterable, Sequence
from datetime import datetime

from fellwatch.foundation import access
from fellwatch.foundation.access import Actor
from fellwatch.meetings import names
from fellwatch.meetings.access import BRING
from fellwatch.meetings.actions import steps
from fellwatch.meetings.models import Kept, Matter
from fellwatch.records.models import PersonName


def bring(matter_id: uuid.UUID, kind: str, reference: str, *, by: Actor, now: datetime) -> Matter:
    """Store a matter that only its writer and the force's people of the meeting know. A step: the caller keeps on."""
    access.check(by, BRING)
    with access.acting(by):
        return Matter.objects.create(id=matter_id, kind=kind, reference=reference, opened_at=now, opened_by=by.id)


def keep_from(
    about: Matter,
    people: Sequence[uuid.UUID],
    *,
    by: Actor,
    now: datetime,
    written: Iterable[str] = (),
    role: str = "perpetrator",
) -> None:
    """Keep a matter from people, by their records and by every name they have, and from names without a record.

    Written last in a transaction: from then on its own writer may not see it.
    """
    access.check(by, BRING)
    with access.acting(by):
        known: dict[uuid.UUID, list[str]] = {person: [] for person in people}
        for row in PersonName.objects.filter(person_id__in=known):
            known[row.person_id].append(f"{row.forenames} {row.surname}")
        rows = [
            Kept(matter=about, person_id=person, names=names.keys(found), role=role, noted_at=now)
            for person, found in known.items()
        ]
        if keys := names.keys(written):
            rows.append(Kept(matter=about, names=keys, role=role, noted_at=now))
        Kept.objects.bulk_create(rows)
        if rows:
            steps.logged("kept", about, by=by, role=role, people_known=len(known))
