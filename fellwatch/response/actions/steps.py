"""Steps that several actions share: finding what they act on, the log, what victims must hear."""

import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import TypeVar

from django.db import IntegrityError, models

from fellwatch.assessments.models import DisclosedCrime
from fellwatch.assessments.values import Invalid
from fellwatch.duties import actions as duties
from fellwatch.foundation import access, audit, once
from fellwatch.foundation.access import Actor
from fellwatch.records import earlier
from fellwatch.records.models import Incident, IncidentPerson
from fellwatch.records.queries import Missing
from fellwatch.response.models import Made, Stance

TAKEN = "This was sent under an id that is already used for something else; nothing was stored. Send it again."
Row = TypeVar("Row", bound=models.Model)
Kept = TypeVar("Kept", bound=Made)


def incident(incident_id: uuid.UUID) -> Incident:
    """Return the incident, or raise Missing: the same for none and for one that is hidden."""
    found = Incident.objects.filter(id=incident_id).first()
    if found is None:
        raise Missing("There is no such incident, or the record is restricted.")
    return found


def person(person_id: uuid.UUID) -> uuid.UUID:
    """Return who somebody is now, where they were found to be another, or raise Missing."""
    found = earlier.who(person_id)
    if found is None:
        raise Missing("There is no such person, or the record is restricted.")
    return found


def row(model: type[Row], id: uuid.UUID) -> Row:
    """Return a row the actor may see, or raise Missing."""
    found = model._default_manager.filter(pk=id).first()
    if found is None:
        raise Missing("There is no such record, or it is restricted.")
    return found


@contextmanager
def turn(key: uuid.UUID, *, by: Actor, field: str = "id") -> Iterator[None]:
    """Open a transaction in which nobody else does the same; an id that something hidden has is told."""
    try:
        with access.acting(by):
            once.only(key)
            yield
    except IntegrityError as taken:
        raise Invalid({field: TAKEN}) from taken


def sent_before(model: type[Kept], id: uuid.UUID, **same: object) -> bool:
    """Whether this very thing stands already. Raises Invalid where its id is something else's."""
    stored = model._default_manager.filter(id=id).first()
    if stored is not None and any(getattr(stored, name) != value for name, value in same.items()):
        raise Invalid({"id": TAKEN})
    return stored is not None


def logged(
    incident_id: uuid.UUID,
    sentence: str,
    *,
    by: Actor,
    people: Iterable[uuid.UUID] = (),
    **detail: object,
) -> None:
    """Put one change into the log."""
    audit.record(
        by=by,
        action="alteration",
        sentence=f"response.{sentence}",
        subject=("incident", incident_id),
        people=people,
        detail=detail,
    )


def named_victims(incident_id: uuid.UUID) -> tuple[uuid.UUID, ...]:
    """Return whoever is named as a victim in an incident."""
    found = IncidentPerson.objects.filter(incident_id=incident_id, role="victim").order_by("person_id")
    return tuple(found.values_list("person_id", flat=True))


def victims(incident_id: uuid.UUID) -> tuple[uuid.UUID, ...]:
    """Return the victims of an incident: those named so, and whoever told of a crime against them and is no suspect."""
    parts = IncidentPerson.objects.filter(incident_id=incident_id).values_list("role", "person_id")
    named = {person for role, person in parts if role == "victim"}
    suspected = {person for role, person in parts if role == "suspect"}
    told = DisclosedCrime.objects.filter(incident_id=incident_id, person__isnull=False)
    return tuple(sorted(named | (set(told.values_list("person_id", flat=True)) - suspected)))


def has_spoken(incident_id: uuid.UUID, person_id: uuid.UUID) -> bool:
    """Whether anything stands of what a victim wants."""
    return Stance.objects.filter(incident_id=incident_id, person_id=person_id).exists()


def victims_must_hear(incident_id: uuid.UUID, at: datetime, *, by: Actor, now: datetime, enhanced: bool) -> None:
    """Start for each victim the clock by which they must be told of an event in the case."""
    fact = duties.Fact("victim.event", at, {"rights": "enhanced" if enhanced else "standard"})
    for victim in victims(incident_id):
        duties.note(fact, by=by, now=now, incident_id=incident_id, person_id=victim)
