"""Which work an incident calls for now, and which of it is there: each piece with its rule, its person, its reason."""

import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from fellwatch.assessments import asking
from fellwatch.assessments.asking import Parts
from fellwatch.assessments.models import Assessment, Form
from fellwatch.records.models import Incident, IncidentPerson
from fellwatch.rules.forms import Asked

FORM, NOTICE, ARREST, SERVICE = "form_missing", "notice_missing", "arrest_attempt", "notice_service"
HERE = (FORM, NOTICE, ARREST)
RULES = (*HERE, SERVICE)
"""The clocks of missing work. An order waits for service under its own package's clock."""
FACTS = {FORM: "form.expected", NOTICE: "notice.expected", ARREST: "suspect.at_large"}
NOTICES = "notices_expected"
ACTION = "positive_action"
RISK = ("high", "medium", "standard")
KEYS = uuid.UUID("5b0c6c2e-7d1f-5a43-9b7e-666565640005")


@dataclass(frozen=True)
class Piece:
    """One piece of work. `about` keeps apart several within one incident; `facts` are what its clock asks."""

    rule: str
    about: uuid.UUID
    person_id: uuid.UUID
    instrument: str
    because: str
    is_there: bool
    facts: Mapping[str, str]


def key(incident_id: uuid.UUID, what: str, person_id: uuid.UUID) -> uuid.UUID:
    """Return what a piece of missing work is called, the same however often it is looked for."""
    return uuid.uuid5(KEYS, f"{incident_id}|{what}|{person_id}")


def pieces(incident: Incident) -> Iterator[Piece]:
    """Yield every piece of work the incident calls for, there or not. An incident that asks for none yields none."""
    written = list(Form.objects.filter(incident_id=incident.id))
    handed_in = {(one.instrument, one.person_id) for one in written if one.submitted_at}
    yield from _forms(incident, asking.parts_of(incident), handed_in)
    yield from _arrests(incident, written)


def at_first(incident: Incident, parts: Parts) -> Iterator[Piece]:
    """Yield the work that a new incident calls for: nothing has been written of it, so nobody's risk is graded."""
    yield from _forms(incident, parts, set())


def _forms(incident: Incident, parts: Parts, handed_in: set[tuple[str, uuid.UUID | None]]) -> Iterator[Piece]:
    for rule, asks in ((FORM, asking.AT_THE_DOOR), (NOTICE, NOTICES)):
        for one in asking.forms_asked(incident, asks, parts):
            if one.required:
                yield _form(incident, rule, one, handed_in)


def _form(incident: Incident, rule: str, one: Asked, handed_in: set[tuple[str, uuid.UUID | None]]) -> Piece:
    person = uuid.UUID(one.person)
    about = key(incident.id, one.instrument, person)
    is_there = (one.instrument, person) in handed_in
    return Piece(rule, about, person, one.instrument, one.reason, is_there, {})


def _arrests(incident: Incident, written: Sequence[Form]) -> Iterator[Piece]:
    """Yield the arrest of each suspect, where the abuse is domestic and somebody's risk has been graded."""
    graded = {one.specialist_grade or one.grade for one in written if one.submitted_at}
    risk = next((grade for grade in RISK if grade in graded), "")
    if not risk or asking.known(incident).get("domestic") != "yes":
        return
    arrested = _arrested(incident)
    suspects = IncidentPerson.objects.filter(incident_id=incident.id, role="suspect")
    for person in suspects.order_by("person_id").values_list("person_id", flat=True):
        reason = f"Graded {risk}: whoever puts them at risk is arrested, or it is tried."
        about = key(incident.id, ARREST, person)
        yield Piece(ARREST, about, person, ACTION, reason, person in arrested, {"risk": risk})


def _arrested(incident: Incident) -> set[uuid.UUID]:
    """Return whom the newest form on action says was arrested."""
    rows = Assessment.objects.filter(incident_id=incident.id, instrument=ACTION).order_by("number")
    said = {person: answers.get("arrested") for person, answers in rows.values_list("person_id", "answers")}
    return {person for person, answer in said.items() if person and answer == "yes"}
