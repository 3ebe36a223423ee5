"""Link everyone found at an incident to it: children, whoever depends on somebody, a victim nobody had named."""

import uuid
from datetime import datetime

from fellwatch.assessments.expecting import actions as expecting
from fellwatch.foundation import access, clock
from fellwatch.foundation.access import Actor
from fellwatch.recognition import creating, index
from fellwatch.records import actions as records
from fellwatch.response import checks
from fellwatch.response.access import RESPOND
from fellwatch.response.actions import steps
from fellwatch.response.values import Member

ROLES = ("child_resident", "child_present", "dependant", "victim", "suspect", "witness")


def add_to_household(incident_id: uuid.UUID, member: Member, *, by: Actor, now: datetime) -> uuid.UUID:
    """Link somebody, known or new, to the incident and its address. Sent twice under one id, there is one of them."""
    access.check(by, RESPOND, subject=("incident", str(incident_id)))
    checks.stop(
        {} if member.role in ROLES else {"role": "Say what they are in this incident."},
        {} if member.person_id or member.description.strip() else _unnamed(member),
        checks.short("description", member.description, 200),
        checks.short("relationship", member.relationship, 60),
    )
    with steps.turn(member.id, by=by):
        incident = steps.incident(incident_id)
        person_id = member.person_id or creating.add(_new(member), by=by, now=now)
        person_id = steps.person(person_id)
        if member.description.strip():
            said = member.description.strip()
            records.add_name(person_id, forenames=said, surname="", kind=records.DESCRIBED, source="attendance", by=by)
        records.add_parts(incident_id, [records.Part(person_id, member.role)], by=by)
        if incident.place_id and member.lives_there:
            on = clock.london_date(now)
            records.live_at(person_id, incident.place_id, by=by, kind="home", source="attendance", from_date=on)
        if member.relationship and member.related_to:
            records.relate(person_id, member.related_to, kind=member.relationship, source="attendance", by=by)
        index.refresh([person_id])
        expecting.look(incident_id, by=by, now=now)
        steps.logged(incident_id, "household_added", by=by, people=[person_id], role=member.role)
    return person_id


def _unnamed(member: Member) -> dict[str, str]:
    missing = "Give a name, or describe them: they can be named later."
    return checks.words("forenames", f"{member.forenames}{member.surname}", missing, 200)


def _new(member: Member) -> records.NewPerson:
    is_named = bool(member.forenames.strip() or member.surname.strip())
    return records.NewPerson(
        forenames=member.forenames if is_named else member.description.strip(),
        surname=member.surname,
        born=member.born,
        kind="reported" if is_named else records.DESCRIBED,
        source="attendance",
        id=member.id,
    )
