"""The register in the words that pages show, the most dangerous first. Every page that names the person uses these."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from fellwatch.foundation import clock
from fellwatch.recognition import phones
from fellwatch.sharing import safe
from fellwatch.sharing.reach.values import HOW, NUMBERS, Rule

DO = {"call": "Ring", "text": "Text", "mail": "E-mail", "post": "Write to", "visit": "Go to"}
NEVER = {
    "call": "Do not ring them at all",
    "text": "Do not text them at all",
    "mail": "Do not e-mail them at all",
    "post": "Do not write to them at all",
    "visit": "Do not go to their door at all",
}
NOBODY = "Nobody has said how they may be reached. Silence is a no: ask them when you see them, and note it."
TONES = ("danger", "warn", "note")


@dataclass(frozen=True)
class Line:
    """One rule in words. `tone` is danger, warn or note; `points` what whoever reaches them must know first."""

    rule: Rule
    tone: str
    text: str
    points: tuple[str, ...]
    source: str


def lines(rules: Iterable[Rule], now: datetime) -> tuple[Line, ...]:
    """Return what stands, whatever forbids first, then what is out of date, then what is safe."""
    found = [line(one, now) for one in rules if not one.over]
    return tuple(sorted(found, key=lambda one: TONES.index(one.tone)))


def line(one: Rule, now: datetime) -> Line:
    """Return one rule in words, as it stands now."""
    points = [("Because", one.because), ("In their words", one.words)]
    points += [("Say first", one.password), ("If somebody else answers", one.if_other)]
    points += [("Must not hear of it", one.kept_from)]
    tone, text = _head(one, now)
    return Line(one, tone, text, tuple(f"{title}: {words}" for title, words in points if words), source(one))


def _head(one: Rule, now: datetime) -> tuple[str, str]:
    day, where = clock.london_date(now), place(one)
    if not one.allowed:
        asks = one.to_date is not None and one.to_date <= day and not one.over
        again = f". Ask again: due since {_day(one.to_date)}" if asks else ""
        said = f"Do not {DO[one.channel].lower()} {where}" if where else NEVER[one.channel]
        return "danger", f"{said}{again}"
    doing = f"{DO[one.channel]} {where}"
    if one.over:
        return "note", f"{doing}{_hours(one)}"
    if one.to_date and one.to_date <= day:
        return "warn", f"Out of date since {_day(one.to_date)}, ask again before you use it: {where}"
    if one.from_date and one.from_date > day:
        return "warn", f"{doing} only from {_day(one.from_date)}"
    until = f", until {_day(one.to_date)}" if one.to_date else ""
    if safe.within(clock.london(now).time(), one.from_time, one.to_time):
        return "note", f"{doing}{_hours(one)}{until}"
    return "warn", f"Not now. {doing}{_hours(one)}{until}"


def place(one: Rule) -> str:
    """Return the number or address of a rule as people say it; empty for the whole way."""
    return phones.spoken(one.key) if one.channel in NUMBERS and one.key else one.address


def _hours(one: Rule) -> str:
    return f", only from {one.from_time:%H:%M} to {one.to_time:%H:%M}" if one.from_time and one.to_time else ""


def _day(day: date | None) -> str:
    return f"{day:%-d %b %Y}" if day else ""


def source(one: Rule) -> str:
    """Say who says so, and who noted it when."""
    who = {"self": "Said by themself", "agency": f"Said by {one.said_by_name}", "officer": "Decided by an officer"}
    return f"{who[one.said_by]}, noted by {one.noted_by_name}, {clock.london(one.said_at):%-d %b %Y %H:%M}"


def ended(one: Rule) -> str:
    """Say what became of a rule that no longer stands; empty for one that does."""
    if one.replaced_at:
        return f"Replaced {clock.london(one.replaced_at):%-d %b %Y %H:%M}"
    if one.ended_at:
        return f"Ended {clock.london(one.ended_at):%-d %b %Y %H:%M} by {one.ended_by_name}: {one.ended_because}"
    return ""


def reached(how: str, to: str) -> str:
    """Say how somebody was reached, with the number, the address or the place where one was given."""
    return f"{HOW[how]}, {to.strip()}" if to.strip() else HOW[how]


def sentence(one: Line) -> str:
    """Return a rule with everything one must know of it, in one line."""
    return f"{'. '.join(part.rstrip('.') for part in (one.text, *one.points))}."
