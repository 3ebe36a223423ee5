"""What is wrong with what was typed, beside its field."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from fellwatch.assessments.values import Invalid
from fellwatch.foundation import clock, plain, policy
from fellwatch.rules import vocabulary
from fellwatch.rules.vocabulary import Vocabulary

LONGEST = 2000
AHEAD = timedelta(minutes=5)
"""How far a watch may be ahead of the server's before a time is refused as not yet come."""


def words(field: str, said: str, do: str, longest: int = LONGEST) -> dict[str, str]:
    """Return what is wrong with words that are needed."""
    wrong = plain.needed(said, do, longest)
    return {field: wrong} if wrong else {}


def short(field: str, said: str, longest: int = LONGEST) -> dict[str, str]:
    """Return what is wrong with words that may be left out."""
    wrong = plain.problem(said, longest)
    return {field: wrong} if wrong else {}


def moment(field: str, at: datetime | None, now: datetime, do: str) -> dict[str, str]:
    """Return what is wrong with a moment that is needed and must have come."""
    if at is None:
        return {field: do}
    return {field: "This is still to come. Give the time it happened."} if at > now + AHEAD else {}


def code(field: str, name: str, given: str, on: datetime, do: str) -> dict[str, str]:
    """Return what is wrong with a code from a list."""
    found = vocabulary.find(codes(name, on), given)
    return {} if found and found.in_use(clock.london_date(on)) else {field: do}


def codes(name: str, on: datetime) -> Vocabulary:
    """Return a list of codes as it stood on a day."""
    return policy.parsed(name, clock.london_date(on), Vocabulary)


def label(name: str, given: str, on: datetime) -> str:
    """Return a code's words."""
    return vocabulary.label(codes(name, on), given)


def stop(*problems: dict[str, str]) -> None:
    """Raise Invalid with every problem found, if there is one."""
    found: dict[str, str] = {}
    for one in problems:
        found |= one
    if found:
        raise Invalid(found)


def listed(given: Iterable[str]) -> list[str]:
    """Return what was said, without what was left empty."""
    return [one.strip() for one in given if one.strip()]
