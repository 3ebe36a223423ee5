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
ONE_FORM = "Said on the form about what was done, which does not say of which victim: ask each one."


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
        person_id = steps.person(person_id) if person_id else None
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
    _keep_stance(form, by=by, now=now)


def _keep_stance(form: FormView, *, by: Actor, now: datetime) -> None:
    """Keep what the form says of the victim. It asks once: of several victims it may speak for none who has spoken.

    Where there are several, an answer against action is kept for each who has said nothing, because a victim who
    withdraws is in danger; support is put in nobody's mouth.
    """
    stance = str(form.answers.get("victim_support", "not_known"))
    words = str(form.answers.get("support_why", ""))
    everyone = steps.named_victims(form.incident_id)
    for victim in everyone:
        if len(everyone) > 1:
            if stance not in victims.AGAINST or steps.has_spoken(form.incident_id, victim):
                continue
            words = f"{ONE_FORM} {form.answers.get('support_why', '')}".strip()
        victims.noted_stance(form.incident_id, victim, stance, words, False, by=by, now=now)
