"""The safeguarding help desk: advice asked, given, acted on or not, tied to the incident and timed."""

import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime

from django.db import IntegrityError

from fellwatch.contact import checks, rulings
from fellwatch.contact.access import ACT_ON_ADVICE, ADVISE, ASK_ADVICE
from fellwatch.contact.actions import steps
from fellwatch.contact.models import Advice, DeskItem, DeskReview
from fellwatch.contact.values import Invalid
from fellwatch.duties import actions as duties
from fellwatch.foundation import access, audit, ids, once
from fellwatch.foundation.access import Actor
from fellwatch.records.queries import Missing
from fellwatch.rules import vocabulary


def ask_advice(
    incident_id: uuid.UUID, question: str, *, by: Actor, now: datetime, id: uuid.UUID | None = None
) -> uuid.UUID:
    """Ask the help desk. The question starts a clock; asked twice with one id, it is asked once.

    Raises Invalid where the id is used for anything else, and where the incident is closed.
    """
    access.check(by, ASK_ADVICE, subject=("incident", str(incident_id)))
    checks.require_words(question, "question", "Write what you need to know.", checks.LONGEST_ADVICE)
    advice_id, said = id or ids.new(), question.strip()
    asked = {"question": said, "asked_at": now, "asked_by_id": by.id, "asked_by_name": by.name}
    with _turn(incident_id, "question", by):
        if _sent_before(incident_id, advice_id, question=said):
            return advice_id
        steps.require_open(incident_id, "question")
        Advice.objects.create(id=advice_id, incident_id=incident_id, **asked)
        _to_the_desk(incident_id, f"{by.name} asked for advice.", now)
        duties.note(duties.Fact("advice.asked", now), by=by, now=now, incident_id=incident_id, about=advice_id)
        steps.line(incident_id, by=by, now=now, kind="advice_asked", text=said)
        _logged(incident_id, "contact.advice_asked", by=by)
        steps.tell_boards(incident_id, "advice_asked")
    return advice_id


def _to_the_desk(incident_id: uuid.UUID, reason: str, now: datetime) -> None:
    DeskItem.objects.update_or_create(
        incident_id=incident_id,
        rule="advice_asked",
        defaults={
            "state": "open",
            "settled_at": None,
            "rule_version": rulings.desk_version(now).number,
            "placed_at": now,
            "reason": reason,
        },
    )


def advise(
    incident_id: uuid.UUID,
    text: str,
    *,
    by: Actor,
    now: datetime,
    advice_id: uuid.UUID | None = None,
    id: uuid.UUID | None = None,
) -> uuid.UUID:
    """Answer a question (`advice_id`), or advise unasked under an id of the sender's own (`id`).

    The advice lands in the incident's log. Sent twice, it is given once; other words are told who was first.
    """
    access.check(by, ADVISE, subject=("incident", str(incident_id)))
    checks.require_words(text, "text", "Write the advice.", checks.LONGEST_ADVICE)
    said = text.strip()
    given = {"text": said, "given_at": now, "given_by_id": by.id, "given_by_name": by.name}
    with _turn(incident_id, "text", by):
        if advice_id:
            fresh = _answer(incident_id, advice_id, given)
        else:
            advice_id = id or ids.new()
            fresh = not _sent_before(incident_id, advice_id, text=said)
            if fresh:
                Advice.objects.create(id=advice_id, incident_id=incident_id, **given)
        if fresh:
            duties.meet("desk_advice", incident_id=incident_id, about=advice_id, by=by, now=now)
            steps.line(incident_id, by=by, now=now, kind="advice_given", text=said)
            _logged(incident_id, "contact.advice_given", by=by)
            steps.tell_boards(incident_id, "advice_given")
    return advice_id


def _answer(incident_id: uuid.UUID, advice_id: uuid.UUID, given: Mapping[str, object]) -> bool:
    """Answer a question of this incident; False when these very words stand already."""
    stored = _of(incident_id, advice_id)
    if stored.given_at is None:
        return bool(Advice.objects.filter(id=advice_id, given_at__isnull=True).update(**given))
    if stored.text != given["text"]:
        raise Invalid({"text": f"{stored.given_by_name} answered this while you were writing. Yours is not sent."})
    return False


def _of(incident_id: uuid.UUID, advice_id: uuid.UUID) -> Advice:
    stored = Advice.objects.filter(id=advice_id, incident_id=incident_id).first()
    if stored is None:
        raise Missing("There is no such advice on this incident.")
    return stored


def _sent_before(incident_id: uuid.UUID, advice_id: uuid.UUID, **said: str) -> bool:
    """Whether this very question or advice stands already. Raises Invalid where its id is something else's."""
    stored = Advice.objects.filter(id=advice_id).first()
    if stored is None:
        return False
    (field, words), *_ = said.items()
    if stored.incident_id != incident_id or getattr(stored, field) != words:
        raise Invalid({field: steps.TAKEN})
    return True


@contextmanager
def _turn(incident_id: uuid.UUID, field: str, by: Actor) -> Iterator[None]:
    """Open a transaction in which nobody else moves this incident; an id that something hidden has is told."""
    try:
        with access.acting(by):
            once.only(incident_id)
            steps.require(incident_id)
            yield
    except IntegrityError as taken:
        raise Invalid({field: steps.TAKEN}) from taken


