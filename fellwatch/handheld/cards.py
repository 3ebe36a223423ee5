"""One incident as a handheld holds it: who, where, what is known, what is owed, which forms stand."""

import hashlib
import json
import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from fellwatch.assessments import queries as assessments
from fellwatch.assessments.photographs import queries as photographs
from fellwatch.assessments.photographs.values import PhotographView
from fellwatch.assessments.sendings import queries as sendings
from fellwatch.assessments.sendings.values import Head
from fellwatch.assessments.values import Standing
from fellwatch.cards import composing
from fellwatch.cards.composing import Learnt
from fellwatch.contact import queries as contact
from fellwatch.contact import rulings
from fellwatch.contact.values import Handled, Precedence
from fellwatch.duties import queries as duties
from fellwatch.duties.queries import DutyView
from fellwatch.foundation import clock
from fellwatch.foundation.access import Actor
from fellwatch.records import queries as records
from fellwatch.records import together
from fellwatch.records.together import Touching
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
    """Return the card of each incident the officer may see, in the order asked. The caller logs those it hands out.

    What each card needs is read for all of them at once: as many statements for forty cards as for one.
    """
    seen = together.incidents(ids, by=by, now=now)
    around = _around(seen, by=by, now=now)
    return tuple(_card(seen[id], around, now) for id in ids if id in seen and id in around.handled)


@dataclass(frozen=True)
class Around:
    """Everything around some incidents, by incident unless said."""

    handled: Mapping[uuid.UUID, Handled]
    precedence: Mapping[uuid.UUID, Precedence]
    homes: Mapping[uuid.UUID, Sequence[Resident]]
    """By place."""
    earlier: Mapping[uuid.UUID, Sequence[PastIncident]]
    learnt: Learnt
    markers: Mapping[uuid.UUID, Sequence[MarkerView]]
    """By person."""
    owed: Mapping[uuid.UUID, Sequence[DutyView]]
    forms: Mapping[uuid.UUID, Sequence[Head]]
    standing: Mapping[tuple[uuid.UUID, str, uuid.UUID | None], Standing]
    """What officers are told of each form."""
    photographs: Mapping[uuid.UUID, Sequence[PhotographView]]


def _around(seen: Mapping[uuid.UUID, IncidentView], *, by: Actor, now: datetime) -> Around:
    ids = list(seen)
    places = {one.place.id for one in seen.values() if one.place}
    homes = together.households(list(places), by=by, on=clock.london_date(now))
    touching = {id: _touching(one, homes) for id, one in seen.items()}
    everyone = {person for about in touching.values() for person in about.people}
    return Around(
        handled=contact.handled_together(ids, by=by),
        precedence=contact.precedence(ids, by=by, now=now),
        homes=homes,
        earlier=together.histories(touching, by=by, since=now - LOOK_BACK, limit=MOST_EARLIER + 1),
        learnt=composing.learnt(everyone, places, by=by, now=now, log=False),
        markers=records.markers_of(list(everyone), by=by, now=now),
        owed=duties.running_in(ids, by=by),
        forms=sendings.heads(ids, by=by),
        standing=assessments.standings(ids, by=by),
        photographs=photographs.of_incidents(ids, by=by),
    )


def _touching(seen: IncidentView, homes: Mapping[uuid.UUID, Sequence[Resident]]) -> Touching:
    place = seen.place.id if seen.place else None
    home = homes.get(place, ()) if place else ()
    people = [*(part.person.id for part in seen.parts), *(one.person_id for one in home)]
    return Touching(tuple(dict.fromkeys(people)), place)


def _card(seen: IncidentView, around: Around, now: datetime) -> Card:
    place = seen.place.id if seen.place else None
    home = around.homes.get(place, ()) if place else ()
    people = {part.person.id: part.person.name for part in seen.parts} | {one.person_id: one.name for one in home}
    earlier = [past for past in around.earlier.get(seen.id, ()) if past.id != seen.id][:MOST_EARLIER]
    learnt = around.learnt.about(people, place)
    data = {
        **_told(seen, around.handled[seen.id], now),
        **_order(around.precedence[seen.id]),
        "warnings": [
            *_warnings(seen, people, around.markers, now),
            *({"tone": one.tone, "text": one.text, "detail": one.detail, "source": one.source} for one in learnt),
        ],
        "people": [_part(part, now) for part in seen.parts],
        "household": [_resident(one) for one in home],
        "earlier": [_past(one, people, place, now) for one in earlier],
        "owed": [
            {"title": one.title, "due": _iso(one.due_at), "state": one.state} for one in around.owed.get(seen.id, ())
        ],
        "forms": [
            _form(one, around.standing.get((seen.id, one.instrument, one.person_id)))
            for one in around.forms.get(seen.id, ())
        ],
        "photographs": [_photograph(one) for one in around.photographs.get(seen.id, ())],
    }
    mark = hashlib.sha256(json.dumps(data, sort_keys=True).encode()).hexdigest()[:24]
    shown = tuple({*people, *around.learnt.named(people, place)})
    return Card(seen.id, seen.received_at, mark, shown, {**data, "mark": mark})


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
        "at": list(seen.place.point) if seen.place and seen.place.point else None,
        "because": [str(one) for version in handled.gradings[:1] for one in version.because],
        "repeats": [str(one.get("title", "")) for one in handled.repeats],
        "log": [{"at": _iso(one.at), "text": one.text, "by": one.by_name} for one in handled.log[:MOST_LINES]],
    }


def _order(one: Precedence) -> dict[str, Any]:
    """Return what the handheld orders its list by, so that it stands in the same order without signal."""
    return {"place": one.place, "danger": one.danger, "danger_text": one.because}


def _warnings(
    seen: IncidentView,
    people: Mapping[uuid.UUID, str],
    markers: Mapping[uuid.UUID, Sequence[MarkerView]],
    now: datetime,
) -> Iterator[dict[str, str]]:
    """Yield the markers of everybody who may be met there, whoever rang."""
    for person, name in people.items():
        yield from _markers(name, markers.get(person, ()), now)
    yield from _markers("This address", seen.place.markers if seen.place else (), now)


def _markers(bearer: str, markers: Iterable[MarkerView], now: datetime) -> Iterator[dict[str, str]]:
    for one in markers:
        kind = rulings.label("marker_kinds", one.kind, now)
        yield {
            "tone": "danger",
            "text": f"{bearer}: {kind}",
            "detail": one.detail,
            "source": f"{one.source}, {clock.london(one.from_at):%b %Y}",
        }


def _part(part: PartView, now: datetime) -> dict[str, Any]:
    age = part.person.born.age_on(clock.london_date(now))
    return {
        "id": str(part.person.id),
        "name": part.person.name,
        "unnamed": part.person.unnamed,
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


def _photograph(one: PhotographView) -> dict[str, Any]:
    return {"id": str(one.id), "caption": one.caption, "exhibit": one.exhibit, "code": one.code, "by": one.by_name}


def _form(one: Head, stands: Standing | None) -> dict[str, Any]:
    """Return a form with what its officer is told of it: sent back and why, graded anew and why, owned by whom."""
    return {
        **_about(stands),
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


def _about(stands: Standing | None) -> dict[str, Any]:
    if stands is None:
        return {"state": "", "returned": None, "regraded": "", "owner": ""}
    back = {"by": stands.returned_by, "note": stands.returned_note, "reasons": dict(stands.reasons)}
    return {
        "state": stands.state,
        "returned": back if stands.state == "returned" else None,
        "regraded": stands.regraded,
        "owner": stands.owner,
    }


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat(timespec="seconds") if moment else None
