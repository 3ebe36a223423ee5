"""Contacts with the police as plain values, for rules that count them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")


@dataclass(frozen=True)
class Involved:
    """Somebody on a contact, in a role, with a date of birth where one is known."""

    person: str
    role: str
    born: date | None = None


@dataclass(frozen=True)
class Contact:
    """One contact with the police, as plain values. `occurred_at` must be aware."""

    id: str
    occurred_at: datetime
    phone: str = ""
    place: str = ""
    people: tuple[Involved, ...] = ()
    codes: frozenset[str] = frozenset()
    domestic: bool = False
    crime_or_asb: bool = False

    @property
    def day(self) -> date:
        return self.occurred_at.astimezone(LONDON).date()

    def having(self, roles: Iterable[str]) -> frozenset[str]:
        """Name the people on it in any of these roles; no roles named means everyone."""
        wanted = set(roles)
        return frozenset(one.person for one in self.people if not wanted or one.role in wanted)


@dataclass(frozen=True)
class Subject:
    """Whoever or whatever may be a repeat. `says_so` is a person's own belief that they are."""

    person: str = ""
    phone: str = ""
    place: str = ""
    says_so: bool = False


def read_contact(entry: object) -> Contact:
    """Read a contact from an example; TypeError says what does not fit."""
    data = dict(table(entry))
    people = tuple(Involved(**table(one)) for one in listed(data.pop("people", [])))
    codes = frozenset(str(code) for code in listed(data.pop("codes", [])))
    return Contact(people=people, codes=codes, **data)


def table(entry: object) -> dict[str, Any]:
    """Take a table from an example, or raise TypeError."""
    if not isinstance(entry, dict):
        raise TypeError(f"needs a table, not {entry!r}")
    return entry


def listed(entry: object) -> list[object]:
    """Take a list from an example, or raise TypeError."""
    if not isinstance(entry, list):
        raise TypeError(f"needs a list, not {entry!r}")
    return entry


def day(entry: object) -> date:
    """Take a date from an example, or raise TypeError."""
    if type(entry) is not date:
        raise TypeError(f"needs a date, not {entry!r}")
    return entry
