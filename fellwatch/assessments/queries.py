"""Every read of assessments."""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from fellwatch.assessments import telling
from fellwatch.assessments.access import READ
from fellwatch.assessments.instruments import edition_of
from fellwatch.assessments.models import Assessment, DisclosedCrime, Form, FormOwner, FormReview, Prompt
from fellwatch.assessments.values import CrimeView, FormView, OwnerView, PromptView, ReviewView, Standing
from fellwatch.foundation import access, audit, clock, policy
from fellwatch.foundation.access import Actor
from fellwatch.records.queries import Missing, full_name

Key3 = tuple[uuid.UUID, str, uuid.UUID | None]
"""An incident, a form, and whom it is about."""


@dataclass(frozen=True)
class AssessmentView:
    """One version as shown."""

    instrument: str
    instrument_version: int
    number: int
    trigger: str
    answers: Mapping[str, Any]
    complete: bool
    missing: tuple[str, ...]
    at: datetime
    by_name: str


@access.reads
def versions(instrument: str, incident_id: uuid.UUID, *, by: Actor) -> tuple[AssessmentView, ...]:
    """Return every version for an incident, newest first. The caller logs the read of the incident."""
    access.check(by, READ)
    rows = Assessment.objects.filter(instrument=instrument, incident_id=incident_id).order_by("-number")
    return tuple(
        AssessmentView(
            row.instrument,
            row.instrument_version,
            row.number,
            row.trigger,
            row.answers,
            row.complete,
            tuple(row.missing),
            row.at,
            row.by_name,
        )
        for row in rows
    )


@access.reads
def forms_of(incident_id: uuid.UUID, *, by: Actor) -> tuple[FormView, ...]:
    """Return the forms of an incident, oldest first, and log whose they are."""
    access.check(by, READ)
    found = _views(Form.objects.filter(incident_id=incident_id).order_by("opened_at"))
    if found:
        _logged("assessments.forms_read", ("incident", incident_id), found, by=by)
    return found


@access.reads
def form(form_id: uuid.UUID, *, by: Actor) -> FormView:
    """Return one form with its newest answers; Missing where there is none that the reader may see."""
    access.check(by, READ)
    found = _views(Form.objects.filter(id=form_id))
    if not found:
        raise Missing("There is no such form, or the record is restricted.")
    _logged("assessments.forms_read", ("incident", found[0].incident_id), found, by=by)
    return found[0]


@access.reads
def find_form(instrument: str, incident_id: uuid.UUID, person_id: uuid.UUID | None, *, by: Actor) -> FormView | None:
    """Return the form of an instrument about an incident and a person, or None while nobody has opened it."""
    access.check(by, READ)
    rows = Form.objects.filter(instrument=instrument, incident_id=incident_id)
    found = _views(rows.filter(person_id=person_id) if person_id else rows.filter(person__isnull=True))
    if not found:
        return None
    _logged("assessments.forms_read", ("incident", incident_id), found, by=by)
    return found[0]


@access.reads
def waiting(*, by: Actor, limit: int = 200) -> tuple[FormView, ...]:
    """Return the forms that wait for review, oldest first, and log whose they are."""
    access.check(by, READ)
    found = _views(Form.objects.filter(state="submitted").order_by("submitted_at")[:limit])
    _logged("assessments.waiting_read", ("forms", len(found)), found, by=by)
    return found


@access.reads
def forms_about(people: Sequence[uuid.UUID], *, by: Actor, since: datetime, most: int = 200) -> tuple[FormView, ...]:
    """Return forms about these people that say anything, newest first. The caller logs whom it shows."""
    access.check(by, READ)
    rows = Form.objects.filter(person_id__in=people, changed_at__gte=since).order_by("-changed_at")
    return _views(rows[:most])


@access.reads
def answers_at(form: FormView, number: int, *, by: Actor) -> Mapping[str, Any]:
    """Return a form's answers as they were in one version; empty for none. The caller logs the read of the form."""
    access.check(by, READ)
    rows = Assessment.objects.filter(instrument=form.instrument, incident_id=form.incident_id, number=number)
    rows = rows.filter(person_id=form.person_id) if form.person_id else rows.filter(person__isnull=True)
    return rows.values_list("answers", flat=True).first() or {}


