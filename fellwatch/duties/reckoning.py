"""Work out which duties run from a fact and when each is due, by the rulebook of the day."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from fellwatch.duties.calendar import england_and_wales
from fellwatch.foundation import clock, policy
from fellwatch.rules import clocks
from fellwatch.rules.clock_readings import ClockRefused
from fellwatch.rules.clock_rule import ClockRule
from fellwatch.rules.clocks import Due
from fellwatch.rules.errors import NoVersion
from fellwatch.rules.versions import Version


@dataclass(frozen=True)
class Reckoned:
    """One duty that a fact starts: when it is due and the working, or why that cannot be said."""

    rule: str
    version: int
    title: str
    owner: str
    due_at: datetime | None
    warn_at: datetime | None
    working: tuple[str, ...]
    settled_by: str = ""
    trouble: str = ""


def running_from(fact: str, *, at: datetime, facts: Mapping[str, object]) -> Iterator[Reckoned]:
    """Yield every duty whose rule starts on the fact, under the version that holds on its day."""
    for rule_id in _started_by(fact):
        found = one(rule_id, at=at, facts=facts)
        if found is not None:
            yield found


def one(rule_id: str, *, at: datetime, facts: Mapping[str, object]) -> Reckoned | None:
    """Return one duty; None where no version holds that day or nothing is owed on these facts."""
    try:
        version = policy.version(rule_id, clock.london_date(at))
    except NoVersion:
        return None
    rule = policy.parsed(rule_id, clock.london_date(at), ClockRule)
    asked = {name: value for name, value in facts.items() if name in rule.fact_names}
    try:
        due = clocks.due(rule, start=at, calendar=england_and_wales(), facts=asked)
    except ClockRefused as refused:
        return _reckoned(rule_id, version, rule, None, trouble=str(refused))
    return _reckoned(rule_id, version, rule, due) if due.owed else None


def _reckoned(rule_id: str, version: Version, rule: ClockRule, due: Due | None, *, trouble: str = "") -> Reckoned:
    return Reckoned(
        rule=rule_id,
        version=version.number,
        title=policy.rulebook().rule(rule_id).title,
        owner=rule.owner,
        due_at=_due_at(due) if due else None,
        warn_at=due.warn_at[0] if due and due.warn_at else None,
        working=_working(rule, due) if due else (),
        settled_by=rule.settled_by,
        trouble=trouble,
    )


def _due_at(due: Due) -> datetime | None:
    """Return when it is due; what is owed at once, with no number in law, is due when it starts."""
    if due.due_at is None and due.promptly and isinstance(due.start, datetime):
        return due.start
    return due.due_at


def _working(rule: ClockRule, due: Due) -> tuple[str, ...]:
    begun = clock.london(due.start) if isinstance(due.start, datetime) else due.start
    lines = [f"Starts on {rule.starts_on.replace('.', ' ').replace('_', ' ')}, {begun:%a %-d %b %Y %H:%M}."]
    lines += [step.text for step in due.working]
    lines += [f"Another reading: {reading.words}. The earlier acts." for reading in due.also]
    return (*lines, *due.warnings, f"So: {due.words}.")


@cache
def _started_by(fact: str) -> tuple[str, ...]:
    book = policy.rulebook()
    return tuple(
        rule.id
        for rule in book.of_kind("clock")
        if any(isinstance(v.parsed, ClockRule) and v.parsed.starts_on == fact for v in rule.versions)
    )
