"""Protective powers in the invented county: bail that patrol must see, and cases at different stages.

Opened by the rooms' own actions under fixed identifiers, so that beginning again adds nothing.
"""

import uuid
from datetime import datetime, timedelta

from fellwatch.demonstration import cast
from fellwatch.demonstration.identifiers import named
from fellwatch.foundation import access
from fellwatch.foundation.access import Actor
from fellwatch.orders import actions as orders
from fellwatch.orders.values import Coming, NewOrder, Served
from fellwatch.records.models import IncidentPerson
from fellwatch.rules.legal_orders import Chosen
from fellwatch.safeguarding import actions
from fellwatch.safeguarding.models import Case
from fellwatch.safeguarding.values import Checks, NewNotice, NewRequest

ANSWERS = {
    "violence": "yes",
    "relation": "cohabitant",
    "necessary": "yes",
    "lives_with": "yes",
    "grounds": "Pushed against a wall and told that it would be worse next time. Officers saw a bruise.",
    "bail_not_enough": "Released without charge: the victim gave no statement, so there is no bail.",
    "child_welfare": "No child lives there; none was present.",
    "victim_opinion": "Afraid that it makes things worse. Told that the decision is the police's.",
    "subject_view": "Says that nothing happened.",
    "occupants_opinion": "Nobody else lives there.",
}
SEARCHED = ("pnc", "pnd", "visor", "intelligence")
TERMS = (Chosen("molest"), Chosen("leave"), Chosen("no_entry"))


def open_cases(officer: Actor, superintendent: Actor, now: datetime) -> int:
    """Open each case as if at its own time; return how many there are."""
    found = pairs(officer)
    _bail(officer, now)
    steps = (_waiting, _not_served, _in_force, _asked, _checked, _late)
    for number, (step, pair) in enumerate(zip(steps, found, strict=False)):
        id = uuid.UUID(named(f"case/{number}"))
        if not _begun(id, officer):
            step(id, pair, officer, superintendent, now)
    return 1 + min(len(steps), len(found))


def _begun(id: uuid.UUID, officer: Actor) -> bool:
    with access.acting(officer):
        return Case.objects.filter(id=id).exists()


Pair = tuple[uuid.UUID, uuid.UUID, uuid.UUID, uuid.UUID | None]
"""Whom it binds, whom it protects, the incident it comes from, where that was."""


def pairs(officer: Actor) -> list[Pair]:
    """Return adults of domestic incidents in the county, each once, not those of the story."""
    story = {uuid.UUID(person.id) for person in cast.PEOPLE}
    found: list[Pair] = []
    seen = set(story)
    with access.acting(officer):
        suspects = IncidentPerson.objects.filter(role="suspect", incident__opening_code="domestic_incident")
        for part in suspects.filter(person__birth_year__lte=1998).select_related("incident").order_by("id")[:60]:
            victim = IncidentPerson.objects.filter(
                incident_id=part.incident_id, role="victim", person__birth_year__lte=1998
            ).first()
            if victim and not {part.person_id, victim.person_id} & seen:
                seen |= {part.person_id, victim.person_id}
                found.append((part.person_id, victim.person_id, part.incident_id, part.incident.place_id))
    return found


def _bail(officer: Actor, now: datetime) -> None:
    made = now - timedelta(days=cast.DAYS_AGO[1])
    new = NewOrder(
        kind="police_bail",
        subject_id=uuid.UUID(cast.MARC.id),
        protected=(uuid.UUID(cast.DANIELLE.id),),
        chosen=(
            Chosen("no_contact", "Danielle Hewett"),
            Chosen("not_go", "the home of the protected person"),
        ),
        made_by="Custody sergeant, Skelmoss",
        made_at=made,
        place_id=uuid.UUID(cast.TARN_ROW.id),
        ends_at=now + timedelta(days=18),
        coming=Coming(now + timedelta(days=17), "Skelmoss police station"),
        id=uuid.UUID(named("order/bail")),
    )
    orders.make(new, by=officer, now=made)


def _written(id: uuid.UUID, pair: Pair, officer: Actor, at: datetime) -> None:
    actions.open_notice(NewNotice("dvpn", pair[0], pair[1], pair[2], pair[3], id), by=officer, now=at)
    actions.ground(id, ANSWERS, seen=1, by=officer, now=at)
    actions.say(id, TERMS, seen=2, by=officer, now=at)
    actions.send(id, seen=3, by=officer, now=at)


def _waiting(id: uuid.UUID, pair: Pair, officer: Actor, superintendent: Actor, now: datetime) -> None:
    _written(id, pair, officer, now - timedelta(minutes=25))


def _authorised(id: uuid.UUID, pair: Pair, officer: Actor, superintendent: Actor, at: datetime) -> uuid.UUID:
    _written(id, pair, officer, at - timedelta(minutes=40))
    return actions.authorise(id, "Necessary: nothing else protects tonight.", seen=4, by=superintendent, now=at)


def _not_served(id: uuid.UUID, pair: Pair, officer: Actor, superintendent: Actor, now: datetime) -> None:
    notice = _authorised(id, pair, officer, superintendent, now - timedelta(hours=3))
    at = now - timedelta(hours=2)
    why = "Nobody answered; the car is gone. Neighbours say that he is at work until ten."
    orders.serve(notice, Served(at, False, "", "PC 2210 Syke", why), by=officer, now=at)


def _in_force(id: uuid.UUID, pair: Pair, officer: Actor, superintendent: Actor, now: datetime) -> None:
    at = now - timedelta(hours=9)
    notice = _authorised(id, pair, officer, superintendent, at - timedelta(hours=1))
    orders.serve(notice, Served(at, True, "in_person", "PC 1234 Pike", "Read and handed over."), by=officer, now=at)


def _request(id: uuid.UUID, pair: Pair, officer: Actor, at: datetime, scheme: str = "dvds", route: str = "ask") -> None:
    new = NewRequest(
        scheme=scheme,
        route=route,
        subject_id=pair[0],
        at_risk_id=pair[1],
        asked_at=at,
        applicant="The person at risk, partner for five months",
        why="Heard from a friend that there was violence before.",
        safe_contact="At work only, before noon. Never by message.",
        in_danger="no",
        id=id,
    )
    actions.open_request(new, by=officer, now=at)


def _asked(id: uuid.UUID, pair: Pair, officer: Actor, superintendent: Actor, now: datetime) -> None:
    _request(id, pair, officer, now - timedelta(hours=20))


def _checked(id: uuid.UUID, pair: Pair, officer: Actor, superintendent: Actor, now: datetime) -> None:
    asked = now - timedelta(days=8)
    _request(id, pair, officer, asked, route="know")
    done = Checks(SEARCHED, "Two assaults before.", "", "no", asked + timedelta(hours=6))
    actions.check(id, done, by=officer, now=done.done_at)


def _late(id: uuid.UUID, pair: Pair, officer: Actor, superintendent: Actor, now: datetime) -> None:
    asked = now - timedelta(days=31)
    _request(id, pair, officer, asked, scheme="csods", route="ask_for_other")
    done = Checks(SEARCHED, "Nothing on any system.", "", "no", asked + timedelta(hours=30))
    actions.check(id, done, by=officer, now=done.done_at)
