"""Read a typed call into a call that can be stored, finding every problem beside its field."""

import uuid
from collections.abc import Iterator
from datetime import datetime

from fellwatch.assessments.instruments import edition
from fellwatch.contact import checks, prompts
from fellwatch.contact.pages.typed import Typed, TypedPerson
from fellwatch.contact.values import Call, DraftPerson
from fellwatch.foundation import clock, plain
from fellwatch.recognition import addresses, dates, phones
from fellwatch.recognition.typed import Trouble
from fellwatch.records.actions import NewPerson, NewPlace
from fellwatch.records.geography import postcodes
from fellwatch.records.values import PartialDate, split_name
from fellwatch.rules.facts import DANGER_FACTS
from fellwatch.rules.instruments import CONSIDERED_NONE, QuestionKind

CALLER_IS = {"caller", "victim"}
CHECKED_BY_LOOKING = ["incidents", "markers", "children"]


def problems(typed: Typed, *, now: datetime) -> dict[str, str]:
    """Return what cannot be read, by field. The words typed stay where they are."""
    found = {
        "caller_number": phones.read(typed.get("caller_number")),
        "caller_born": dates.read(typed.get("caller_born"), today=clock.london_date(now)),
    }
    said = {field: trouble.message for field, trouble in found.items() if isinstance(trouble, Trouble)}
    for field in ("postcode", "caller_home"):
        read = postcodes.parse(typed.get(field)) if typed.get(field) else None
        if isinstance(read, postcodes.Problem):
            said[field] = str(read)
    return {**said, **_unreadable(typed, now), **_prompts(typed, now)}


def _prompts(typed: Typed, now: datetime) -> dict[str, str]:
    """Return what is wrong with the answers to somebody's vulnerabilities, beside each."""
    return {
        f"person-{n}-prompt-{question}": words
        for n, row in enumerate(typed.people)
        for question, words in prompts.problems(row.vulnerabilities, row.prompts, clock.london_date(now)).items()
    }


def _unreadable(typed: Typed, now: datetime) -> dict[str, str]:
    """Return what is too long, or holds what cannot be kept, or is half a date, by field."""
    born = dates.read(typed.get("caller_born"), today=clock.london_date(now))
    names = max((row.name for row in typed.people), key=len, default="")
    said = {
        "caller_name": checks.words_problem(typed.get("caller_name"), checks.LONGEST_NAME),
        "address": checks.words_problem(typed.get("address"), checks.PLACE["street"]),
        "people": checks.words_problem(names, checks.LONGEST_NAME),
        "caller_born": "" if isinstance(born, Trouble) else checks.born_problem(born) or _age_or_year(typed, born),
    }
    strange = {_home(name) for name in typed.fields if not all(map(plain.storable, typed.all(name)))}
    return {field: words for field, words in said.items() if words} | dict.fromkeys(strange, plain.REFUSED)


def _age_or_year(typed: Typed, born: PartialDate) -> str:
    """Ask what two bare digits are before they are stored: a caller of 35 is no caller of 91."""
    said = typed.get("caller_born").strip()
    two = len(said) == 2 and said.isdecimal()
    return f"Is {said} an age or a year? Write ‘age {said}’ or {born.year}." if two else ""


def _home(name: str) -> str:
    """Return the field beside which to tell: rows of people are told together."""
    return "people" if name.startswith("person-") else name


def call(typed: Typed, *, id: uuid.UUID, received_at: datetime, now: datetime) -> Call:
    """Return the call as far as it can be read."""
    number = phones.read(typed.get("caller_number"))
    return Call(
        id=id,
        channel=typed.get("channel", "999"),
        opening_code=typed.get("opening_code"),
        received_at=received_at,
        summary=typed.get("summary"),
        qualifiers=typed.all("qualifiers"),
        caller_number=number if isinstance(number, str) else "",
        place=place(typed),
        people=tuple(_people(typed, now)),
        dangers={code: typed.get(f"danger-{code}") for code in DANGER_FACTS if typed.get(f"danger-{code}")},
        thrive=thrive(typed, now=now),
        grade=typed.get("grade"),
        grade_reason=typed.get("grade_reason"),
    )


