"""What is kept in a compartment, and somebody cleared for it."""

import uuid
from dataclasses import dataclass, replace
from typing import Any

LANTERN = frozenset({"lantern"})


def cleared(by: Any) -> Any:
    """Return a colleague of the same role who is cleared for the compartment."""
    return replace(by, id=uuid.uuid4(), name="Ida Crag", compartments=LANTERN)


def shut(model: Any, id: uuid.UUID, *, by: Any, **values: Any) -> None:
    """Put one row into the compartment."""
    from fellwatch.foundation import access

    with access.acting(by):
        assert model.objects.filter(id=id).update(compartment="lantern", **values) == 1


@dataclass(frozen=True)
class Kept:
    """A woman, her home and an incident there, all in the compartment."""

    person: uuid.UUID
    place: uuid.UUID
    incident: uuid.UUID
    reference: str
    question: uuid.UUID
    number: str = "+447700900777"
    insider: Any = None


def keep(by: Any, now: Any, *, announce: bool = False) -> Kept:
    """Store what is hidden, as somebody cleared for it."""
    from fellwatch.contact import actions
    from fellwatch.contact.values import Call, DraftPerson
    from fellwatch.foundation import access
    from fellwatch.recognition import index
    from fellwatch.records import actions as records
    from fellwatch.records.models import Incident, Person, Place
    from fellwatch.records.values import PartialDate

    insider = cleared(by)
    her = records.NewPerson("Lantern", "Ullswick", PartialDate(1991, 3, 4), phone="+447700900777")
    with access.acting(insider):
        records.add_person(her, by=insider, now=now)
        place = records.place_for(records.NewPlace(house="9", street="Wren Row", postcode="FZ1 1AB"), by=insider)
        records.live_at(her.id, place, by=insider, kind="home", source="call")
        records.warn(
            by=insider,
            now=now,
            kind="weapons",
            detail="Kestrel words",
            expires_at=None,
            source="call",
            person_id=her.id,
        )
    shut(Person, her.id, by=insider, announce=announce)
    shut(Place, place, by=insider)
    with access.acting(insider):
        index.refresh([her.id])
    people = (DraftPerson("victim", person_id=her.id),)
    made = Call("999", "domestic_incident", now, "Kestrel words", ("domestic_abuse",), her.phone, None, place)
    logged = actions.log_incident(replace(made, people=people), by=insider, now=now)
    question = actions.ask_advice(logged.incident_id, "Kestrel words?", by=insider, now=now)
    shut(Incident, logged.incident_id, by=insider)
    return Kept(her.id, place, logged.incident_id, logged.reference, question, her.phone, insider)
