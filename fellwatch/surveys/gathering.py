"""What is known of each victim, as the rules ask for it. What nobody said stays unknown."""

import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import F, Q

from fellwatch.assessments.models import Form
from fellwatch.foundation import clock
from fellwatch.records.actions import DESCRIBED
from fellwatch.records.models import Incident, IncidentPerson, Person, PersonName, Relationship, Residence
from fellwatch.records.values import PartialDate
from fellwatch.rules import surveys as rule
from fellwatch.rules.surveys import Survey
from fellwatch.surveys import safely
from fellwatch.surveys.models import Line
from fellwatch.surveys.safely import Safe

SAID = {True: "yes", False: "no"}


@dataclass(frozen=True)
class Candidate:
    """A victim of an incident of the group, with what is known of them and how they may be rung."""

    person_id: uuid.UUID
    incident_id: uuid.UUID
    known: Mapping[str, object]
    safe: Safe


def candidates(survey: Survey, start: datetime, end: datetime, now: datetime) -> tuple[Candidate, ...]:
    """Return every victim of the group reported from `start` until `end`, each once, by the newest incident."""
    found = Incident.objects.filter(received_at__gte=start, received_at__lt=end).filter(
        Q(opening_code__in=survey.opening)
        | Q(closing_codes__overlap=list(survey.opening))
        | Q(opening_qualifiers__overlap=list(survey.qualifiers))
        | Q(closing_qualifiers__overlap=list(survey.qualifiers))
    )
    incidents = {one.id: one for one in found}
    parts = IncidentPerson.objects.filter(incident__in=list(incidents), role="victim")
    newest: dict[uuid.UUID, Incident] = {}
    for person, incident in parts.values_list("person_id", "incident_id"):
        if person not in newest or incidents[incident].received_at > newest[person].received_at:
            newest[person] = incidents[incident]
    return _known(survey, newest, now)


def _known(survey: Survey, newest: Mapping[uuid.UUID, Incident], now: datetime) -> tuple[Candidate, ...]:
    people, today = list(newest), clock.london_date(now)
    persons = {one.id: one for one in Person.objects.filter(id__in=people)}
    safe = safely.of(people, now)
    bereaved = _bereaved(people, today - timedelta(days=survey.bereaved_days))
    suspects = _suspects(newest)
    homes = _sharing_homes(newest, suspects)
    high = _high([one.id for one in newest.values()])
    before = Line.objects.filter(person_id__in=people)
    lately = set(
        before.filter(made_at__gt=now - timedelta(days=survey.again_after_days)).values_list("person_id", flat=True)
    )
    names = PersonName.objects.filter(person_id__in=people).exclude(kind=DESCRIBED)
    named = set(names.values_list("person_id", flat=True))
    refused = set(before.filter(state="refused").values_list("person_id", flat=True))
    made = []
    for person, incident in sorted(newest.items()):
        known: dict[str, object] = {
            "contact.safe": SAID[safe[person].allowed],
            "contact.number": SAID[bool(safe[person].number)],
            "person.named": SAID[person in named],
            "person.restricted": SAID[bool(persons[person].compartment or incident.compartment)],
            "person.age": _age(persons[person], today),
            "person.dead": SAID[persons[person].death_date is not None],
            "person.bereaved": SAID[person in bereaved],
            "suspect.named": SAID[incident.id in suspects],
            "suspect.lives_with": homes.get(person),
            "risk.open_high": SAID[incident.id in high],
            "incident.open": SAID[incident.closed_at is None],
            "incident.recent": SAID[incident.received_at > now - timedelta(days=survey.wait_days)],
            "asked.lately": SAID[person in lately],
            "asked.refused": SAID[person in refused],
        }
        made.append(Candidate(person, incident.id, {n: v for n, v in known.items() if v is not None}, safe[person]))
    return tuple(made)


def reasons(survey: Survey, one: Candidate) -> tuple[str, ...]:
    """Return why somebody is left out, as codes; none asks them."""
    return tuple(found.code for found in rule.left_out(survey, one.known))


def _age(person: Person, on: date) -> int | None:
    return PartialDate(person.birth_year, person.birth_month, person.birth_day).age_on(on)


def _bereaved(people: Sequence[uuid.UUID], since: date) -> set[uuid.UUID]:
    """Return those to whom somebody related is known to have died since a day."""
    theirs = Relationship.objects.filter(person_id__in=people, other__death_date__gte=since)
    to_them = Relationship.objects.filter(other_id__in=people, person__death_date__gte=since)
    return {*theirs.values_list("person_id", flat=True), *to_them.values_list("other_id", flat=True)}


def _suspects(newest: Mapping[uuid.UUID, Incident]) -> Mapping[uuid.UUID, set[uuid.UUID]]:
    suspects: dict[uuid.UUID, set[uuid.UUID]] = defaultdict(set)
    parts = IncidentPerson.objects.filter(incident__in=[one.id for one in newest.values()], role="suspect")
    for matter, person in parts.values_list("incident_id", "person_id"):
        suspects[matter].add(person)
    return suspects


def _sharing_homes(
    newest: Mapping[uuid.UUID, Incident], suspects: Mapping[uuid.UUID, set[uuid.UUID]]
) -> Mapping[uuid.UUID, str]:
    """Say of each victim whether a suspect lives with them, where the home of every one of them is known."""
    homes = _homes({*newest, *(one for group in suspects.values() for one in group)})
    told: dict[uuid.UUID, str] = {}
    for victim, incident in newest.items():
        theirs = [homes.get(one, set()) for one in suspects.get(incident.id, ()) if one != victim]
        ours = homes.get(victim, set())
        if any(ours & one for one in theirs):
            told[victim] = "yes"
        elif ours and theirs and all(theirs):
            told[victim] = "no"
    return told


def _homes(people: Iterable[uuid.UUID]) -> Mapping[uuid.UUID, set[uuid.UUID]]:
    found: dict[uuid.UUID, set[uuid.UUID]] = defaultdict(set)
    rows = Residence.objects.filter(person_id__in=list(people), to_date__isnull=True, kind__in=("home", "stays"))
    for person, place in rows.values_list("person_id", "place_id"):
        found[person].add(place)
    return found


def _high(incidents: Sequence[uuid.UUID]) -> set[uuid.UUID]:
    """Return the incidents in which a risk was graded high, by whoever graded last, and no review closed it."""
    graded = Form.objects.filter(incident_id__in=incidents, number__gt=F("closed_number")).filter(
        Q(specialist_grade="high") | Q(specialist_grade="", grade="high")
    )
    return set(graded.values_list("incident_id", flat=True))
