"""What must be right before anything can be stored: each problem beside its field, saying what to do."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta

from fellwatch.assessments.instruments import edition
from fellwatch.contact import prompts, rulings
from fellwatch.contact.values import Call, DraftPerson, Invalid, Reassessment
from fellwatch.foundation import clock, plain
from fellwatch.records.actions import NewPerson, NewPlace
from fellwatch.records.values import PartialDate
from fellwatch.rules import instruments, vocabulary
from fellwatch.rules.facts import DANGER_FACTS

LONGEST = 20_000
LONGEST_ADVICE = 8_000
LONGEST_LINE = 2_000
LONGEST_NAME = 200
LONGEST_NUMBER = 40
PLACE = {"flat": 30, "house": 60, "street": 300, "town": 100, "postcode": 10, "described": 300}
MOST_CODES = 60
MOST_PEOPLE = 40
SEXES = ("female", "male", "other", "unknown")
ANSWERS = ("yes", "no", "not_known", "")
SLACK = timedelta(minutes=5)
NO_YEAR = "Give the year as well, or an age such as ‘age 35’."

Problem = tuple[str, str]


def problems(call: Call, *, now: datetime) -> Mapping[str, str]:
    """Return every problem by field; empty when the call may be stored."""
    found = (
        *_codes(call, now),
        *_times(call, now),
        *_words(call),
        *_place(call.place),
        *_people(call, now),
        *_answers(call.dangers, call.thrive, now),
    )
    return dict(reversed(found))


def look_problems(look: Reassessment, *, now: datetime) -> Mapping[str, str]:
    """Return every problem of a second look by field; empty when it may be weighed."""
    return dict(reversed((*_look_codes(look, now), *_look_words(look), *_answers(look.dangers, look.thrive, now))))


def words_problem(text: str, longest: int = LONGEST) -> str:
    """Say what is wrong with words that are to be stored, and what to do; "" where nothing is."""
    return plain.problem(text, longest)


def require_words(text: str, field: str, missing: str, longest: int = LONGEST) -> None:
    """Raise Invalid beside the field unless there are words, and they can be stored."""
    problem = words_problem(text, longest) or ("" if text.strip() else missing)
    if problem:
        raise Invalid({field: problem})


def born_problem(born: PartialDate) -> str:
    """Say what is wrong with a date of birth; a day and month without a year cannot be kept."""
    return NO_YEAR if born.month and not born.year else ""


def _look_codes(look: Reassessment, now: datetime) -> Iterator[Problem]:
    if vocabulary.find(rulings.codes("regrade_triggers", now), look.trigger) is None:
        yield "trigger", "Choose what made you look again."
    if look.grade and not _in_use("grades", look.grade, now):
        yield "grade", "Choose one of the grades."
    if look.reason_code and vocabulary.find(rulings.codes("downgrade_reasons", now), look.reason_code) is None:
        yield "reason_code", "Choose the reason for lowering the grade."


def _look_words(look: Reassessment) -> Iterator[Problem]:
    for name, text in (("rationale", look.rationale), ("said", look.said)):
        if problem := words_problem(text, LONGEST_LINE):
            yield name, problem


def _codes(call: Call, now: datetime) -> Iterator[Problem]:
    if not _in_use("channels", call.channel, now):
        yield "channel", "Choose how the report arrived."
    if not _in_use("nsir_opening", call.opening_code, now):
        yield (
            "opening_code",
            "Choose what this is, from what was first said. It can change when it is closed.",
        )
    if len(call.qualifiers) > MOST_CODES or any(not _in_use("nsir_qualifiers", c, now) for c in call.qualifiers):
        yield "qualifiers", "Choose qualifiers from the list."
    if call.grade and not _in_use("grades", call.grade, now):
        yield "grade", "Choose one of the grades."


def _in_use(name: str, code: str, now: datetime) -> bool:
    found = vocabulary.find(rulings.codes(name, now), code)
    return found is not None and found.in_use(clock.london_date(now))


def _times(call: Call, now: datetime) -> Iterator[Problem]:
    if call.received_at > now + SLACK:
        yield "received_at", "This time is in the future. Give the time at which the call came in."
    if call.occurred_at and call.occurred_at > now + SLACK:
        yield "occurred_at", "This time is in the future. Leave it empty if it is happening now."


def _words(call: Call) -> Iterator[Problem]:
    if len(call.summary) > LONGEST:
        yield (
            "summary",
            f"This is {len(call.summary):,} characters; keep it to {LONGEST:,} and attach the rest.",
        )
    elif not plain.storable(call.summary):
        yield "summary", plain.REFUSED
    for name, text, longest in (
        ("grade_reason", call.grade_reason, LONGEST_LINE),
        ("caller_number", call.caller_number, LONGEST_NUMBER),
        ("reference", call.reference, LONGEST_NAME),
    ):
        if problem := words_problem(text, longest):
            yield name, problem


def _place(place: NewPlace | None) -> Iterator[Problem]:
    """Yield what is wrong with an address, beside the one field that pages have for it, or the postcode's."""
    for name, longest in PLACE.items() if place else ():
        if problem := words_problem(getattr(place, name), longest):
            yield ("postcode" if name == "postcode" else "address"), problem


