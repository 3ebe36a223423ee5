"""Add up time as the law does. Each function returns where a clock ends and the steps that led there."""

from __future__ import annotations

import calendar as months
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, date, datetime, timedelta

from fellwatch.rules import calendar_days
from fellwatch.rules.calendar_days import (
    LONDON,
    ONE_DAY,
    Calendar,
    day_of,
    midnight,
    say,
    say_day,
    say_length,
)
from fellwatch.rules.clock_facts import School, Spell

Stop = Callable[[date], str]
"""Says why a whole day does not count, or nothing where it does."""


@dataclass(frozen=True)
class Step:
    """One line of the working; `skips` where it is time that does not count."""

    text: str
    skips: bool = False


Run = tuple[datetime | None, tuple[Step, ...]]
"""Where a clock ends, None while it stands still, and its working."""


def run_hours(start: datetime, length: timedelta, pauses: Sequence[Spell], stop: Stop | None = None) -> Run:
    """Count a length of time from an instant, leaving out pauses and the whole days that `stop` names."""
    left, steps = length, list[Step]()
    for begin, end, skipped in _stretches(start, pauses, stop):
        if skipped:
            steps.append(Step(skipped, skips=True))
        elif end is None or left <= end - begin:
            return begin + left, (*steps, Step(_counts(begin, left, timedelta())))
        else:
            left -= end - begin
            steps.append(Step(_counts(begin, end - begin, left)))
    return None, (*steps, Step(f"The clock stands still with {say_length(left)} left", skips=True))


def extend(end: datetime, begin: datetime, pauses: Sequence[Spell]) -> Run:
    """Move an end later by every pause that fell between the beginning and it."""
    steps: list[Step] = []
    for pause in pauses:
        if pause.begin >= end:
            break
        since = max(pause.begin, begin)
        if pause.end is None:
            return None, (*steps, Step(f"The clock stands still since {say(since)}", skips=True))
        if pause.end > since:
            end += pause.end - since
            steps.append(Step(f"{say(since)} to {say(pause.end)} does not count", skips=True))
    return end, tuple(steps)


def days_from(first: date, days: int) -> tuple[date, tuple[Step, ...]]:
    """Find the last of some days of which the first is day 1."""
    last = first + timedelta(days=days - 1)
    return last, (Step(f"{say_day(first)} is day 1"), Step(f"{say_day(last)} is day {days}, the last"))


def days_after(day: date, days: int) -> tuple[date, tuple[Step, ...]]:
    """Find the day that comes some days later; the day itself does not count."""
    last = day + timedelta(days=days)
    return last, (Step(f"{say_day(day)} is day 0"), Step(f"{say_day(last)} is day {days}, the last"))


def months_after(day: date, count: int) -> tuple[date, tuple[Step, ...]]:
    """Find the same day of a later month, or the month's last where it has no such day."""
    last, exact = _same_day(day, count)
    why = f"the same day {_months(count)} on"
    return last, (Step(f"{say_day(last)} is {why if exact else _no_such_day(day, last)}"),)


def months_before(day: date, count: int) -> date:
    """Find the same day of an earlier month, or the month's last where it has no such day."""
    return _same_day(day, -count)[0]


def months_from(first: date, count: int) -> tuple[date, tuple[Step, ...]]:
    """Find the last day of some months of which the first day counts."""
    same, exact = _same_day(first, count)
    begins = Step(f"{say_day(first)} is the first day")
    if not exact:
        return same, (begins, Step(f"{say_day(same)} is {_no_such_day(first, same)}"))
    last = same - ONE_DAY
    return last, (begins, Step(f"{say_day(last)} is the day before the same day {_months(count)} on"))


def working_days(day: date, count: int, holidays: Calendar) -> tuple[date, tuple[Step, ...]]:
    """Find the last of some working days; the day itself is day 0."""
    steps, last, left = [Step(f"{say_day(day)} is day 0")], day, count
    while left:
        last += ONE_DAY
        why = holidays.not_working(last)
        left -= 0 if why else 1
        text = f"{say_day(last)} does not count: {why}" if why else f"{say_day(last)} is day {count - left}"
        steps.append(Step(text, skips=bool(why)))
    return last, tuple(steps)


