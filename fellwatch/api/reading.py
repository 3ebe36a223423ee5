"""Read what a machine sent into what actions take, by the readers that the pages use, with their words."""

import uuid
from collections.abc import Iterator
from datetime import datetime

from fellwatch.api.shapes.incidents import GivenCall, GivenGrading, GivenPerson, GivenPlace
from fellwatch.contact import checks
from fellwatch.contact.pages import reading as pages
from fellwatch.contact.pages.typed import Typed
from fellwatch.contact.values import Call, DraftPerson, Invalid, Reassessment
from fellwatch.foundation import clock
from fellwatch.recognition import dates, phones
from fellwatch.recognition.typed import Trouble
from fellwatch.records.actions import NewPerson, NewPlace
from fellwatch.records.geography import postcodes
from fellwatch.records.values import PartialDate, split_name

Problem = tuple[str, str]


def call(id: uuid.UUID, given: GivenCall, *, now: datetime) -> Call:
    """Return the call that was sent. Raises Invalid with every field that cannot be read."""
    problems = dict(_problems(given, now))
    if problems:
        raise Invalid(problems)
    return Call(
        id=id,
        channel=given.channel,
        opening_code=given.opening_code,
        received_at=given.received_at,
        occurred_at=given.occurred_at,
        summary=given.summary,
        qualifiers=tuple(given.qualifiers),
        caller_number=_phone(given.caller_number),
        place_id=given.place_id,
        place=_place(given.place) if given.place else None,
        people=tuple(_person(person, now) for person in given.people),
        dangers=given.dangers,
        thrive=given.thrive,
        grade=given.grade or "",
        grade_reason=given.grade_reason,
    )


def grading(incident_id: uuid.UUID, id: uuid.UUID, given: GivenGrading) -> Reassessment:
    """Return the second look that was sent."""
    return Reassessment(
        incident_id=incident_id,
        id=id,
        seen=given.seen,
        trigger=given.trigger,
        grade=given.grade or "",
        reason_code=given.reason_code or "",
        rationale=given.rationale,
        dangers=given.dangers,
        thrive=given.thrive,
        said=given.said,
    )


def _problems(given: GivenCall, now: datetime) -> Iterator[Problem]:
    if isinstance(number := phones.read(given.caller_number), Trouble):
        yield "caller_number", number.message
    if given.place and given.place.postcode:
        read = postcodes.parse(given.place.postcode)
        if isinstance(read, postcodes.Problem):
            yield "place.postcode", str(read)
    for n, person in enumerate(given.people):
        if isinstance(phone := phones.read(person.phone), Trouble):
            yield f"people.{n}.phone", phone.message
        yield from _birth_problems(f"people.{n}.date_of_birth", person, now)


def _birth_problems(field: str, person: GivenPerson, now: datetime) -> Iterator[Problem]:
    born = dates.read(person.date_of_birth, today=clock.london_date(now))
    if problem := born.message if isinstance(born, Trouble) else checks.born_problem(born):
        yield field, problem


def _phone(said: str) -> str:
    number = phones.read(said)
    return number if isinstance(number, str) else ""


def _place(given: GivenPlace) -> NewPlace | None:
    if given.address:
        return pages.place(Typed({"address": [given.address], "postcode": [given.postcode]}))
    split = (given.flat, given.house, given.street, given.town, given.postcode, given.described)
    if not any(split):
        return None
    code = str(postcodes.parse(given.postcode)) if given.postcode else ""
    return NewPlace(given.flat, given.house, given.street, given.town, code, given.described)


def _person(given: GivenPerson, now: datetime) -> DraftPerson:
    new = None if given.person_id else _new(given, now)
    return DraftPerson(
        given.role, given.person_id, new, tuple(given.vulnerabilities), given.lives_here, said=given.said
    )


def _new(given: GivenPerson, now: datetime) -> NewPerson:
    forenames, surname = split_name(given.name) if given.name else (given.forenames, given.surname)
    born = dates.read(given.date_of_birth, today=clock.london_date(now))
    return NewPerson(
        forenames=forenames.strip(),
        surname=surname.strip(),
        born=PartialDate(born.year, born.month, born.day) if isinstance(born, PartialDate) else PartialDate(),
        sex=given.sex,
        phone=_phone(given.phone),
    )
