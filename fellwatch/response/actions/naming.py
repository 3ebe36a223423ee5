"""Give a name to somebody who was only described: what was written about them stays theirs.

Whoever they very likely are already is noted for a reviewer, who makes the two one.
"""

import uuid
from datetime import datetime

from fellwatch.assessments.values import Invalid
from fellwatch.foundation import access
from fellwatch.foundation.access import Actor
from fellwatch.recognition import creating, index
from fellwatch.records import actions as records
from fellwatch.records.models import IncidentPerson, PersonName
from fellwatch.records.queries import Missing
from fellwatch.response import checks
from fellwatch.response.access import RESPOND
from fellwatch.response.actions import steps


def name(
    incident_id: uuid.UUID, person_id: uuid.UUID, forenames: str, surname: str, *, by: Actor, now: datetime
) -> None:
    """Name somebody of an incident who was only described. The same name said twice stands once."""
    access.check(by, RESPOND, subject=("incident", str(incident_id)))
    forenames, surname = forenames.strip(), surname.strip()
    checks.stop(checks.words("forenames", f"{forenames}{surname}", "Give a name.", 200))
    with steps.turn(person_id, by=by):
        steps.incident(incident_id)
        person_id = steps.person(person_id)
        _require_described(incident_id, person_id, forenames, surname)
        if not records.add_name(
            person_id, forenames=forenames, surname=surname, kind="reported", source="attendance", by=by
        ):
            return
        creating.look_again(person_id, forenames, surname, by=by, now=now)
        index.refresh([person_id])
        steps.logged(incident_id, "person_named", by=by, people=[person_id])


def _require_described(incident_id: uuid.UUID, person_id: uuid.UUID, forenames: str, surname: str) -> None:
    if not IncidentPerson.objects.filter(incident_id=incident_id, person_id=person_id).exists():
        raise Missing("There is nobody such in this incident, or the record is restricted.")
    others = PersonName.objects.filter(person_id=person_id).exclude(kind=records.DESCRIBED)
    if others.exclude(forenames=forenames, surname=surname).exists():
        raise Invalid({"forenames": "They have a name already. Correct it on their own page."})
