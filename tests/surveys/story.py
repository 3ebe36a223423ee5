"""A house from which somebody called months ago; a surveyor with an agreement; who chooses and who rings."""

import uuid
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta

NUMBER, OTHER = "+447700900142", "+447700900188"
ANSWERS = {
    "first_contact": "5",
    "believed": "yes",
    "actions": "4",
    "told": "2",
    "overall": "4",
    "safer": "yes",
    "better": "Ring me before the court does.",
}


@dataclass(frozen=True)
class Asked:
    """Somebody who may be asked, in the incident that brought them there."""

    person: uuid.UUID
    suspect: uuid.UUID
    incident: uuid.UUID


def asked(
    by: object, reported: datetime, *, forename: str = "Danielle", house: str = "14", born: int | None = 1991,
    lives_with: bool | None = False, closed: bool = True, codes: tuple[str, ...] = ("domestic_abuse",),
    opening: str = "domestic_incident",
) -> Asked:  # fmt: skip
    """Log a call of months ago from a house, close it, and say where the suspect lives."""
    from fellwatch.contact import actions as contact
    from fellwatch.contact.values import Call, DraftPerson
    from fellwatch.foundation import access
    from fellwatch.records import actions as records
    from fellwatch.records.actions import NewPerson, NewPlace
    from fellwatch.records.models import Incident
    from fellwatch.records.values import PartialDate

    victim = NewPerson(forename, "Hewett", PartialDate(born), "female")
    feared = NewPerson("Marc", f"Oddie{house}", PartialDate(1988), "male")
    home = NewPlace(house=house, street="Tarn Row", postcode="FZ1 1AA")
    logged = contact.log_incident(
        Call(
            channel="999", opening_code=opening, received_at=reported, summary="He is back.", qualifiers=codes,
            place=home,
            people=(
                DraftPerson("victim", new=victim, lives_here=True),
                DraftPerson("suspect", new=feared, lives_here=bool(lives_with)),
            ),
        ),
        by=by, now=reported,
    )  # fmt: skip
    with access.acting(by):
        if lives_with is False:
            flat = records.place_for(NewPlace(house=f"{house}0", street="Kirk Bank", postcode="FZ1 1AB"), by=by)
            records.live_at(feared.id, flat, by=by, kind="home", source="call", from_date=reported.date())
        if closed:
            Incident.objects.filter(id=logged.incident_id).update(closed_at=reported + timedelta(days=3))
    return Asked(victim.id, feared.id, logged.incident_id)


def safe(by: object, person: uuid.UUID, now: datetime, *, hours: tuple[time, time] | None = None, number: str = NUMBER,
         allowed: bool = True, to_date: object = None) -> None:  # fmt: skip
    """Note that a call is safe: on a number, in hours, until a day."""
    from fellwatch.foundation import access
    from fellwatch.sharing.reach import actions as reach
    from fellwatch.sharing.reach.values import NewRule
    from fellwatch.surveys import safely
    from fellwatch.surveys.values import SafeAgain

    start, end = hours or (None, None)
    with access.acting(by):
        if allowed:
            safely.allow(person, SafeAgain(number, start, end, to_date), "", by=by, now=now)
        else:
            reach.say(NewRule(person, "call", "no", said_by="self"), by=by, now=now)


def agencies(by: object, now: datetime) -> None:
    """Put in a surveyor and a service for sexual violence, each with its agreement."""
    from fellwatch.sharing import actions, fields

    for code, name, kind in (
        ("plain-questions", "Plain Questions", "surveyor"),
        ("linden", "Linden Centre", "sexual_violence"),
    ):
        actions.add_agency(code, name, kind, by=by)
        told = [one.code for one in fields.allowed(kind, now)]
        actions.agree(
            code, "Survey agreement", now.date() - timedelta(days=30), now.date() + timedelta(days=300), told,
            "Assistant chief constable; director", by=by, now=now,
        )  # fmt: skip


def of_agency(actor: object, agency: str, name: str = "Sylvie Rowan") -> object:
    """Return somebody who rings for an agency."""
    return replace(actor(name, "surveyor", "surveys"), agency=agency)
