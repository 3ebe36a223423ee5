"""The time in which a domestic common assault must be charged: it runs from recording, anew from the statement."""

import uuid
from datetime import datetime

from fellwatch.assessments.models import DisclosedCrime
from fellwatch.assessments.values import Invalid
from fellwatch.duties import actions as duties
from fellwatch.foundation import access
from fellwatch.foundation.access import Actor
from fellwatch.response import checks, facts
from fellwatch.response.access import DECIDE_CRIME
from fellwatch.response.actions import steps
from fellwatch.response.models import CrimeDecision

RULE = "common_assault_charge"
FLAG = "common_assault"
CHARGED = "charged"


def start(crime: DisclosedCrime, *, by: Actor, now: datetime, statement_at: datetime | None = None) -> None:
    """Start the clock of a crime in domestic abuse, from when it was done; nothing where it is not domestic. A step."""
    if not facts.is_domestic(crime.incident):
        return
    done_at = crime.incident.occurred_at or crime.incident.received_at
    known = {"statement_on": statement_at.isoformat()} if statement_at else {}
    duties.note(
        duties.Fact("offence.committed", done_at, known),
        by=by,
        now=now,
        incident_id=crime.incident_id,
        person_id=crime.person_id,
        about=thing(crime.id, statement_at),
    )


def statement_made(crime_id: uuid.UUID, made_at: datetime | None, *, by: Actor, now: datetime) -> None:
    """Record when the victim's statement was made or interview recorded: the time to charge runs from it."""
    access.check(by, DECIDE_CRIME, subject=("crime", str(crime_id)))
    checks.stop(checks.moment("statement_at", made_at, now, "Say when the statement was made."))
    assert made_at is not None
    with steps.turn(crime_id, by=by):
        crime = steps.row(DisclosedCrime, crime_id)
        decision = CrimeDecision.objects.filter(crime_id=crime_id).first()
        if decision is None or FLAG not in decision.flags:
            raise Invalid({"statement_at": "No such time runs for this crime."})
        if decision.statement_at == made_at:
            return
        if made_at < (crime.incident.occurred_at or crime.incident.received_at):
            raise Invalid({"statement_at": "This is before the offence."})
        for one in (thing(crime_id, None), thing(crime_id, decision.statement_at)):
            duties.replace(
                RULE, incident_id=crime.incident_id, about=one, by=by, now=now, reason="A statement was made."
            )
        CrimeDecision.objects.filter(id=decision.id).update(statement_at=made_at)
        start(crime, by=by, now=now, statement_at=made_at)
        people = [crime.person_id] if crime.person_id else []
        steps.logged(crime.incident_id, "statement_made", by=by, people=people)


def settle(crime: DisclosedCrime, decision: CrimeDecision, outcome: str, *, by: Actor, now: datetime) -> None:
    """End the clock with the crime: met by a charge, owed no longer by anything else. A step."""
    for one in (thing(crime.id, None), thing(crime.id, decision.statement_at)):
        if outcome == CHARGED:
            duties.meet(RULE, incident_id=crime.incident_id, about=one, by=by, now=now)
        else:
            duties.replace(
                RULE, incident_id=crime.incident_id, about=one, by=by, now=now, reason="The crime ended otherwise."
            )


def thing(crime_id: uuid.UUID, statement_at: datetime | None) -> uuid.UUID:
    """Return what a run of the clock is about: each statement starts one of its own."""
    return uuid.uuid5(crime_id, f"charge {statement_at.isoformat() if statement_at else 'offence'}")
