"""Every worked example of every rule, the core's and each force's, one test each."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from fellwatch.duties import calendar
from fellwatch.rules import digest, rulebook
from fellwatch.rules.rulebook import Rulebook
from fellwatch.rules.versions import Rule, Version

ROOT = Path(__file__).parents[2] / "rulebook"


@cache
def book(force: str | None) -> Rulebook:
    return rulebook.load(ROOT, force)


def _own(force: str | None) -> tuple[Rule, ...]:
    return rulebook.own_rules(book(force)) if force else rulebook.core_rules(book(None))


EXAMPLES = [
    pytest.param(force, rule, version, index, id=f"{force or 'core'}-{rule.id}-{version.number}-{index + 1}")
    for force in (None, *rulebook.force_names(ROOT))
    for rule in _own(force)
    for version in rule.versions
    for index in range(len(version.examples))
]


@pytest.mark.parametrize(("force", "rule", "version", "index"), EXAMPLES)
def test_an_example_comes_out_as_written(force: str | None, rule: Rule, version: Version, index: int) -> None:
    wrong = rulebook.try_example(book(force), rule, version, index, calendar.england_and_wales())
    assert wrong is None, wrong


@pytest.mark.parametrize("force", [None, *rulebook.force_names(ROOT)])
def test_every_version_is_published(force: str | None) -> None:
    register = digest.read(ROOT / rulebook.FORCES / force if force else ROOT)
    unpublished = [
        f"{rule.id} {version.number}"
        for rule in _own(force)
        for version in rule.versions
        if (rule.id, version.number) not in register
    ]
    assert not unpublished, "run: fellwatch rulebook publish" + (f" --force {force}" if force else "")


CONTACT = {
    "attendance": "incident.graded",
    "crime_recording": "crime.disclosed",
    "encompass_notification": "child.at_risk",
    "thrive_after_emergency": "incident.graded",
    "waiting_review": "incident.waiting",
    "desk_advice": "advice.asked",
}


@pytest.mark.parametrize(("rule", "event"), CONTACT.items())
def test_the_control_room_has_its_clocks(rule: str, event: str) -> None:
    parsed = book(None).rule(rule).versions[-1].parsed
    assert getattr(parsed, "starts_on", None) == event


def test_the_grades_that_clocks_know_are_the_grades_people_choose() -> None:
    codes = {code.code for code in getattr(book(None).rule("grades").versions[-1].parsed, "codes", ())}
    for name in ("attendance", "thrive_after_emergency", "waiting_review"):
        facts = getattr(book(None).rule(name).versions[-1].parsed, "facts", ())
        assert set(next(fact for fact in facts if fact.id == "grade").choices) == codes
