"""The safeguarding help desk: advice asked, given, acted on or not, tied to the incident and timed."""

import uuid
from datetime import datetime

from fellwatch.contact import rulings
from fellwatch.contact.access import ACT_ON_ADVICE, ADVISE, ASK_ADVICE
from fellwatch.contact.actions import steps
from fellwatch.contact.models import Advice, DeskItem
from fellwatch.contact.values import Invalid
from fellwatch.duties import actions as duties
from fellwatch.foundation import access, audit, ids
from fellwatch.foundation.access import Actor
from fellwatch.records.queries import Missing
from fellwatch.rules import vocabulary

LONGEST = 8_000


def ask_advice(
    incident_id: uuid.UUID, question: str, *, by: Actor, now: datetime, id: uuid.UUID | None = None
) -> uuid.UUID:
    """Ask the help desk. The question starts a clock; asked twice with one id, it is asked once."""
    access.check(by, ASK_ADVICE, subject=("incident", str(incident_id)))
    _check_words(question, "question", "Write what you need to know.")
    advice_id = id or ids.new()
    with access.acting(by):
        _, asked = Advice.objects.get_or_create(
            id=advice_id,
            defaults={
                "incident_id": incident_id,
                "question": question.strip(),
                "asked_at": now,
                "asked_by_id": by.id,
                "asked_by_name": by.name,
            },
        )
        if asked:
            DeskItem.objects.update_or_create(
                incident_id=incident_id,
                rule="advice_asked",
                defaults={
                    "state": "open",
                    "settled_at": None,
                    "rule_version": rulings.desk_version(now).number,
                    "placed_at": now,
                    "reason": f"{by.name} asked for advice.",
                },
            )
            duties.note(duties.Fact("advice.asked", now), by=by, now=now, incident_id=incident_id)
            steps.line(incident_id, by=by, now=now, kind="advice_asked", text=question.strip())
            _logged(incident_id, "contact.advice_asked", by=by)
            steps.tell_boards(incident_id, "advice_asked")
    return advice_id


def advise(
    incident_id: uuid.UUID, text: str, *, by: Actor, now: datetime, advice_id: uuid.UUID | None = None
) -> uuid.UUID:
    """Answer a question, or advise unasked. The advice lands in the incident's log."""
    access.check(by, ADVISE, subject=("incident", str(incident_id)))
    _check_words(text, "text", "Write the advice.")
    given = {"text": text.strip(), "given_at": now, "given_by_id": by.id, "given_by_name": by.name}
    with access.acting(by):
        if advice_id is None:
            advice_id = Advice.objects.create(incident_id=incident_id, **given).id
        elif not Advice.objects.filter(id=advice_id, given_at__isnull=True).update(**given):
            return _answered(advice_id, text)
        duties.meet("desk_advice", incident_id=incident_id, by=by, now=now)
        steps.line(incident_id, by=by, now=now, kind="advice_given", text=text.strip())
        _logged(incident_id, "contact.advice_given", by=by)
        steps.tell_boards(incident_id, "advice_given")
        return advice_id


def _answered(advice_id: uuid.UUID, text: str) -> uuid.UUID:
    """Answer a second sending: the same words are harmless, others are told who was first."""
    stored = Advice.objects.filter(id=advice_id).first()
    if stored is None:
        raise Missing("There is no such question.")
    if stored.text != text.strip():
        raise Invalid({"text": f"{stored.given_by_name} answered this while you were writing. Yours is not sent."})
    return advice_id


def settle_advice(advice_id: uuid.UUID, outcome: str, *, by: Actor, now: datetime, reason: str = "") -> None:
    """Say what was done with advice; not acting on it needs a reason, which the adviser sees."""
    access.check(by, ACT_ON_ADVICE if ACT_ON_ADVICE in by.permissions else ASK_ADVICE)
    found = vocabulary.find(rulings.codes("advice_outcomes", now), outcome)
    if found is None:
        raise Invalid({"outcome": "Choose what was done with the advice."})
    if found.says("needs_reason") and not reason.strip():
        raise Invalid({"outcome_reason": "Say why, so that the adviser can see it."})
    with access.acting(by):
        advice = Advice.objects.filter(id=advice_id).first()
        if advice is None:
            raise Missing("There is no such advice.")
        settled = Advice.objects.filter(id=advice_id, outcome="").update(
            outcome=outcome, outcome_reason=reason.strip(), outcome_at=now, outcome_by_name=by.name
        )
        if settled:
            words = f"Advice: {found.label.lower()}. {reason.strip()}".strip()
            steps.line(advice.incident_id, by=by, now=now, kind="advice_outcome", text=words)
            _logged(advice.incident_id, "contact.advice_settled", by=by)
            steps.tell_boards(advice.incident_id, "advice_settled")


def take_desk(incident_id: uuid.UUID, *, by: Actor, now: datetime) -> bool:
    """Take an incident from the queue; return False when a colleague was first."""
    access.check(by, ADVISE, subject=("incident", str(incident_id)))
    with access.acting(by):
        taken = DeskItem.objects.filter(incident_id=incident_id, state="open").update(
            state="taken", taken_by_id=by.id, taken_by_name=by.name
        )
        if taken:
            _logged(incident_id, "contact.desk_taken", by=by)
            steps.tell_boards(incident_id, "desk")
        return bool(taken)


def settle_desk(incident_id: uuid.UUID, *, by: Actor, now: datetime) -> None:
    """Finish with an incident on the queue. An unanswered question keeps it there."""
    access.check(by, ADVISE, subject=("incident", str(incident_id)))
    with access.acting(by):
        if Advice.objects.filter(incident_id=incident_id, given_at__isnull=True).exists():
            raise Invalid({"text": "Somebody still waits for an answer here. Answer it first."})
        DeskItem.objects.filter(incident_id=incident_id).exclude(state="done").update(
            state="done", settled_at=now, taken_by_id=by.id, taken_by_name=by.name
        )
        _logged(incident_id, "contact.desk_settled", by=by)
        steps.tell_boards(incident_id, "desk")


def _check_words(text: str, field: str, missing: str) -> None:
    if not text.strip():
        raise Invalid({field: missing})
    if len(text) > LONGEST:
        raise Invalid({field: f"This is {len(text):,} characters; keep it to {LONGEST:,}."})


def _logged(incident_id: uuid.UUID, sentence: str, *, by: Actor) -> None:
    audit.record(by=by, action="alteration", sentence=sentence, subject=("incident", incident_id))
