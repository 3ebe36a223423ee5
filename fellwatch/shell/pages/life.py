"""A person in words: identity, the thread of their risk, what holds now, and who is around them."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.urls import reverse

from fellwatch.contact import access as contact
from fellwatch.contact import rulings
from fellwatch.contact.story import GradeStep
from fellwatch.foundation import clock
from fellwatch.foundation.access import Actor, can
from fellwatch.recognition import phones
from fellwatch.records.story import Home, MarkerLife, Tie
from fellwatch.records.values import PastIncident, PersonView, Resident
from fellwatch.shell import times
from fellwatch.shell.pages import happened
from fellwatch.shell.pages.thread import Happening, Span, draw

SEXES = {"female": "female", "male": "male", "other": "other", "unknown": ""}
KINDS = {
    "home": "Home",
    "former": "Former home",
    "work": "Work",
    "stays": "Stays there",
    "visiting": "Visits",
    "school": "School",
}
NAMES = {
    "former": "formerly",
    "maiden": "born",
    "alias": "alias",
    "nickname": "called",
    "transliterated": "also written",
    "reported": "given as",
    "current": "also",
}
MOST_ON_THREAD = 60
MOST_MARKERS = 12
MOST_AT_HOME = 20
"""A hostel's page lists its hundreds; one of them need not, nor name all of them in the log."""


@dataclass(frozen=True)
class Facts:
    """Everything gathered about a person."""

    person: PersonView
    incidents: Sequence[PastIncident]
    grades: Mapping[uuid.UUID, Sequence[GradeStep]]
    markers: Sequence[MarkerLife]
    addresses: Mapping[uuid.UUID, str]
    around: Sequence[Tie]
    homes: Sequence[Home]
    household: Sequence[Resident]
    phones: Sequence[tuple[str, str, bool]]
    """Each number, in words whether it may be rung, and whether ringing it is a danger."""


def shown(facts: Facts, *, by: Actor, now: datetime) -> dict[str, Any]:
    """Return everything the person's page shows but duties and the log."""
    opens = can(by, contact.READ).allowed
    incidents = [_incident(past, len(facts.incidents) - n, facts, opens, now) for n, past in enumerate(facts.incidents)]
    return {
        "title": facts.person.name,
        "person": _identity(facts, now),
        "thread": _thread(facts, now),
        "incidents": incidents,
        "markers": [_marker(marker, now) for marker in reversed(facts.markers)],
        "warnings": [_warning(marker, now) for marker in facts.markers if _live(marker, now)],
        "around": [_tie(tie, facts.person.name, now) for tie in facts.around],
        "household": [resident(r) for r in facts.household if r.person_id != facts.person.id],
        "more_at_home": len(facts.household) == MOST_AT_HOME,
        "homes": [_home(home) for home in facts.homes],
    }


def _identity(facts: Facts, now: datetime) -> dict[str, object]:
    person = facts.person
    age = person.born.age_on(clock.london_date(now))
    born = str(person.born) if age is None else f"{age}, born {person.born}"
    caption = [
        born,
        SEXES.get(person.sex, ""),
        *(f"{NAMES.get(kind, kind)} {name}" for kind, name in person.other_names),
    ]
    return {
        "id": person.id,
        "name": person.name,
        "caption": " · ".join(word for word in caption if word),
        "address": person.address,
        "place_href": reverse("shell:place", args=[person.place_id]) if person.place_id else "",
        "phones": [
            {"number": phones.spoken(number), "words": words, "danger": danger}
            for number, words, danger in facts.phones
        ],
    }


def _thread(facts: Facts, now: datetime) -> dict[str, object] | None:
    """Return the picture and its words, oldest first; None while there is nothing on the line."""
    recent = list(reversed(facts.incidents[:MOST_ON_THREAD]))
    if not recent and not facts.markers:
        return None
    before = len(facts.incidents) - len(recent)
    happenings = [Happening(before + n, _steps(past, facts)) for n, past in enumerate(recent, start=1)]
    spans = [Span(_kind(m.kind, now), m.from_at, m.over_at()) for m in facts.markers[-MOST_MARKERS:]]
    return {
        "drawn": draw(happenings, spans, now),
        "words": _words(facts, now),
        "grades": {code: rulings.label("grades", code, now) for code in ("emergency", "priority", "scheduled")}
        | {"no_deployment": "No deployment"},
        "left_out": before,
    }


