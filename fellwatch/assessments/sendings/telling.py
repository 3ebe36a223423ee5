"""What was sent and what differs, as pages and handhelds are told of it."""

import uuid
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.db.models import Q

from fellwatch.assessments.instruments import Edition, exact
from fellwatch.assessments.models import Assessment, Form
from fellwatch.assessments.sendings.models import Difference, Sending
from fellwatch.assessments.sendings.values import DifferenceView, Head, Receipt, SendingView, spoken
from fellwatch.rules import instruments
from fellwatch.rules.instruments import CONSIDERED_NONE, WORDS, Question

if TYPE_CHECKING:
    from django.db.models import QuerySet


def versions_of(instrument: str, incident_id: uuid.UUID, person_id: uuid.UUID | None) -> "QuerySet[Assessment]":
    """Return every version of one form about one person (or about nobody), newest first."""
    about = Q(person_id=person_id) if person_id else Q(person__isnull=True)
    return Assessment.objects.filter(about, instrument=instrument, incident_id=incident_id).order_by("-number")


def form_of(instrument: str, incident_id: uuid.UUID, person_id: uuid.UUID | None) -> Form | None:
    """Return the form that versions belong to, where it is one that is handed in."""
    about = Q(person_id=person_id) if person_id else Q(person__isnull=True)
    return Form.objects.filter(about, instrument=instrument, incident_id=incident_id).first()


def head_of(row: "Difference | Sending") -> Assessment:
    """Return the newest version of the form."""
    return versions_of(row.instrument, row.incident_id, row.person_id)[0]


def receipt_of(stored: Sending, *, again: bool = False) -> Receipt:
    """Return what a sending came to."""
    versions = versions_of(stored.instrument, stored.incident_id, stored.person_id)
    stands = versions.filter(number=stored.number).first()
    return Receipt(
        id=stored.id,
        digest=stored.digest,
        received_at=stored.received_at,
        number=stored.number,
        answers=stands.answers if stands else {},
        outcome=stored.outcome,
        again=again,
    )


def head_view(row: Assessment, differs: Mapping[str, Any]) -> Head:
    """Return the version of a form that stands."""
    return Head(
        instrument=row.instrument,
        version=row.instrument_version,
        variant=row.variant,
        person_id=row.person_id,
        number=row.number,
        answers=row.answers,
        complete=row.complete,
        by_name=row.by_name,
        at=row.at,
        differs=differs,
    )


def sending_view(row: Sending) -> SendingView:
    """Return a sending as shown."""
    edition = exact(row.instrument, row.instrument_version, row.variant)
    return SendingView(
        id=row.id,
        code=spoken(row.digest),
        instrument=row.instrument,
        title=edition.title if edition else row.instrument,
        incident_id=row.incident_id,
        reference=row.incident.reference,
        finished=row.finished,
        number=row.number,
        answered_at=row.answered_at,
        received_at=row.received_at,
        by_name=row.by_name,
        clock_words=_clock_words(row),
    )


def _clock_words(row: Sending) -> str:
    doubtful = sum(1 for one in row.times.values() if one["basis"] != "corrected")
    if doubtful:
        return "The handheld's clock was changed on the way; times are the earliest possible."
    return "Times corrected by the server's clock."


def difference_view(row: Difference) -> DifferenceView:
    """Return two answers as shown."""
    edition = exact(row.instrument, row.instrument_version, row.variant)
    question = _question(edition, row.question)
    return DifferenceView(
        id=row.id,
        incident_id=row.incident_id,
        reference=row.incident.reference,
        title=edition.title if edition else row.instrument,
        question=row.question,
        label=_label(edition, row.question),
        standing=row.standing,
        standing_text=in_words(question, row.standing),
        arrived=row.arrived,
        arrived_text=in_words(question, row.arrived),
        arrived_by_name=row.arrived_by_name,
        arrived_at=row.arrived_at,
        stored=row.stored,
        stored_text=in_words(question, row.stored),
        stored_by_name=row.stored_by_name,
        stored_at=row.stored_at,
        state=row.state,
        settled_text=in_words(question, row.settled),
        settled_because=row.settled_because,
        settled_by_name=row.settled_by_name,
        settled_at=row.settled_at,
        arrived_is_lower=row.arrived != row.standing,
        stored_is_lower=row.stored != row.standing,
        changed_since=head_of(row).answers.get(row.question) != row.standing,
    )


def _question(edition: Edition | None, name: str) -> Question | None:
    return next((one for one in edition.instrument.questions if one.id == name), None) if edition else None


def _label(edition: Edition | None, name: str) -> str:
    question = _question(edition, name)
    if question:
        return question.label
    asked = _question(edition, name.removesuffix(WORDS))
    return f"{asked.label}: in her own words" if asked else name


def in_words(question: Question | None, answer: object) -> str:
    """Return an answer as people read it."""
    if not instruments.is_answered(answer):
        return "Not answered"
    if isinstance(answer, list):
        return ", ".join(in_words(question, one) for one in answer)
    if answer == CONSIDERED_NONE:
        return "Considered: none"
    labels = {option.value: option.label for option in question.options} if question else {}
    return labels.get(str(answer), str(answer).replace("_", " ") if question and question.options else str(answer))
