"""Put a person's record in a compartment, or take it out. What finds people follows in the same transaction.

Whether others are told that a record exists is the compartment's own (`rulebook/vocabularies/compartments.toml`).
"""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from fellwatch.foundation import access, audit, clock, policy
from fellwatch.foundation.access import Actor
from fellwatch.recognition import index
from fellwatch.records.access import RESTRICT
from fellwatch.records.models import Incident, IncidentPerson, Person, Restriction
from fellwatch.records.queries import Missing
from fellwatch.rules.vocabulary import Code, Vocabulary, choices

COMPARTMENTS = "compartments"
MISSING = "There is no such person, or the record is restricted."


class Unrestrictable(ValueError):
    """Nothing was changed; `problems` says by field what is wrong and what to do."""

    def __init__(self, problems: Mapping[str, str]) -> None:
        super().__init__(" ".join(problems.values()))
        self.problems = problems


@dataclass(frozen=True)
class Asked:
    """A restriction asked for. `with_incidents`: the person's incidents go into the compartment too."""

    compartment: str
    reason: str
    with_incidents: bool = False


def open_to(by: Actor, now: datetime) -> tuple[Code, ...]:
    """Return the compartments that the actor is cleared for and so may use."""
    found = policy.parsed(COMPARTMENTS, clock.london_date(now), Vocabulary)
    return tuple(code for code in choices(found, clock.london_date(now)) if code.code in by.compartments)


def restrict(person_id: uuid.UUID, asked: Asked, *, by: Actor, now: datetime) -> bool:
    """Put an open record in a compartment; return whether it was not in it before. Raises Unrestrictable, Missing."""
    access.check(by, RESTRICT, subject=("person", str(person_id)))
    code = next((c for c in open_to(by, now) if c.code == asked.compartment), None)
    problems = {
        **({} if code else {"compartment": "Choose a compartment that you are cleared for."}),
        **({} if asked.reason.strip() else {"reason": "Say why, so that somebody else can judge it later."}),
    }
    if problems or code is None:
        raise Unrestrictable(problems)
    with access.acting(by):
        person = _require(person_id)
        if person.compartment == code.code:
            return False
        if not Person.objects.filter(id=person_id, compartment="").update(
            compartment=code.code, announce=code.says("announced")
        ):
            raise Unrestrictable({"compartment": "It is restricted otherwise already. Lift that first."})
        Restriction.objects.create(
            person_id=person_id, compartment=code.code, reason=asked.reason.strip(), at=now, by_id=by.id,
            by_name=by.name,
        )  # fmt: skip
        moved = _incidents(person_id, "").update(compartment=code.code) if asked.with_incidents else 0
        _record(person_id, "records.person_restricted", code.code, moved, by=by)
    return True


def lift(person_id: uuid.UUID, reason: str, *, by: Actor, now: datetime) -> bool:
    """Open a record to everybody again; return whether it was restricted. Raises Unrestrictable, Missing."""
    access.check(by, RESTRICT, subject=("person", str(person_id)))
    if not reason.strip():
        raise Unrestrictable({"reason": "Say why it may be open again."})
    with access.acting(by):
        compartment = _require(person_id).compartment
        if not compartment:
            return False
        Restriction.objects.filter(person_id=person_id, lifted_at__isnull=True).update(
            lifted_at=now, lifted_by_name=by.name, lifted_reason=reason.strip()
        )
        Person.objects.filter(id=person_id, compartment=compartment).update(compartment="", announce=True)
        moved = _incidents(person_id, compartment).exclude(people__person__compartment=compartment)
        _record(person_id, "records.restriction_lifted", compartment, moved.update(compartment=""), by=by)
    return True


def _require(person_id: uuid.UUID) -> Person:
    found = Person.objects.filter(id=person_id).first()
    if found is None:
        raise Missing(MISSING)
    return found


def _incidents(person_id: uuid.UUID, compartment: str) -> "QuerySet[Incident]":
    """Return the incidents of a compartment that the person has a part in."""
    parts = IncidentPerson.objects.filter(person_id=person_id)
    return Incident.objects.filter(compartment=compartment, id__in=parts.values("incident_id"))


def _record(person_id: uuid.UUID, sentence: str, compartment: str, moved: int, *, by: Actor) -> None:
    index.refresh([person_id])
    audit.record(
        by=by,
        action="alteration",
        sentence=sentence,
        subject=("person", person_id),
        people=[person_id],
        detail={"compartment": compartment, "incidents": moved},
    )
