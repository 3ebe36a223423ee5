"""The bank holidays of England and Wales, for every clock that stands still on one.

The list comes from the `holidays` library, which also names weekend days that no published list shows:
those keep their names, because courts disregard Christmas Day even on a Saturday, but are not holidays.
"""

from __future__ import annotations

from datetime import date
from functools import cache

import holidays

from fellwatch.rules.calendar_days import SATURDAY, Calendar

FIRST_YEAR, LAST_YEAR = 2000, 2045


@cache
def england_and_wales() -> Calendar:
    """Build the calendar, from the year 2000 to 2045; one-off holidays are those the library knows."""
    named = holidays.country_holidays("GB", subdiv="ENG", years=range(FIRST_YEAR, LAST_YEAR + 1))
    listed = frozenset(day for day in named if day.weekday() < SATURDAY)
    return Calendar(
        first_date=date(FIRST_YEAR, 1, 1),
        end_date=date(LAST_YEAR + 1, 1, 1),
        listed=listed,
        statutory=listed | {day for day in named if _is_saturday_boxing_day(day)},
        names={day: name.replace(" (observed)", " substitute day") for day, name in named.items()},
    )


def _is_saturday_boxing_day(day: date) -> bool:
    """26 December is a bank holiday unless a Sunday: Banking and Financial Dealings Act 1971, Sch 1."""
    return (day.month, day.day) == (12, 26) and day.weekday() == SATURDAY
