"""How a handover to another force stands reaches the incident that it came from."""

import uuid
from datetime import datetime

from fellwatch.contact.access import LOG
from fellwatch.contact.actions import steps
from fellwatch.contact.models import Handling
from fellwatch.exchange import queries as exchange
from fellwatch.exchange.values import HandoverView
from fellwatch.foundation import access
from fellwatch.foundation.access import Actor
from fellwatch.records.queries import Missing

ANSWERS = {
    "accepted": "has taken over {who}.",
    "refused": "has refused {who}: this risk is still ours.",
    "returned": "wants to know more about {who} before it takes over.",
}


def carry_handover(handover_id: uuid.UUID, *, by: Actor, now: datetime) -> None:
    """Write how a handover stands into its incident's log; run by a job, twice without harm."""
    access.check(by, LOG)
    with access.acting(by):
        try:
            found = exchange.handover(handover_id, by=by)
        except Missing:
            return  # in a compartment: the handover itself shows the answer
        if found.incident_id is None or not Handling.objects.filter(incident_id=found.incident_id).exists():
            return
        for what, at, text in _lines(found):
            key = uuid.uuid5(found.id, f"{what} {found.revision}")
            steps.line(found.incident_id, by=by, now=at, kind="handover", text=text, id=key)
        steps.tell_boards(found.incident_id, "handover")


def _lines(found: HandoverView) -> list[tuple[str, datetime, str]]:
    who, force = found.name, found.force_name
    made = f"{who} was handed over to {force} by {found.made_by_name}, to be looked after at home."
    lines = [("made", found.made_at, made)]
    if found.reached_at:
        lines.append(("reached", found.reached_at, f"{force} has what it was told about {who}."))
    if found.answered_at and found.state in ANSWERS:
        said = f"{force} {ANSWERS[found.state].format(who=who)} {found.answered_by_name}: {found.answer}"
        lines.append(("answered", found.answered_at, said))
    if found.answered_at and found.state == "withdrawn":
        lines.append(("withdrawn", found.answered_at, f"The handover of {who} was taken back: {found.answer}"))
    return lines
