"""Make two people one or take them apart, and keep whoever is left findable in the same transaction."""

import uuid
from datetime import datetime

from fellwatch.foundation import access
from fellwatch.foundation.access import Actor
from fellwatch.recognition import index
from fellwatch.records import clusters, sources
from fellwatch.records.access import COMBINE


def merge(
    survivor: uuid.UUID, absorbed: uuid.UUID, *, because: str, by: Actor, now: datetime, likelihood: float | None = None
) -> uuid.UUID:
    """Make two people one; the earlier id leads to the survivor from now on."""
    access.check(by, COMBINE)
    with access.acting(by):
        made = clusters.merge(survivor, absorbed, because=because, by=by, now=now, likelihood=likelihood)
        both = clusters.merged(made, by=by)  # Others than were meant, where somebody was quicker.
        index.forget([both.person_id])
        index.refresh([both.survivor_id])
        return made


def unmerge(
    merge_id: uuid.UUID, *, go: frozenset[str], stay: frozenset[str], because: str, by: Actor, now: datetime
) -> tuple[uuid.UUID, uuid.UUID]:
    """Take two people apart, each with what is theirs."""
    access.check(by, COMBINE)
    with access.acting(by):
        both = clusters.unmerge(merge_id, go=go, stay=stay, because=because, by=by, now=now)
        index.refresh(both)
        return both


def join(
    record_id: uuid.UUID, person_id: uuid.UUID, *, because: str, likelihood: float | None, by: Actor, now: datetime,
    working: str = "",
) -> uuid.UUID:  # fmt: skip
    """Say that a partner's record is somebody, add what it tells, and return who they are."""
    access.check(by, COMBINE)
    with access.acting(by):
        joined = sources.join(
            record_id, person_id, because=because, likelihood=likelihood, working=working, by=by, now=now
        )
        index.refresh([joined])
        return joined


def part(
    record_id: uuid.UUID, *, to: uuid.UUID | None, go: frozenset[str], stay: frozenset[str], because: str,
    by: Actor, now: datetime,
) -> tuple[uuid.UUID, uuid.UUID]:  # fmt: skip
    """Take a partner's record off somebody: it is another person, or one of its own. Return both."""
    access.check(by, COMBINE)
    with access.acting(by):
        both = sources.part(record_id, to=to, go=go, stay=stay, because=because, by=by, now=now)
        index.refresh(both)
        return both
