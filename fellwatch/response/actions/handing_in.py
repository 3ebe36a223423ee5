"""Hand in a form, and let follow what its answers say: no arrest, no support from the victim."""

import uuid
from datetime import datetime

from fellwatch.assessments import actions as assessments
from fellwatch.assessments import queries as forms
from fellwatch.assessments.values import FormView
from fellwatch.foundation import access
from fellwatch.foundation.access import Actor
from fellwatch.response.access import RESPOND
from fellwatch.response.actions import steps, suspects, victims

ACTION = "positive_action"


def hand_in(form_id: uuid.UUID, *, seen: int, by: Actor, now: datetime) -> None:
    """Hand in a form that is whole; raises what `assessments.actions.hand_in` raises. Twice is once."""
    access.check(by, RESPOND)
    with access.acting(by):
        assessments.hand_in(form_id, seen=seen, by=by, now=now)
        _follow_form(forms.form(form_id, by=by), by=by, now=now)


def follow(incident_id: uuid.UUID, instrument: str, person_id: uuid.UUID | None, *, by: Actor, now: datetime) -> None:
    """Let follow what a form handed in elsewhere says, in the same transaction. Twice is once."""
    access.check(by, RESPOND, subject=("incident", str(incident_id)))
    with access.acting(by):
        form = forms.find_form(instrument, incident_id, person_id, by=by)
        if form and form.state == "submitted":
            _follow_form(form, by=by, now=now)


def _follow_form(form: FormView, *, by: Actor, now: datetime) -> None:
    if form.instrument == ACTION and form.person_id:
        _follow(form, form.person_id, by=by, now=now)


def _follow(form: FormView, person_id: uuid.UUID, *, by: Actor, now: datetime) -> None:
    said = form.answers
    suspect = suspects.of(form.incident_id, person_id, by=by, now=now)
    if said.get("arrested") == "no" and suspect.arrested_at is None:
        suspects.not_arrested(
            suspect,
            str(said.get("no_arrest_reason", "")),
            str(said.get("no_arrest_why", "")),
            str(said.get("voluntary_authority", "")),
            by=by,
            now=now,
        )
    for victim in steps.victims(form.incident_id):
        victims.noted_stance(
            form.incident_id,
            victim,
            str(said.get("victim_support", "not_known")),
            str(said.get("support_why", "")),
            False,
            by=by,
            now=now,
        )
