"""Lists of codes: what may be chosen, what it means, and that every rule uses only codes that exist."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from fellwatch.rules import expressions, vocabulary
from fellwatch.rules.condition_data import leaves
from fellwatch.rules.expressions import UNSAID, Expression, Leaf
from fellwatch.rules.facts import DANGER_FACTS, INCIDENT_FACTS, FactKind
from fellwatch.rules.reading import Table
from tests.rules import rulebook_under_test as book

ON = date(2026, 10, 16)


def with_codes(*codes: dict[str, object]) -> vocabulary.Vocabulary:
    table = Table({"codes": list(codes)})
    read = vocabulary.read(table)
    assert table.faults == []
    return read


@pytest.mark.parametrize(("id", "place"), book.examples("vocabulary"))
def test_worked_example_comes_out_as_written(id: str, place: int) -> None:
    assert vocabulary.check_example(book.words(id), book.example(id, place)) is None


@pytest.mark.parametrize("id", book.of_kind("vocabulary"))
def test_list_is_read_without_fault_and_shows_examples_of_both_answers(id: str) -> None:
    data = book.written()[id]
    assert book.faults("vocabulary", data["version"][0]["body"]) == []
    answers = [example["valid"] for example in data["version"][0]["example"]]
    assert len(answers) >= 3
    assert set(answers) == {True, False}


def test_code_is_in_use_from_its_first_day_until_but_not_on_its_end() -> None:
    words = with_codes({"id": "old", "label": "Old", "first_date": date(2018, 4, 1), "end_date": date(2023, 5, 1)})
    assert vocabulary.refused(words, ["old"], date(2018, 3, 31)) != ()
    assert vocabulary.refused(words, ["old"], date(2018, 4, 1)) == ()
    assert vocabulary.refused(words, ["old"], date(2023, 4, 30)) == ()
    assert "was not in use" in vocabulary.refused(words, ["old"], date(2023, 5, 1))[0]
    assert vocabulary.label(words, "old") == "Old"


def test_closed_code_keeps_its_words_and_unknown_code_shows_as_stored() -> None:
    assert vocabulary.label(book.words("channels"), "999") == "999 call"
    assert vocabulary.label(book.words("channels"), "telex") == "telex"


def test_choices_stand_under_the_words_of_their_groups_in_written_order() -> None:
    groups = vocabulary.choices_by_group(book.words("vulnerabilities"), ON)
    assert [words for words, _ in groups][:2] == ["Age", "Health and disability"]
    assert [code.code for code in groups[0][1]] == ["child", "baby_or_toddler", "older"]


def test_every_fault_of_a_list_is_told_at_once() -> None:
    faults = book.faults(
        "vocabulary",
        {
            "codes": [
                {"id": "a", "label": "A", "colour": "red"},
                {"id": "a", "label": " "},
                {"id": "Not A Code", "label": "B"},
                {"id": "c", "label": "C", "first_date": date(2020, 1, 1), "end_date": date(2020, 1, 1)},
            ]
        },
    )
    assert [fault.where for fault in faults] == [
        "codes.0.colour",
        "codes.1.label",
        "codes.2.id",
        "codes.3.end_date",
        "codes",
    ]


def test_choosing_a_code_answers_the_facts_it_implies() -> None:
    implied = vocabulary.implied(book.words("vulnerabilities"), ["child_exploitation", "stalking", "older"])
    assert implied == {"exploitation", "child_victim", "stalking"}
    assert vocabulary.implied(book.words("nsir_qualifiers"), ["hate_race"]) == {"hate"}


@pytest.mark.parametrize("id", book.of_kind("vocabulary"))
def test_implied_facts_are_answers_that_rules_may_ask_about(id: str) -> None:
    words = book.words(id)
    for fact in vocabulary.implied(words, [code.code for code in words.codes]):
        assert INCIDENT_FACTS[fact].kind is FactKind.ANSWER


@pytest.mark.parametrize("id", book.of_kind("vocabulary"))
def test_no_two_codes_of_a_list_share_a_key(id: str) -> None:
    keys = [code.attributes["key"] for code in book.words(id).codes if "key" in code.attributes]
    assert len(keys) == len(set(keys))


def test_danger_questions_are_exactly_the_danger_facts_each_with_a_key() -> None:
    codes = book.words("danger_questions").codes
    assert [code.code for code in codes] == list(DANGER_FACTS)
    assert all(code.attributes.get("key") for code in codes)


def test_every_vulnerability_says_what_to_do_under_one_definition() -> None:
    words = book.words("vulnerabilities")
    assert "protect themselves" in words.definition
    assert all(code.guidance for code in words.codes)


def test_every_opening_code_can_also_close_an_incident() -> None:
    opening = {code.code for code in book.words("nsir_opening").codes}
    assert opening < {code.code for code in book.words("nsir_closing").codes}


def test_every_marker_says_when_somebody_must_look_again() -> None:
    assert all(code.attributes["expires_after_days"] for code in book.words("marker_kinds").codes)


def test_every_vocabulary_a_fact_names_exists() -> None:
    named = {fact.vocabulary for fact in INCIDENT_FACTS.values() if fact.vocabulary}
    assert named <= set(book.of_kind("vocabulary"))


def conditions() -> Iterator[Expression]:
    for id in book.of_kind("grading"):
        yield from (test.when for test in (*book.parsed(id).tests, *book.parsed(id).floors))
    for id in book.of_kind("regrading"):
        yield from (entry.when for entry in book.parsed(id).protected)
    for id in book.of_kind("urgency"):
        yield from (weight.when for weight in book.parsed(id).weights)
    for id in book.of_kind("queue"):
        yield from (line.when for line in book.parsed(id).lines)


def test_every_code_a_condition_asks_about_is_on_its_list() -> None:
    asked = [(leaf.fact, codes_of(leaf)) for condition in conditions() for leaf in leaves(condition)]
    assert [(fact, codes) for fact, codes in asked if codes and not set(codes) <= allowed(fact)] == []


def codes_of(leaf: Leaf) -> tuple[expressions.Scalar, ...]:
    coded = INCIDENT_FACTS[leaf.fact].kind in (FactKind.CODE, FactKind.CODES)
    if not coded or leaf.operator not in (expressions.Operator.EQ, expressions.Operator.IN):
        return ()
    return leaf.expected if isinstance(leaf.expected, tuple) else (leaf.expected,)


def allowed(fact: str) -> set[str]:
    if fact == "repeat":
        return set(book.of_kind("definition"))
    if fact == "form":
        return set(book.of_kind("instrument"))
    if fact == "form_flags":
        forms = [book.parsed(id) for id in book.of_kind("instrument")]
        return {flag.id for form in forms for projection in form.projections for flag in projection.flags}
    return {code.code for code in book.words(INCIDENT_FACTS[fact].vocabulary).codes} | UNSAID
