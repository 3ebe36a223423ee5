"""What can be chosen on the control room's pages, in the rulebook's words."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from fellwatch.contact import rulings
from fellwatch.foundation import clock
from fellwatch.rules.vocabulary import Code


@dataclass(frozen=True)
class Choice:
    """One choice."""

    code: str
    text: str


@dataclass(frozen=True)
class Group:
    """Choices under a heading."""

    text: str
    options: tuple[Choice, ...]


@dataclass(frozen=True)
class Choices:
    """Every list of the call screen."""

    channels: tuple[Choice, ...]
    opening_codes: tuple[Group, ...]
    qualifiers: tuple[Choice, ...]
    roles: tuple[Choice, ...]
    vulnerabilities: tuple[Group, ...]
    grades: tuple[Choice, ...]


YES_NO = (Choice("yes", "Yes"), Choice("no", "No"))
YES_NO_UNKNOWN = (*YES_NO, Choice("not_known", "Not known"))


def in_use(name: str, now: datetime) -> Iterator[Code]:
    """Yield the codes of a list that may be chosen now."""
    on = clock.london_date(now)
    return (code for code in rulings.codes(name, now).codes if code.in_use(on))


def choices(name: str, now: datetime) -> tuple[Choice, ...]:
    """Return a list's choices."""
    return tuple(Choice(code.code, code.label) for code in in_use(name, now))


def groups(name: str, now: datetime) -> tuple[Group, ...]:
    """Return a list's choices under its headings."""
    words = rulings.codes(name, now).groups
    found: dict[str, list[Choice]] = {}
    for code in in_use(name, now):
        found.setdefault(code.group, []).append(Choice(code.code, code.label))
    return tuple(Group(words.get(group, group), tuple(options)) for group, options in found.items())


def of_a_call(now: datetime) -> Choices:
    """Return every list of the call screen as it stands today."""
    return _of_day(clock.london(now).replace(hour=12, minute=0, second=0, microsecond=0))


@lru_cache(maxsize=4)
def _of_day(noon: datetime) -> Choices:
    return Choices(
        channels=choices("channels", noon),
        opening_codes=groups("nsir_opening", noon),
        qualifiers=choices("nsir_qualifiers", noon),
        roles=choices("person_roles", noon),
        vulnerabilities=groups("vulnerabilities", noon),
        grades=choices("grades", noon),
    )
