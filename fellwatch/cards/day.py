"""An officer's day: whose turn it is first, by grade, then by danger, and only then by how near it is."""

import uuid
from dataclasses import dataclass
from datetime import datetime

from fellwatch.contact import queries as contact
from fellwatch.contact.values import Precedence
from fellwatch.foundation import access
from fellwatch.foundation.access import Actor
from fellwatch.records.geography.distance import kilometres
from fellwatch.response import queries as response
from fellwatch.response.values import Attended
from fellwatch.rules.turns import turn

MOST = 100


@dataclass(frozen=True)
class Turn:
    """An incident of the day. `kilometres` is how far it is from the nearest that its reader attends, if known."""

    row: Attended
    mine: bool
    standing: Precedence | None
    kilometres: float | None


@access.reads
def day(*, by: Actor, now: datetime) -> tuple[Turn, ...]:
    """Return the incidents an officer attends, then today's others, each in the order of who needs somebody first.

    `rules.turns` says in which; of equals the newest is first. Logs whose incidents they are.
    """
    own, others = response.today(by=by, now=now)
    standings = contact.precedence([*own, *others], by=by, now=now)
    origins = [found.point for id in own if (found := standings.get(id)) and found.point]

    def away(id: uuid.UUID) -> float | None:
        point = standings[id].point if id in standings else None
        return min((kilometres(origin, point) for origin in origins), default=None) if point else None

    def first(id: uuid.UUID) -> tuple[float, ...]:
        found = standings.get(id)
        place, danger = (found.place, found.danger) if found else (None, 0.0)
        return turn(mine=id in own, place=place, danger=danger, kilometres=away(id))

    ordered = sorted([*own, *others], key=first)[:MOST]
    return tuple(
        Turn(row, row.incident_id in own, standings.get(row.incident_id), away(row.incident_id))
        for row in response.listed(ordered, by=by)
    )
