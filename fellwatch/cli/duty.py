"""`fellwatch duty`: when something is due under any clock of the rulebook, and why then."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TypeVar

import click

from fellwatch.cli.rulebook import folder_option, opened
from fellwatch.duties import calendar
from fellwatch.rules import clocks, territory, years
from fellwatch.rules.calendar_days import LONDON, day_of, say_length
from fellwatch.rules.clock_readings import ClockRefused, Reading
from fellwatch.rules.clock_rule import ClockRule
from fellwatch.rules.clocks import Due
from fellwatch.rules.errors import NoSuchRule, NoVersion, did_you_mean
from fellwatch.rules.rulebook import Rulebook
from fellwatch.rules.versions import Rule, Version

Moment = TypeVar("Moment", bound=date)


@click.group()
def duty() -> None:
    """When things are due, and why then."""


@duty.command()
@click.argument("rule")
@click.option("--at", required=True, metavar="TIME", help="When it started, with its offset: 2026-10-16T22:15+01:00.")
@click.option("--fact", "facts", multiple=True, metavar="NAME=VALUE", help="What the clock asks for; repeat for more.")
@click.option("--on", "selected", metavar="DATE", help="Day of the selector's event, where it is not that of --at.")
@click.option("--territory", "place", help="england_and_wales, england, wales or an area's code.")
@click.option("--force", help="A force whose choices hold, by folder or code.")
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")
@folder_option
def due(
    rule: str,
    at: str,
    facts: tuple[str, ...],
    selected: str | None,
    place: str | None,
    force: str | None,
    as_json: bool,
    folder: Path,
) -> None:
    """Say when a duty under RULE is due, with the working and every other reading of the law."""
    book = opened(folder, force)
    start, known = _moment(at), _facts(facts)
    found, version = _version(book, rule, _day(selected) or day_of(start), place)
    try:
        answer = clocks.due(clocks.rule_of(version), start=start, calendar=calendar.england_and_wales(), facts=known)
    except ClockRefused as error:
        reasons = "\n".join(f"  {reason}" for reason in error.reasons)
        raise click.ClickException(f"Rule {rule} cannot be worked out:\n{reasons}") from error
    if as_json:
        click.echo(json.dumps(_as_data(found, version, answer), indent=2, ensure_ascii=False))
    else:
        click.echo("\n".join(_in_words(found, version, answer, datetime.now(UTC))))


@duty.command()
@click.option("--force", help="A force whose choices hold, by folder or code.")
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")
@folder_option
def rules(force: str | None, as_json: bool, folder: Path) -> None:
    """List every clock of the rulebook, in its newest version."""
    known = opened(folder, force).of_kind("clock")
    if as_json:
        click.echo(json.dumps([_row(rule) for rule in known], indent=2, ensure_ascii=False))
    else:
        click.echo("\n\n".join("\n    ".join(_paragraph(rule)) for rule in known))


def _moment(text: str) -> datetime | date:
    try:
        if len(text) == len("2026-10-16"):
            return _within_years(date.fromisoformat(text), "--at")
        at = _within_years(datetime.fromisoformat(text), "--at")
    except ValueError as error:
        raise click.BadParameter(f"{text!r} is not a time. Write 2026-10-16T22:15+01:00.", param_hint="--at") from error
    if at.tzinfo is None:
        offset = at.replace(tzinfo=LONDON).isoformat(timespec="minutes")
        raise click.BadParameter(f"{text} has no offset. On London's clock write {offset}.", param_hint="--at")
    return at


def _day(text: str | None) -> date | None:
    try:
        return _within_years(date.fromisoformat(text), "--on") if text else None
    except ValueError as error:
        raise click.BadParameter(f"{text!r} is not a date. Write 2026-10-16.", param_hint="--on") from error


def _within_years(when: Moment, option: str) -> Moment:
    if not years.take(when.year):
        raise click.BadParameter(f"{when.isoformat()} is too far away: give dates {years.WORDS}.", param_hint=option)
    return when


def _facts(given: Iterable[str]) -> dict[str, str]:
    facts: dict[str, str] = {}
    for one in given:
        name, sign, value = one.partition("=")
        if not sign or not name or not value:
            raise click.BadParameter(f"{one!r} is not NAME=VALUE.", param_hint="--fact")
        if name in facts:
            raise click.BadParameter(f"{name} is given twice.", param_hint="--fact")
        facts[name] = value
    return facts


def _version(book: Rulebook, id: str, day: date, place: str | None) -> tuple[Rule, Version]:
    if place is not None and not territory.is_known(place):
        raise click.BadParameter(
            f"{place!r} is not a territory.{did_you_mean(place, territory.NAMED)} Write england_and_wales, "
            "england, wales or an area's code such as E23000002.",
            param_hint="--territory",
        )
    try:
        rule = book.rule(id)
        if rule.kind != "clock":
            raise click.ClickException(f"Rule {id} is no clock but of kind {rule.kind}. See fellwatch duty rules.")
        return rule, rule.version_on(day, place or book.territory)
    except NoSuchRule as error:
        names = [one.id for one in book.of_kind("clock")]
        raise click.ClickException(f"{NoSuchRule(id, names)} The clocks are: {', '.join(names)}.") from error
    except NoVersion as error:
        raise click.ClickException(f"{error} Say where with --territory, and of which day with --on.") from error


def _in_words(rule: Rule, version: Version, answer: Due, now: datetime) -> Iterator[str]:
    clock = clocks.rule_of(version)
    yield rule.title
    yield f"{clock.duty} Owed by: {clock.owner.replace('_', ' ')}."
    yield ""
    yield f"Due: {answer.words}" + _from_now(answer.due_at, now)
    if answer.due_at is not None:
        yield f"     {_london(answer.due_at)} in London, {_utc(answer.due_at)}"
    yield from (f"Warning: {one}" for one in answer.warnings)
    yield from ("", "Working:")
    yield from (f"  {'- ' if step.skips else '  '}{step.text}" for step in answer.working)
    for other in answer.also:
        yield from ("", f"Another reading: {other.words}" + (f" ({other.why})" if other.why else ""))
        yield from (f"  {'- ' if step.skips else '  '}{step.text}" for step in other.working)
    if answer.uncertain:
        yield from ("", "The law can be read in more than one way here: the earliest reading acts.")
    yield ""
    yield f"Rule: {rule.id} version {version.number}, {version.dates}, in {', '.join(version.territory)}"
    yield f"Source: {version.source}"
    yield f"Confidence: {version.confidence} ({version.confidence.words})"
    yield f"Because: {version.reason}"


def _from_now(at: datetime | None, now: datetime) -> str:
    if at is None:
        return ""
    return f" · in {_length(at, now)}" if at > now else f" · {_length(now, at)} ago"


def _length(later: datetime, earlier: datetime) -> str:
    days = (later - earlier).days
    if days >= 2:
        return f"{days} days"
    return say_length(later - earlier)


def _as_data(rule: Rule, version: Version, answer: Due) -> dict[str, object]:
    clock = clocks.rule_of(version)
    return {
        "rule": rule.id,
        "title": rule.title,
        "duty": clock.duty,
        "owner": clock.owner,
        "starts_on": clock.starts_on,
        "owed": answer.owed,
        "promptly": answer.promptly,
        "uncertain": answer.uncertain,
        **_reading(answer.acts),
        "words": answer.words,
        "warn_at": [_utc(at) for at in answer.warn_at],
        "also": [_reading(one) for one in answer.also],
        "version": {
            "number": version.number,
            "applies_from": version.applies_from.isoformat(),
            "applies_to": version.applies_to.isoformat() if version.applies_to else None,
            "territory": list(version.territory),
            "source": version.source,
            "confidence": str(version.confidence),
            "reason": version.reason,
        },
    }


def _reading(reading: Reading) -> dict[str, object]:
    return {
        "clock": reading.clock,
        "words": reading.words,
        "why": reading.why,
        "due_at": _utc(reading.due_at) if reading.due_at else None,
        "due_at_london": _london(reading.due_at) if reading.due_at else None,
        "last_date": reading.last_date.isoformat() if reading.last_date else None,
        "warnings": list(reading.warnings),
        "working": [{"text": step.text, "skips": step.skips} for step in reading.working],
    }


def _paragraph(rule: Rule) -> Iterator[str]:
    version, clock = _newest(rule)
    yield f"{rule.id}: {rule.title}"
    yield f"starts on {clock.starts_on}; {_clock_words(clock)}"
    yield from (f"--fact {_fact_words(clock, name)}" for name in clock.fact_names)
    yield f"{version.confidence}; {version.source}"


def _newest(rule: Rule) -> tuple[Version, ClockRule]:
    version = max(rule.versions, key=lambda one: (one.applies_from, one.number))
    return version, clocks.rule_of(version)


def _row(rule: Rule) -> dict[str, object]:
    version, clock = _newest(rule)
    return {
        "id": rule.id,
        "title": rule.title,
        "starts_on": clock.starts_on,
        "selector": rule.selector,
        "clock": _clock_words(clock),
        "owner": clock.owner,
        "facts": [_fact_words(clock, name) for name in clock.fact_names],
        "version": version.number,
        "territory": list(version.territory),
        "confidence": str(version.confidence),
        "source": version.source,
    }


def _clock_words(clock: ClockRule) -> str:
    words = dict.fromkeys(one.words for one in clock.clocks)
    return ", or ".join(words)


def _fact_words(clock: ClockRule, name: str) -> str:
    spec = next(one for one in clock.facts if one.id == name)
    default = f", {spec.default} where not given" if spec.default is not None else ""
    return f"{name}: {spec.meaning}: {spec.words}{default}{', may be left out' if spec.optional else ''}"


def _london(at: datetime) -> str:
    return at.astimezone(LONDON).isoformat()


def _utc(at: datetime) -> str:
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z")