def _steps(past: PastIncident, facts: Facts) -> tuple[tuple[datetime, str], ...]:
    graded = tuple((step.at, step.grade) for step in facts.grades.get(past.id, ()))
    return graded or ((past.received_at, ""),)


def _words(facts: Facts, now: datetime) -> str:
    count = len(facts.incidents)
    incidents = "No incidents" if not count else f"{count} incident{'s' if count != 1 else ''}"
    since = f" since {times.day(facts.incidents[-1].received_at)}" if count else ""
    year = sum(1 for past in facts.incidents if (now - past.received_at).days < 365)
    live = sum(1 for marker in facts.markers if _live(marker, now))
    markers = f"{live} warning marker{'s' if live != 1 else ''} in force" if live else "no warning marker in force"
    return f"{incidents}{since}, {year} in the last 12 months; {markers}."


def _incident(past: PastIncident, number: int, facts: Facts, opens: bool, now: datetime) -> dict[str, object]:
    roles = sorted({role for person, role in past.parts if person == facts.person.id})
    seen = past.place_id is not None and past.place_id in facts.addresses
    return {
        **happened.incident(past, number, facts.grades.get(past.id, ()), opens, now),
        "roles": ", ".join(rulings.label("person_roles", role, now) for role in roles),
        "address": facts.addresses[past.place_id] if past.place_id and seen else "",
        "place_href": reverse("shell:place", args=[past.place_id]) if seen else "",
    }


def _live(marker: MarkerLife, now: datetime) -> bool:
    over = marker.over_at()
    return marker.from_at <= now and (over is None or over > now)


def _kind(code: str, now: datetime) -> str:
    return rulings.label("marker_kinds", code, now)


def _warning(marker: MarkerLife, now: datetime) -> dict[str, str]:
    over = marker.over_at()
    return {
        "tone": "danger",
        "text": _kind(marker.kind, now),
        "detail": marker.detail,
        "until": times.day(over) if over else "",
        "source": f"{marker.source}, {times.day(marker.from_at)}",
    }


def _marker(marker: MarkerLife, now: datetime) -> dict[str, object]:
    over = marker.over_at()
    ended = marker.ended_at is not None and over == marker.ended_at
    end = (
        "no end set"
        if over is None
        else f"{'ended' if ended else 'expired' if over <= now else 'until'} {times.day(over)}"
    )
    return {
        "text": _kind(marker.kind, now),
        "detail": marker.detail,
        "from_date": times.day(marker.from_at),
        "end": f"{end}: {marker.ended_because}" if ended and marker.ended_because else end,
        "source": marker.source,
    }


def _tie(tie: Tie, name: str, now: datetime) -> dict[str, object]:
    kind = tie.kind.replace("_", " ")
    age = tie.born.age_on(clock.london_date(now))
    return {
        "href": reverse("shell:person", args=[tie.person_id]),
        "name": tie.name,
        "age": "" if age is None else str(age),
        "words": f"{kind} of {name}" if tie.theirs else f"{name} is their {kind}",
        "dates": during(tie.from_date, tie.to_date),
        "over": tie.to_date is not None,
    }


def resident(one: Resident) -> dict[str, object]:
    """Return somebody tied to a place, in words."""
    return {
        "href": reverse("shell:person", args=[one.person_id]),
        "name": one.name,
        "age": "" if one.age is None else str(one.age),
        "words": KINDS.get(one.kind, one.kind.capitalize()),
        "dates": during(one.from_date, one.to_date),
    }


def _home(home: Home) -> dict[str, object]:
    return {
        "href": reverse("shell:place", args=[home.place.id]),
        "address": home.place.address,
        "words": "Former home"
        if home.kind == "home" and home.to_date
        else KINDS.get(home.kind, home.kind.capitalize()),
        "dates": during(home.from_date, home.to_date),
        "source": home.source,
        "over": home.to_date is not None,
    }


def during(start: date | None, end: date | None) -> str:
    """Say a half-open range of days: the last day named is the first on which it no longer held."""
    if start is None and end is None:
        return "dates not known"
    begun = f"from {times.day(start)}" if start else "start not known"
    return f"{begun}, until {times.day(end)}" if end else begun
