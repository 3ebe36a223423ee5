"""Days as the law counts them: bounded at midnight in London, some of them holidays.

Instants are kept in UTC. "The end of Friday" is 00:00 on Saturday in London.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
ONE_DAY = timedelta(days=1)
SATURDAY, SUNDAY = 5, 6
CHRISTMAS_DAY, GOOD_FRIDAY = "Christmas Day", "Good Friday"


class OutsideCalendar(LookupError):
    """A day was asked about for which no bank holidays are known."""


@dataclass(frozen=True)
class Calendar:
    """The holidays known from `first_date` until, but not on, `end_date`.

    `listed`: on the published list. `statutory`: a bank holiday by statute, which 26 December on a
    Saturday is (Banking and Financial Dealings Act 1971, Sch 1) though no list shows it. `names` has the
    name of every such day, and of Christmas Day and Good Friday on whatever weekday they fall.
    """

    first_date: date
    end_date: date
    listed: frozenset[date]
    statutory: frozenset[date]
    names: Mapping[date, str] = field(default_factory=dict)

    def name(self, day: date) -> str:
        self._check(day)
        return self.names.get(day, "")

    def not_working(self, day: date) -> str:
        """Say why a day is no working day, or nothing where it is one."""
        self._check(day)
        if day in self.listed:
            return f"{self.name(day) or 'holiday'}, a bank holiday"
        return f"{day:%A}" if day.weekday() >= SATURDAY else ""

    def disregarded_by_courts(self, day: date, *, by_statute: bool) -> str:
        """Say why a court's clock stands still on a day, or nothing where it runs; Saturdays run."""
        name = self.name(day)
        if name in (CHRISTMAS_DAY, GOOD_FRIDAY):
            return name
        if day.weekday() == SUNDAY:
            return "Sunday"
        if day in (self.statutory if by_statute else self.listed):
            return f"{name or 'holiday'}, a bank holiday" + ("" if day in self.listed else " by statute")
        return ""

    def _check(self, day: date) -> None:
        if not self.first_date <= day < self.end_date:
            known = f"{self.first_date:%-d %B %Y} to {self.end_date - ONE_DAY:%-d %B %Y}"
            raise OutsideCalendar(f"No bank holidays are known for {say_day(day)}: only for {known}.")


def midnight(day: date) -> datetime:
    """Find the instant at which a day begins in London, in UTC."""
    return at_clock(day, time())


def at_clock(day: date, clock: time) -> datetime:
    """Find the instant of a clock time in London, in UTC."""
    return datetime.combine(day, clock, LONDON).astimezone(UTC)


def end_of(day: date) -> datetime:
    """Find the instant at which a day is over in London, in UTC."""
    return midnight(day + ONE_DAY)


def day_of(moment: datetime | date) -> date:
    """Find the day that it is in London at a moment."""
    return moment.astimezone(LONDON).date() if isinstance(moment, datetime) else moment


def say_day(day: date) -> str:
    """Say a day as officers do: "Fri 16 Oct 2026"."""
    return f"{day:%a %-d %b %Y}"


def say(moment: datetime | date) -> str:
    """Say a moment on London's clock; in the hour that comes twice, say which of the two."""
    if not isinstance(moment, datetime):
        return say_day(moment)
    local = moment.astimezone(LONDON)
    twice = local.replace(fold=0).utcoffset() != local.replace(fold=1).utcoffset()
    clock = f"{local:%H:%M}" + (f":{local:%S}" if local.second else "")
    return f"{say_day(local.date())} {clock}" + (f" {local.tzname()}" if twice else "")


def say_end(moment: datetime) -> str:
    """Say a moment that ends something; midnight is the end of the day before."""
    local = moment.astimezone(LONDON)
    if local.time() == time():
        return f"the end of {say_day(local.date() - ONE_DAY)}"
    return say(moment)


def say_length(length: timedelta) -> str:
    """Say a length of time in hours and minutes: "1 h 45 min"."""
    minutes, seconds = divmod(int(length.total_seconds()), 60)
    hours, minutes = divmod(minutes, 60)
    parts = [(hours, "h"), (minutes, "min"), (seconds, "s")]
    return " ".join(f"{amount} {unit}" for amount, unit in parts if amount) or "no time"