def before_school(start: datetime, school: School) -> Run:
    """Find when the next school day starts; None where the term calendar ends before one."""
    starts = ((day, calendar_days.at_clock(day, school.starts)) for day in sorted(school.days))
    for day, at in starts:
        if at > start:
            return at, (
                *_closed(start, day),
                Step(f"{say_day(day)} is the next school day, starting at {at.astimezone(LONDON):%H:%M}"),
            )
    return None, ()


def weekdays_as_school(start: datetime, holidays: Calendar, like: School) -> School:
    """Take the next fortnight's working days for school days, for a school whose terms are not known."""
    first = day_of(start)
    days = (first + timedelta(days=count) for count in range(15))
    return School(frozenset(day for day in days if not holidays.not_working(day)), like.starts)


def clear_days_before(event: date, count: int) -> tuple[date, tuple[Step, ...]]:
    """Find the last day that leaves some whole days between itself and an event."""
    last = event - timedelta(days=count + 1)
    return last, (Step(f"{say_day(last)} leaves {count} whole days before {say_day(event)}"),)


def _same_day(day: date, count: int) -> tuple[date, bool]:
    year, month = divmod(day.year * 12 + day.month - 1 + count, 12)
    if not MINYEAR <= year <= MAXYEAR:
        raise OverflowError(f"{count} months from {day} no calendar goes on")
    length = months.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, length)), day.day <= length


def _months(count: int) -> str:
    years, left = divmod(count, 12)
    if left:
        return f"{count} month{'s' if count > 1 else ''}"
    return f"{years} year{'s' if years > 1 else ''}"


def _no_such_day(day: date, last: date) -> str:
    ordinal = {29: "29th", 30: "30th", 31: "31st"}[day.day]
    return f"the last day of its month: {last:%B %Y} has no {ordinal}"


def _counts(begin: datetime, length: timedelta, left: timedelta) -> str:
    rest = f"{say_length(left)} left" if left else "none left"
    return f"from {say(begin)}: {say_length(length)} counts, {rest}"


Stretch = tuple[datetime, datetime | None, str]
"""From an instant until another, None for ever, with the reason where it does not count."""


def _stretches(start: datetime, pauses: Sequence[Spell], stop: Stop | None) -> Iterator[Stretch]:
    """Follow time from an instant: day by day where whole days may not count, else in one window."""
    at: datetime | None = start
    while at is not None:
        day = day_of(at)
        midnight_after = midnight(day + ONE_DAY) if stop else None
        why = stop(day) if stop else ""
        if why:
            yield at, midnight_after, f"{say_day(day)} does not count: {why}"
            at = midnight_after
            continue
        for stretch in _split(at, midnight_after, pauses):
            yield stretch
            at = stretch[1]


def _split(begin: datetime, end: datetime | None, pauses: Sequence[Spell]) -> Iterator[Stretch]:
    """Split a window into what counts and what is suspended."""
    for pause in pauses:
        if (pause.end is not None and pause.end <= begin) or (end is not None and pause.begin >= end):
            continue
        if pause.begin > begin:
            yield begin, pause.begin, ""
        since = max(pause.begin, begin)
        if pause.end is None:
            yield since, None, f"suspended since {say(since)}"
            return
        until = pause.end if end is None else min(pause.end, end)
        yield since, until, f"{say(since)} to {say(until)} does not count: suspended"
        begin = until
    if end is None or begin < end:
        yield begin, end, ""


def _closed(start: datetime, opens: date) -> tuple[Step, ...]:
    first = day_of(start) + ONE_DAY
    if first >= opens:
        return ()
    last = opens - ONE_DAY
    span = say_day(first) if first == last else f"{say_day(first)} to {say_day(last)}"
    return (Step(f"{span}: no school", skips=True),)
