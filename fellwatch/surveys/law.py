"""The surveys of the rulebook as it stands on a day."""

from collections.abc import Mapping
from datetime import datetime

from fellwatch.foundation import clock, policy
from fellwatch.rules import vocabulary
from fellwatch.rules.surveys import Survey
from fellwatch.rules.vocabulary import Code, Vocabulary

THEMES, OUTCOMES = "survey_themes", "survey_told_outcomes"
TOLD = "survey_told"
"""The clock of what a surveyor tells the team."""


def groups() -> tuple[str, ...]:
    """Return the groups of victims that the rulebook has a survey for."""
    return tuple(id.removeprefix("survey_") for id in policy.of_kind("survey"))


def survey(group: str, now: datetime) -> Survey | None:
    """Return the survey of a group today; None where there is no such group."""
    return policy.parsed(f"survey_{group}", clock.london_date(now), Survey) if group in groups() else None


def surveys(now: datetime) -> tuple[Survey, ...]:
    """Return every survey of today."""
    return tuple(policy.parsed(f"survey_{group}", clock.london_date(now), Survey) for group in groups())


def version(group: str, now: datetime) -> int:
    """Return the version of a survey that holds today."""
    return policy.version(f"survey_{group}", clock.london_date(now)).number


def confidence(group: str, now: datetime) -> str:
    """Return how sure the rulebook is of a survey."""
    return str(policy.version(f"survey_{group}", clock.london_date(now)).confidence)


def codes(name: str, now: datetime) -> tuple[Code, ...]:
    """Return the codes of a list in use today."""
    on = clock.london_date(now)
    return vocabulary.choices(policy.parsed(name, on, Vocabulary), on)


def label(name: str, code: str, now: datetime) -> str:
    """Return the words of a code."""
    return vocabulary.label(policy.parsed(name, clock.london_date(now), Vocabulary), code)


def asked_in_words(group: str, now: datetime) -> tuple[str, ...]:
    """Return the questions of a group's survey that ask for somebody's own words."""
    found = survey(group, now)
    return tuple(one.id for one in found.questions if one.kind == "words") if found else ()


def in_words(group: str, answers: Mapping[str, str], now: datetime) -> str:
    """Return what somebody said in their own words to the questions that ask for them; empty for nothing."""
    return "\n".join(said for one in asked_in_words(group, now) if (said := answers.get(one, "")))
