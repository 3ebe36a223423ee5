"""Grades by risk alone: what is proposed, what may lower it, and who may change it."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fellwatch.rules import body_path, facts, grading, regrading
from fellwatch.rules.condition_data import leaves
from fellwatch.rules.facts import DANGER_FACTS, INCIDENT_FACTS, FactKind
from fellwatch.rules.grading import Grading, Proposal
from fellwatch.rules.regrading import Change, ChangeDecision
from tests.rules import rulebook_under_test as book

RULE: Grading = book.parsed("incident_grade")
NO_VISIT: dict[str, object] = {
    "attendance_needed": "no",
    "threat_to_life": "no",
    "in_progress": "no",
    "domestic": "no",
}


def propose(**known: object) -> Proposal:
    assert facts.faults_in(known) == ()
    return grading.propose(RULE, known)


def height(grade: str) -> int:
    return -RULE.grades.index(grade)


@pytest.mark.parametrize(("id", "place"), book.examples("grading"))
def test_worked_example_comes_out_as_written(id: str, place: int) -> None:
    assert grading.check_example(book.parsed(id), book.example(id, place)) is None


@pytest.mark.parametrize(("id", "place"), book.examples("regrading"))
def test_worked_change_comes_out_as_written(id: str, place: int) -> None:
    reasons = book.words("downgrade_reasons")
    assert regrading.check_example(book.parsed(id), book.example(id, place), reasons) is None


def test_wrong_example_is_told_with_what_came_out() -> None:
    wrong = {"facts": {"violence": "yes"}, "grade": "priority"}
    assert grading.check_example(RULE, wrong) == ("emergency, because Violence has just been used or is about to be.")
    assert "no fact" in str(grading.check_example(RULE, {"facts": {"violent": "yes"}, "grade": "priority"}))
    assert grading.check_example(RULE, {**wrong, "grade": "emergency", "because": ["badly_hurt"]}) == (
        "badly_hurt did not hold"
    )


def test_reasons_for_the_grade_stand_apart_from_what_else_is_true() -> None:
    proposal = propose(domestic="yes", suspect_present_or_returning="yes", child_at_address="yes", markers=["weapons"])
    assert proposal.grade == "emergency"
    assert proposal.because == (
        "Domestic abuse, and the suspect is there, close by or coming back.",
        "The suspect is near, and somebody involved is marked for weapons.",
    )
    assert any("child" in sentence for sentence in proposal.also)
    assert any("Also enough by itself" in sentence for sentence in proposal.not_lower_because)


def test_sole_reason_tells_where_the_grade_would_fall_without_it() -> None:
    assert propose(violence="yes").not_lower_because == ("That alone lifts it from scheduled.",)
    assert propose(violence="yes", hate="yes").not_lower_because == ("That alone lifts it from priority.",)


def test_proposal_asks_first_for_what_would_raise_it_most() -> None:
    asked = propose(domestic="yes").find_out
    assert {question.grade for question in asked} == {"emergency"}
    assert "suspect_present_or_returning" in {question.fact for question in asked}
    assert propose(threat_to_life="yes").find_out == ()


def test_nothing_known_is_scheduled_and_never_less() -> None:
    proposal = grading.propose(RULE, {})
    assert proposal.grade == "scheduled"
    assert proposal.because == (RULE.default_reason,)


def test_question_answered_not_known_stops_a_grade_from_being_lowered() -> None:
    assert propose(**NO_VISIT).grade == "no_deployment"
    doubted = propose(**NO_VISIT, weapon="not_known")
    assert doubted.grade == "scheduled"
    assert any("Not ruled out" in sentence for sentence in doubted.not_lower_because)


def test_every_test_was_considered_with_its_outcome_and_what_it_waits_for() -> None:
    considered = {one.id: one for one in propose(domestic="yes").considered}
    assert len(considered) == len(RULE.tests) + len(RULE.floors)
    assert considered["domestic_now"].unknown == ("in_progress",)
    assert considered["domestic"].truth == "true"


def test_neither_resources_nor_delay_nor_the_present_grade_are_asked_about() -> None:
    asked = {leaf.fact for test in (*RULE.tests, *RULE.floors) for leaf in leaves(test.when)}
    assert asked.isdisjoint({"delays", "waited_minutes", "minutes_past_target", "status", "grade"})


ANSWERS = [name for name, fact in INCIDENT_FACTS.items() if fact.kind is FactKind.ANSWER]
answer_sets = st.dictionaries(st.sampled_from(ANSWERS), st.sampled_from(["yes", "no", "no", "not_known"]), max_size=10)
mostly_no = st.builds(lambda chosen: {**NO_VISIT, **chosen}, answer_sets)


@given(answer_sets | mostly_no, st.sampled_from(ANSWERS), st.sampled_from(["not_known", "refused", "yes"]))
def test_turning_a_no_into_anything_else_never_lowers_the_grade(
    known: dict[str, object], name: str, instead: str
) -> None:
    before = grading.propose(RULE, {**known, name: "no"}).grade
    after = grading.propose(RULE, {**known, name: instead}).grade
    assert height(after) >= height(before)


@given(answer_sets | mostly_no, st.sampled_from(ANSWERS))
def test_forgetting_a_no_never_lowers_the_grade(known: dict[str, object], name: str) -> None:
    before = grading.propose(RULE, {**known, name: "no"}).grade
    without = {key: value for key, value in known.items() if key != name}
    assert height(grading.propose(RULE, without).grade) >= height(before)


@given(answer_sets)
def test_domestic_abuse_is_never_proposed_below_priority(known: dict[str, object]) -> None:
    assert height(grading.propose(RULE, {**known, "domestic": "yes"}).grade) >= height("priority")


@given(answer_sets)
def test_every_proposal_gives_a_reason(known: dict[str, object]) -> None:
    proposal = grading.propose(RULE, known)
    assert proposal.because
    assert proposal.not_lower_because or proposal.grade == "no_deployment"


@pytest.mark.parametrize("name", list(DANGER_FACTS))
def test_every_danger_question_can_change_the_grade(name: str) -> None:
    settings: list[dict[str, object]] = [{}, {"domestic": "yes"}, {"weapon": "yes"}, NO_VISIT]
    assert any(propose(**{**one, name: "yes"}).grade != propose(**{**one, name: "no"}).grade for one in settings)


def test_every_fault_of_a_grading_is_told_at_once() -> None:
    faults = book.faults(
        "grading",
        {
            "grades": ["high", "low"],
            "default": "middling",
            "default_reason": "Nothing else.",
            "tests": [
                {
                    "id": "a",
                    "grade": "high",
                    "reason": "Marked {marker}.",
                    "when": {"eq": ["domestic", "maybe"]},
                },
                {"id": "a", "grade": "top", "reason": "x", "when": {"eq": ["domestik", "yes"]}},
            ],
        },
    )
    assert [fault.where for fault in faults] == [
        "default",
        "tests.0.reason",
        "tests.0.when.eq",
        "tests.1.grade",
        "tests.1.when.eq",
        "tests",
    ]


# --- changing a grade -----------------------------------------------------------------------------


def change(known: dict[str, object], **asked: object) -> ChangeDecision:
    full: dict[str, Any] = {
        "from_grade": "priority",
        "to_grade": "scheduled",
        "reason": "new_information",
        "rationale": "The caller found the van parked in the next street",
        "reassessed": True,
        **asked,
    }
    return regrading.check_change(
        book.parsed("grade_change"),
        Change(**full),
        known,
        book.words("downgrade_reasons"),
    )


def test_all_objections_come_at_once() -> None:
    decision = change({"domestic": "yes"}, reason="", rationale="", reassessed=False)
    assert not decision.allowed
    assert len(decision.because) == 4


def test_supervisor_cannot_do_without_a_fresh_thrive() -> None:
    decision = change({"domestic": "yes"}, reassessed=False, by_supervisor=True)
    assert decision.because == ("Do THRIVE again first: a lower grade must rest on what is known now.",)


@pytest.mark.parametrize("name", ["domestic", "missing", "hate", "child_victim", "sexual_offence", "honour_based"])
def test_protected_types_need_a_supervisor_when_true_or_in_doubt_but_not_when_unasked(name: str) -> None:
    assert change({name: "yes"}).needs_supervisor
    assert change({name: "not_known"}).needs_supervisor
    assert change({name: "no"}).allowed
    assert change({}).allowed
    assert change({name: "yes"}, by_supervisor=True).allowed


@pytest.mark.parametrize("reason", ["no_units", "end_of_shift", "distance", "other_demand", "target_missed"])
def test_resource_reason_is_refused_to_everyone_and_its_delay_recorded(reason: str) -> None:
    decision = change({}, reason=reason, by_supervisor=True)
    assert not decision.allowed
    assert decision.record_delay
    assert not decision.needs_supervisor


def test_unknown_grade_is_refused_by_name() -> None:
    assert change({}, to_grade="whenever").because == ("There is no grade called 'whenever'.",)


@given(st.sampled_from(RULE.grades), st.sampled_from(RULE.grades), answer_sets)
def test_raising_or_keeping_a_grade_is_open_to_anyone(one: str, other: str, known: dict[str, object]) -> None:
    higher, lower = sorted((one, other), key=height, reverse=True)
    assert change(known, from_grade=lower, to_grade=higher, reason="", rationale="", reassessed=False).allowed


# --- what a force may choose --------------------------------------------------------------------------


def local_choices() -> list[tuple[str, str, object]]:
    return [
        (id, local["path"], value)
        for id, data in book.written().items()
        for local in data["version"][0].get("local", [])
        for value in local.get("options", [local.get("at_least"), local.get("at_most")])
    ]


@pytest.mark.parametrize(("id", "path", "value"), local_choices())
def test_whatever_a_force_may_choose_still_reads_without_fault(id: str, path: str, value: object) -> None:
    data = book.written()[id]
    body = body_path.replaced(data["version"][0]["body"], path, value)
    assert isinstance(body, dict)
    assert book.faults(data["kind"], body) == []


def test_no_local_choice_can_let_domestic_abuse_below_priority() -> None:
    open_to_choice = {path: value for id, path, value in local_choices() if id == "incident_grade"}
    assert {value for _, path, value in local_choices() if path == "floors.floor_domestic.grade"} == {
        "priority",
        "emergency",
    }
    assert "tests.domestic.grade" not in open_to_choice


def test_grades_and_reasons_named_by_the_rules_are_those_of_the_vocabularies() -> None:
    codes = tuple(code.code for code in book.words("grades").codes)
    assert codes == RULE.grades == book.parsed("grade_change").grades
    assert set(codes) == set(book.parsed("waiting_order").grades)
    assert book.parsed("grade_change").reasons in book.of_kind("vocabulary")