@access.reads
def last_time(form: FormView, *, by: Actor) -> FormView | None:
    """Return the form of the same kind about the same person at their incident before this one, if there is any."""
    access.check(by, READ)
    if form.person_id is None:
        return None
    rows = Form.objects.filter(instrument=form.instrument, person_id=form.person_id)
    earlier = rows.filter(incident__received_at__lt=form.received_at).exclude(incident_id=form.incident_id)
    newest = earlier.order_by("-incident__received_at").values_list("id", flat=True)[:1]
    found = _views(Form.objects.filter(id__in=list(newest)))
    return found[0] if found else None


def flag_words(form: FormView) -> tuple[str, ...]:
    """Return a form's flags in the words of its instrument."""
    asked = edition_of(form.instrument, clock.london_date(form.received_at)).instrument
    labels = {flag.id: flag.label or flag.id for one in asked.projections for flag in one.flags}
    return tuple(labels.get(flag, flag) for flag in form.flags)


@access.reads
def crimes_of(incident_id: uuid.UUID, *, by: Actor) -> tuple[CrimeView, ...]:
    """Return the crimes disclosed in an incident, oldest first. The caller logs the read of the incident."""
    access.check(by, READ)
    rows = DisclosedCrime.objects.filter(incident_id=incident_id).order_by("heard_at", "noted_at")
    return tuple(map(crime_view, rows.select_related("incident", "person").prefetch_related("person__names")))


def crime_view(row: DisclosedCrime) -> CrimeView:
    """Return a disclosed crime as shown."""
    return CrimeView(
        id=row.id,
        incident_id=row.incident_id,
        incident_reference=row.incident.reference,
        person_id=row.person_id,
        person_name=full_name(row.person.names.all()) if row.person else "",
        crime=row.crime,
        title=row.title,
        law=row.law,
        detail=row.detail,
        told_by=tuple(row.told_by),
        heard_at=row.heard_at,
    )


def _views(rows: "QuerySet[Form, Form]") -> tuple[FormView, ...]:
    forms = list(rows.select_related("incident", "person").prefetch_related("person__names", "reviews", "owners"))
    answers = _answers(forms)
    return tuple(_form_view(one, answers) for one in forms)


Key = tuple[str, uuid.UUID | None, uuid.UUID | None, int]


def _answers(forms: list[Form]) -> dict[Key, Mapping[str, Any]]:
    """Return the newest two versions of each form's answers."""
    rows = Assessment.objects.filter(incident_id__in={one.incident_id for one in forms})
    return {
        (row.instrument, row.incident_id, row.person_id, row.number): row.answers
        for row in rows.only("instrument", "incident_id", "person_id", "number", "answers")
    }


def _form_view(row: Form, answers: Mapping[Key, Mapping[str, Any]]) -> FormView:
    key = (row.instrument, row.incident_id, row.person_id)
    reviews = sorted(row.reviews.all(), key=lambda one: (one.at, one.number, one.stage == "central"))
    return FormView(
        id=row.id,
        instrument=row.instrument,
        instrument_version=row.instrument_version,
        title=edition_of(row.instrument, clock.london_date(row.incident.received_at)).title,
        incident_id=row.incident_id,
        incident_reference=row.incident.reference,
        received_at=row.incident.received_at,
        person_id=row.person_id,
        person_name=full_name(row.person.names.all()) if row.person else "",
        state=row.state,
        number=row.number,
        grade=row.grade,
        score=row.score,
        flags=tuple(row.flags),
        complete=row.complete,
        changed_at=row.changed_at,
        opened_by_name=row.opened_by_name,
        submitted_at=row.submitted_at,
        submitted_by_name=row.submitted_by_name,
        submitted_team=row.submitted_team,
        answers=answers.get((*key, row.number), {}),
        before=answers.get((*key, row.number - 1), {}),
        reviews=tuple(map(_review_view, reviews)),
        specialist_grade=row.specialist_grade,
        passed_on_at=row.passed_on_at,
        passed_on_because=tuple(row.passed_on_because),
        owner=row.owner,
        owner_because=row.owner_because,
        owners=tuple(map(_owner_view, sorted(row.owners.all(), key=lambda one: one.at))),
    )


