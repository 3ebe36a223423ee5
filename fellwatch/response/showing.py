"""Rows of response as plain values."""

import uuid
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from fellwatch.assessments import telling
from fellwatch.assessments.instruments import edition_of
from fellwatch.assessments.models import DisclosedCrime
from fellwatch.assessments.values import FormView
from fellwatch.foundation import clock
from fellwatch.records.models import Incident
from fellwatch.records.queries import full_name
from fellwatch.response import checks, facts
from fellwatch.response.models import (
    BailAppointment,
    Clip,
    CrimeDecision,
    Exhibit,
    ProsecutorWait,
    Release,
    Stance,
    Suspect,
)
from fellwatch.response.values import (
    AppointmentView,
    AskedView,
    AttemptView,
    ClipView,
    CrimeRow,
    DecidedView,
    ExhibitView,
    ExtensionView,
    FormNeed,
    ReleaseView,
    StanceView,
    SuspectView,
    VariationView,
    WaitView,
)

if TYPE_CHECKING:
    from django.db.models import QuerySet

    Crimes = QuerySet[DisclosedCrime, DisclosedCrime]

Names = Mapping[uuid.UUID, str]


def needs(incident: Incident, forms: Sequence[FormView], names: Names) -> tuple[FormNeed, ...]:
    """Return the forms an incident asks for with how far each has got, and those opened besides."""
    found = {(one.instrument, one.person_id): one for one in forms}
    day = clock.london_date(incident.received_at)
    asked = []
    for need in facts.forms_asked(incident):
        person = uuid.UUID(need.person)
        if person in names:
            title = edition_of(need.instrument, day).title
            form = found.pop((need.instrument, person), None)
            asked.append(_need(need.instrument, title, person, names[person], need.required, need.reason, form))
    besides = [
        _need(one.instrument, one.title, one.person_id, one.person_name, False, "", one)
        for one in found.values()
        if one.person_id
    ]
    return (*asked, *besides)


def _need(
    instrument: str, title: str, person: uuid.UUID, name: str, required: bool, reason: str, form: FormView | None
) -> FormNeed:
    return FormNeed(
        instrument=instrument,
        title=title,
        person_id=person,
        person_name=name,
        required=required,
        reason=reason,
        form_id=form.id if form else None,
        state=form.state if form else "not_begun",
        grade=form.grade if form else "",
        complete=form.complete if form else False,
        owner=telling.owner(form.owner, form.owner_because, form.changed_at) if form and form.owner else "",
        regraded=_regraded(form) if form else "",
        returned=_returned(form) if form else (),
    )


def _regraded(form: FormView) -> str:
    """Say who graded a form anew and why."""
    anew = form.regraded
    return f"Graded {anew.grade} by {anew.by_name}: {anew.note}" if anew else ""


def _returned(form: FormView) -> tuple[str, ...]:
    last = form.last
    if form.state != "returned" or last is None:
        return ()
    return tuple(telling.reasons(last.reasons, last.at).values())


def clip(row: Clip) -> ClipView:
    """Return a recording as shown."""
    return ClipView(row.reference, row.device, row.started_at, row.stopped_at, row.not_used_because, row.by_name)


def exhibit(row: Exhibit) -> ExhibitView:
    """Return an exhibit with its continuity."""
    moves = sorted(row.moves.all(), key=lambda one: one.number)
    return ExhibitView(
        row.id,
        row.reference,
        row.description,
        row.seized_at,
        row.seized_where,
        row.seal,
        tuple((one.from_whom, one.to_whom, one.moved_at, one.seal) for one in moves),
    )


def suspects(
    incident_id: uuid.UUID, rows: Sequence[Suspect], names: Names, suspected: Sequence[uuid.UUID]
) -> tuple[SuspectView, ...]:
    """Return every suspect: those dealt with, and those named about whom nothing is said yet."""
    known = {row.person_id for row in rows}
    dealt = [suspect(row, names.get(row.person_id, "")) for row in rows]
    return (*dealt, *(_untouched(incident_id, one, names.get(one, "")) for one in suspected if one not in known))


def _untouched(incident_id: uuid.UUID, person_id: uuid.UUID, name: str) -> SuspectView:
    return SuspectView(None, incident_id, person_id, name, None, "", "", "", "", None, "", None, "", None, "", None, ())


def suspect(row: Suspect, name: str) -> SuspectView:
    """Return a suspect as shown."""
    releases = sorted(row.releases.all(), key=lambda one: one.released_at)
    return SuspectView(
        id=row.id,
        incident_id=row.incident_id,
        person_id=row.person_id,
        name=name,
        arrested_at=row.arrested_at,
        arrested_for=row.arrested_for,
        no_arrest_reason=row.no_arrest_reason,
        no_arrest_why=row.no_arrest_why,
        voluntary_authority=row.voluntary_authority,
        reviewed_at=row.reviewed_at,
        reviewed_by_name=row.reviewed_by_name,
        review_agrees=row.review_agrees,
        review_words=row.review_words,
        charged_at=row.charged_at,
        ended_as=row.ended_as,
        ended_at=row.ended_at,
        attempts=tuple(
            AttemptView(one.tried_at, one.tried_where, one.words, one.by_name)
            for one in sorted(row.attempts.all(), key=lambda one: one.tried_at)
        ),
        releases=tuple(_release(one, row.arrested_at) for one in releases),
        reopenings=tuple(row.reopenings),
    )


