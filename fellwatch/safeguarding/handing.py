"""Handing somebody over, and taking somebody over: what is known already, so that nobody types it twice."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings

from fellwatch.assessments import access as assessments_access
from fellwatch.assessments import queries as assessments
from fellwatch.assessments.values import FormView
from fellwatch.duties import queries as duties
from fellwatch.exchange import actions as exchange
from fellwatch.exchange.access import DECIDE
from fellwatch.exchange.values import HandoverView, Invalid
from fellwatch.foundation import access, clock, policy
from fellwatch.foundation.access import Actor
from fellwatch.recognition import creating, dates, index
from fellwatch.recognition import queries as recognition
from fellwatch.recognition.queries import Candidate, Query
from fellwatch.records import actions as records_actions
from fellwatch.records import queries as records
from fellwatch.records.actions import NewPerson, Part
from fellwatch.records.geography import places
from fellwatch.records.geography.postcodes import Problem
from fellwatch.records.values import IncidentView, PartialDate, PartView, PersonView, Resident, split_name
from fellwatch.rules import vocabulary
from fellwatch.rules.vocabulary import Vocabulary

SOMEBODY_NEW = "new"
OPENINGS = ("domestic_incident", "concern_for_safety", "crime", "missing_person", "mental_health_incident")
PARTS = ("victim", "suspect", "child_present", "child_resident", "at_risk", "witness")


@dataclass(frozen=True)
class Home:
    """The force of somebody's home by its postcode, in words, and how sure that is. Empty where nothing is known."""

    force: str = ""
    name: str = ""
    because: str = ""


@access.reads
def home_of(person_id: uuid.UUID, *, by: Actor) -> Home:
    """Return whose area somebody's home lies in; the caller logs whom it shows."""
    postcode, force = records.home_postcodes([person_id], by=by).get(person_id, ("", ""))
    found = places.home_force(postcode) if postcode else None
    if found is None or isinstance(found, Problem):
        return Home(because="No home with a postcode is known: ask, and choose the force.")
    if force == settings.FELLWATCH_FORCE:
        return Home(force, settings.FELLWATCH_FORCE_NAME, "Their home lies in our own area.")
    return Home(found.force, found.name, found.because or f"Their home is at {postcode}.")


@access.reads
def suggested(incident: IncidentView, part: PartView, *, by: Actor, now: datetime) -> dict[str, str]:
    """Return what is known for each field of a handover, for whoever sends it to cut down and to complete."""
    on = clock.london_date(now)
    person = part.person
    home = records.household(person.place_id, by=by, on=on) if person.place_id else ()
    forms = assessments.forms_of(incident.id, by=by) if assessments_access.READ in by.permissions else ()
    running = [one for one in duties.of_incident(incident.id, by=by) if one.state in {"open", "late"}]
    where = incident.place.address if incident.place else "not known"
    happened = f"{clock.london(incident.received_at):%A %-d %B %Y, %H:%M}, at {where}. {incident.summary}"
    return {
        "name": person.name,
        "born": _born(person.born, on),
        "sex": person.sex if person.sex in {"female", "male"} else "",
        "part": _label("person_roles", part.role, now).lower(),
        "address": person.address,
        "phone": person.phones[0] if person.phones else "",
        "what_happened": happened.strip(),
        "risk": _risk(forms, person.id, now),
        "others": "\n".join(_other(one, now) for one in incident.parts if one.person.id != person.id),
        "children": "\n".join(f"{one.name} ({one.age})" for one in home if _is_child(one)),
        "warnings": "\n".join(_warnings(person, now)),
        "outstanding": "\n".join(one.title for one in running),
        "officer": f"{by.name}, {by.team}",
    }


def _born(born: PartialDate, on: date) -> str:
    age = born.age_on(on)
    return "" if born.year is None else f"{born}, {age}"


def _other(one: PartView, now: datetime) -> str:
    return f"{one.person.name}: {_label('person_roles', one.role, now).lower()}"


def _is_child(one: Resident) -> bool:
    return one.age is not None and one.age < 18


