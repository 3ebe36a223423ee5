"""The mental-health helpline: a question asked, taken, advised on, followed or not, and what came of it.

The adviser belongs to another agency and sees what was written for her, never the incident. What she does reaches
the incident's log by a job whose row is written in her own transaction.
"""

import uuid
from datetime import datetime

from procrastinate.contrib.django import app

from fellwatch.contact import checks, rulings
from fellwatch.contact.access import ASK_ADVICE, HELPLINE
from fellwatch.contact.actions import steps
from fellwatch.contact.models import Consultation, Handling
from fellwatch.contact.values import Invalid
from fellwatch.duties import actions as duties
from fellwatch.foundation import access, audit, ids, once
from fellwatch.foundation.access import Actor
from fellwatch.records.queries import Missing
from fellwatch.rules import vocabulary

CLOCK = "helpline_answer"
CARRY = "contact.carry"
"""The job that carries an answer into the incident's log."""


def consult(
    incident_id: uuid.UUID,
    about: str,
    question: str,
    *,
    by: Actor,
    now: datetime,
    callback: str = "",
    id: uuid.UUID | None = None,
) -> uuid.UUID:
    """Ask the helpline. The clock of its answer starts now; asked twice under one id, it is asked once."""
    access.check(by, ASK_ADVICE, subject=("incident", str(incident_id)))
    checks.require_words(about, "about", "Write what the adviser needs to know of the person.", checks.LONGEST_ADVICE)
    checks.require_words(question, "helpline_question", "Write what you want to know.", checks.LONGEST_ADVICE)
    if problem := checks.words_problem(callback, checks.LONGEST_NUMBER):
        raise Invalid({"callback": problem})
    asked = id or ids.new()
    with access.acting(by):
        once.only(incident_id)
        steps.require_open(incident_id, "helpline_question")
        if Consultation.objects.filter(id=asked, incident_id=incident_id).exists():
            return asked
        Consultation.objects.create(
            id=asked, incident_id=incident_id, about=about.strip(), question=question.strip(),
            callback=callback.strip(), requested_at=now, requested_by_id=by.id, requested_by_name=by.name,
        )  # fmt: skip
        duties.note(duties.Fact("consultation.requested", now), by=by, now=now, incident_id=incident_id, about=asked)
        steps.line(incident_id, by=by, now=now, kind="helpline", text=f"Helpline asked: {question.strip()}")
        audit.record(
            by=by, action="disclosure", sentence="contact.consultation_requested", subject=("incident", incident_id)
        )
        steps.tell_boards(incident_id, "helpline")
    return asked


def take_consultation(consultation_id: uuid.UUID, *, by: Actor, now: datetime) -> bool:
    """Take a question as the adviser; the wait ends now. Returns False when a colleague was first."""
    access.check(by, HELPLINE)
    with access.acting(by):
        found = _turn(consultation_id)
        if found.answered_at:
            return found.adviser_id == by.id
        Consultation.objects.filter(id=consultation_id, answered_at=None).update(
            answered_at=now, adviser_id=by.id, adviser_name=by.name
        )
        _logged("contact.consultation_taken", found.incident_id, by=by)
        _carry(consultation_id)
        return True


def advise_helpline(consultation_id: uuid.UUID, code: str, text: str, *, by: Actor, now: datetime) -> None:
    """Give the advice. Given twice in the same words it stands once; other words are refused."""
    access.check(by, HELPLINE)
    if vocabulary.find(rulings.codes("helpline_advice", now), code) is None:
        raise Invalid({"advice_code": "Choose what you advise."})
    checks.require_words(text, "advice", "Write the advice, and what it rests on.", checks.LONGEST_ADVICE)
    with access.acting(by):
        found = _turn(consultation_id)
        if (found.advice_code, found.advice) == (code, text.strip()):
            return
        if found.advised_at:
            raise Invalid({"advice": f"{found.adviser_name} has advised already. Ring the officer to say more."})
        if found.adviser_id and found.adviser_id != by.id:
            raise Invalid({"advice": f"{found.adviser_name} took this question."})
        Consultation.objects.filter(id=consultation_id, advised_at=None).update(
            advice_code=code, advice=text.strip(), advised_at=now, adviser_id=by.id, adviser_name=by.name,
            answered_at=found.answered_at or now,
        )  # fmt: skip
        _logged("contact.consultation_advised", found.incident_id, by=by)
        _carry(consultation_id)


