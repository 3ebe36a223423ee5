"""One incident as a handheld holds it: who, where, what is known, what is owed, which forms stand."""

import hashlib
import json
import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from fellwatch.assessments.photographs import queries as photographs
from fellwatch.assessments.sendings import queries as sendings
from fellwatch.assessments.sendings.values import Head
from fellwatch.cards import composing
from fellwatch.contact import queries as contact
from fellwatch.contact import rulings
from fellwatch.contact.values import Handled
from fellwatch.duties import queries as duties
from fellwatch.foundation import clock
from fellwatch.foundation.access import Actor
from fellwatch.records import queries as records
from fellwatch.records.queries import Missing
from fellwatch.records.values import IncidentView, MarkerView, PartView, PastIncident, Resident

LOOK_BACK = timedelta(days=3 * 366)
MOST_LINES, MOST_EARLIER = 12, 12


@dataclass(frozen=True)
class Card:
    """A card with a mark that changes when anything on it does, and everyone it shows."""

    id: uuid.UUID
    received_at: datetime
    mark: str
    people: tuple[uuid.UUID, ...]
    data: Mapping[str, Any]


def area_of(by: Actor) -> str:
    """Return the policing area of a team called after one: south of "south response"; empty is everywhere."""
    first, _, rest = by.team.partition(" ")
    return first if rest == "response" else ""


def for_incidents(ids: Sequence[uuid.UUID], *, by: Actor, now: datetime) -> tuple[Card, ...]:
    """Return the card of each incident the officer may see. The caller logs those it hands out."""
    standing = sendings.heads(ids, by=by)
    found = (_card(id, standing.get(id, ()), by=by, now=now) for id in ids)
    return tuple(card for card in found if card)


def _card(id: uuid.UUID, standing: Sequence[Head], *, by: Actor, now: datetime) -> Card | None:
    try:
        seen = records.incident(id, by=by, now=now, log=False)
        handled = contact.handled(id, by=by)
    except Missing:
        return None
    place = seen.place.id if seen.place else None
    home = records.household(place, by=by, on=clock.london_date(now), log=False) if place else ()
    people = {part.person.id: part.person.name for part in seen.parts} | {one.person_id: one.name for one in home}
    earlier = [
        past
        for past in records.history(
            by=by, since=now - LOOK_BACK, people=list(people), places=[place] if place else [], limit=MOST_EARLIER + 1
        )
        if past.id != id
    ][:MOST_EARLIER]
    data = {
        **_told(seen, handled, now),
        "warnings": [*_warnings(seen, now), *_learnt(people, by=by, now=now)],
        "people": [_part(part, now) for part in seen.parts],
        "household": [_resident(one) for one in home],
        "earlier": [_past(one, people, place, now) for one in earlier],
        "owed": [
            {"title": one.title, "due": _iso(one.due_at), "state": one.state}
            for one in duties.of_incident(id, by=by)
            if one.state in {"open", "late"}
        ],
        "forms": [_form(one) for one in standing],
        "photographs": [
            {"id": str(one.id), "caption": one.caption, "exhibit": one.exhibit, "code": one.code, "by": one.by_name}
            for one in photographs.of_incident(id, by=by)
        ],
    }
    mark = hashlib.sha256(json.dumps(data, sort_keys=True).encode()).hexdigest()[:24]
    return Card(id, seen.received_at, mark, tuple(people), {**data, "mark": mark})


def _told(seen: IncidentView, handled: Handled, now: datetime) -> dict[str, Any]:
    return {
        "id": str(seen.id),
        "reference": seen.reference,
        "title": rulings.label("nsir_opening", seen.opening_code, now),
        "qualifiers": [rulings.label("nsir_qualifiers", one, now) for one in seen.opening_qualifiers],
        "domestic": "domestic_abuse" in seen.opening_qualifiers or "domestic" in seen.opening_code,
        "received": _iso(seen.received_at),
        "grade": handled.grade,
        "grade_text": rulings.label("grades", handled.grade, now),
        "state_text": rulings.label("incident_statuses", handled.state, now),
        "unit": handled.unit,
        "summary": seen.summary,
        "address": seen.place.address if seen.place else "No address given",
        "area": seen.place.area if seen.place else "",
        "because": [str(one) for version in handled.gradings[:1] for one in version.because],
        "repeats": [str(one.get("title", "")) for one in handled.repeats],
        "log": [{"at": _iso(one.at), "text": one.text, "by": one.by_name} for one in handled.log[:MOST_LINES]],
    }


def _learnt(people: Mapping[uuid.UUID, str], *, by: Actor, now: datetime) -> list[dict[str, str]]:
    """Return what every room has learnt of these people, as the pages' cards say it."""
    found = composing.of_people(people, by=by, now=now)
    return [{"text": one.text, "detail": one.detail, "source": one.source} for one in found]


def _warnings(seen: IncidentView, now: datetime) -> Iterator[dict[str, str]]:
    for part in seen.parts:
        yield from _markers(part.person.name, part.person.markers, now)
    yield from _markers("This address", seen.place.markers if seen.place else (), now)


def _markers(bearer: str, markers: Iterable[MarkerView], now: datetime) -> Iterator[dict[str, str]]:
    for one in markers:
        kind = rulings.label("marker_kinds", one.kind, now)
        yield {"text": f"{bearer}: {kind}", "detail": one.detail, "source": f"{one.source}, {one.from_at:%b %Y}"}


def _part(part: PartView, now: datetime) -> dict[str, Any]:
    age = part.person.born.age_on(clock.london_date(now))
    return {
        "id": str(part.person.id),
        "name": part.person.name,
        "age": age,
        "sex": part.person.sex,
        "role": part.role,
        "role_text": rulings.label("person_roles", part.role, now),
        "vulnerabilities": [rulings.label("vulnerabilities", one, now) for one in part.vulnerabilities],
        "phones": list(part.person.phones),
    }


def _resident(one: Resident) -> dict[str, Any]:
    return {"id": str(one.person_id), "name": one.name, "age": one.age}


def _past(one: PastIncident, people: Mapping[uuid.UUID, str], place: uuid.UUID | None, now: datetime) -> dict[str, Any]:
    return {
        "reference": one.reference,
        "at": _iso(one.received_at),
        "title": rulings.label("nsir_opening", one.opening_code, now),
        "here": one.place_id == place,
        "people": [
            f"{people[person]} ({rulings.label('person_roles', role, now).lower()})"
            for person, role in one.parts
            if person in people
        ],
    }


def _form(one: Head) -> dict[str, Any]:
    return {
        "instrument": one.instrument,
        "version": one.version,
        "variant": one.variant,
        "person": str(one.person_id) if one.person_id else None,
        "number": one.number,
        "answers": dict(one.answers),
        "complete": one.complete,
        "by": one.by_name,
        "at": _iso(one.at),
        "differs": dict(one.differs),
    }


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat(timespec="seconds") if moment else None