def place(typed: Typed) -> NewPlace | None:
    """Read where it is: an address, or what they can see."""
    text, postcode = typed.get("address"), typed.get("postcode")
    if not (text or postcode):
        return None
    read = addresses.read(text)
    parsed = postcodes.parse(postcode or read.postcode or text)
    code = str(parsed) if isinstance(parsed, postcodes.Postcode) and (postcode or read.postcode) else ""
    street = read.street.title() if read.house else ""
    _, _, rest = text.partition(",")
    return NewPlace(
        flat=read.flat,
        house=read.house.upper() if read.house.isalnum() else read.house.title(),
        street=street,
        town=rest.split(",")[-1].strip() if rest else "",
        postcode=code,
        described="" if street else text,
    )


def thrive(typed: Typed, *, now: datetime) -> dict[str, object]:
    """Read the answers of THRIVE; an element ticked "considered, none" is answered so."""
    answers: dict[str, object] = {}
    for question in edition("thrive", clock.london_date(now)).instrument.questions:
        given = typed.get(question.id) or typed.get(f"thrive-{question.id}")
        if given:
            answers[question.id] = given
        elif question.kind is QuestionKind.TEXT_OR_NONE and typed.get(f"none-{question.id}"):
            answers[question.id] = CONSIDERED_NONE
    if answers:
        answers["systems_checked"] = CHECKED_BY_LOOKING if _looked(typed) else ["not_checked"]
    return answers


def _looked(typed: Typed) -> bool:
    """Say whether there was anything to look up: without a name, a number and a place nothing was checked."""
    said = any(typed.get(field) for field in ("caller_name", "caller_number", "address", "postcode"))
    return said or any(row.person_id or row.name for row in typed.people)


def _people(typed: Typed, now: datetime) -> Iterator[DraftPerson]:
    rows = [row for row in typed.people if row.person_id or row.name]
    said = typed.get("caller_name")
    known_caller = any(row.person_id and row.role in CALLER_IS for row in rows)
    if said and not known_caller and not any(row.role == "caller" for row in rows):
        yield DraftPerson("caller", new=_new(said, typed, now), home=_caller_home(typed))
    for row in rows:
        yield _person(row, said, typed, now)


def _person(row: TypedPerson, said: str, typed: Typed, now: datetime) -> DraftPerson:
    if row.person_id:
        return DraftPerson(
            row.role,
            person_id=row.person_id,
            vulnerabilities=row.vulnerabilities,
            prompts=row.prompts,
            said=said if row.role in CALLER_IS and said.casefold() != row.name.casefold() else "",
        )
    if row.role == "caller":
        new = _new(row.name, typed, now)
        home = _caller_home(typed)
        return DraftPerson(row.role, new=new, vulnerabilities=row.vulnerabilities, prompts=row.prompts, home=home)
    forenames, surname = split_name(row.name)
    new = NewPerson(forenames=forenames, surname=surname)
    return DraftPerson(row.role, new=new, vulnerabilities=row.vulnerabilities, prompts=row.prompts)


def _caller_home(typed: Typed) -> str:
    """Return the caller's home postcode as it is written; part of one is enough for the force."""
    read = postcodes.parse(typed.get("caller_home"))
    return str(read) if isinstance(read, postcodes.Postcode) else ""


def _new(said: str, typed: Typed, now: datetime) -> NewPerson:
    forenames, surname = split_name(said)
    born = dates.read(typed.get("caller_born"), today=clock.london_date(now))
    number = phones.read(typed.get("caller_number"))
    return NewPerson(
        forenames=forenames,
        surname=surname,
        phone=number if isinstance(number, str) else "",
        born=PartialDate(born.year, born.month, born.day) if isinstance(born, PartialDate) else PartialDate(),
    )
