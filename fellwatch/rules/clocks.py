"""Say when something is due, with the working, and every other reading of the law beside it.

Where the law can be read two ways the earlier acts, because a deadline that the police must meet is
safe when met early.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from fellwatch.rules import clock_arithmetic, clock_facts, clock_readings, years
from fellwatch.rules.calendar_days import Calendar, OutsideCalendar, day_of, midnight, say_day
from fellwatch.rules.clock_arithmetic import Step
from fellwatch.rules.clock_facts import Known
from fellwatch.rules.clock_readings import ClockRefused, Reading
from fellwatch.rules.clock_rule import ActsOn, Clock, ClockName, ClockRule, Sense
from fellwatch.rules.versions import Version

TOO_FAR = "It would end in a year that no calendar has: give a smaller number."


@dataclass(frozen=True)
class Due:
    """When it is due, in UTC, with its working, and the other readings that do not act.

    `uncertain` says that another reading of the law exists. `promptly`: it is owed at once, whatever
    `due_at` says. `owed` is false where the facts mean that there is no duty.
    """

    acts: Reading
    also: tuple[Reading, ...] = ()
    start: datetime | date | None = None
    promptly: bool = False
    owed: bool = True
    uncertain: bool = False
    warn_at: tuple[datetime, ...] = ()
    words: str = ""

    @property
    def due_at(self) -> datetime | None:
        return self.acts.due_at

    @property
    def last_date(self) -> date | None:
        return self.acts.last_date

    @property
    def working(self) -> tuple[Step, ...]:
        return self.acts.working

    @property
    def warnings(self) -> tuple[str, ...]:
        return self.acts.warnings

    def met_by(self, at: datetime) -> bool:
        """Say whether doing it then is in time."""
        return self.acts.met_by(at)


def rule_of(version: Version) -> ClockRule:
    """Take the clock rule out of a version of kind clock."""
    if not isinstance(version.parsed, ClockRule):
        raise TypeError(f"Version {version.number} is not a clock's.")
    return version.parsed


def due(clock: ClockRule, *, start: datetime | date, calendar: Calendar, facts: Mapping[str, object]) -> Due:
    """Compute when a duty is due; ClockRefused says everything that keeps it from being computed.

    `start` is an aware time, or a whole day for clocks that count days.
    """
    known, faults = clock_facts.read(clock.facts, facts)
    faults = (*_unfit(start), *faults)
    if faults:
        raise ClockRefused(*faults)
    applying = [one for one in clock.clocks if _fits(one, known)]
    if not applying:
        raise ClockRefused(_nothing_fits(clock))
    chosen = applying[:1] if clock.acts_on is ActsOn.FIRST else applying
    try:
        readings = [reading for one in chosen for reading in clock_readings.read(one, start, calendar, known)]
    except OutsideCalendar as error:
        raise ClockRefused(str(error)) from error
    except OverflowError as error:
        raise ClockRefused(TOO_FAR) from error
    return _settle(clock, chosen, readings, start)


def _unfit(start: datetime | date) -> tuple[str, ...]:
    if isinstance(start, datetime) and start.tzinfo is None:
        return (f"{start} has no offset: add one, such as +00:00, or +01:00 in summer time.",)
    try:
        years.check(start)
    except years.OutsideYears as error:
        return (f"It cannot start at {start.isoformat()}: {error}.",)
    return ()


def _settle(rule: ClockRule, chosen: Sequence[Clock], readings: Sequence[Reading], start: datetime | date) -> Due:
    ends = [(one.due_at, place) for place, one in enumerate(readings) if one.due_at is not None]
    acts = readings[min(ends)[1]] if ends else readings[0]
    names = {one.name for one in chosen}
    if rule.sense is Sense.FROM and acts.last_date is not None:
        acts = replace(acts, due_at=midnight(acts.last_date), words=f"from {say_day(acts.last_date)}")
    others = (
        tuple(one for one in readings if one is not acts and one.due_at not in (None, acts.due_at))
        if rule.sense is Sense.BY
        else ()
    )
    promptly = ClockName.PROMPTLY in names
    return Due(
        acts=acts,
        also=others,
        start=start,
        promptly=promptly,
        owed=ClockName.NOT_OWED not in names,
        uncertain=acts.uncertain or any(one.uncertain for one in others),
        warn_at=_warnings(rule, start, acts.due_at),
        words=_in_words(acts, promptly),
    )


def _in_words(acts: Reading, promptly: bool) -> str:
    at_once = "as soon as reasonably practicable"
    if not promptly or acts.words == at_once:
        return acts.words
    return f"{at_once}, and {acts.words}"


def _warnings(rule: ClockRule, start: datetime | date, end: datetime | None) -> tuple[datetime, ...]:
    """Say when to warn, never before it starts: what allows less time than that is warned of from its start."""
    begin = start if isinstance(start, datetime) else midnight(start)
    if end is None or end <= begin:
        return ()
    warnings = [begin + (end - begin) * share for share in rule.warn_at]
    if rule.warn_months_before:
        last = day_of(end - timedelta(microseconds=1))
        warnings.append(max(begin, midnight(clock_arithmetic.months_before(last, rule.warn_months_before))))
    return tuple(sorted(warnings))


def _fits(clock: Clock, known: Known) -> bool:
    wanted = clock.when or {}
    return (
        all(known.get(name) == value for name, value in wanted.items())
        and all(name in known for name in clock.needs)
        and not any(name in known for name in clock.missing)
    )


def _nothing_fits(rule: ClockRule) -> str:
    given = "; ".join(_conditions(one) for one in rule.clocks)
    return f"No clock of this rule fits these facts. It has clocks for {given}."


def _conditions(clock: Clock) -> str:
    parts = [f"{name} {value}" for name, value in (clock.when or {}).items()]
    parts += [f"{name} given" for name in clock.needs] + [f"{name} not given" for name in clock.missing]
    return ", ".join(parts) or "anything else"
