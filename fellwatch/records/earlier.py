"""Where the id of somebody who was found to be another leads. It shows nobody: whoever reads by it logs whom."""

import uuid
from collections.abc import Iterable

from fellwatch.records import statements
from fellwatch.records.values import Missing

LONGEST = 20


def leads(ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, uuid.UUID]:
    """Return who each id leads to now: itself, or who it was found to be, through one merge after another."""
    led, _ = _followed(ids)
    return led


def lead(person_id: uuid.UUID) -> uuid.UUID:
    """Return who one id leads to now."""
    return leads([person_id])[person_id]


def seen(ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, uuid.UUID]:
    """Return who each id leads to now, of those that the actor may see, as whom they were and as whom they are."""
    led, met = _followed(ids)
    return {id: now for id, now in led.items() if {id, now} <= met}


def who(person_id: uuid.UUID) -> uuid.UUID | None:
    """Return who somebody is now, or None where the actor may not see them."""
    return seen([person_id]).get(person_id)


def everybody(ids: Iterable[uuid.UUID]) -> list[uuid.UUID]:
    """Return who each of several is now, in their order; raise Missing where the actor may not see one of them."""
    wanted = list(ids)
    led = seen(wanted)
    if led.keys() != set(wanted):
        raise Missing("There is no such person, or the record is restricted.")
    return [led[id] for id in wanted]


def _followed(ids: Iterable[uuid.UUID]) -> tuple[dict[uuid.UUID, uuid.UUID], set[uuid.UUID]]:
    """Return where each id leads, and everybody met on the way whom the actor may see."""
    led, met = {id: id for id in ids}, set[uuid.UUID]()
    asked = set(led)
    for _ in range(LONGEST):
        if not asked:
            break
        into = statements.merged(asked)
        met |= into.keys()
        led = {id: into.get(now) or now for id, now in led.items()}
        asked = {now for now in into.values() if now}
    return led, met
