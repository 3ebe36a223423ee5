"""Fill in a form: save answers as often as need be, from anywhere; hand it in when it is whole."""

import uuid
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from fellwatch.assessments import standing
from fellwatch.assessments.access import OVERRIDE, WRITE
from fellwatch.assessments.actions import owning, recording, second
from fellwatch.assessments.expecting import actions as expecting
from fellwatch.assessments.instruments import Edition, edition_of
from fellwatch.assessments.models import Assessment, Form, FormReview
from fellwatch.assessments.standing import require
from fellwatch.assessments.values import Disputed, Filled, Invalid
from fellwatch.duties import actions as duties
from fellwatch.foundation import access, audit, clock, once
from fellwatch.foundation.access import Actor
from fellwatch.records import earlier
from fellwatch.records.models import Incident
from fellwatch.records.queries import Missing
from fellwatch.rules import instruments, judgement, merging

if TYPE_CHECKING:
    from django.db.models import QuerySet

FORMS = uuid.UUID("5b0c6c2e-7d1f-5a43-9b7e-666565640003")
GONE = "There is no such incident or person, or the record is restricted."
WITH_REVIEWERS = ("submitted", "second", "accepted", "settled")
ANSWERED_ANEW = "The officer answered anew, and the grade changed."
PUT_RIGHT = "Put right, and here again."
TAKEN = "This was sent under an id that is already used for something else; nothing was stored. Send it again."


def save(filled: Filled, *, by: Actor, now: datetime) -> uuid.UUID:
    """Store answers as the form's next version and return the form's id. What is missing is no hindrance.

    Answers given apart are merged one by one: the sender's stand where nobody else changed what they had seen.
    Raises Disputed where somebody did, with both sides, and Invalid beside each answer that cannot be kept.
    """
    access.check(by, WRITE, subject=("incident", str(filled.incident_id)))
    with access.acting(by):
        filled = _of_now(filled)
        once.only(_key(filled))
        if _sent_before(filled):
            return Form.objects.get(**_which(filled)).id
        edition = _edition(filled)
        problems = instruments.validate(edition.instrument, filled.answers)
        if problems:
            raise Invalid({one.question: f"{one.what} {one.do}" for one in problems})
        stored = recording.record(
            edition,
            _merged(edition, filled),
            by=by,
            now=now,
            trigger=filled.trigger,
            incident_id=filled.incident_id,
            person_id=filled.person_id,
            id=filled.id,
            heard_at=filled.heard_at,
        )
        form = Form.objects.get(**_which(filled))
        _logged(form, "assessments.form_saved", by=by, number=stored.number)
    return form.id


def _of_now(filled: Filled) -> Filled:
    """Return the answers as those about who the person is now; raise Missing where the actor may not see them."""
    if filled.person_id is None:
        return filled
    found = earlier.who(filled.person_id)
    if found is None:
        raise Missing(GONE)
    return replace(filled, person_id=found)


def _key(filled: Filled) -> uuid.UUID:
    return uuid.uuid5(FORMS, f"{filled.incident_id}|{filled.instrument}|{filled.person_id}")


def _which(filled: Filled) -> dict[str, object]:
    which: dict[str, object] = {"instrument": filled.instrument, "incident_id": filled.incident_id}
    return which | ({"person_id": filled.person_id} if filled.person_id else {"person__isnull": True})


def _sent_before(filled: Filled) -> bool:
    stored = Assessment.objects.filter(id=filled.id).first()
    if stored is None:
        return False
    if (stored.instrument, stored.incident_id, stored.person_id) != (
        filled.instrument,
        filled.incident_id,
        filled.person_id,
    ):
        raise Invalid({"id": TAKEN})
    return True


def _edition(filled: Filled) -> Edition:
    """Return the edition of the incident's day."""
    incident = Incident.objects.filter(id=filled.incident_id).first()
    if incident is None:
        raise Missing(GONE)
    edition = edition_of(filled.instrument, clock.london_date(incident.received_at))
    if not standing.is_form(edition.instrument):
        raise Missing("This is no form that is handed in.")
    if filled.person_id is None:
        raise Invalid({"person": "Say whom the form is about."})
    return edition


