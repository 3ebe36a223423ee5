"""Ask that whoever must know of a child at risk is told. A job in the transaction in which it became known."""

import uuid
from collections.abc import Sequence

from procrastinate.contrib.django import app

from fellwatch.foundation import access
from fellwatch.records import statements

ASKED = "safeguarding.children_at_risk"
"""The job by which the room that tells schools learns of it; named, as this package knows no room."""


def look_for(incident_id: uuid.UUID, *, domestic: bool = False) -> None:
    """Have the children of an incident looked for, and told of where it is domestic. Asked twice, told once.

    `domestic`: whoever asks knows that it is, though no code says so.
    """
    access.at_end(_ask, (incident_id, domestic))


def _ask(asked: Sequence[tuple[uuid.UUID, bool]]) -> None:
    """Ask once for each incident of a transaction that may touch a child, however often it came up in it."""
    known = {incident: False for incident, _ in asked} | {incident: True for incident, domestic in asked if domestic}
    for incident in statements.touching_children(known):
        app.configure_task(ASKED).defer(incident=str(incident), domestic=known[incident])
