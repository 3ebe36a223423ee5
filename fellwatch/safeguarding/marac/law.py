"""What the partnership's rule says, and the clocks that run from a referral."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from fellwatch.duties import reckoning
from fellwatch.duties.calendar import england_and_wales
from fellwatch.foundation import clock, policy
from fellwatch.rules import clocks, conferences
from fellwatch.rules.clock_rule import ClockRule
from fellwatch.rules.conferences import Asked, Conference, Found
from fellwatch.rules.definitions import Definition
from fellwatch.rules.versions import Version

RULE, FLAG, ESCALATION = "marac", "marac_repeat_flag", "potential_escalation"
CONTACT, RESEARCH, TRIAGE = "marac_victim_contact", "marac_research", "marac_triage"


@dataclass(frozen=True)
class Due:
    """When something is due and under which version, with the working."""

    at: datetime | None
    version: int
    working: tuple[str, ...]


def conference(on: date) -> Conference:
    """Return what the partnership has agreed, on a day."""
    return policy.parsed(RULE, on, Conference)


def conference_version(on: date) -> Version:
    """Return the version with its source and confidence."""
    return policy.version(RULE, on)


def escalation(on: date) -> tuple[Definition, Version]:
    """Return when domestic incidents come often enough."""
    return policy.parsed(ESCALATION, on, Definition), policy.version(ESCALATION, on)


def last_day(referred: date) -> date:
    """Return the last day on which a further incident makes a repeat."""
    rule = policy.parsed(FLAG, referred, ClockRule)
    return clocks.due(rule, start=referred, calendar=england_and_wales(), facts={}).last_date or referred


def decide(asked: Asked, on: date) -> Found:
    """Say which criteria a referral meets, whether it is a repeat, and whether a panel may triage it."""
    return conferences.decide(conference(on), asked, last_day)


def due(rule_id: str, at: datetime) -> Due:
    """Return when something is due that runs from an instant."""
    found = reckoning.one(rule_id, at=at, facts={})
    if found is None:
        return Due(None, 0, ())
    return Due(found.due_at, found.version, found.working)


def agenda_due(starts_at: datetime) -> date:
    """Return the day by which a meeting's agenda goes out."""
    day = clock.london_date(starts_at)
    return day - timedelta(days=conference(day).agenda_days_before)
