"""Decide about each crime disclosed: record it, or say on what information it is none; later, how it ended."""

import uuid
from datetime import datetime

from fellwatch.assessments.models import DisclosedCrime
from fellwatch.assessments.values import Invalid
from fellwatch.duties import actions as duties
from fellwatch.foundation import access
from fellwatch.foundation.access import Actor
from fellwatch.response import checks, facts
from fellwatch.response.access import DECIDE_CRIME, REFUSE_CRIME
from fellwatch.response.actions import charging_time, steps
from fellwatch.response.models import CrimeDecision
from fellwatch.response.values import Decision


def decide(crime_id: uuid.UUID, decision: Decision, *, by: Actor, now: datetime) -> None:
    """Decide about a disclosed crime; its clock stops. Decided twice alike, it is decided once.

    Recording needs a number, an offence and an owner. Not recording needs an authority, its reason, and the
    additional verifiable information it rests on.
    """
    access.check(by, DECIDE_CRIME if decision.recorded else REFUSE_CRIME, subject=("crime", str(crime_id)))
    access.check(by, DECIDE_CRIME, subject=("crime", str(crime_id)))
    checks.stop(_wrong(decision))
    with steps.turn(crime_id, by=by):
        crime = steps.row(DisclosedCrime, crime_id)
        stands = CrimeDecision.objects.filter(crime_id=crime_id).first()
        if stands:
            if (stands.recorded, stands.crime_number) == (decision.recorded, decision.crime_number.strip()):
                return
            raise Invalid({"decision": f"{stands.by_name} decided this while you were writing. Look at it again."})
        number = decision.crime_number.strip()
        if number and CrimeDecision.objects.filter(crime_number=number).exists():
            raise Invalid({"crime_number": f"{number} stands for another crime already."})
        CrimeDecision.objects.create(
            id=decision.id,
            crime_id=crime_id,
            recorded=decision.recorded,
            crime_number=number,
            offence=decision.offence.strip() or crime.title,
            owner=decision.owner.strip(),
            flags=list(decision.flags),
            because=decision.because.strip(),
            source=decision.source.strip(),
            at=now,
            by_id=by.id,
            by_name=by.name,
        )
        duties.meet("crime_recording", incident_id=crime.incident_id, by=by, now=now, about=crime_id)
        if decision.recorded and charging_time.FLAG in decision.flags:
            charging_time.start(crime, by=by, now=now)
        if not decision.recorded:
            enhanced = facts.is_enhanced(crime.incident)
            steps.victims_must_hear(crime.incident_id, now, by=by, now=now, enhanced=enhanced)
        people = [crime.person_id] if crime.person_id else []
        sentence = "crime_recorded" if decision.recorded else "crime_not_recorded"
        steps.logged(crime.incident_id, sentence, by=by, people=people, crime=crime.crime)


def _wrong(decision: Decision) -> dict[str, str]:
    if decision.recorded:
        return {
            **checks.words("crime_number", decision.crime_number, "Give the crime number.", 40),
            **checks.words("owner", decision.owner, "Name whoever investigates it, or the team.", 120),
            **checks.short("offence", decision.offence, 200),
        }
    return wrong_refusal(decision.because, decision.source)


def wrong_refusal(because: str, source: str) -> dict[str, str]:
    """Return what is wrong with the grounds on which a crime is said to be none."""
    return {
        **checks.words("because", because, "Say why it is no crime, so that anyone can judge it."),
        **checks.words(
            "source", source, "Say what can be verified and where: whose account, which record or film.", 500
        ),
    }


def end(crime_id: uuid.UUID, outcome: str, *, words: str, by: Actor, now: datetime) -> None:
    """Say how a recorded crime ended; victims must be told. Said twice, it stands once.

    An outcome that stands is changed by the registrar alone; the log keeps the one before.
    """
    access.check(by, DECIDE_CRIME, subject=("crime", str(crime_id)))
    checks.stop(
        checks.code("outcome", "crime_outcomes", outcome, now, "Choose how it ended."),
        checks.words("words", words, "Say why it ended so, so that the victim can be told."),
    )
    with steps.turn(crime_id, by=by):
        crime = steps.row(DisclosedCrime, crime_id)
        decision = CrimeDecision.objects.filter(crime_id=crime_id).first()
        if decision is None or not decision.recorded:
            raise Invalid({"outcome": "Only a recorded crime has an outcome. Decide first whether it is recorded."})
        if decision.outcome == outcome:
            return
        if decision.outcome and REFUSE_CRIME not in by.permissions:
            raise Invalid({"outcome": "An outcome stands already. Only the registrar may put another in its place."})
        CrimeDecision.objects.filter(id=decision.id, outcome=decision.outcome).update(
            outcome=outcome, outcome_at=now, outcome_words=words.strip(), outcome_by_name=by.name
        )
        enhanced = facts.is_enhanced(crime.incident)
        steps.victims_must_hear(crime.incident_id, now, by=by, now=now, enhanced=enhanced)
        people = [crime.person_id] if crime.person_id else []
        charging_time.settle(crime, decision, outcome, by=by, now=now)
        sentence = "outcome_changed" if decision.outcome else "crime_ended"
        steps.logged(
            crime.incident_id, sentence, by=by, people=people, outcome=outcome, before=decision.outcome,
            before_words=decision.outcome_words,
        )  # fmt: skip
