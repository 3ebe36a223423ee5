"""School years of the invented county: three terms in halves, with an inset day that differs from school to school."""

from collections.abc import Iterator
from datetime import date, timedelta

from fellwatch.safeguarding.encompass.values import NewSpell

WEEK = timedelta(days=7)
HALVES = (
    ("Autumn, first half", (9, 3), (10, 23)),
    ("Autumn, second half", (11, 2), (12, 18)),
    ("Spring, first half", (1, 4), (2, 12)),
    ("Spring, second half", (2, 22), (3, 26)),
    ("Summer, first half", (4, 12), (5, 21)),
    ("Summer, second half", (6, 1), (7, 21)),
)


def spells(today: date, number: int) -> Iterator[NewSpell]:
    """Yield the terms of the school year before, this one and the next, and the inset days of a school by number."""
    first = today.year if today.month >= 9 else today.year - 1
    for year in (first - 1, first, first + 1):
        for place, (name, begins, ends) in enumerate(HALVES):
            half = year if place < 2 else year + 1
            opens = _weekday(date(half, *begins))
            yield NewSpell("term", opens, _weekday(date(half, *ends)), name)
            if place % 2 == 0:
                inset = opens + timedelta(days=7 * (1 + number % 4))
                yield NewSpell("inset", inset, inset, "Inset day")


def _weekday(day: date) -> date:
    """Return the day, or the Monday after where it falls on a weekend."""
    return day + timedelta(days=(7 - day.weekday()) % 7 if day.weekday() > 4 else 0)
