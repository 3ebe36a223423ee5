"""Ask that whoever must know of a child at risk is told. A job in the transaction in which it became known."""

import uuid

from procrastinate.contrib.django import app

ASKED = "safeguarding.children_at_risk"
"""The job by which the room that tells schools learns of it; named, as this package knows no room."""


def look_for(incident_id: uuid.UUID, *, domestic: bool = False) -> None:
    """Have the children of an incident looked for, and told of where it is domestic. Asked twice, told once.

    `domestic`: whoever asks knows that it is, though no code says so.
    """
    app.configure_task(ASKED).defer(incident=str(incident_id), domestic=domestic)
