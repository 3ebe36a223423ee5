"""What a clock rule is made of: the facts it asks for and the clocks that may run."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time
from enum import StrEnum


class ClockName(StrEnum):
    ELAPSED = "elapsed"
    COURT_HOURS = "court_hours"
    DAYS_FROM = "days_from"
    DAYS_AFTER = "days_after"
    MONTHS_FROM = "months_from"
    MONTHS_AFTER = "months_after"
    WORKING_DAYS = "working_days"
    BEFORE_SCHOOL = "before_school"
    BEFORE_EVENT = "before_event"
    PROMPTLY = "promptly"
    INDEFINITE = "indefinite"
    NOT_OWED = "not_owed"


UNITS: Mapping[ClockName, tuple[str, ...]] = {
    ClockName.ELAPSED: ("seconds", "minutes", "hours"),
    ClockName.COURT_HOURS: ("hours",),
    ClockName.DAYS_FROM: ("days",),
    ClockName.DAYS_AFTER: ("days",),
    ClockName.MONTHS_FROM: ("months",),
    ClockName.MONTHS_AFTER: ("months",),
    ClockName.WORKING_DAYS: ("days",),
    ClockName.BEFORE_SCHOOL: (),
    ClockName.BEFORE_EVENT: ("hours", "clear_days"),
    ClockName.PROMPTLY: (),
    ClockName.INDEFINITE: (),
    ClockName.NOT_OWED: (),
}

PAUSABLE = frozenset(
    {
        ClockName.ELAPSED,
        ClockName.COURT_HOURS,
        ClockName.DAYS_FROM,
        ClockName.DAYS_AFTER,
        ClockName.MONTHS_FROM,
        ClockName.MONTHS_AFTER,
        ClockName.WORKING_DAYS,
    }
)


class FactKind(StrEnum):
    CHOICE = "choice"
    NUMBER = "number"
    DATE = "date"
    MOMENT = "moment"
    SPELLS = "spells"
    """Stretches of time, each from an instant until another, the last perhaps still running."""
    SCHOOL = "school"
    """The days a school meets and when its day starts."""


@dataclass(frozen=True)
class FactSpec:
    """A fact the rule may ask for; `default` stands where nobody gives it."""

    id: str
    kind: FactKind
    meaning: str
    choices: tuple[str, ...] = ()
    default: str | int | None = None
    optional: bool = False
    at_least: float | None = None
    at_most: float | None = None

    @property
    def words(self) -> str:
        """Say what may be given."""
        match self.kind:
            case FactKind.CHOICE:
                return "one of " + ", ".join(self.choices)
            case FactKind.NUMBER:
                bounds = [f"at least {self.at_least:g}"] if self.at_least is not None else []
                bounds += [f"at most {self.at_most:g}"] if self.at_most is not None else []
                return ", ".join(["a whole number", *bounds])
            case FactKind.DATE:
                return "a date such as 2026-10-16"
            case FactKind.MOMENT:
                return "a time such as 2026-10-16T22:15+01:00"
            case FactKind.SPELLS:
                return "stretches such as 2026-05-01..2026-07-20, commas between, no end if still running"
            case FactKind.SCHOOL:
                return "days and start such as 2026-09-07..2026-10-23,2026-11-02@08:45"


@dataclass(frozen=True)
class Clock:
    """One clock of a rule. It runs where `when`, `given` and `missing` all fit the facts.

    `length` is a number of `unit`, or the name of the number fact that holds it. `starts_from` names a
    fact to start from instead of the rule's event. `reading` says what taking this clock means.
    """

    id: str
    name: ClockName
    length: int | str = 0
    unit: str = ""
    when: Mapping[str, str] | None = None
    given: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    starts_from: str = ""
    next_day: bool = False
    suspended_while: tuple[str, ...] = ()
    extended_to: int = 0
    extended_by: str = ""
    if_due_while: str = ""
    then_days_from: int = 0
    school: str = ""
    assumed_start: time | None = None
    reading: str = ""
    uncertain: bool = False

    @property
    def needs(self) -> tuple[str, ...]:
        """Name the facts without which this clock cannot run."""
        length = (self.length,) if isinstance(self.length, str) else ()
        school = (self.school,) if self.school and self.assumed_start is None else ()
        one_each = (self.starts_from, self.extended_by)
        return (*self.given, *length, *school, *(name for name in one_each if name))

    @property
    def words(self) -> str:
        """Say the clock and its length in a few words."""
        length = self.length.replace("_", " ") if isinstance(self.length, str) else str(self.length)
        unit = self.unit.replace("_", " ")
        unit = unit.removesuffix("s") if self.length == 1 else unit
        match self.name:
            case ClockName.ELAPSED:
                return f"{_in_hours(self.length, unit) or f'{length} {unit}'} by the clock, day and night"
            case ClockName.COURT_HOURS:
                return f"{length} {unit} without Sundays, Christmas Day, Good Friday and bank holidays"
            case ClockName.DAYS_FROM | ClockName.MONTHS_FROM:
                return f"{length} {unit} beginning with the {'next ' if self.next_day else ''}day"
            case ClockName.DAYS_AFTER | ClockName.MONTHS_AFTER:
                return f"{length} {unit} after the day"
            case ClockName.WORKING_DAYS:
                return f"{length} working {unit} after the day"
            case ClockName.BEFORE_SCHOOL:
                return "before the next school day starts"
            case ClockName.BEFORE_EVENT:
                name = event_words(self.starts_from)
                return f"{length} {unit} before {name}" if self.length else f"no later than {name}"
            case ClockName.PROMPTLY:
                return "as soon as reasonably practicable"
            case ClockName.INDEFINITE:
                return "with no end"
            case ClockName.NOT_OWED:
                return "nothing is owed"


def _in_hours(length: object, unit: str) -> str:
    """Return many minutes as whole hours, as people say them; "" where they are few, or make none."""
    many = unit == "minutes" and isinstance(length, int) and length > 120 and length % 60 == 0
    return f"{length // 60} hours" if many and isinstance(length, int) else ""


def event_words(fact: str) -> str:
    """Name the event that a fact holds the time of: hearing_at is the hearing."""
    return fact.replace("_", " ").removesuffix(" at").removesuffix(" on")


class ActsOn(StrEnum):
    FIRST = "first"
    """The first clock that fits."""
    EARLIEST = "earliest"
    """Of all clocks that fit, the one that ends first."""


class Sense(StrEnum):
    BY = "by"
    FROM = "from"


@dataclass(frozen=True)
class ClockRule:
    """A duty's clock: the event that starts it, who owes it, and the clocks that may run.

    `warn_at` are shares of the time allowed at which to warn; `warn_months_before` warns so many months before the
    last day. Sense `from` means not before.
    """

    starts_on: str
    owner: str
    duty: str
    settled_by: str
    acts_on: ActsOn
    sense: Sense
    warn_at: tuple[float, ...]
    facts: tuple[FactSpec, ...]
    clocks: tuple[Clock, ...]
    warn_months_before: int = 0

    @property
    def fact_names(self) -> tuple[str, ...]:
        return tuple(spec.id for spec in self.facts)
