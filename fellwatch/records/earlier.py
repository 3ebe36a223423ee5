"""Where the id of somebody who was found to be another leads. It shows nobody: whoever reads by it logs whom."""

import uuid
from collections.abc import Iterable

from fellwatch.records import statements

LONGEST = 20


def leads(ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, uuid.UUID]:
    """Return who each id leads to now: itself, or who it was found to be, through one merge after another."""
    found = {id: id for id in ids}
    asked = set(found)
    for _ in range(LONGEST):
        into = statements.merged(asked)
        if not into:
            break
        found = {id: into.get(now, now) for id, now in found.items()}
        asked = set(into.values())
    return found
