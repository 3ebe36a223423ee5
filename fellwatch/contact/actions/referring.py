"""What a partner did with a referral reaches the incident that it came from."""

import uuid
from datetime import datetime

from fellwatch.contact.access import LOG
from fellwatch.contact.actions import steps
from fellwatch.contact.models import Handling
from fellwatch.duties import actions as duties
from fellwatch.foundation import access
from fellwatch.foundation.access import Actor
from fellwatch.sharing import queries as sharing

CLOCK = "referral_answer"
ANSWERS = {"accepted": "has taken this", "declined": "cannot take this: ask another agency"}


def carry_referral(referral_id: uuid.UUID, *, by: Actor, now: datetime) -> None:
    """Write a receipt and an answer into the incident's log and end the clock; run by a job, twice without harm."""
    access.check(by, LOG)
    with access.acting(by):
        found = sharing.standing(referral_id, by=by)
        if found is None or found.incident_id is None or found.opened_at is None:
            return
        incident = found.incident_id
        if found.answered_at:
            duties.meet(CLOCK, incident_id=incident, about=referral_id, by=by, now=found.answered_at)
        if not Handling.objects.filter(incident_id=incident).exists():
            return  # in a compartment: the referral itself shows the answer
        opened = f"{found.agency} opened the referral ({found.opened_by_name}). Receipt {found.receipt}."
        _line(incident, referral_id, "opened", opened, found.opened_at, by=by)
        if found.answered_at:
            answered = "declined" if found.answer_code else "accepted"
            said = f"{found.agency} {ANSWERS[answered]}. {found.answer}"
            _line(incident, referral_id, "answered", said, found.answered_at, by=by)
        if found.completed_at:
            said = f"{found.agency} has finished with this. {found.outcome}"
            _line(incident, referral_id, "completed", said, found.completed_at, by=by)
        steps.tell_boards(incident, "referral")


def carry_feedback(feedback_id: uuid.UUID, *, by: Actor, now: datetime) -> None:
    """Write what whoever raised something was told into the incident's log; run by a job, twice without harm."""
    access.check(by, LOG)
    with access.acting(by):
        found = sharing.feedback(feedback_id, by=by)
        if found is None or found.incident_id is None:
            return
        if Handling.objects.filter(incident_id=found.incident_id).exists():
            _line(found.incident_id, found.id, "told", f"{found.title}. {found.words}", found.at, by=by)
            steps.tell_boards(found.incident_id, "referral")


def _line(incident: uuid.UUID, referral: uuid.UUID, what: str, text: str, at: datetime, *, by: Actor) -> None:
    steps.line(incident, by=by, now=at, kind="referral", text=text, id=uuid.uuid5(referral, what))