def _merged(edition: Edition, filled: Filled) -> dict[str, Any]:
    """Return the answers that stand when these are laid over the newest."""
    newest = _versions(filled).order_by("-number").first()
    if newest is None:
        return _answered(filled.answers)
    theirs = newest.answers
    if filled.seen >= newest.number:
        return _answered({**theirs, **filled.answers})
    bases = _answers(filled, filled.seen) if filled.seen else {}
    questions = {question.id: question for question in edition.instrument.questions}
    merged = merging.merge_all(questions, bases=bases, mine=filled.answers, theirs=theirs)
    disputed = {name: theirs.get(name) for name, one in merged.items() if one.disputed}
    if disputed:
        says = {name: _says(name, answer, edition) for name, answer in disputed.items()}
        raise Disputed(says, theirs, newest.number)
    return _answered({**theirs, **{name: one.value for name, one in merged.items()}})


def _answered(answers: Mapping[str, Any]) -> dict[str, Any]:
    return {name: answer for name, answer in answers.items() if instruments.is_answered(answer)}


def _versions(filled: Filled) -> "QuerySet[Assessment]":
    return Assessment.objects.filter(**_which(filled))


def _answers(filled: Filled, number: int) -> Mapping[str, Any]:
    found = _versions(filled).filter(number=number).values_list("answers", flat=True).first()
    return found or {}


def _says(name: str, answer: object, edition: Edition) -> str:
    labels = {option.value: option.label for one in edition.instrument.questions for option in one.options}
    values = answer if isinstance(answer, list) else [answer]
    words = ", ".join(labels.get(str(value), str(value)) for value in values if value) or "nothing"
    return f"Somebody answered this while you were writing: {words}. Decide which stands, and save again."


def hand_in(form_id: uuid.UUID, *, seen: int, by: Actor, now: datetime) -> None:
    """Hand in a form that is whole. Handed in twice, it is handed in once; the reviewer's clock starts.

    Raises Invalid beside each answer that is missing, and beside a grade below what the score proposes.
    """
    access.check(by, WRITE)
    with access.acting(by):
        form = require(form_id)
        if form.state in WITH_REVIEWERS and form.number == seen:
            return
        if form.number != seen:
            raise Invalid({"form": "Somebody wrote in this form meanwhile. Look at it again, then hand it in."})
        problems = _hindrances(form, by)
        if problems:
            raise Invalid(problems)
        handed = Form.objects.filter(id=form.id, number=seen).exclude(state__in=WITH_REVIEWERS)
        handed.update(
            state="submitted",
            submitted_at=now,
            submitted_by_id=by.id,
            submitted_by_name=by.name,
            submitted_team=by.team,
        )
        duties.meet("form_correction", incident_id=form.incident_id, by=by, now=now, about=form.id)
        _to_reviewer(form, by=by, now=now)
        owning.allocate(form, form.specialist_grade or form.grade, by=by, now=now, changed_because=ANSWERED_ANEW)
        expecting.look(form.incident_id, by=by, now=now)
        _logged(form, "assessments.form_submitted", by=by, number=seen)


def _to_reviewer(form: Form, *, by: Actor, now: datetime) -> None:
    """Put it before its supervisor; what the central team sent back goes straight to the central team."""
    last = FormReview.objects.filter(form_id=form.id).order_by("-at", "-number", "stage").first()
    if last and (last.stage, last.outcome) == ("central", "returned"):
        second.pass_on(form, second.wanted(form, now), by=by, now=now, first=PUT_RIGHT)
    else:
        duties.note(duties.Fact("form.submitted", now), by=by, now=now, incident_id=form.incident_id, about=form.id)


def _hindrances(form: Form, by: Actor) -> dict[str, str]:
    edition = edition_of(form.instrument, clock.london_date(form.incident.received_at))
    found = Assessment.objects.filter(instrument=form.instrument, incident_id=form.incident_id, number=form.number)
    found = found.filter(person_id=form.person_id) if form.person_id else found.filter(person__isnull=True)
    answers = found.values_list("answers", flat=True).first() or {}
    missing = instruments.completeness(edition.instrument, answers).missing
    problems = {one.question: f"{one.label}: {one.do}" for one in missing}
    judged = judgement.judge(edition.instrument, answers)
    if judged.below and OVERRIDE not in by.permissions:
        lower = "The score may raise your grade, never lower it: only a specialist may grade this lower."
        problems[edition.instrument.judgement] = f"{judged.because} {lower}"
    return problems


def _logged(form: Form, sentence: str, *, by: Actor, number: int) -> None:
    audit.record(
        by=by,
        action="alteration",
        sentence=sentence,
        subject=("incident", form.incident_id),
        people=[form.person_id] if form.person_id else [],
        detail={"instrument": form.instrument, "number": number},
    )
