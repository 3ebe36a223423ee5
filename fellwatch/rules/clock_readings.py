"""Run one clock from its start and say when it ends: once, or once for each way to read the law."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import assert_never

from fellwatch.rules import clock_arithmetic, clock_facts
from fellwatch.rules.calendar_days import Calendar, day_of, end_of, midnight, say, say_day, say_end
from fellwatch.rules.clock_arithmetic import Step
from fellwatch.rules.clock_facts import Known, School, Spell
from fellwatch.rules.clock_rule import Clock, ClockName, event_words


class ClockRefused(ValueError):
    """A clock cannot be computed from what was given; each reason says what to give."""

    def __init__(self, *reasons: str) -> None:
        self.reasons = reasons
        super().__init__(" ".join(reasons))


@dataclass(frozen=True)
class Reading:
    """When one clock ends. `due_at` is None where no hour can be named; `words` always says what holds."""

    clock: str
    words: str
    due_at: datetime | None = None
    last_date: date | None = None
    end_included: bool = True
    why: str = ""
    working: tuple[Step, ...] = ()
    warnings: tuple[str, ...] = ()
    uncertain: bool = False

    def met_by(self, at: datetime) -> bool:
        """Say whether doing it then is in time."""
        if self.due_at is None:
            return True
        return at <= self.due_at if self.end_included else at < self.due_at


def read(clock: Clock, start: datetime | date, calendar: Calendar, known: Known) -> list[Reading]:
    """Run a clock; more than one reading comes back where the law can be read in more than one way."""
    begin = _start(clock, start, known)
    match clock.name:
        case ClockName.ELAPSED:
            return [_extended(clock, begin, known, partial(_elapsed, clock, begin, known))]
        case ClockName.COURT_HOURS:
            return _court(clock, begin, calendar, known)
        case ClockName.BEFORE_SCHOOL:
            return [_before_school(clock, begin, calendar, known)]
        case ClockName.BEFORE_EVENT:
            return [_before_event(clock, begin, start, known)]
        case ClockName.PROMPTLY | ClockName.INDEFINITE | ClockName.NOT_OWED:
            return [_without_number(clock, begin)]
        case (
            ClockName.DAYS_FROM
            | ClockName.DAYS_AFTER
            | ClockName.MONTHS_FROM
            | ClockName.MONTHS_AFTER
            | ClockName.WORKING_DAYS
        ):
            return [_extended(clock, begin, known, partial(_days, clock, begin, calendar, known))]
        case _:
            assert_never(clock.name)


def _start(clock: Clock, start: datetime | date, known: Known) -> datetime | date:
    if not clock.starts_from:
        return start
    value = known[clock.starts_from]
    assert isinstance(value, date)
    return value


def _length(clock: Clock, known: Known, extended: bool) -> int:
    if extended:
        return clock.extended_to
    length = known[clock.length] if isinstance(clock.length, str) else clock.length
    assert isinstance(length, int)
    return length


def _extended(clock: Clock, begin: datetime | date, known: Known, run: Callable[[bool], Reading]) -> Reading:
    """Run a clock, and again for longer where the extension was authorised before it ended."""
    ended = run(False)
    if not clock.extended_by or ended.due_at is None:
        return ended
    signed = known[clock.extended_by]
    assert isinstance(signed, date)
    name = event_words(clock.extended_by)
    if (signed if isinstance(signed, datetime) else end_of(signed)) >= ended.due_at:
        late = f"The extension does not hold: {name} {say(signed)}, not before {say(ended.due_at)}."
        return replace(ended, warnings=(*ended.warnings, late))
    longer = run(True)
    length = f"{clock.extended_to} {clock.unit}"
    step = Step(f"Extended to {length}: {name} {say(signed)}, before {say_end(ended.due_at)}")
    return replace(longer, working=(*longer.working[:2], step, *longer.working[2:]))


def _elapsed(clock: Clock, begin: datetime | date, known: Known, extended: bool) -> Reading:
    length = timedelta(**{clock.unit: _length(clock, known, extended)})
    end, steps = clock_arithmetic.run_hours(_instant(clock, begin), length, _pauses(clock, known))
    return _by_hour(clock, begin, end, steps)


def _court(clock: Clock, begin: datetime | date, calendar: Calendar, known: Known) -> list[Reading]:
    """Run a court's clock by the published list and by statute, which differ on 26 December 2026."""
    listed, by_statute = (
        _extended(clock, begin, known, partial(_court_by, clock, begin, calendar, known, statute))
        for statute in (False, True)
    )
    if listed.due_at == by_statute.due_at:
        return [listed]
    days = ", ".join(say_day(day) for day in sorted(_disputed(calendar, begin, by_statute.due_at)))
    warning = f"{days} is a bank holiday by statute but on no published list: plan for the earlier time."
    return [
        replace(listed, why=f"{days} counts, as on no published list", warnings=(warning,), uncertain=True),
        replace(by_statute, why=f"{days} does not count, a bank holiday by statute", uncertain=True),
    ]


def _disputed(calendar: Calendar, begin: datetime | date, end: datetime | None) -> set[date]:
    last = day_of(end) if end else calendar.end_date
    return {day for day in calendar.statutory - calendar.listed if day_of(begin) <= day <= last}


def _court_by(
    clock: Clock, begin: datetime | date, calendar: Calendar, known: Known, statute: bool, extended: bool
) -> Reading:
    stop = partial(calendar.disregarded_by_courts, by_statute=statute)
    length = timedelta(hours=_length(clock, known, extended))
    end, steps = clock_arithmetic.run_hours(_instant(clock, begin), length, _pauses(clock, known), stop)
    return _by_hour(clock, begin, end, steps)