def _review_view(row: FormReview) -> ReviewView:
    return ReviewView(
        row.number, row.outcome, row.reasons, row.note, row.at, row.by_name, row.stage, row.officer_grade, row.grade
    )


def _owner_view(row: FormOwner) -> OwnerView:
    return OwnerView(row.owner, row.because, row.changed_because, row.at, row.by_name, row.by_hand)


def _logged(sentence: str, subject: tuple[str, object], forms: Iterable[FormView], *, by: Actor) -> None:
    people = {one.person_id for one in forms if one.person_id}
    audit.record(by=by, action="consultation", sentence=sentence, subject=subject, people=people)


@access.reads
def of_people(incident_id: uuid.UUID, beginning: str, *, by: Actor) -> Mapping[uuid.UUID, dict[str, Any]]:
    """Return each person's newest answers to every instrument whose name begins so, laid together.

    The caller logs the read of the incident.
    """
    access.check(by, READ)
    return _of_people(Q(incident_id=incident_id), beginning).get(incident_id, {})


@access.reads
def of_people_since(
    since: datetime, beginning: str, *, by: Actor
) -> Mapping[uuid.UUID, dict[uuid.UUID, dict[str, Any]]]:
    """Return the same of all that was answered since a moment: incident, person, answers. The caller logs the read."""
    access.check(by, READ)
    return _of_people(Q(at__gte=since), beginning)


def _of_people(which: Q, beginning: str) -> dict[uuid.UUID, dict[uuid.UUID, dict[str, Any]]]:
    named = [rule for rule in policy.of_kind("instrument") if rule.startswith(beginning)]
    rows = Assessment.objects.filter(which, instrument__in=named).order_by("number")
    found: dict[uuid.UUID, dict[uuid.UUID, dict[str, Any]]] = {}
    for incident, person, answers in rows.values_list("incident_id", "person_id", "answers"):
        if incident and person:
            found.setdefault(incident, {}).setdefault(person, {}).update(answers)
    return found


@access.reads
def is_stored(assessment_id: uuid.UUID, *, by: Actor) -> bool:
    """Whether an assessment has been stored under this id."""
    access.check(by, READ)
    return Assessment.objects.filter(id=assessment_id).exists()


@access.reads
def prompts(*, by: Actor) -> tuple[PromptView, ...]:
    """Return every prompt there is or was, the newest first. They name nobody."""
    access.check(by, READ)
    return tuple(
        PromptView(
            row.id,
            row.instrument,
            row.question,
            row.words,
            row.because,
            row.from_at,
            row.ended_at,
            row.ended_because,
            row.by_name,
        )
        for row in Prompt.objects.order_by("-from_at")
    )


@access.reads
def prompts_now(*, by: Actor) -> Mapping[tuple[str, str], str]:
    """Return the words that stand beside questions now, by form and question."""
    access.check(by, READ)
    rows = Prompt.objects.filter(ended_at__isnull=True).values_list("instrument", "question", "words")
    return {(instrument, question): words for instrument, question, words in rows}


@access.reads
def standings(incidents: Sequence[uuid.UUID], *, by: Actor) -> Mapping[Key3, Standing]:
    """Return how the forms of incidents stand, as their officer is told. The caller logs whose incidents they are."""
    access.check(by, READ)
    rows = Form.objects.filter(incident_id__in=incidents).select_related("incident").prefetch_related("reviews")
    return {(row.incident_id, row.instrument, row.person_id): telling.standing(row) for row in rows}


@access.reads
def returned_to(officer: uuid.UUID, *, by: Actor) -> tuple[uuid.UUID, ...]:
    """Return the incidents of forms that were sent back to an officer. The caller logs whose they are."""
    access.check(by, READ)
    rows = Form.objects.filter(state="returned", submitted_by_id=officer).order_by("-changed_at")
    return tuple(dict.fromkeys(rows.values_list("incident_id", flat=True)[:50]))
