"""A school's own days as the clock takes them, and by when it must know.

Where no calendar is held, or it has run out, the next working day is taken: never too late.
"""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.conf import settings

from fellwatch.duties import reckoning
from fellwatch.foundation import clock
from fellwatch.rules.calendar_days import SATURDAY
from fellwatch.safeguarding.encompass.models import Establishment, SchoolDays

CLOCK = "encompass_notification"
LOOK_AHEAD = timedelta(days=150)
LOOK_BACK = timedelta(days=3)
ASSUMED_START = time(8, 30)
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Spell:
    """Days from `first` until but not on `end`; `meets` where there is school."""

    first: date
    end: date
    meets: bool


@dataclass(frozen=True)
class Deadline:
    """The start of the school day before which the school must know, and what is to be known of how it was found."""

    due_at: datetime
    working: tuple[str, ...]
    doubt: str = ""


def school_days(spells: Iterable[Spell], first: date, end: date) -> tuple[date, ...]:
    """Return the weekdays between two days, the second left out, on which a school meets."""
    every = list(spells)
    term = [spell for spell in every if spell.meets]
    shut = [spell for spell in every if not spell.meets]
    days = (first + timedelta(days=n) for n in range((end - first).days))
    return tuple(day for day in days if day.weekday() < SATURDAY and _in(day, term) and not _in(day, shut))


def as_fact(days: Sequence[date], starts: time) -> str:
    """Write school days as a rule's fact reads them: "2026-10-12..2026-10-16,2026-10-19@08:45"; "" for none."""
    return f"{','.join(_runs(days))}@{starts:%H:%M}" if days else ""


def deadline(establishment: Establishment | None, at: datetime) -> Deadline:
    """Return by when an establishment must know of what the police came to know `at`, counted from no earlier."""
    facts = _facts(establishment, at)
    found = reckoning.one(CLOCK, at=at, facts={"setting": "school", **facts})
    if found and found.due_at:
        doubt = "" if facts else _no_calendar(establishment)
        return Deadline(found.due_at, found.working, doubt)
    again = reckoning.one(CLOCK, at=at, facts={"setting": "school"})
    assert again is not None
    assert again.due_at is not None
    words = "Its term calendar has run out: the next working day is taken. Add the next term."
    return Deadline(again.due_at, again.working, words)


def facts_of(establishment: Establishment | None, at: datetime, path: str) -> dict[str, str]:
    """Return what the clock asks for a notice on a path."""
    setting = "home_educated" if path == "council" else "school"
    return {"setting": setting, **(_facts(establishment, at) if setting == "school" else {})}


def next_days(establishment_id: uuid.UUID, now: datetime) -> tuple[date, ...]:
    """Return the school days that are known from today on."""
    today = clock.london_date(now)
    return school_days(_spells(establishment_id), today, today + LOOK_AHEAD)


def _facts(establishment: Establishment | None, at: datetime) -> dict[str, str]:
    if establishment is None or establishment.kind == "council":
        return {}
    day = clock.london_date(at)
    days = school_days(_spells(establishment.id), day - LOOK_BACK, day + LOOK_AHEAD)
    term = as_fact(days, establishment.starts or ASSUMED_START)
    return {"term": term} if term else {}


def _no_calendar(establishment: Establishment | None) -> str:
    if establishment is None or establishment.kind == "council":
        return ""
    return "No term calendar is held: the next working day is taken. Add its terms."


def _spells(establishment_id: uuid.UUID) -> list[Spell]:
    rows = SchoolDays.objects.filter(establishment_id=establishment_id)
    return [Spell(row.first_date, row.end_date, row.kind == "term") for row in rows]


def _in(day: date, spells: Iterable[Spell]) -> bool:
    return any(spell.first <= day < spell.end for spell in spells)


def _runs(days: Sequence[date]) -> list[str]:
    """Join days that follow each other, weekends apart."""
    runs: list[list[date]] = []
    for day in sorted(days):
        if runs and _next_weekday(runs[-1][-1]) == day:
            runs[-1].append(day)
        else:
            runs.append([day])
    return [f"{run[0]}..{run[-1]}" if len(run) > 1 else f"{run[0]}" for run in runs]


def _next_weekday(day: date) -> date:
    after = day + ONE_DAY
    while after.weekday() >= SATURDAY:
        after += ONE_DAY
    return after


def force_area(force: str) -> bool:
    """Say whether a home is in this force's area; one whose force is not known is taken to be."""
    return force in ("", settings.FELLWATCH_FORCE)
