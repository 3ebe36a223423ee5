"""Do by actions what a generated batch says happened, and hold the two apart. Needs Django to be ready."""

import json
import uuid
from collections.abc import Iterable

from django.db.models import Model
from django.db.models.fields import NOT_PROVIDED

from fellwatch.assessments.models import Assessment
from fellwatch.contact import actions as contact
from fellwatch.contact.models import Grading, Handling, LogLine
from fellwatch.contact.values import Call, DraftPerson
from fellwatch.demonstration import ruling, shape
from fellwatch.demonstration.county import county
from fellwatch.demonstration.rows import (
    AssessmentRow,
    Batch,
    GradingRow,
    HandlingRow,
    IncidentRow,
    LogLineRow,
    NameRow,
    PartRow,
    PersonRow,
    PhoneRow,
    PlaceRow,
    PostcodeRow,
)
from fellwatch.foundation import access
from fellwatch.foundation.access import Actor
from fellwatch.records import actions as records
from fellwatch.records.models import Incident, IncidentPerson, Person, PersonName, PersonPhone, Place, Postcode
from fellwatch.records.values import PartialDate
from tests.demonstration.small import NOW, SETTING

DIFFERENT = {"id", "created_by", "closed_by", "by_id", "by_name", "by_role", "last_known_date"}
"""Identifiers, and who did it: the county's call takers are invented, the test's is Alice."""


def generated() -> Batch:
    """Return a batch of people with the rulebook's own rulings."""
    batches = county(shape.at(0.01), SETTING, ruling.ruler(NOW)).batches()
    next(batches)
    return next(batches)


def as_stored(model: type[Model], row: tuple[object, ...]) -> dict[str, object]:
    """Return a generated row as Django would read it back."""
    found = {}
    for column, value in row._asdict().items():  # type: ignore[attr-defined]
        field = model._meta.get_field(column.removesuffix("_id") if column != "by_id" else column)
        if field.get_internal_type() == "JSONField":
            value = json.loads(str(value))
        elif isinstance(value, str) and field.get_internal_type() in {"UUIDField", "ForeignKey", "OneToOneField"}:
            value = uuid.UUID(value)
        found[column] = value
    return found


def kept_there(model: type[Model]) -> set[str]:
    """Return the columns that the database fills itself, whoever adds the row."""
    fields = model._meta.concrete_fields
    return {field.column for field in fields if field.generated or field.db_default is not NOT_PROVIDED}


def same(
    model: type[Model], generated: Iterable[tuple[object, ...]], besides: Iterable[str] = (), **where: object
) -> int:
    """Hold generated rows equal to those stored, whatever their order; return how many there were."""
    apart = DIFFERENT | kept_there(model) | set(besides)
    wanted = [without(as_stored(model, row), apart) for row in generated]
    found = [without(row, apart) for row in model._default_manager.filter(**where).values()]
    assert sorted(found, key=repr) == sorted(wanted, key=repr)
    return len(found)


def without(row: dict[str, object], columns: Iterable[str]) -> dict[str, object]:
    return {column: value for column, value in row.items() if column not in columns}


def replay(batch: Batch, incident: IncidentRow, *, system: Actor, alice: Actor) -> None:
    """Do by actions what the batch says happened."""
    place = next(row for row in batch.rows[PlaceRow] if row[0] == incident.place_id)
    assert isinstance(place, PlaceRow)
    code = next(row for row in batch.rows[PostcodeRow] if row[0] == place.postcode)
    with access.acting(system):
        Postcode.objects.get_or_create(postcode=place.postcode, defaults=code._asdict())  # type: ignore[attr-defined]
        Place.objects.get_or_create(id=place.id, defaults=place._asdict())
    parts = [row for row in batch.rows[PartRow] if isinstance(row, PartRow) and row.incident_id == incident.id]
    for person_id in {part.person_id for part in parts}:
        introduce(batch, person_id, alice)
    handling = next(row for row in batch.rows[HandlingRow] if row[0] == incident.id)
    assert isinstance(handling, HandlingRow)
    log(batch, incident, parts, handling, alice)