def _release(row: Release, arrested_at: datetime | None) -> ReleaseView:
    extensions = sorted(row.extensions.all(), key=lambda one: one.authorised_at)
    return ReleaseView(
        id=row.id,
        kind=row.kind,
        released_at=row.released_at,
        rank=row.rank,
        authorised_by=row.authorised_by,
        because=row.because,
        conditions=_conditions(row.conditions, row.released_at),
        victim_view=row.victim_view,
        victim_not_asked=row.victim_not_asked,
        stage=row.stage,
        ends_at=row.ends_at,
        working=tuple(row.working),
        ended_at=row.ended_at,
        extensions=tuple(
            ExtensionView(
                checks.label("bail_stages", one.stage, arrested_at or row.released_at),
                one.authorised_at,
                one.rank,
                one.authorised_by,
                one.because,
                one.ends_at,
            )
            for one in extensions
        ),
        next_stages=_next_stages(row, arrested_at),
        codes=tuple((one["code"], one["words"]) for one in row.conditions),
        variations=tuple(
            VariationView(
                one.varied_at,
                _conditions(one.before, row.released_at),
                one.authorised_by,
                one.because,
                one.victim_view,
                one.victim_not_asked,
            )
            for one in sorted(row.variations.all(), key=lambda one: one.varied_at)
        ),
        waits=tuple(
            WaitView(one.sent_at, one.answered_at, _answer(one), one.words)
            for one in sorted(row.waits.all(), key=lambda one: one.sent_at)
        ),
        appointments=tuple(_appointment(one) for one in sorted(row.appointments.all(), key=lambda one: one.at)),
    )


def _appointment(row: BailAppointment) -> AppointmentView:
    return AppointmentView(
        answer_at=row.answer_at,
        station=row.station,
        exception=checks.label("answer_bail_exceptions", row.exception, row.at) if row.exception else "",
        because=row.because,
        at=row.at,
        by_name=row.by_name,
        replaced_at=row.replaced_at,
        missed_at=row.missed_at,
        missed_words=row.missed_words,
        missed_by_name=row.missed_by_name,
        came_at=row.came_at,
        came_how=row.came_how,
        came_words=row.came_words,
        came_by_name=row.came_by_name,
    )


def _conditions(said: Sequence[Mapping[str, str]], on: datetime) -> tuple[tuple[str, str], ...]:
    return tuple((checks.label("bail_conditions", one["code"], on), one["words"]) for one in said)


def _answer(row: ProsecutorWait) -> str:
    return checks.label("charging_answers", row.answer, row.answered_at) if row.answer and row.answered_at else ""


def _next_stages(row: Release, arrested_at: datetime | None) -> tuple[tuple[str, str], ...]:
    if arrested_at is None or not row.stage or row.ended_at or any(not one.answered_at for one in row.waits.all()):
        return ()
    stages = checks.codes("bail_stages", arrested_at).codes
    return tuple((one.code, one.label) for one in stages if row.stage in str(one.attributes.get("after", "")).split())


def stance(row: Stance, names: Names) -> StanceView:
    """Return a victim's stance as shown."""
    name = names.get(row.person_id, "")
    return StanceView(row.person_id, name, row.stance, row.words, row.statement_taken, row.at, row.by_name)


def crime(row: DisclosedCrime, due_at: datetime | None, state: str) -> CrimeRow:
    """Return a disclosed crime with its decision."""
    decision: CrimeDecision | None = getattr(row, "decision", None)
    return CrimeRow(
        id=row.id,
        incident_id=row.incident_id,
        reference=row.incident.reference,
        person_id=row.person_id,
        person_name=_name(row),
        title=row.title,
        law=row.law,
        detail=row.detail,
        told_by=tuple(row.told_by),
        heard_at=row.heard_at,
        due_at=due_at,
        state=state,
        decided=_decided(decision) if decision else None,
        asked=tuple(
            AskedView(
                one.id, one.by_name, one.at, one.because, one.source, one.agreed, one.answer, one.answered_by_name
            )
            for one in sorted(row.no_crime_requests.all(), key=lambda one: one.at)
        ),
        crime=row.crime,
    )


def _name(row: DisclosedCrime) -> str:
    return full_name(row.person.names.all()) if row.person else ""


def _decided(row: CrimeDecision) -> DecidedView:
    return DecidedView(
        row.recorded,
        row.crime_number,
        row.offence,
        row.owner,
        row.because,
        row.source,
        row.at,
        row.by_name,
        checks.label("crime_outcomes", row.outcome, row.outcome_at) if row.outcome and row.outcome_at else "",
        row.outcome_at,
        row.outcome_words,
        "common_assault" in row.flags,
        row.statement_at,
    )
