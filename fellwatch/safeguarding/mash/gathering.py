"""What is known for each thing that an agency may be told, for the hub to cut down to what is needed."""

import uuid
from datetime import datetime

from fellwatch.foundation import access, clock, policy
from fellwatch.foundation.access import Actor
from fellwatch.records import queries as records
from fellwatch.records.models import IncidentPerson
from fellwatch.records.values import MarkerView
from fellwatch.rules import vocabulary
from fellwatch.rules.vocabulary import Vocabulary
from fellwatch.safeguarding.access import HUB
from fellwatch.safeguarding.mash.values import ContactView

ADULT = 18


def suggested(seen: ContactView, *, by: Actor, now: datetime) -> dict[str, str]:
    """Return words for each field that something is known for; the reads are logged by whom they name."""
    access.check(by, HUB)
    with access.acting(by):
        on = clock.london_date(now)
        person = records.person(seen.row.person_id, by=by, now=now)
        home = records.household(person.place_id, by=by, on=on) if person.place_id else ()
        children = [one for one in home if one.age is not None and one.age < ADULT and one.person_id != person.id]
        warnings = [*person.markers, *(_place_markers(person.place_id, by, now) if person.place_id else ())]
        return {
            "name": person.name,
            "age": "" if seen.row.age is None else str(seen.row.age),
            "phone": person.phones[0] if person.phones else "",
            "address": person.address,
            "concern": seen.concern,
            "wishes": seen.wishes,
            "children": ", ".join(f"{one.name} ({one.age})" for one in children),
            "suspect": ", ".join(_feared(seen, by, now)),
            "warnings": ", ".join(_words("marker_kinds", one.kind, now) for one in warnings),
        }


def _place_markers(place_id: uuid.UUID, by: Actor, now: datetime) -> tuple[MarkerView, ...]:
    return records.place(place_id, by=by, now=now).markers


def _feared(seen: ContactView, by: Actor, now: datetime) -> list[str]:
    parts = IncidentPerson.objects.filter(incident=seen.incident_id, role="suspect")
    ids = list(parts.values_list("person_id", flat=True))
    found = records.people(ids, by=by, now=now, because="safeguarding.hub_gathered") if ids else {}
    return [one.name for one in found.values()]


def _words(rule: str, code: str, now: datetime) -> str:
    return vocabulary.label(policy.parsed(rule, clock.london_date(now), Vocabulary), code)
