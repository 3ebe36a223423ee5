"""What a vulnerability asks, answered on the call or afterwards, and the marker that an answer suggests."""

import uuid
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from fellwatch.assessments import queries as assessed
from fellwatch.contact import facts, prompts, rulings
from fellwatch.contact.access import LOG
from fellwatch.contact.actions import grades, steps
from fellwatch.contact.models import Handling
from fellwatch.contact.values import Invalid, Reassessment
from fellwatch.foundation import access, audit, clock, ids, once, plain
from fellwatch.foundation.access import Actor
from fellwatch.records import actions as records
from fellwatch.records import earlier
from fellwatch.records import queries as recorded
from fellwatch.records.values import IncidentView, PartView
from fellwatch.rules import vocabulary

AFTERWARDS = "asked_afterwards"


def answer_prompts(
    incident_id: uuid.UUID,
    person_id: uuid.UUID,
    answers: Mapping[str, object],
    *,
    by: Actor,
    now: datetime,
    vulnerabilities: Sequence[str] = (),
    id: uuid.UUID | None = None,
) -> str:
    """Keep answers about somebody in an incident as a new version, with vulnerabilities seen since.

    What the answers bring counts at once: the help desk's queue, the board, protected types. Returns the grade the
    facts now propose. Sent twice under one id, it stands once.
    """
    access.check(by, LOG, subject=("incident", str(incident_id)))
    sent = id or ids.new()
    with access.acting(by):
        once.only(incident_id)
        handling = steps.require_open(incident_id, "prompts")
        incident = recorded.incident(incident_id, by=by, now=now, log=False)
        part = _part(incident, person_id)
        person_id = part.person.id
        picked = tuple(dict.fromkeys((*_vulnerabilities(incident, person_id), *vulnerabilities)))
        _check(picked, answers, now)
        if not assessed.is_stored(sent, by=by):
            records.see_vulnerable(incident_id, person_id, picked, by=by)
            steps.keep_prompts(incident_id, person_id, picked, answers, by=by, now=now, trigger=AFTERWARDS, id=sent)
            _said(incident_id, part, picked, answers, by=by, now=now)
        return _weigh(handling, by=by, now=now)


def _check(picked: Sequence[str], answers: Mapping[str, object], now: datetime) -> None:
    on = clock.london_date(now)
    known = rulings.codes("vulnerabilities", now)
    if any(vocabulary.find(known, code) is None for code in picked):
        raise Invalid({"vulnerabilities": "Choose vulnerabilities from the list."})
    wrong = prompts.problems(picked, answers, on)
    wrong |= {name: plain.REFUSED for name, text in answers.items() if not plain.storable(str(text))}
    if wrong:
        raise Invalid({f"prompt-{name}": words for name, words in wrong.items()})
    if not prompts.progress(picked, answers, on).answered and not picked:
        raise Invalid({"prompts": "Pick a vulnerability, or answer a question."})


def _part(incident: IncidentView, person_id: uuid.UUID) -> PartView:
    now = earlier.who(person_id)
    found = next((part for part in incident.parts if part.person.id == now), None)
    if found is None:
        raise recorded.Missing("There is nobody such in this incident.")
    return found


def _vulnerabilities(incident: IncidentView, person_id: uuid.UUID) -> Sequence[str]:
    return [code for part in incident.parts if part.person.id == person_id for code in part.vulnerabilities]


def _said(
    incident_id: uuid.UUID,
    part: PartView,
    picked: Sequence[str],
    answers: Mapping[str, object],
    *,
    by: Actor,
    now: datetime,
) -> None:
    done = prompts.progress(picked, answers, clock.london_date(now))
    words = ", ".join(rulings.label("vulnerabilities", code, now).lower() for code in picked)
    text = f"{part.person.name} ({words}): {done.answered} of {done.asked} questions answered."
    steps.line(incident_id, by=by, now=now, kind="prompts", text=text)
    audit.record(
        by=by,
        action="collection",
        sentence="contact.prompts_answered",
        subject=("incident", incident_id),
        people=[part.person.id],
        detail={"answered": done.answered, "asked": done.asked},
    )
    steps.tell_boards(incident_id, "prompts")


def _weigh(handling: Handling, *, by: Actor, now: datetime) -> str:
    """Let what is known now count on the board and for the help desk; return the grade it proposes."""
    look = Reassessment(incident_id=handling.incident_id, seen=handling.number, trigger="new_information")
    seen = grades.weighed(look, handling, by=by, now=now)
    Handling.objects.filter(incident_id=handling.incident_id).update(
        flags=steps.with_standing(handling, facts.flags(seen.shown)),
        protected=list(rulings.protected(seen.shown, now=now)),
        updated_at=now,
    )
    steps.queue(handling.incident_id, seen.shown, now=now)
    return rulings.propose(seen.asked, now=now).grade


def put_marker(incident_id: uuid.UUID, person_id: uuid.UUID, kind: str, *, by: Actor, now: datetime) -> None:
    """Put on the warning marker that an answer suggests, for as long as the rulebook says. Twice, it stands once."""
    access.check(by, LOG, subject=("incident", str(incident_id)))
    found = vocabulary.find(rulings.codes("marker_kinds", now), kind)
    if found is None:
        raise Invalid({"marker": "Choose a marker that the answers suggest."})
    with access.acting(by):
        once.only(incident_id)
        steps.require(incident_id)
        incident = recorded.incident(incident_id, by=by, now=now, log=False)
        part = _part(incident, person_id)
        person_id = part.person.id
        if kind in {marker.kind for marker in part.person.markers}:
            return
        days = found.attributes.get("expires_after_days")
        records.warn(
            by=by,
            now=now,
            kind=kind,
            detail=f"Said on incident {incident.reference}.",
            expires_at=now + timedelta(days=int(days)) if isinstance(days, int) else None,
            source=f"Incident {incident.reference}",
            person_id=person_id,
        )
        steps.line(incident_id, by=by, now=now, kind="marker", text=f"Marker put on {part.person.name}: {found.label}.")
        steps.tell_boards(incident_id, "marker")
