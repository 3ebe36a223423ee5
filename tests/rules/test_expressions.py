"""What a condition means: the shared vectors, and the laws that every condition obeys."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fellwatch.rules import condition_data
from fellwatch.rules.expressions import (
    UNSAID,
    All,
    AnyOf,
    Expression,
    Facts,
    Leaf,
    Not,
    Operator,
    Truth,
    evaluate,
    holds,
    look_up,
)
from tests.rules import generate_expression_vectors

VECTORS: dict[str, list[dict[str, Any]]] = json.loads(
    Path(__file__).with_name("expression_vectors.json").read_text(encoding="utf-8")
)


def test_vectors_are_what_their_generator_writes() -> None:
    assert generate_expression_vectors.vectors() == VECTORS


def named(vectors: list[dict[str, Any]]) -> list[Any]:
    return [pytest.param(vector, id=vector["name"]) for vector in vectors]


@pytest.mark.parametrize("vector", named(VECTORS["evaluate"]))
def test_condition_comes_to_the_answer_both_evaluators_share(vector: dict[str, Any]) -> None:
    expression, faults = condition_data.parse(vector["condition"])
    assert expression is not None, faults
    outcome = evaluate(expression, vector["facts"])
    assert outcome.truth == vector["truth"]
    assert [result.leaf.path for result in outcome.because] == vector["because"]


@pytest.mark.parametrize("vector", named(VECTORS["refuse"]))
def test_bad_condition_is_refused_with_every_fault_in_its_place(vector: dict[str, Any]) -> None:
    expression, faults = condition_data.parse(vector["condition"])
    assert expression is None
    assert [fault.where for fault in faults] == vector["faults"]
    assert all(fault.what and fault.do for fault in faults)


def test_vectors_cover_every_operator_and_every_answer() -> None:
    text = json.dumps(VECTORS["evaluate"])
    assert all(f'"{word}":' in text for word in ("all", "any", "not", *Operator))
    assert {vector["truth"] for vector in VECTORS["evaluate"]} == set(Truth)


# --- laws ---------------------------------------------------------------------------------------

NAMES = ("a", "b", "c.d")
scalars = st.sampled_from(["yes", "no", "not_known", "refused", "x", "", 0, 1, 2.5, -3, True, False])
values = st.one_of(st.none(), scalars, st.lists(scalars, max_size=3))
fact_sets = st.fixed_dictionaries({}, optional=dict.fromkeys(NAMES, values))
junk = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(alphabet="abc.0é", max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(alphabet="abc.0é", max_size=5), inner, max_size=3)
    ),
    max_leaves=8,
)
leaf_data = st.one_of(
    st.builds(lambda fact, value: {"eq": [fact, value]}, st.sampled_from(NAMES), scalars),
    st.builds(
        lambda fact, many: {"in": [fact, many]},
        st.sampled_from(NAMES),
        st.lists(scalars, min_size=1, max_size=3),
    ),
    st.builds(lambda fact, mark: {"at_least": [fact, mark]}, st.sampled_from(NAMES), st.integers(-3, 3)),
    st.builds(lambda fact, mark: {"at_most": [fact, mark]}, st.sampled_from(NAMES), st.integers(-3, 3)),
)
known_data = st.builds(lambda fact: {"known": fact}, st.sampled_from(NAMES))


def trees(leaf: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.recursive(
        leaf,
        lambda part: st.one_of(
            st.builds(lambda parts: {"all": parts}, st.lists(part, min_size=1, max_size=3)),
            st.builds(lambda parts: {"any": parts}, st.lists(part, min_size=1, max_size=3)),
            st.builds(lambda one: {"not": one}, part),
        ),
        max_leaves=6,
    )


def read(data: object) -> Expression:
    expression, faults = condition_data.parse(data)
    assert expression is not None, faults
    return expression


conditions = trees(leaf_data | known_data).map(read)
conditions_without_known = trees(leaf_data).map(read)


@given(conditions, conditions, fact_sets)
def test_de_morgan_holds_both_ways(one: Expression, other: Expression, facts: Facts) -> None:
    neither = evaluate(Not(AnyOf((one, other))), facts)
    assert neither.truth is evaluate(All((Not(one), Not(other))), facts).truth
    not_both = evaluate(Not(All((one, other))), facts)
    assert not_both.truth is evaluate(AnyOf((Not(one), Not(other))), facts).truth


@given(conditions, fact_sets)
def test_two_nots_cancel(condition: Expression, facts: Facts) -> None:
    assert evaluate(Not(Not(condition)), facts) == evaluate(condition, facts)


@given(conditions_without_known, fact_sets, fact_sets)
def test_learning_a_missing_fact_never_overturns_a_settled_answer(
    condition: Expression, facts: dict[str, object], learnt: dict[str, object]
) -> None:
    before = evaluate(condition, facts).truth
    said = {name: value for name, value in facts.items() if value is not None}
    after = evaluate(condition, {**learnt, **said}).truth
    assert before is Truth.UNKNOWN or after is before


@given(trees(st.sampled_from([{"eq": [name, "yes"]} for name in NAMES])).map(read), fact_sets)
def test_unsaid_answer_counts_for_a_yes_exactly_as_a_missing_one(condition: Expression, facts: Facts) -> None:
    without = {name: value for name, value in facts.items() if not (isinstance(value, str) and value in UNSAID)}
    assert evaluate(condition, facts).truth is evaluate(condition, without).truth


@given(st.integers(), st.integers(), st.integers())
def test_more_is_never_less_than_enough(count: int, mark: int, extra: int) -> None:
    enough = read({"at_least": ["n", mark]})
    assert not holds(enough, {"n": count}) or holds(enough, {"n": count + abs(extra)})


@given(conditions, st.dictionaries(st.sampled_from([*NAMES, "c"]), junk))
def test_every_condition_answers_over_any_facts_at_all(condition: Expression, facts: Facts) -> None:
    outcome = evaluate(condition, facts)
    assert outcome.truth in Truth
    assert outcome.because or outcome.truth is not Truth.UNKNOWN


@given(conditions, fact_sets)
def test_reasons_alone_decide_the_answer(condition: Expression, facts: Facts) -> None:
    outcome = evaluate(condition, facts)
    named_facts = {result.leaf.fact for result in outcome.because}
    kept = {name: value for name, value in facts.items() if name in named_facts}
    if outcome.truth is not Truth.UNKNOWN:
        assert evaluate(condition, kept).truth is outcome.truth


@given(junk)
def test_reading_anything_gives_a_condition_or_faults_never_both(data: object) -> None:
    expression, faults = condition_data.parse(data)
    assert (expression is None) == bool(faults)


@given(conditions)
def test_condition_survives_being_written_and_read_again(condition: Expression) -> None:
    assert read(json.loads(json.dumps(condition_data.to_data(condition)))) == condition


def test_condition_nested_beyond_reason_is_refused_not_crashed() -> None:
    data: dict[str, object] = {"known": "a"}
    for _ in range(5000):
        data = {"not": data}
    assert condition_data.parse(data)[1][0].what == "nested more than 20 deep"


def test_flat_name_wins_over_nested_and_nested_is_found_at_any_dot() -> None:
    assert look_up({"a.b": 1, "a": {"b": 2}}, "a.b") == 1
    assert look_up({"a": {"b.c": 3}}, "a.b.c") == 3
    assert look_up({"a.b": {"c": 4}}, "a.b.c") == 4
    assert look_up({"a": {"b": {}}}, "a.b") is None


@pytest.mark.parametrize(
    ("data", "facts", "doubted"),
    [
        ({"eq": ["a", "yes"]}, {"a": "not_known"}, True),
        ({"eq": ["a", "yes"]}, {}, False),
        ({"eq": ["a", "yes"]}, {"a": "no"}, False),
        ({"any": [{"eq": ["a", "yes"]}, {"eq": ["b", "yes"]}]}, {"a": "refused"}, True),
        ({"all": [{"eq": ["a", "yes"]}, {"eq": ["b", "yes"]}]}, {"a": "not_known"}, False),
        ({"all": [{"eq": ["a", "yes"]}, {"eq": ["b", "yes"]}]}, {"a": "not_known", "b": "yes"}, True),
        ({"not": {"eq": ["a", "yes"]}}, {"a": "not_known"}, True),
    ],
)
def test_doubt_is_unknown_although_asked(data: dict[str, object], facts: Facts, doubted: bool) -> None:
    assert evaluate(read(data), facts).doubted is doubted


def test_checker_may_object_to_a_leaf() -> None:
    def object_to_all(leaf: Leaf) -> list[tuple[str, str]]:
        return [(f"{leaf.fact} is not allowed", "ask about something else")]

    _, faults = condition_data.parse({"any": [{"known": "a"}, {"eq": ["b", 1]}]}, check=object_to_all)
    assert [fault.where for fault in faults] == ["any.0.known", "any.1.eq"]


@given(conditions, fact_sets)
def test_the_short_answer_is_the_explained_one(condition: Expression, facts: Facts) -> None:
    assert holds(condition, facts) == evaluate(condition, facts).holds
