"""Which children an incident puts at risk, how each is tied to it, and what is known of where each learns."""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Q

from fellwatch.assessments import queries as assessments
from fellwatch.assessments.models import Assessment
from fellwatch.foundation import clock, policy
from fellwatch.foundation.access import Actor
from fellwatch.records.models import Incident, IncidentPerson, Person, Relationship, Residence
from fellwatch.records.values import PartialDate
from fellwatch.rules import vocabulary
from fellwatch.rules.instruments import CONSIDERED_NONE
from fellwatch.rules.school_notices import Child, SchoolNotices, Setting
from fellwatch.rules.vocabulary import Vocabulary
from fellwatch.safeguarding.encompass import calendar
from fellwatch.safeguarding.encompass.models import Enrolment, Establishment

FORM = "household_voice"
ROLES: Mapping[str, str] = {
    "child_present": "was there",
    "child_resident": "lives there",
    "victim": "is a victim",
    "witness": "saw or heard it",
}
PARENTS = frozenset({"mother", "father", "parent", "stepmother", "stepfather", "stepparent", "guardian", "carer"})
OFFSPRING = frozenset({"child", "son", "daughter", "stepson", "stepdaughter", "stepchild"})
INVOLVED = ("victim", "suspect")


@dataclass(frozen=True)
class Found:
    """One child: how it is tied to the incident, and what the officer's form says, newest answers first."""

    person: Person
    linked_by: str
    answers: Mapping[str, Any] = field(default_factory=dict)


def is_domestic(incident: Incident, rule: SchoolNotices) -> bool:
    """Whether anything said of the incident, or any form about it, makes it domestic abuse."""
    day = clock.london_date(incident.received_at)
    seen = IncidentPerson.objects.filter(incident_id=incident.id).values_list("vulnerabilities", flat=True)
    said = {
        "nsir_opening": [incident.opening_code, *incident.closing_codes],
        "nsir_qualifiers": [*incident.opening_qualifiers, *incident.closing_qualifiers],
        "vulnerabilities": sorted({code for codes in seen for code in codes}),
    }
    lists = ((policy.parsed(name, day, Vocabulary), codes) for name, codes in said.items())
    if any("domestic" in vocabulary.implied(known, codes) for known, codes in lists):
        return True
    return Assessment.objects.filter(incident_id=incident.id, instrument__in=rule.forms).exists()


def children(incident: Incident, *, by: Actor) -> list[Found]:
    """Return every child of an incident: those in it, those who live there, those of any adult involved."""
    on = clock.london_date(incident.received_at)
    parts = list(IncidentPerson.objects.filter(incident_id=incident.id).values_list("person_id", "role"))
    ways: dict[uuid.UUID, str] = {}
    for person, role in sorted(parts, key=lambda part: list(ROLES).index(part[1]) if part[1] in ROLES else 9):
        ways.setdefault(person, ROLES.get(role, "is part of it"))
    named = {person for person, role in parts if role.startswith("child_")}
    for person in _living_at(incident.place_id, on):
        ways.setdefault(person, "lives there")
    for person in _related([person for person, role in parts if role in INVOLVED], on):
        ways.setdefault(person, "is a child of somebody involved")
    answers = assessments.of_people(incident.id, FORM, by=by)
    people = Person.objects.filter(id__in=ways, merged_into__isnull=True).prefetch_related("names")
    found = [Found(person, ways[person.id], answers.get(person.id, {})) for person in people]
    return [one for one in found if one.person.id in named or _may_be_child(one.person, on)]


def enrolments(person_id: uuid.UUID, on: date) -> list[Enrolment]:
    """Return where somebody learns on a day; a school that has closed teaches nobody."""
    rows = Enrolment.objects.filter(person_id=person_id, from_date__lte=on).select_related("establishment")
    rows = rows.filter(Q(to_date__isnull=True) | Q(to_date__gt=on))
    return [row for row in rows.order_by("from_date") if not _shut(row.establishment, on)]


def child_of(person: Person, *, setting: Setting, hidden: bool, known: date, now: date) -> Child:
    """Return what the rule asks about somebody."""
    first, last = birth_span(person)
    home = (
        Residence.objects.filter(person_id=person.id, kind="home", to_date__isnull=True)
        .order_by("-from_date")
        .values_list("place__force", flat=True)
        .first()
    )
    return Child(first, last, setting, calendar.force_area(home or ""), hidden, (now - known).days)


def birth_span(person: Person) -> tuple[date | None, date | None]:
    """Return the first and the last day on which somebody may have been born."""
    return PartialDate(person.birth_year, person.birth_month, person.birth_day).span()


def school_written(answers: Mapping[str, Any]) -> str:
    """Return the school that the officer wrote down; "" where the form names none."""
    said = answers.get("school")
    return "" if not isinstance(said, str) or said == CONSIDERED_NONE else said.strip()


def by_name(written: str, on: date) -> Establishment | None:
    """Return the one school that answers to what was written; None for none and for several."""
    key = _key(written)
    if len(key) < len("school"):
        return None
    open_now = Establishment.objects.exclude(kind="council").filter(Q(closed_date__isnull=True) | Q(closed_date__gt=on))
    found = [one for one in open_now if key in (_key(one.name), _key(one.name.partition(",")[0]))]
    return found[0] if len(found) == 1 else None


def council(district: str, on: date) -> Establishment | None:
    """Return the education team that answers for a district, or the only one there is."""
    teams = Establishment.objects.filter(kind="council").filter(Q(closed_date__isnull=True) | Q(closed_date__gt=on))
    rows = list(teams.order_by("name"))
    here = [one for one in rows if district and district in one.districts]
    return next(iter(here or rows), None)


def _may_be_child(person: Person, on: date) -> bool:
    """Whether somebody who is not called a child may be one by birth; a birth not known says nothing."""
    _, last = birth_span(person)
    return last is not None and last > on.replace(year=on.year - 18, day=min(on.day, 28))


def _living_at(place_id: uuid.UUID | None, on: date) -> Iterable[uuid.UUID]:
    ties = Residence.objects.filter(place_id=place_id, kind="home") if place_id else Residence.objects.none()
    ties = ties.filter(Q(from_date__isnull=True) | Q(from_date__lte=on))
    return ties.filter(Q(to_date__isnull=True) | Q(to_date__gt=on)).values_list("person_id", flat=True)


def _related(adults: Sequence[uuid.UUID], on: date) -> Iterable[uuid.UUID]:
    ties = Relationship.objects.filter(Q(to_date__isnull=True) | Q(to_date__gt=on))
    yield from ties.filter(person_id__in=adults, kind__in=PARENTS).values_list("other_id", flat=True)
    yield from ties.filter(other_id__in=adults, kind__in=OFFSPRING).values_list("person_id", flat=True)


def _shut(establishment: Establishment | None, on: date) -> bool:
    return bool(establishment and establishment.closed_date and establishment.closed_date <= on)


def _key(name: str) -> str:
    return " ".join("".join(c if c.isalnum() else " " for c in name.casefold()).split())
