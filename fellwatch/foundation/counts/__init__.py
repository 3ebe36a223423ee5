"""Counts that rooms keep: what takes long to count for each reader is counted once an hour, and each adds the rest.

Who may learn what is settled here for every room. Kept counts name nobody, and are read by whoever holds the room's
own permission to see them; the row policy asks for it too. A small count could still tell of what its reader may not
see, were it counted with a wider view than theirs. So both parts are counted as somebody cleared for no compartment:
what the service keeps, and what a page adds (`plain`). What is restricted is in nobody's count, whatever they are
cleared for, and everybody who may see a figure sees the same one. No number is hidden for being small, therefore:
each is made of what its reader may open anyway.

What is restricted after it was counted stays in the count until the next, within the hour: then too it was open to all
who read it when it was counted.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from fellwatch.foundation import access, audit
from fellwatch.foundation.access import Actor
from fellwatch.foundation.access.permissions import COUNT
from fellwatch.foundation.counts.models import KeptCounts

HOURS_LIVE = 1
"""How many whole hours before this one each page counts itself, with this one: whatever is written was committed."""


@dataclass(frozen=True)
class Kept:
    """What had happened before `until_at`, as it stood when it was counted."""

    until_at: datetime
    counted_at: datetime
    counts: Any


def until(now: datetime) -> datetime:
    """Return before which moment things are counted into what is kept."""
    return now.replace(minute=0, second=0, microsecond=0) - timedelta(hours=HOURS_LIVE)


def keep(name: str, counts: Any, *, permission: str, sentence: str, by: Actor, now: datetime) -> None:
    """Keep counts of what had happened until `until(now)` instead of the last ones of the name, and log it.

    `permission` is who may read them. Counts of another shape need another name: those of an older version are kept
    until the first hour of a newer one.
    """
    access.check(by, COUNT)
    access.require(by)
    values = {"permission": permission, "until_at": until(now), "counted_at": now, "counts": counts}
    KeptCounts.objects.update_or_create(name=name, defaults=values)
    audit.record(by=by, action="collection", sentence=sentence, subject=("figures", name))


def read(name: str, *, by: Actor) -> Kept | None:
    """Return the counts of a name; None where none are kept, or none for this reader. A step of reads that check."""
    access.require(by)
    row = KeptCounts.objects.filter(name=name).first()
    return Kept(row.until_at, row.counted_at, row.counts) if row else None


@contextmanager
def plain(by: Actor) -> Iterator[None]:
    """Count as somebody cleared for no compartment."""
    with access.narrowed(by, frozenset()):
        yield
