"""Queues: which incidents somebody should see, and why."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fellwatch.rules import queues
from fellwatch.rules.queues import Queue
from tests.rules import rulebook_under_test as book

DESK: Queue = book.parsed("safeguarding_help_desk")


@pytest.mark.parametrize(("id", "place"), book.examples("queue"))
def test_worked_example_comes_out_as_written(id: str, place: int) -> None:
    assert queues.check_example(book.parsed(id), book.example(id, place)) is None


def test_weightiest_line_comes_first_and_its_reason_holds_the_facts() -> None:
    found = queues.matches(
        DESK,
        {"domestic": "yes", "highest_earlier_risk": "high", "earlier_domestic_incidents": 2, "markers": []},
    )
    assert [match.line for match in found] == ["domestic_high_risk", "domestic_repeat"]
    assert found[1].reason == "Domestic, and not the first within the year: 2 before this."


def test_nothing_known_brings_nothing_before_anyone() -> None:
    assert {queues.matches(book.parsed(id), {}) for id in book.of_kind("queue")} == {()}


@given(st.sampled_from(["yes", "no", "not_known", "refused"]), st.integers(0, 5))
def test_high_risk_domestic_always_reaches_the_desk(child: str, earlier: int) -> None:
    known = {
        "domestic": "yes",
        "marac_in_12_months": "yes",
        "child_at_address": child,
        "earlier_domestic_incidents": earlier,
    }
    assert "domestic_high_risk" in {match.line for match in queues.matches(DESK, known)}


@pytest.mark.parametrize("line", [line.id for line in DESK.lines])
def test_every_line_of_the_desk_has_a_title_and_a_reason(line: str) -> None:
    found = next(one for one in DESK.lines if one.id == line)
    assert found.title
    assert found.reason.endswith(".")


def test_wrong_example_is_told_with_the_lines_that_took_it() -> None:
    wrong = {"facts": {"child_victim": "yes"}, "lines": []}
    assert queues.check_example(DESK, wrong) == "it is taken by child_victim"


def test_faults_of_a_queue_are_told_at_once() -> None:
    line = {"id": "a", "title": "A", "reason": "{nobody}", "when": {"eq": ["domestic"]}, "colour": "red"}
    faults = book.faults("queue", {"lines": [line]})
    assert [fault.where for fault in faults] == [
        "readers",
        "lines.0.reason",
        "lines.0.when.eq",
        "lines.0.colour",
    ]