def _days(clock: Clock, begin: datetime | date, calendar: Calendar, known: Known, extended: bool) -> Reading:
    first = day_of(begin) + timedelta(days=clock.next_day)
    last, steps = _count(clock, first, _length(clock, known, extended), calendar)
    due_within = _due_within(clock, end_of(last), known)
    if due_within is not None:
        return _days_from_release(clock, begin, steps, due_within)
    opened = begin if isinstance(begin, datetime) and not clock.next_day else midnight(first)
    end, pauses = clock_arithmetic.extend(end_of(last), opened, _pauses(clock, known))
    if pauses:
        return _by_hour(clock, begin, end, (*steps, *pauses))
    return _by_day(clock, begin, last, steps)


def _count(clock: Clock, first: date, length: int, calendar: Calendar) -> tuple[date, tuple[Step, ...]]:
    match clock.name:
        case ClockName.DAYS_FROM:
            return clock_arithmetic.days_from(first, length)
        case ClockName.DAYS_AFTER:
            return clock_arithmetic.days_after(first, length)
        case ClockName.MONTHS_FROM:
            return clock_arithmetic.months_from(first, length)
        case ClockName.MONTHS_AFTER:
            return clock_arithmetic.months_after(first, length)
        case _:
            return clock_arithmetic.working_days(first, length, calendar)


def _due_within(clock: Clock, end: datetime, known: Known) -> Spell | None:
    spells = known.get(clock.if_due_while, ())
    assert isinstance(spells, tuple)
    last = end - timedelta(microseconds=1)
    return next((one for one in spells if one.begin <= last and (one.end is None or last < one.end)), None)


def _days_from_release(clock: Clock, begin: datetime | date, steps: tuple[Step, ...], spell: Spell) -> Reading:
    name = clock.if_due_while.replace("_", " ")
    if spell.end is None:
        held = Step(f"That falls while {name}, since {say(spell.begin)}", skips=True)
        return _by_hour(clock, begin, None, (*steps, held))
    until = Step(f"That falls while {name}, until {say(spell.end)}", skips=True)
    last, more = clock_arithmetic.days_from(day_of(spell.end), clock.then_days_from)
    return _by_day(clock, begin, last, (*steps, until, *more))


def _before_school(clock: Clock, begin: datetime | date, calendar: Calendar, known: Known) -> Reading:
    at, school = _instant(clock, begin), known.get(clock.school)
    warnings: tuple[str, ...] = ()
    if school is None and clock.assumed_start is not None:
        like = School(frozenset(), clock.assumed_start)
        school = clock_arithmetic.weekdays_as_school(at, calendar, like)
        warnings = ("No term calendar is held: every working day is taken for a school day.",)
    assert isinstance(school, School)
    end, steps = clock_arithmetic.before_school(at, school)
    if end is None:
        raise ClockRefused(f"The term calendar has no school day after {say(at)}: add the school's next term.")
    reading = _reading(clock, begin, steps, f"before {say(end)}")
    return replace(reading, due_at=end, end_included=False, warnings=warnings)


def _before_event(clock: Clock, event: datetime | date, start: datetime | date, known: Known) -> Reading:
    length = _length(clock, known, False)
    if clock.unit == "clear_days":
        last, steps = clock_arithmetic.clear_days_before(day_of(event), length)
        reading = _by_day(clock, event, last, steps)
    else:
        end = _instant(clock, event) - timedelta(hours=length)
        steps = (Step(f"{length} hours before {say(event)}"),) if length else ()
        reading = _by_hour(clock, event, end, steps)
    begin = start if isinstance(start, datetime) else midnight(start)
    if reading.due_at is not None and reading.due_at < begin:
        return replace(reading, warnings=("That time had passed before this began: do it now.",))
    return reading


def _without_number(clock: Clock, begin: datetime | date) -> Reading:
    words = {
        ClockName.PROMPTLY: "as soon as reasonably practicable",
        ClockName.INDEFINITE: "indefinitely",
        ClockName.NOT_OWED: f"nothing is owed: {clock.reading}",
    }
    return _reading(clock, begin, (), words[clock.name])


def _by_hour(clock: Clock, begin: datetime | date, end: datetime | None, steps: tuple[Step, ...]) -> Reading:
    words = f"by {say_end(end)}" if end else "no time yet: the clock stands still"
    return replace(_reading(clock, begin, steps, words), due_at=end)


def _by_day(clock: Clock, begin: datetime | date, last: date, steps: tuple[Step, ...]) -> Reading:
    reading = _reading(clock, begin, steps, f"by the end of {say_day(last)}")
    return replace(reading, due_at=end_of(last), last_date=last, end_included=False)


def _reading(clock: Clock, begin: datetime | date, steps: tuple[Step, ...], words: str) -> Reading:
    event = event_words(clock.starts_from) or "start"
    opening = (Step(f"{event[:1].upper()}{event[1:]}: {say(begin)}"), Step(f"Clock: {clock.words}"))
    return Reading(clock.id, words, why=clock.reading, working=opening + steps, uncertain=clock.uncertain)


def _pauses(clock: Clock, known: Known) -> tuple[Spell, ...]:
    lists = [known.get(name, ()) for name in clock.suspended_while]
    return clock_facts.spells([spell for one in lists if isinstance(one, tuple) for spell in one])


def _instant(clock: Clock, begin: datetime | date) -> datetime:
    if isinstance(begin, datetime):
        return begin.astimezone(UTC)
    name = clock.starts_from or "the start"
    raise ClockRefused(f"{name} needs a time, not only a day: this clock counts hours ({clock.words}).")
