"""The officer's judgement beside the score: worked cases of the checklist, and what a score may never do."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from fellwatch.rules import instruments, judgement
from tests.rules import rulebook_under_test as book

DASH = book.parsed("dash")
ITEMS = [f"q{number}" for number in range(1, 28)]
OF_24 = [item for item in ITEMS if item not in ("q10", "q11", "q12")]
REASON = "She is leaving him on Friday."


def said(yes: list[str], rest: str = "no", **more: str) -> dict[str, object]:
    return {**{item: "yes" if item in yes else rest for item in ITEMS}, **more}


def test_fourteen_yes_of_twenty_four_proposes_high() -> None:
    judged = judgement.judge(DASH, said(OF_24[:14], grade="high"))
    assert (judged.grade, judged.suggested, judged.below) == ("high", "high", False)
    assert judged.because == "14 of the scored answers are yes; from 14 the grade is high."


def test_thirteen_yes_and_a_judgement_of_high_stands_and_needs_its_reason() -> None:
    answers = said(OF_24[:13], grade="high", answered_by="victim", victims_view="considered_none")
    assert judgement.judge(DASH, answers).below is False
    assert [one.question for one in instruments.completeness(DASH, answers).missing] == ["rationale"]


def test_fourteen_yes_graded_medium_falls_below_what_is_proposed() -> None:
    assert judgement.judge(DASH, said(OF_24[:14], grade="medium", rationale=REASON)).below


def test_twenty_five_not_known_and_two_yes_score_two_and_are_in_doubt() -> None:
    judged = judgement.judge(DASH, said(["q17", "q18"], "not_known", grade="high"))
    assert dict(judged.scores) == {"score27": 2, "score24": 2, "score": 2}
    assert judged.doubt.startswith("25 of 27 are not known")


def test_questions_ten_to_twelve_count_in_twenty_seven_and_not_in_twenty_four() -> None:
    judged = judgement.judge(DASH, said([*OF_24[:12], "q10", "q11", "q12"], grade="medium"))
    assert dict(judged.scores)["score27"] == 15
    assert dict(judged.scores)["score24"] == 12
    assert judged.suggested == "medium"


def test_no_score_may_be_shown_before_the_officer_has_judged() -> None:
    assert judgement.judge(DASH, said(OF_24)).shown is False
    assert judgement.judge(DASH, said(OF_24, grade="standard")).shown is True


def test_form_without_a_judgement_judges_nothing() -> None:
    assert judgement.judge(book.parsed("stalking"), {"s1": "yes"}).suggested is None


answers = st.fixed_dictionaries(
    {item: st.sampled_from(["yes", "no", "not_known", "refused", "not_asked"]) for item in ITEMS}
)


@given(answers, st.sampled_from(ITEMS))
def test_another_yes_never_lowers_what_is_proposed(given_answers: dict[str, object], item: str) -> None:
    order = ("standard", "medium", "high")
    before = judgement.judge(DASH, given_answers).suggested or "standard"
    after = judgement.judge(DASH, {**given_answers, item: "yes"}).suggested or "standard"
    assert order.index(after) >= order.index(before)


def test_the_checklist_keeps_the_published_numbers_and_leaves_out_three() -> None:
    numbered = [one for one in DASH.questions if one.number]
    assert [one.number for one in numbered] == [str(number) for number in range(1, 28)]
    score24 = next(one for one in DASH.projections if one.name == "score24")
    assert list(score24.questions) == OF_24


def test_not_known_ranks_above_no_in_every_answer_that_scores() -> None:
    for name in book.of_kind("instrument"):
        for question in book.parsed(name).library:
            order = question.risk_order
            if "not_known" in order and "no" in order and order.index("no") < order.index("yes"):
                assert instruments.riskier(question, "no", "not_known") == "not_known", f"{name}.{question.id}"


def test_answer_that_was_not_asked_needs_to_say_why() -> None:
    asked = {"q19": "not_asked"}
    missing = [one.question for one in instruments.completeness(DASH, asked).missing]
    assert "q19_words" in missing
    assert "q19_words" not in [
        one.question for one in instruments.completeness(DASH, {**asked, "q19_words": "He was in the room."}).missing
    ]


def test_words_beside_an_answer_are_kept_within_bounds() -> None:
    assert instruments.validate(DASH, {"q1": "yes", "q1_words": "Her wrist."}) == ()
    wrong = instruments.validate(DASH, {"q1": "yes", "q1_words": "x" * 5000, "grade_words": "no words here"})
    assert [one.question for one in wrong] == ["q1_words", "grade_words"]