def _warnings(person: PersonView, now: datetime) -> list[str]:
    return [f"{_label('marker_kinds', one.kind, now)}: {one.detail}" for one in person.markers]


def _risk(forms: Sequence[FormView], person_id: uuid.UUID, now: datetime) -> str:
    """Return the newest judged risk about somebody, with its score, or "" where no form stands."""
    about = [one for one in forms if one.grade and one.person_id in (person_id, None)]
    if not about:
        return ""
    newest = max(about, key=lambda one: one.changed_at)
    score = "" if newest.score is None else f" Score {newest.score}."
    return f"{_label('risk_levels', newest.grade, now)}, by {newest.title}.{score}"


def _label(name: str, code: str, now: datetime) -> str:
    return vocabulary.label(policy.parsed(name, clock.london_date(now), Vocabulary), code)


@access.reads
def candidates(seen: HandoverView, *, by: Actor, now: datetime) -> tuple[Candidate, ...]:
    """Return who here it may be about, most likely first, from what the other force says; all shown are logged."""
    told = seen.contents
    asked = Query(
        name=told.get("name", ""),
        date_of_birth=told.get("born", "").split(",")[0],
        phone=told.get("phone", ""),
        address=told.get("address", "").split("\n")[0],
        sex=told.get("sex", ""),
    )
    return recognition.who(asked, by=by, now=now, limit=5).candidates


def take_over(
    seen: HandoverView, who: str, part: str, answer: str, opening_code: str, *, by: Actor, now: datetime
) -> uuid.UUID:
    """Take somebody over: them, an incident of our own, and the answer on its way; return the incident.

    `who` is a person's id, or "new". Sent twice, one incident stands. Raises Invalid beside each field.
    """
    access.check(by, DECIDE)
    incident_id = uuid.uuid5(seen.id, "taken over")
    with access.acting(by):
        if seen.state == "accepted" and seen.incident_id:
            return seen.incident_id
        person_id = _person(seen, who, by, now)
        problems = {} if part in PARTS else {"part": "Choose their part in it."}
        problems |= {} if opening_code in OPENINGS else {"opening_code": "Choose what kind of incident this is."}
        problems |= {} if person_id else {"person": "Say who it is: somebody known here, or somebody new."}
        if problems or person_id is None:
            raise Invalid(problems)
        _incident(seen, incident_id, Part(person_id, part), opening_code, by=by, now=now)
        exchange.decide(seen.id, "accepted", answer, person_id=person_id, incident_id=incident_id, by=by, now=now)
    return incident_id


def _person(seen: HandoverView, who: str, by: Actor, now: datetime) -> uuid.UUID | None:
    if who != SOMEBODY_NEW:
        try:
            return records.person(uuid.UUID(who), by=by, now=now).id
        except ValueError:
            return None
    forenames, surname = split_name(seen.name[:200])
    born = dates.read(seen.contents.get("born", "").split(",")[0], today=clock.london_date(now))
    new = NewPerson(
        forenames,
        surname,
        born if isinstance(born, PartialDate) else PartialDate(),
        seen.contents.get("sex", "") or "unknown",
        source="another force",
        id=uuid.uuid5(seen.id, "person"),
    )
    creating.add(new, by=by, now=now)
    index.refresh([new.id])
    return new.id


def _incident(
    seen: HandoverView, incident_id: uuid.UUID, part: Part, opening_code: str, *, by: Actor, now: datetime
) -> None:
    """Store what happened elsewhere as an incident of ours, closed at once: its work hangs on the person."""
    told = "\n".join(f"{name}: {text}" for name, text in seen.contents.items() if name in {"what_happened", "risk"})
    records_actions.add_incident(
        by=by, now=now, id=incident_id, reference=records_actions.next_reference(now), channel="partner",
        received_at=now, occurred_at=None, caller_number="", place_id=None,
        summary=f"Handed over by {seen.force_name}. {told}", opening_code=opening_code, qualifiers=(),
        parts=(part,), source="another force",
    )  # fmt: skip
    records_actions.close_incident(
        incident_id, by=by, now=now, result=f"Taken over from {seen.force_name}", closing_codes=[opening_code],
        closing_qualifiers=[],
    )  # fmt: skip
