"""Browsers of people in each role, and a household to look at."""

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from tests.contact.calls import call

NUMBER = "+447700900142"


def browser(role: str = "", *, compartments: tuple[str, ...] = (), strict: bool = False) -> Any:
    """Return a browser signed in as somebody of that role; without a role, as Charlie, who has none."""
    from fellwatch.foundation import ids
    from fellwatch.foundation.accounts.models import User

    name = role or "charlie"
    user = User.objects.create(
        id=ids.new(),
        username=f"{name}-{uuid.uuid4().hex[:8]}",
        full_name=f"{name.replace('_', ' ').title()} Fell",
        role=role,
        team="control room",
        agency="X23000099",
        compartments=list(compartments),
    )
    client = stranger(strict=strict)
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def stranger(*, strict: bool = False) -> Any:
    """Return a browser in which nobody has signed in."""
    from django.test import Client

    return Client(SERVER_NAME="localhost", enforce_csrf_checks=strict)


@dataclass(frozen=True)
class Household:
    """Danielle, her daughter Isla, Marc who used to live there, their home, and two calls from it."""

    danielle: uuid.UUID
    isla: uuid.UUID
    marc: uuid.UUID
    place: uuid.UUID
    incidents: tuple[uuid.UUID, ...]
    references: tuple[str, ...]


def household(by: Any, *, now: datetime | None = None) -> Household:
    """Store the household as calls and officers would."""
    from fellwatch.contact.values import DraftPerson
    from fellwatch.foundation import access, clock
    from fellwatch.recognition import index
    from fellwatch.records import actions as records
    from fellwatch.records.actions import NewPerson, NewPlace
    from fellwatch.records.values import PartialDate

    now = now or clock.now()
    danielle = NewPerson("Danielle", "Hewett", PartialDate(1991, 3, 4), "female", NUMBER, "current")
    isla = NewPerson("Isla", "Hewett", PartialDate(2021, 6, 1), "female", "", "current")
    marc = NewPerson("Marc", "Oddie", PartialDate(1989, 5, 12), "male", "", "current")
    with access.acting(by):
        for one in (danielle, isla, marc):
            records.add_person(one, by=by, now=now)
        place = records.place_for(NewPlace(house="14", street="Tarn Row", town="Ravensby", postcode="ZZ1 1AA"), by=by)
        began = (now - timedelta(days=900)).date()
        for one in (danielle, isla, marc):
            records.live_at(one.id, place, by=by, kind="home", source="call", from_date=began)
        records.leave(marc.id, place, by=by, on=(now - timedelta(days=30)).date())
        records.relate(danielle.id, isla.id, kind="mother", source="call", by=by)
        records.warn(
            by=by,
            now=now - timedelta(days=200),
            kind="weapons",
            detail="Carried a kitchen knife",
            expires_at=now + timedelta(days=165),
            source="Officer's report",
            person_id=marc.id,
        )
        index.refresh([danielle.id, isla.id, marc.id])
    people = (DraftPerson("victim", person_id=danielle.id), DraftPerson("suspect", person_id=marc.id))
    logged = [_logged(by, at, place, people) for at in (now - timedelta(days=60), now - timedelta(hours=2))]
    return Household(
        danielle.id, isla.id, marc.id, place, tuple(o.incident_id for o in logged), tuple(o.reference for o in logged)
    )


def _logged(by: Any, at: datetime, place: uuid.UUID, people: Any) -> Any:
    from fellwatch.contact import actions

    return actions.log_incident(call(at, people=people, place=None, place_id=place), by=by, now=at)


def restrict(person_id: uuid.UUID, by: Any, *, announce: bool) -> None:
    """Put somebody into the restricted compartment, as somebody cleared for it."""
    from dataclasses import replace

    from fellwatch.foundation import access
    from fellwatch.recognition import index
    from fellwatch.records.models import Person

    cleared = replace(by, id=uuid.uuid4(), name="Ida Crag", compartments=frozenset({"restricted"}))
    with access.acting(cleared):
        Person.objects.filter(id=person_id).update(compartment="restricted", announce=announce)
        index.refresh([person_id])
