"""A house in Fellshire where somebody is afraid: what the tests of forms, crimes and response share."""

import uuid
from dataclasses import dataclass
from datetime import datetime

from fellwatch.contact import actions as contact
from fellwatch.contact.values import Call, DraftPerson
from fellwatch.foundation import access
from fellwatch.foundation.access import Actor
from fellwatch.records.actions import NewPerson, NewPlace
from fellwatch.records.models import IncidentPerson
from fellwatch.records.values import PartialDate

DASH = {f"q{number}": "no" for number in range(1, 28)}
WHOLE = {
    **DASH,
    "q17": "yes",
    "q18": "yes",
    "answered_by": "victim",
    "victims_view": "He will come back.",
    "grade": "high",
    "rationale": "Choked on Friday; says he will kill her.",
}


@dataclass(frozen=True)
class House:
    """The incident, and who is who in it."""

    incident_id: uuid.UUID
    victim: uuid.UUID
    suspect: uuid.UUID
    child: uuid.UUID


def house(by: Actor, now: datetime, *, thrive: dict[str, str] | None = None) -> House:
    """Log a call about Danielle, Marc and Isla at 14 Tarn Row."""
    victim = NewPerson(forenames="Danielle", surname="Hewett", born=PartialDate(1991), sex="female")
    suspect = NewPerson(forenames="Marc", surname="Oddie", born=PartialDate(1988), sex="male")
    child = NewPerson(forenames="Isla", surname="Hewett", born=PartialDate(2021))
    logged = contact.log_incident(
        Call(
            channel="999",
            opening_code="domestic_incident",
            received_at=now,
            summary="He is back and shouting.",
            qualifiers=("domestic_abuse",),
            place=NewPlace(house="14", street="Tarn Row", postcode="FZ1 1AA"),
            people=(
                DraftPerson("victim", new=victim, lives_here=True),
                DraftPerson("suspect", new=suspect),
                DraftPerson("child_resident", new=child, lives_here=True),
            ),
            thrive=thrive or {},
        ),
        by=by,
        now=now,
    )
    with access.acting(by):
        parts = dict(IncidentPerson.objects.filter(incident_id=logged.incident_id).values_list("role", "person_id"))
    return House(logged.incident_id, parts["victim"], parts["suspect"], parts["child_resident"])