def settle_advice(
    incident_id: uuid.UUID, advice_id: uuid.UUID, outcome: str, *, by: Actor, now: datetime, reason: str = ""
) -> None:
    """Say what was done with advice; not acting on it needs a reason, which the adviser sees.

    Said twice, it stands once; a different answer is told who was first.
    """
    access.check(by, ACT_ON_ADVICE if ACT_ON_ADVICE in by.permissions else ASK_ADVICE)
    words = _outcome(outcome, reason, now)
    with _turn(incident_id, "outcome", by):
        if not _settle(_of(incident_id, advice_id), outcome, reason.strip(), by=by, now=now):
            return
        steps.line(incident_id, by=by, now=now, kind="advice_outcome", text=words)
        _logged(incident_id, "contact.advice_settled", by=by)
        steps.tell_boards(incident_id, "advice_settled")


def _outcome(outcome: str, reason: str, now: datetime) -> str:
    """Return the outcome in words, or raise Invalid beside the field."""
    found = vocabulary.find(rulings.codes("advice_outcomes", now), outcome)
    if found is None:
        raise Invalid({"outcome": "Choose what was done with the advice."})
    if problem := checks.words_problem(reason, checks.LONGEST_LINE):
        raise Invalid({"outcome_reason": problem})
    if found.says("needs_reason") and not reason.strip():
        raise Invalid({"outcome_reason": "Say why, so that the adviser can see it."})
    return f"Advice: {found.label.lower()}. {reason.strip()}".strip()


def _settle(advice: Advice, outcome: str, reason: str, *, by: Actor, now: datetime) -> bool:
    """Store what was done; False when exactly that was said already."""
    if advice.given_at is None:
        raise Invalid({"outcome": "Nobody has answered this question yet."})
    if (advice.outcome, advice.outcome_reason) == (outcome, reason):
        return False
    if advice.outcome:
        raise Invalid({"outcome": f"{advice.outcome_by_name} has said already what was done. Look at it again."})
    return bool(
        Advice.objects.filter(id=advice.id, outcome="").update(
            outcome=outcome, outcome_reason=reason, outcome_at=now, outcome_by_name=by.name
        )
    )


def take_desk(incident_id: uuid.UUID, *, by: Actor, now: datetime) -> bool:
    """Take an incident from the queue; return False when a colleague was first."""
    access.check(by, ADVISE, subject=("incident", str(incident_id)))
    with access.acting(by):
        steps.require(incident_id)
        taken = DeskItem.objects.filter(incident_id=incident_id, state="open").update(
            state="taken", taken_by_id=by.id, taken_by_name=by.name
        )
        if taken:
            _logged(incident_id, "contact.desk_taken", by=by)
            steps.tell_boards(incident_id, "desk")
        return bool(taken)


def review_desk(
    incident_id: uuid.UUID, agreed: bool | None, missed: str, *, by: Actor, now: datetime, id: uuid.UUID | None = None
) -> None:
    """Finish with an incident, saying whether its grade was right and what protection was missed. Sent twice, once."""
    access.check(by, ADVISE, subject=("incident", str(incident_id)))
    if agreed is None:
        raise Invalid({"agreed_grade": "Say whether the grade is right."})
    if not agreed:
        checks.require_words(missed, "missed", "Say which grade, and why.", checks.LONGEST_LINE)
    elif problem := checks.words_problem(missed, checks.LONGEST_LINE):
        raise Invalid({"missed": problem})
    with access.acting(by):
        once.only(incident_id)
        sent = id or ids.new()
        if DeskReview.objects.filter(id=sent, incident_id=incident_id).exists():
            return
        handling = steps.require(incident_id)
        settle_desk(incident_id, by=by, now=now)
        DeskReview.objects.create(
            id=sent, incident_id=incident_id, at=now, by_id=by.id, by_name=by.name, grade=handling.grade,
            agreed=agreed, missed=missed.strip(),
        )  # fmt: skip
        _logged(incident_id, "contact.desk_reviewed", by=by)
        words = "Help desk: the grade is right." if agreed else "Help desk: the grade is not right."
        steps.line(incident_id, by=by, now=now, kind="desk_review", text=f"{words} {missed.strip()}".strip())


def settle_desk(incident_id: uuid.UUID, *, by: Actor, now: datetime) -> None:
    """Finish with an incident on the queue; twice is harmless. An unanswered question keeps it there."""
    access.check(by, ADVISE, subject=("incident", str(incident_id)))
    with _turn(incident_id, "text", by):
        if Advice.objects.filter(incident_id=incident_id, given_at__isnull=True).exists():
            raise Invalid({"text": "Somebody still waits for an answer here. Answer it first."})
        settled = (
            DeskItem.objects.filter(incident_id=incident_id)
            .exclude(state="done")
            .update(state="done", settled_at=now, taken_by_id=by.id, taken_by_name=by.name)
        )
        if settled:
            _logged(incident_id, "contact.desk_settled", by=by)
            steps.tell_boards(incident_id, "desk")


def _logged(incident_id: uuid.UUID, sentence: str, *, by: Actor) -> None:
    audit.record(by=by, action="alteration", sentence=sentence, subject=("incident", incident_id))
