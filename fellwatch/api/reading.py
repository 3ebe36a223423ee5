"""Read what a machine sent into what actions take, by the readers that the pages use, with their words."""

import uuid
from collections.abc import Iterator
from datetime import datetime

from fellwatch.api.shapes.incidents import GivenCall, GivenGrading, GivenPerson, GivenPlace
from fellwatch.contact import checks, queries, rulings
from fellwatch.contact.access import GRADE, LOG
from fellwatch.contact.actions.grades import Reassessment
from fellwatch.contact.pages import reading as pages
from fellwatch.contact.pages.typed import Typed
from fellwatch.contact.values import Call, DraftPerson, Invalid
from fellwatch.foundation import access, clock
from fellwatch.foundation.access import Actor
from fellwatch.recognition import dates, phones
from fellwatch.recognition.typed import Trouble
from fellwatch.records import queries as records
from fellwatch.records.actions import NewPerson, NewPlace
from fellwatch.records.geography import postcodes
from fellwatch.records.queries import Missing
from fellwatch.records.values import PartialDate, split_name
from fellwatch.rules import vocabulary

Problem = tuple[str, str]
LOOKED_AT = ("grade", "dangers")


def call(id: uuid.UUID, given: GivenCall, *, by: Actor, now: datetime) -> Call:
    """Return the call that was sent. Raises Invalid with every field that cannot be read."""
    access.check(by, LOG)
    problems = dict((*_problems(given, now), *_unknown(given, by=by, now=now)))
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


def grading(incident_id: uuid.UUID, id: uuid.UUID, given: GivenGrading, *, by: Actor, now: datetime) -> Reassessment:
    """Return the second look that was sent. Raises Invalid with every field that cannot stand."""
    access.check(by, GRADE, subject=("incident", str(incident_id)))
    if problems := dict(_grading_problems(given, now)):
        raise Invalid(problems)
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


def _grading_problems(given: GivenGrading, now: datetime) -> Iterator[Problem]:
    """Hold a second look's codes and answers to what the first look's are held to."""
    as_call = Call("", "", now, grade=given.grade or "", dangers=given.dangers, thrive=given.thrive)
    found = checks.problems(as_call, now=now).items()
    yield from ((name, words) for name, words in found if name in LOOKED_AT or name.startswith("thrive."))
    if vocabulary.find(rulings.codes("regrade_triggers", now), given.trigger) is None:
        yield "trigger", "Choose what made you look again."
    if given.reason_code and vocabulary.find(rulings.codes("downgrade_reasons", now), given.reason_code) is None:
        yield "reason_code", "Choose the reason for lowering the grade."


def known(incident_id: uuid.UUID, *, by: Actor) -> None:
    """Raise Missing unless this actor may know of the incident: the same answer for none and for a hidden one."""
    if not queries.may_know(incident_id, by=by):
        raise Missing("There is no such incident, or the record is restricted.")


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
    if isinstance(born, Trouble):
        yield field, born.message
    elif born.month and not born.year:
        yield field, "Give the year as well, or an age such as ‘age 35’."


def _unknown(given: GivenCall, *, by: Actor, now: datetime) -> Iterator[Problem]:
    """Find ids of people and places that this actor cannot know: none such may be tied to an incident."""
    asked = [person.person_id for person in given.people if person.person_id]
    found = records.people(asked, by=by, now=now, because="contact.call_people_read") if asked else {}
    for n, person in enumerate(given.people):
        if person.person_id and person.person_id not in found:
            yield f"people.{n}.person_id", "There is no such person, or the record is restricted."
    if given.place_id:
        try:
            records.place(given.place_id, by=by, now=now)
        except Missing as missing:
            yield "place_id", str(missing)


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
