"""The years that clocks and machines take. A date outside them is a slip, and counting from it could not end well."""

from __future__ import annotations

from datetime import date

FIRST, LAST = 1900, 2199
WORDS = f"between {FIRST} and {LAST}"


class OutsideYears(ValueError):
    """A day or a time was given that no clock takes; the message says which are taken."""


def take(year: int) -> bool:
    """Say whether a year is one of those that are taken."""
    return FIRST <= year <= LAST


def check(when: date) -> None:
    """Object to a day, or a time as its own offset has it, outside the years that are taken."""
    if not take(when.year):
        raise OutsideYears(f"give dates {WORDS}")