def introduce(batch: Batch, person_id: str, alice: Actor) -> None:
    person = next(row for row in batch.rows[PersonRow] if row[0] == person_id)
    names = [row for row in batch.rows[NameRow] if isinstance(row, NameRow) and row.person_id == person_id]
    assert isinstance(person, PersonRow)
    current = next(name for name in names if name.kind == "current")
    records.add_person(
        records.NewPerson(
            id=uuid.UUID(person_id), forenames=current.forenames, surname=current.surname, sex=person.sex,
            born=PartialDate(person.birth_year, person.birth_month, person.birth_day), kind="current",
            source=current.source,
        ),
        by=alice, now=person.created_at,
    )  # fmt: skip
    for name in names:
        records.add_name(
            uuid.UUID(person_id), forenames=name.forenames, surname=name.surname, kind=name.kind, source=name.source,
            by=alice,
        )  # fmt: skip
    for phone in batch.rows[PhoneRow]:
        if isinstance(phone, PhoneRow) and phone.person_id == person_id:
            records.add_phone(
                uuid.UUID(person_id), phone.number, by=alice, on=phone.last_known_date, source=phone.source
            )


def log(batch: Batch, incident: IncidentRow, parts: list[PartRow], handling: HandlingRow, alice: Actor) -> None:
    incident_id = uuid.UUID(incident.id)
    form = next(row for row in batch.rows[AssessmentRow] if row[4] == incident.id)
    assert isinstance(form, AssessmentRow)
    contact.log_incident(
        Call(
            id=incident_id, channel=incident.channel, opening_code=incident.opening_code,
            received_at=incident.received_at, occurred_at=incident.occurred_at, summary=incident.summary,
            qualifiers=tuple(incident.opening_qualifiers), caller_number=incident.caller_number,
            place_id=uuid.UUID(str(incident.place_id)), reference=incident.reference,
            dangers=json.loads(handling.dangers), thrive=json.loads(form.answers),
            people=tuple(
                DraftPerson(part.role, uuid.UUID(part.person_id), vulnerabilities=tuple(part.vulnerabilities))
                for part in parts
            ),
        ),
        by=alice, now=incident.created_at,
    )  # fmt: skip
    if handling.assigned_at and handling.arrived_at:
        contact.assign(incident_id, handling.unit, by=alice, now=handling.assigned_at)
        contact.arrive(incident_id, by=alice, now=handling.arrived_at)
    assert incident.closed_at is not None
    contact.close(
        incident_id, by=alice, now=incident.closed_at, result=incident.result, closing_codes=incident.closing_codes,
        closing_qualifiers=incident.closing_qualifiers, elsewhere=True,
    )  # fmt: skip


def of(batch: Batch, kind: type, incident: IncidentRow) -> list[tuple[object, ...]]:
    return [row for row in batch.rows[kind] if row.incident_id == incident.id]  # type: ignore[attr-defined]


def hold_incident(code: str, *, alice: Actor, system: Actor) -> None:
    """Replay one incident of a kind and hold every row of it equal."""
    batch = generated()
    incident = next(row for row in batch.rows[IncidentRow] if row[10] == code)
    assert isinstance(incident, IncidentRow)
    replay(batch, incident, system=system, alice=alice)
    with access.acting(alice):
        assert same(Incident, [incident], id=incident.id) == 1
        same(IncidentPerson, of(batch, PartRow, incident), incident_id=incident.id)
        for model, kind in ((Handling, HandlingRow), (Grading, GradingRow), (Assessment, AssessmentRow)):
            assert same(model, of(batch, kind, incident), incident_id=incident.id) == 1
        assert same(LogLine, of(batch, LogLineRow, incident), incident_id=incident.id) >= 2


def hold_people(*, alice: Actor) -> None:
    """Add some of the people and hold their rows equal."""
    batch = generated()
    for person in batch.rows[PersonRow][:25]:
        introduce(batch, str(person[0]), alice)
        names = [row for row in batch.rows[NameRow] if row[1] == person[0]]
        phones = [row for row in batch.rows[PhoneRow] if row[1] == person[0]]
        with access.acting(alice):
            assert same(Person, [person], id=person[0]) == 1
            # Actions do not yet say until when a former name was borne.
            assert same(PersonName, names, besides=["to_date"], person_id=person[0]) == len(names)
            assert same(PersonPhone, phones, person_id=person[0]) == len(phones)


def hold_place(*, alice: Actor, system: Actor) -> None:
    """Give an address on a call and hold the place it makes equal."""
    batch = generated()
    place = batch.rows[PlaceRow][0]
    assert isinstance(place, PlaceRow)
    code = next(row for row in batch.rows[PostcodeRow] if row[0] == place.postcode)
    with access.acting(system):
        Postcode.objects.create(**code._asdict())  # type: ignore[attr-defined]
    new = records.NewPlace(
        flat=place.flat, house=place.house, street=place.street, town=place.town, postcode=place.postcode
    )
    found = records.place_for(new, by=alice)
    with access.acting(alice):
        # A call knows the middle of the postcode; the county knows each house.
        assert same(Place, [place], besides=["latitude", "longitude"], id=found) == 1
