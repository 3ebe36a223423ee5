"""Forms as data: what is missing, what is wrong, what is kept, and which answer is the more dangerous."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fellwatch.rules import instrument_data, instruments, vocabulary
from fellwatch.rules.instruments import CONSIDERED_NONE, Answers
from tests.rules import rulebook_under_test as book

THRIVE = book.thrive()
ELEMENTS = ["threat", "harm", "risk", "investigation", "vulnerability", "engagement"]
DONE: dict[str, Any] = {
    **dict.fromkeys(ELEMENTS, CONSIDERED_NONE),
    "safeguarding_considered": "yes",
    "safeguarding_what": CONSIDERED_NONE,
    "crime_disclosed": "no",
    "systems_checked": ["incidents"],
    "safety_advice": "Go next door",
    "safe_contact": CONSIDERED_NONE,
    "reassess_when": CONSIDERED_NONE,
}


def missing(answers: Answers) -> list[str]:
    return [one.question for one in instruments.completeness(THRIVE, answers).missing]


@pytest.mark.parametrize(("id", "place"), book.examples("instrument"))
def test_worked_example_comes_out_as_written(id: str, place: int) -> None:
    assert instrument_data.check_example(book.parsed(id), book.example(id, place)) is None


@pytest.mark.parametrize("element", ELEMENTS)
@pytest.mark.parametrize("empty", [None, "", "   ", "\n"])
def test_element_left_empty_is_missing_and_says_what_to_do(element: str, empty: object) -> None:
    found = instruments.completeness(THRIVE, {**DONE, element: empty})
    assert not found.complete
    assert [one.question for one in found.missing] == [element]
    assert "considered it" in found.missing[0].do
    assert found.answered == found.total - 1


def test_everything_answered_is_complete() -> None:
    found = instruments.completeness(THRIVE, DONE)
    assert found.complete
    assert found.answered == found.total


def test_detail_is_asked_for_only_when_its_answer_calls_for_it() -> None:
    assert missing({**DONE, "crime_disclosed": "yes"}) == ["crime_which"]
    assert missing({**DONE, "crime_disclosed": "not_known"}) == []
    assert missing({**DONE, "safeguarding_considered": "no", "safeguarding_what": ""}) == []


def test_skip_in_doubt_is_not_taken() -> None:
    asked = [question.id for question in instruments.asked(THRIVE, {})]
    assert "crime_which" in asked


@pytest.mark.parametrize(
    ("question", "answer", "what"),
    [
        ("threat", 7, "Threat: needs words."),
        ("threat", "x" * 4001, "Threat: 1 characters too long."),
        ("crime_disclosed", "perhaps", "Crime disclosed?: 'perhaps' is not a choice."),
        ("crime_disclosed", ["yes"], "Crime disclosed?: not an answer."),
        ("crime_which", CONSIDERED_NONE, "Which crime?: cannot be left at none."),
        ("systems_checked", "incidents", "Systems checked: not an answer."),
        ("systems_checked", ["incidents", "runes"], "Systems checked: 'runes' is not a choice."),
        ("horoscope", "yes", "This form does not ask that."),
    ],
)
def test_wrong_answer_is_told_beside_its_question(question: str, answer: object, what: str) -> None:
    problems = instruments.validate(THRIVE, {**DONE, question: answer})
    assert [(one.question, one.what) for one in problems] == [(question, what)]
    assert problems[0].do


def test_refusing_to_answer_is_a_valid_answer() -> None:
    assert instruments.validate(THRIVE, {**DONE, "crime_disclosed": "refused"}) == ()


def test_columns_are_filled_from_the_answers() -> None:
    kept = instruments.projections(THRIVE, {**DONE, "crime_disclosed": "yes", "crime_which": "Assault"})
    assert kept == {
        "complete": True,
        "crime_disclosed": "yes",
        "safeguarding_considered": "yes",
        "elements_none": 6,
        "flags": ["crime_to_record"],
    }


def test_unanswered_column_is_empty_never_no() -> None:
    kept = instruments.projections(THRIVE, {})
    assert kept["crime_disclosed"] is None
    assert kept["flags"] == []


@pytest.mark.parametrize("variant", [variant.id for variant in THRIVE.variants])
def test_local_variant_asks_the_six_elements_first_and_only_adds(variant: str) -> None:
    form = instruments.for_variant(THRIVE, variant)
    ids = [question.id for question in form.questions]
    assert ids[:6] == ELEMENTS
    assert {question.id for question in THRIVE.questions} <= set(ids)
    assert (len(ids) > len(THRIVE.questions)) is (variant != "thrive")


def test_systems_on_the_form_are_those_of_the_vocabulary() -> None:
    question = next(one for one in THRIVE.questions if one.id == "systems_checked")
    codes = book.words("systems_checked").codes
    assert [(one.value, one.label) for one in question.options] == [(one.code, one.label) for one in codes]
    assert vocabulary.label(book.words("systems_checked"), "marac") == "MARAC flag"


def test_more_dangerous_answer_wins_and_not_known_ranks_above_no() -> None:
    crime = next(one for one in THRIVE.questions if one.id == "crime_disclosed")
    assert instruments.riskier(crime, "no", "not_known") == "not_known"
    assert instruments.riskier(crime, "not_known", "yes") == "yes"
    assert instruments.riskier(crime, "no", "no") == "no"
    assert instruments.riskier(crime, "yes", "refused") is None


answers = st.dictionaries(
    st.sampled_from([question.id for question in THRIVE.library]),
    st.sampled_from([None, "", "yes", "no", "not_known", CONSIDERED_NONE, "words", ["incidents"], 3]),
)


@given(answers)
def test_complete_means_that_nothing_is_missing(given_answers: dict[str, object]) -> None:
    found = instruments.completeness(THRIVE, given_answers)
    assert found.complete is (found.missing == ())
    assert found.answered + len(found.missing) == found.total
    assert set(instruments.projections(THRIVE, given_answers)) == {one.name for one in THRIVE.projections}


@given(answers, st.sampled_from(ELEMENTS))
def test_answering_an_element_never_leaves_more_missing(given_answers: dict[str, object], element: str) -> None:
    assert len(missing({**given_answers, element: "Said"})) <= len(missing(given_answers))


def test_faults_of_an_instrument_are_told_at_once() -> None:
    question = {"id": "a", "section": "s", "kind": "yes_no", "label": "A", "help": "a", "do": "a"}
    faults = book.faults(
        "instrument",
        {
            "sections": [{"id": "s", "title": "S"}],
            "questions": [
                {**question, "risk_order": ["not_known", "no", "yes"]},
                {**question, "id": "b", "section": "t", "skip_when": {"eq": ["answer.a", "maybe"]}},
                {**question, "id": "c", "kind": "choice"},
                {**question, "id": "d", "skip_when": {"known": "domestic"}, "variants": ["none"]},
            ],
            "projections": [
                {"name": "score", "kind": "score"},
                {"name": "x", "kind": "answer", "questions": ["z"]},
            ],
        },
    )
    assert [fault.where for fault in faults] == [
        "questions.0.risk_order",
        "questions.1.section",
        "questions.1.skip_when.eq",
        "questions.2.options",
        "questions.3.skip_when.known",
        "questions.3.variants",
        "projections.0.kind",
        "projections.1.questions",
    ]