def _people(call: Call, now: datetime) -> Iterator[Problem]:
    if len(call.people) > MOST_PEOPLE:
        yield "people", f"These are {len(call.people)} people; name {MOST_PEOPLE} and write the rest in the summary."
    for n, person in enumerate(call.people[:MOST_PEOPLE]):
        if not _in_use("person_roles", person.role, now):
            yield "people", "Choose the part each person has in this."
        if person.person_id is None and (
            person.new is None or not (person.new.forenames or person.new.surname or person.new.phone)
        ):
            yield "people", "Say who this is: pick somebody found, or give a name."
        if len(person.vulnerabilities) > MOST_CODES or any(
            not _in_use("vulnerabilities", code, now) for code in person.vulnerabilities
        ):
            yield "vulnerabilities", "Choose vulnerabilities from the list."
        yield from ((f"people.{n}.{name}", words) for name, words in _person(person))
        yield from ((f"people.{n}.prompt-{name}", words) for name, words in _prompts(person, now))


def _person(person: DraftPerson) -> Iterator[Problem]:
    if problem := words_problem(person.said, LONGEST_NAME):
        yield "said", problem
    if person.new:
        yield from _new(person.new)


def _prompts(person: DraftPerson, now: datetime) -> Iterator[Problem]:
    if person.prompts:
        yield from prompts.problems(person.vulnerabilities, person.prompts, clock.london_date(now)).items()
        yield from ((name, plain.REFUSED) for name, said in person.prompts.items() if not plain.storable(str(said)))


def _new(new: NewPerson) -> Iterator[Problem]:
    for name, text, longest in (
        ("forenames", new.forenames, LONGEST_NAME),
        ("surname", new.surname, LONGEST_NAME),
        ("phone", new.phone, LONGEST_NUMBER),
    ):
        if problem := words_problem(text, longest):
            yield name, problem
    if new.sex not in SEXES:
        yield "sex", "Choose female, male, other or unknown."
    if problem := born_problem(new.born):
        yield "date_of_birth", problem


def _answers(dangers: Mapping[str, str], thrive: Mapping[str, object], now: datetime) -> Iterator[Problem]:
    if any(name not in DANGER_FACTS or answer not in ANSWERS for name, answer in dangers.items()):
        yield "dangers", "One of the quick questions is not known, or not answered by yes, no or not known."
    instrument = edition("thrive", clock.london_date(now)).instrument
    for problem in instruments.validate(instrument, thrive):
        yield f"thrive.{problem.question}", f"{problem.what} {problem.do}"
    for name, answer in thrive.items():
        if isinstance(answer, str) and not plain.storable(answer):
            yield f"thrive.{name}", plain.REFUSED
