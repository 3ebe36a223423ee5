"""The order of waiting incidents: risk times age, always rising, with one line of why."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fellwatch.rules import urgency
from fellwatch.rules.expressions import Facts
from fellwatch.rules.urgency import Urgency, Weights
from tests.rules import rulebook_under_test as book

RULE: Weights = book.parsed("waiting_order")
GRADES = list(RULE.grades)
known_sets = st.fixed_dictionaries(
    {},
    optional={
        "domestic": st.sampled_from(["yes", "no"]),
        "child_at_address": st.sampled_from(["yes", "no"]),
        "weapon": st.sampled_from(["yes", "no", "not_known"]),
        "vulnerabilities": st.lists(st.sampled_from(["older", "pregnant"]), max_size=2),
    },
)
minutes = st.floats(0, 100_000)
targets = st.none() | st.integers(1, 5000)


def order(grade: str, waited: float, target: float | None, known: Facts) -> Urgency:
    return urgency.urgency(RULE, grade=grade, waited_minutes=waited, target_minutes=target, known=known)


@pytest.mark.parametrize(("id", "place"), book.examples("urgency"))
def test_worked_example_comes_out_as_written(id: str, place: int) -> None:
    assert urgency.check_example(book.parsed(id), book.example(id, place)) is None


@given(st.sampled_from(GRADES), minutes, minutes, targets, known_sets)
def test_longer_wait_never_ranks_lower(
    grade: str, waited: float, more: float, target: int | None, known: Facts
) -> None:
    assert order(grade, waited + more, target, known).score >= order(grade, waited, target, known).score


@given(st.sampled_from(GRADES), st.integers(0, 10_000), targets, known_sets)
def test_another_minute_always_ranks_higher(grade: str, waited: int, target: int | None, known: Facts) -> None:
    assert order(grade, waited + 1, target, known).score > order(grade, waited, target, known).score


@given(st.sampled_from(GRADES), minutes, targets, known_sets)
def test_another_danger_never_ranks_lower(grade: str, waited: float, target: int | None, known: Facts) -> None:
    worse = {**known, "threat_to_life": "yes"}
    assert order(grade, waited, target, worse).score > order(grade, waited, target, known).score


@given(minutes, targets)
def test_age_counts_from_one_up_to_the_ceiling(waited: float, target: int | None) -> None:
    assert 1 <= urgency.age_factor(RULE, waited, target) <= RULE.ceiling


def test_age_is_halfway_to_the_ceiling_when_the_target_is_reached() -> None:
    assert urgency.age_factor(RULE, 15, 15) == (1 + RULE.ceiling) / 2


def test_line_tells_the_wait_first_and_then_the_heaviest_dangers() -> None:
    known = {"child_at_address": "yes", "downgrades_refused": 2, "suspect_present_or_returning": "yes"}
    assert order("priority", 82, 60, known).because == (
        "rising: 22 min past the 60, suspect near, child at address, downgrade refused 2×"
    )
    assert order("no_deployment", 30, None, {}).because == "waiting 30 min"


def test_a_long_wait_is_said_in_hours_and_then_in_days() -> None:
    assert order("priority", 45 + 120, 45, {}).because == "rising: 120 min past the 45"
    assert order("priority", 45 + 1159, 45, {}).because == "rising: 19 h past the 45 min"
    assert order("scheduled", 2880 + 60, 2880, {}).because == "rising: 60 min past the 48 h"
    assert order("scheduled", 300, 2880, {}).because == "5 h of 48 h gone"
    assert order("no_deployment", 4487, None, {}).because == "waiting 3 days"


def test_negative_points_and_a_ceiling_that_never_rises_are_refused() -> None:
    faults = book.faults(
        "urgency",
        {
            "grades": {"emergency": -1},
            "ceiling": 1,
            "without_target_minutes": 0,
            "weights": [{"id": "a", "points": -5, "reason": "x", "when": {"known": "domestic"}}],
        },
    )
    assert [fault.where for fault in faults] == [
        "grades.emergency",
        "weights.0.points",
        "ceiling",
        "without_target_minutes",
    ]