def settle_consultation(
    consultation_id: uuid.UUID, agreed: bool | None, *, by: Actor, now: datetime, disagreement: str = "", outcome: str
) -> None:
    """Say whether the officer agreed with the advice, why not, and what came of it. Said twice, it stands once."""
    access.check(by, ASK_ADVICE)
    if agreed is None:
        raise Invalid({"agreed": "Say whether the advice was agreed with."})
    checks.require_words(outcome, "consultation_outcome", "Write what was done.", checks.LONGEST_LINE)
    if not agreed:
        checks.require_words(disagreement, "disagreement", "Say why not: the adviser sees it.", checks.LONGEST_LINE)
    with access.acting(by):
        found = _turn(consultation_id)
        if (found.agreed, found.outcome) == (agreed, outcome.strip()):
            return
        if found.advised_at is None:
            raise Invalid({"agreed": "Nobody has advised yet."})
        if found.settled_at:
            raise Invalid({"agreed": f"{found.settled_by_name} has said this already."})
        Consultation.objects.filter(id=consultation_id, settled_at=None).update(
            agreed=agreed, disagreement=disagreement.strip() if not agreed else "", outcome=outcome.strip(),
            settled_at=now, settled_by_name=by.name,
        )  # fmt: skip
        words = (
            "Helpline's advice agreed with." if agreed else f"Helpline's advice not followed: {disagreement.strip()}"
        )
        steps.line(found.incident_id, by=by, now=now, kind="helpline", text=f"{words} {outcome.strip()}")
        _logged("contact.consultation_settled", found.incident_id, by=by)
        steps.tell_boards(found.incident_id, "helpline")


def carry_to_incident(consultation_id: uuid.UUID, *, by: Actor, now: datetime) -> None:
    """Write what the adviser did into the incident's log and end its clock; run by a job, twice without harm."""
    access.check(by, ASK_ADVICE)
    with access.acting(by):
        found = Consultation.objects.filter(id=consultation_id).first()
        if found is None or found.answered_at is None:
            return
        duties.meet(CLOCK, incident_id=found.incident_id, about=found.id, by=by, now=found.answered_at)
        if not Handling.objects.filter(incident_id=found.incident_id).exists():
            return  # in a compartment: the answer stands with the incident, and its log is not this process's to write
        taken = f"{found.adviser_name} took the question."
        _line_once(found, "taken", taken, found.answered_at, by=by)
        if found.advised_at:
            code = rulings.label("helpline_advice", found.advice_code, now)
            _line_once(found, "advised", f"{found.adviser_name}: {code}. {found.advice}", found.advised_at, by=by)
        steps.tell_boards(found.incident_id, "helpline")


def _line_once(found: Consultation, what: str, text: str, at: datetime, *, by: Actor) -> None:
    line = uuid.uuid5(found.id, what)
    steps.line(found.incident_id, by=by, now=at, kind="helpline", text=text, id=line)


def _carry(consultation_id: uuid.UUID) -> None:
    app.configure_task(CARRY).defer(consultation=str(consultation_id))


def _turn(consultation_id: uuid.UUID) -> Consultation:
    once.only(consultation_id)
    found = Consultation.objects.filter(id=consultation_id).first()
    if found is None:
        raise Missing("There is no such question, or the record is restricted.")
    return found


def _logged(sentence: str, incident_id: uuid.UUID, *, by: Actor) -> None:
    audit.record(by=by, action="alteration", sentence=sentence, subject=("incident", incident_id))
