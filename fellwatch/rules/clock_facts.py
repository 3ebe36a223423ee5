"""Read the facts that a clock asks for, whether a program gives them, an example or a command line."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from fellwatch.rules import calendar_days, years
from fellwatch.rules.calendar_days import SATURDAY, midnight
from fellwatch.rules.clock_rule import FactKind, FactSpec
from fellwatch.rules.errors import did_you_mean

MOST_SCHOOL_DAYS = 2_000
"""More than seven years of terms, weekends counted: longer lists are slips, or sent to keep a program busy."""
MOST_SHOWN = 80


@dataclass(frozen=True, order=True)
class Spell:
    """A stretch of time, half-open; no end means that it still runs."""

    begin: datetime
    end: datetime | None = None


@dataclass(frozen=True)
class School:
    """The days a school meets and when its day starts, on London's clock."""

    days: frozenset[date]
    starts: time


Value = str | int | date | datetime | tuple[Spell, ...] | School
Known = Mapping[str, Value]


class TooManyDays(ValueError):
    """A term calendar lists more days than a school can have; the message says how many are taken."""


def read(specs: Sequence[FactSpec], given: Mapping[str, object]) -> tuple[dict[str, Value], tuple[str, ...]]:
    """Read given facts by their specifications; also say, one sentence each, what is wrong with them."""
    known: dict[str, Value] = {}
    faults = [_unknown(name, specs) for name in given if name not in {spec.id for spec in specs}]
    for spec in specs:
        value = given.get(spec.id, spec.default)
        if value is None:
            faults += [] if spec.optional else [f"It needs {spec.id} ({spec.meaning}): {spec.words}."]
            continue
        try:
            known[spec.id] = _READERS[spec.kind](value)
            faults += _out_of_bounds(spec, known[spec.id])
        except (years.OutsideYears, TooManyDays) as error:
            faults.append(f"{spec.id} cannot be {_shown(value)}: {error}.")
        except (TypeError, ValueError):
            faults.append(f"{spec.id} cannot be {_shown(value)}: give {spec.words}.")
    return known, tuple(faults)


def moment(value: object) -> datetime:
    """Read an aware time, in UTC. ValueError where it has no offset, or is outside the years taken."""
    at = value if isinstance(value, datetime) else datetime.fromisoformat(_words(value))
    if at.tzinfo is None:
        raise ValueError(f"{value} has no offset")
    years.check(at)
    return at.astimezone(UTC)


def moment_or_day(value: object) -> datetime | date:
    """Read an aware time or a whole day."""
    if isinstance(value, datetime):
        return moment(value)
    if isinstance(value, date) or len(_words(value)) == len("2026-10-16"):
        return _day(value)
    return moment(value)


def spells(value: object) -> tuple[Spell, ...]:
    """Read stretches "from..to", or pairs; merge those that touch."""
    parts: Sequence[object] = [one for one in value.split(",") if one] if isinstance(value, str) else _list(value)
    return _merged(sorted((_spell(part) for part in parts), key=lambda spell: spell.begin))


def school(value: object) -> School:
    """Read "days@start", where a range of days leaves weekends out."""
    if isinstance(value, School):
        return value
    listed, _, starts = _words(value).partition("@")
    stretches = [_stretch(part) for part in listed.split(",")]
    if sum((last - first).days + 1 for first, last, _ in stretches) > MOST_SCHOOL_DAYS:
        raise TooManyDays(f"give at most {MOST_SCHOOL_DAYS:,} days in all, weekends in between counted")
    days = {day for first, last, is_range in stretches for day in _days(first, last, weekends=not is_range)}
    return School(frozenset(days), time.fromisoformat(starts))


def say(value: Value) -> str:
    """Say a fact in words."""
    match value:
        case datetime():
            return calendar_days.say(value)
        case School():
            return f"{len(value.days)} school days, starting at {value.starts:%H:%M}"
        case tuple():
            return ", ".join(_say_spell(one) for one in value) or "never"
        case date():
            return calendar_days.say_day(value)
        case _:
            return str(value).replace("_", " ")


def _say_spell(spell: Spell) -> str:
    end = f"to {calendar_days.say(spell.end)}" if spell.end else "and still"
    return f"{calendar_days.say(spell.begin)} {end}"


def _unknown(name: str, specs: Sequence[FactSpec]) -> str:
    names = [spec.id for spec in specs]
    takes = f"It takes {', '.join(names)}." if names else "It takes no facts."
    return f"There is no fact {name!r} here.{did_you_mean(name, names)} {takes}"


def _out_of_bounds(spec: FactSpec, value: Value) -> list[str]:
    if spec.kind is FactKind.CHOICE and value not in spec.choices:
        return [f"{spec.id} cannot be {_shown(value)}: give {spec.words}.{did_you_mean(str(value), spec.choices)}"]
    if not isinstance(value, int):
        return []
    low = spec.at_least is not None and value < spec.at_least
    high = spec.at_most is not None and value > spec.at_most
    return [f"{spec.id} cannot be {_shown(value)}: give {spec.words}."] if low or high else []


def _number(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int | str):
        raise TypeError(f"{value!r} is not a whole number")
    return int(value)


def _day(value: object) -> date:
    if isinstance(value, datetime):
        raise TypeError(f"{value} is a time, not a day")
    day = value if isinstance(value, date) else date.fromisoformat(_words(value))
    years.check(day)
    return day


def _words(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{value!r} is not words")
    return value.strip()


def _list(value: object) -> Sequence[object]:
    if not isinstance(value, list | tuple):
        raise TypeError(f"{value!r} is not a list")
    return value


def _spell(part: object) -> Spell:
    if isinstance(part, Spell):
        return part
    first, last = part.split("..") if isinstance(part, str) else _list(part)
    begin, end = _edge(first), _edge(last)
    if begin is None or (end is not None and end <= begin):
        raise ValueError(f"{part} does not run forwards")
    return Spell(begin, end)


def _edge(value: object) -> datetime | None:
    if value is None or value == "":
        return None
    edge = moment_or_day(value)
    return edge if isinstance(edge, datetime) else midnight(edge)


def _merged(ordered: Sequence[Spell]) -> tuple[Spell, ...]:
    merged: list[Spell] = []
    for spell in ordered:
        if merged and (merged[-1].end is None or spell.begin <= merged[-1].end):
            ends = (merged[-1].end, spell.end)
            last = None if None in ends else max(end for end in ends if end is not None)
            merged[-1] = Spell(merged[-1].begin, last)
        else:
            merged.append(spell)
    return tuple(merged)


def _stretch(part: str) -> tuple[date, date, bool]:
    """Read a day, or a range of days, and say which of the two it is."""
    first, _, last = part.strip().partition("..")
    begin, end = _day(first), _day(last or first)
    if end < begin:
        raise ValueError(f"{part} does not run forwards")
    return begin, end, bool(last)


def _days(first: date, last: date, *, weekends: bool) -> Iterator[date]:
    days = (first + timedelta(days=count) for count in range((last - first).days + 1))
    return (day for day in days if weekends or day.weekday() < SATURDAY)


def _shown(value: object) -> str:
    words = repr(value)
    return words if len(words) <= MOST_SHOWN else f"{words[:MOST_SHOWN]}…"


_READERS: Mapping[FactKind, Callable[[object], Value]] = {
    FactKind.CHOICE: _words,
    FactKind.NUMBER: _number,
    FactKind.DATE: _day,
    FactKind.MOMENT: moment_or_day,
    FactKind.SPELLS: spells,
    FactKind.SCHOOL: school,
}
