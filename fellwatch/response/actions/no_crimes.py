"""Ask the registrar to decide that a disclosed crime is none; agree, or refuse so that it must be recorded."""

import uuid
from datetime import datetime

from fellwatch.assessments.models import DisclosedCrime
from fellwatch.assessments.values import Invalid
from fellwatch.foundation import access, ids
from fellwatch.foundation.access import Actor
from fellwatch.response import checks
from fellwatch.response.access import DECIDE_CRIME, REFUSE_CRIME
from fellwatch.response.actions import crimes, steps
from fellwatch.response.models import CrimeDecision, NoCrimeRequest
from fellwatch.response.values import Decision


def ask_no_crime(
    crime_id: uuid.UUID, *, because: str, source: str, by: Actor, now: datetime, id: uuid.UUID | None = None
) -> None:
    """Ask the registrar; the clock of the decision runs on. Asked twice under one id, it is asked once."""
    access.check(by, DECIDE_CRIME, subject=("crime", str(crime_id)))
    wrong = crimes.wrong_refusal(because, source)
    checks.stop({f"ask_{name}": words for name, words in wrong.items()})
    with steps.turn(crime_id, by=by):
        crime = steps.row(DisclosedCrime, crime_id)
        if id and steps.sent_before(NoCrimeRequest, id, crime_id=crime_id):
            return
        if CrimeDecision.objects.filter(crime_id=crime_id).exists():
            raise Invalid({"ask_because": "This was decided meanwhile. Look at it again."})
        if NoCrimeRequest.objects.filter(crime_id=crime_id, answered_at__isnull=True).exists():
            raise Invalid({"ask_because": "The registrar is asked already."})
        NoCrimeRequest.objects.create(
            id=id or ids.new(), crime_id=crime_id, because=because.strip(), source=source.strip(),
            at=now, by_id=by.id, by_name=by.name,
        )  # fmt: skip
        _logged(crime, "no_crime_asked", by=by)


def answer_no_crime(request_id: uuid.UUID, *, agreed: bool, words: str, by: Actor, now: datetime) -> None:
    """Agree, and the crime is not recorded; or refuse, and it must be. Nobody answers their own request."""
    access.check(by, REFUSE_CRIME)
    checks.stop(checks.words("answer_words", words, "Say why, so that anyone can judge it."))
    with steps.turn(request_id, by=by):
        request = steps.row(NoCrimeRequest, request_id)
        if (request.agreed, request.answer) == (agreed, words.strip()):
            return
        if request.answered_at:
            raise Invalid({"answer_words": f"{request.answered_by_name} answered this while you were writing."})
        if request.by_id == by.id:
            raise Invalid({"answer_words": "You asked this yourself: somebody else must answer."})
        if agreed:
            refusal = Decision(False, because=f"{request.because} {words.strip()}", source=request.source)
            crimes.decide(request.crime_id, refusal, by=by, now=now)
        NoCrimeRequest.objects.filter(id=request_id).update(
            agreed=agreed, answer=words.strip(), answered_at=now, answered_by_name=by.name
        )
        _logged(request.crime, "no_crime_agreed" if agreed else "no_crime_refused", by=by)


def _logged(crime: DisclosedCrime, sentence: str, *, by: Actor) -> None:
    people = [crime.person_id] if crime.person_id else []
    steps.logged(crime.incident_id, sentence, by=by, people=people, crime=crime.crime)
