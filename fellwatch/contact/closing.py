"""What an incident still lacks before it may be closed, and with which reasons it was closed."""

import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from fellwatch.assessments import asking
from fellwatch.assessments.instruments import edition_of
from fellwatch.assessments.models import DisclosedCrime, Form
from fellwatch.contact import rulings
from fellwatch.contact.access import READ
from fellwatch.contact.models import ClosingNote, Handling
from fellwatch.duties.models import Duty
from fellwatch.foundation import access, clock, policy
from fellwatch.foundation.access import Actor
from fellwatch.records.models import Incident, IncidentPerson, Person
from fellwatch.records.values import PartialDate
from fellwatch.rules import closing, forms, school_notices
from fellwatch.rules.closing import Closing, Evidence, Need
from fellwatch.rules.errors import NoVersion
from fellwatch.rules.forms import Forms
from fellwatch.rules.school_notices import Child, Path, SchoolNotices

RULE = "incident_closing"
SCHOOLS, TOLD = "operation_encompass", "encompass_notification"
CRIME = "crime"
"""The heading of closing codes that are crimes."""
NOT_ASKED = (Path.NONE, Path.NURSERY)


@dataclass(frozen=True)
class Missing:
    """One piece that is not there. `key` names it in what is sent; `about` says which form or which crimes."""

    key: str
    need: Need
    about: str = ""
    person_id: uuid.UUID | None = None
    form: str = ""
    crime_id: uuid.UUID | None = None


@dataclass(frozen=True)
class NoteView:
    """What a closed incident was closed with, in words."""

    title: str
    about: str
    person_id: uuid.UUID | None
    text: str


@access.reads
def missing(
    incident_id: uuid.UUID, *, by: Actor, codes: Sequence[str] = (), qualifiers: Sequence[str] = ()
) -> tuple[Missing, ...]:
    """Return what a closing under these codes would lack. The caller logs the read of the incident."""
    access.check(by, READ, subject=("incident", str(incident_id)))
    incident = Incident.objects.select_related("place").filter(id=incident_id).first()
    if incident is None:
        return ()
    known = _facts(incident, codes, qualifiers)
    return tuple(one for need in closing.needed(rule_of(incident)[1], known) for one in _lacks(need, incident, known))


@access.reads
def notes(incident_id: uuid.UUID, *, by: Actor) -> tuple[NoteView, ...]:
    """Return what an incident was closed with. The caller logs the read of the incident."""
    access.check(by, READ, subject=("incident", str(incident_id)))
    rows = list(ClosingNote.objects.filter(incident_id=incident_id).order_by("id"))
    if not rows:
        return ()
    incident = Incident.objects.get(id=incident_id)
    needs = {need.id: need for need in rule_of(incident)[1].needs}
    return tuple(_note(row, needs[row.need], incident) for row in rows if row.need in needs)


def rule_of(incident: Incident) -> tuple[int, Closing]:
    """Return the rule of the day on which an incident was reported and its version; none asks for nothing."""
    on = clock.london_date(incident.received_at)
    try:
        return policy.version(RULE, on).number, policy.parsed(RULE, on, Closing)
    except NoVersion:
        return 0, Closing(0, ())


def said(need: Need, reference: str, reason: str, words: str) -> str:
    """Say what a piece was closed with: its reference, or the reason and the words that explain it."""
    if reference:
        return reference
    found = need.reason(reason)
    return f"{found.label if found else reason}. {words}"


def _note(row: ClosingNote, need: Need, incident: Incident) -> NoteView:
    title = edition_of(row.form, clock.london_date(incident.received_at)).title if row.form else need.title
    return NoteView(need.title, title, row.about, said(need, row.reference, row.reason, row.words))


def _facts(incident: Incident, codes: Sequence[str], qualifiers: Sequence[str]) -> dict[str, object]:
    """Return what the record says, what was said to be true at the call, and what the closing codes add."""
    at = incident.received_at
    known = asking.known(incident)
    flags = Handling.objects.values_list("flags", flat=True).get(incident_id=incident.id)
    implied = rulings.implied("nsir_opening", codes, now=at) | rulings.implied("nsir_qualifiers", qualifiers, now=at)
    crime = CRIME in rulings.groups("nsir_closing", codes, now=at)
    return {
        **known,
        **dict.fromkeys((flag for flag in flags if ":" not in flag), "yes"),
        **dict.fromkeys(implied, "yes"),
        "qualifiers": [*incident.opening_qualifiers, *qualifiers],
        **({"closed_as_crime": "yes" if crime else "no"} if codes else {}),
    }


def _lacks(need: Need, incident: Incident, known: dict[str, object]) -> Iterator[Missing]:
    match need.evidence:
        case Evidence.CRIME:
            yield from _crimes(need, incident)
        case Evidence.FORM:
            yield from _forms(need, incident, known)
        case Evidence.NOTICE:
            if not Form.objects.filter(
                incident_id=incident.id, instrument__in=need.forms, submitted_at__isnull=False
            ).exists():
                yield Missing(need.id, need)
        case Evidence.SCHOOL:
            yield from _schools(need, incident)


def _crimes(need: Need, incident: Incident) -> Iterator[Missing]:
    rows = list(DisclosedCrime.objects.filter(incident_id=incident.id).order_by("heard_at", "id"))
    waiting = [row for row in rows if not row.decided]
    if waiting or not rows:
        titles = ", ".join(row.title for row in waiting)
        yield Missing(need.id, need, titles, crime_id=waiting[0].id if waiting else None)


def _forms(need: Need, incident: Incident, known: dict[str, object]) -> Iterator[Missing]:
    """Yield each form about whoever is in the roles that nobody handed in, and once that nobody is in them."""
    on = clock.london_date(incident.received_at)
    people = [(str(person), role) for person, role, _ in asking.parts_of(incident) if role in need.roles]
    if not people:
        yield Missing(f"{need.id}.nobody", need, "Nobody is named as the victim")
    handed_in = set(
        Form.objects.filter(incident_id=incident.id, submitted_at__isnull=False).values_list("instrument", "person_id")
    )
    for one in forms.asked(policy.parsed(asking.AT_THE_DOOR, on, Forms), known, tuple(people)):
        person = uuid.UUID(one.person)
        if one.required and (one.instrument, person) not in handed_in:
            title = edition_of(one.instrument, on).title
            yield Missing(f"{need.id}.{one.instrument}.{person}", need, title, person, one.instrument)


def _schools(need: Need, incident: Incident) -> Iterator[Missing]:
    """Yield each child in the roles of whom nobody has begun to tell a school, and who may go to one."""
    on = clock.london_date(incident.received_at)
    try:
        rule = policy.parsed(SCHOOLS, on, SchoolNotices)
    except NoVersion:
        return
    children = IncidentPerson.objects.filter(incident_id=incident.id, role__in=need.roles).select_related("person")
    begun = set(Duty.objects.filter(incident_id=incident.id, rule=TOLD).values_list("person_id", flat=True))
    for part in children.order_by("person_id").distinct("person_id"):
        decision = school_notices.decide(rule, _child(part.person), on)
        if part.person_id not in begun and decision.path not in NOT_ASKED:
            yield Missing(f"{need.id}.{part.person_id}", need, "", part.person_id)


def _child(person: Person) -> Child:
    return Child(*PartialDate(person.birth_year, person.birth_month, person.birth_day).span())
