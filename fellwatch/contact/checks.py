"""What must be right before a call can be stored: each problem beside its field, saying what to do."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta

from fellwatch.assessments.instruments import edition
from fellwatch.contact import rulings
from fellwatch.contact.values import Call
from fellwatch.foundation import clock
from fellwatch.rules import instruments, vocabulary
from fellwatch.rules.facts import DANGER_FACTS

LONGEST = 20_000
SLACK = timedelta(minutes=5)

Problem = tuple[str, str]


def problems(call: Call, *, now: datetime) -> Mapping[str, str]:
    """Return every problem by field; empty when the call may be stored."""
    found = (*_codes(call, now), *_times(call, now), *_words(call), *_people(call, now), *_answers(call, now))
    return dict(reversed(found))


def _codes(call: Call, now: datetime) -> Iterator[Problem]:
    if not _in_use("channels", call.channel, now):
        yield "channel", "Choose how the report arrived."
    if not _in_use("nsir_opening", call.opening_code, now):
        yield (
            "opening_code",
            "Choose what this is, from what was first said. It can change when it is closed.",
        )
    if any(not _in_use("nsir_qualifiers", code, now) for code in call.qualifiers):
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
    if "\x00" in call.summary:
        yield "summary", "This holds a character that cannot be stored. Paste it again as plain text."


def _people(call: Call, now: datetime) -> Iterator[Problem]:
    for person in call.people:
        if not _in_use("person_roles", person.role, now):
            yield "people", "Choose the part each person has in this."
        if person.person_id is None and (
            person.new is None or not (person.new.forenames or person.new.surname or person.new.phone)
        ):
            yield "people", "Say who this is: pick somebody found, or give a name."
        if any(not _in_use("vulnerabilities", code, now) for code in person.vulnerabilities):
            yield "vulnerabilities", "Choose vulnerabilities from the list."


def _answers(call: Call, now: datetime) -> Iterator[Problem]:
    if any(name not in DANGER_FACTS for name in call.dangers):
        yield "dangers", "One of the quick questions is not known."
    instrument = edition("thrive", clock.london_date(now)).instrument
    for problem in instruments.validate(instrument, call.thrive):
        yield f"thrive.{problem.question}", f"{problem.what} {problem.do}"
