"""Write expression_vectors.json, which holds every evaluator of conditions to the same answers.

Run `python -m tests.rules.generate_expression_vectors` after changing the language. The cases by hand
carry the answer their author expects and are checked against it; the tables fill in the corners.
"""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from fellwatch.rules import condition_data, expressions

ABSENT = object()

BY_HAND: list[tuple[str, dict[str, Any], dict[str, Any], str]] = [
    ("yes is yes", {"eq": ["a", "yes"]}, {"a": "yes"}, "true"),
    ("no is not yes", {"eq": ["a", "yes"]}, {"a": "no"}, "false"),
    ("nobody asked", {"eq": ["a", "yes"]}, {}, "unknown"),
    ("null is nobody asked", {"eq": ["a", "yes"]}, {"a": None}, "unknown"),
    ("not known is not no", {"eq": ["a", "no"]}, {"a": "not_known"}, "unknown"),
    ("refused is not no", {"not": {"eq": ["a", "yes"]}}, {"a": "refused"}, "unknown"),
    ("not asked is not no", {"not": {"eq": ["a", "yes"]}}, {"a": "not_asked"}, "unknown"),
    ("not known may be asked for", {"eq": ["a", "not_known"]}, {"a": "not_known"}, "true"),
    ("an answer given is not 'not known'", {"eq": ["a", "not_known"]}, {"a": "yes"}, "false"),
    ("refused is not 'not known'", {"eq": ["a", "not_known"]}, {"a": "refused"}, "false"),
    ("unasked may yet be 'not known'", {"eq": ["a", "not_known"]}, {}, "unknown"),
    ("known tells an answer from silence", {"known": "a"}, {"a": "no"}, "true"),
    ("known is plainly false of silence", {"known": "a"}, {}, "false"),
    ("known is plainly false of not known", {"known": "a"}, {"a": "not_known"}, "false"),
    ("an empty list is known", {"known": "a"}, {"a": []}, "true"),
    ("true is not one", {"eq": ["a", 1]}, {"a": True}, "false"),
    ("one is not true", {"eq": ["a", True]}, {"a": 1}, "false"),
    ("one is one point nought", {"eq": ["a", 1.0]}, {"a": 1}, "true"),
    ("words are compared letter by letter", {"eq": ["a", "yes"]}, {"a": "Yes"}, "false"),
    ("a digit in quotation marks is a word", {"eq": ["a", 1]}, {"a": "1"}, "false"),
    ("a list equals what it contains", {"eq": ["a", "knife"]}, {"a": ["knife", "dog"]}, "true"),
    ("a list with a gap may contain it", {"eq": ["a", "knife"]}, {"a": ["dog", "not_known"]}, "unknown"),
    ("an empty list contains nothing", {"eq": ["a", "knife"]}, {"a": []}, "false"),
    ("one shared entry is enough", {"in": ["a", ["knife", "gun"]]}, {"a": ["dog", "gun"]}, "true"),
    ("three is at least three", {"at_least": ["n", 3]}, {"n": 3}, "true"),
    ("two is not at least three", {"at_least": ["n", 3]}, {"n": 2}, "false"),
    ("three is at most three", {"at_most": ["n", 3]}, {"n": 3}, "true"),
    ("a half over is too much", {"at_most": ["n", 3]}, {"n": 3.5}, "false"),
    ("a word cannot be counted", {"at_least": ["n", 0]}, {"n": "many"}, "unknown"),
    ("true cannot be counted", {"at_least": ["n", 0]}, {"n": True}, "unknown"),
    ("a list is counted", {"at_least": ["n", 2]}, {"n": ["a", "b"]}, "true"),
    ("a gap may be one more", {"at_least": ["n", 2]}, {"n": ["a", "not_known"]}, "unknown"),
    ("a gap cannot make it fewer", {"at_most": ["n", 1]}, {"n": ["a", "b", "not_known"]}, "false"),
    ("a gap may break a ceiling", {"at_most": ["n", 1]}, {"n": ["a", "not_known"]}, "unknown"),
    ("a flat name is found", {"eq": ["answer.x", "yes"]}, {"answer.x": "yes"}, "true"),
    ("a nested name is found", {"eq": ["answer.x", "yes"]}, {"answer": {"x": "yes"}}, "true"),
    ("the flat name wins", {"eq": ["a.x", "yes"]}, {"a.x": "yes", "a": {"x": "no"}}, "true"),
    ("names may be half flat", {"eq": ["a.b.c", 1]}, {"a.b": {"c": 1}}, "true"),
    ("a table is not an answer", {"known": "a"}, {"a": {"x": 1}}, "false"),
    ("a name inherited from the language is no fact", {"known": "constructor"}, {}, "false"),
    ("a nested name inherited from the language is no fact", {"known": "a.length"}, {"a": "yes"}, "false"),
    ("letters outside English are compared whole", {"eq": ["a", "Łódź"]}, {"a": "Łódź"}, "true"),
    (
        "any is settled by one yes whatever is unknown",
        {"any": [{"eq": ["a", "yes"]}, {"at_least": ["n", 3]}]},
        {"n": 5},
        "true",
    ),
    (
        "all is settled by one no whatever is unknown",
        {"all": [{"eq": ["a", "yes"]}, {"at_least": ["n", 3]}]},
        {"n": 1},
        "false",
    ),
    (
        "reasons leave out the parts that did not decide",
        {"any": [{"all": [{"eq": ["a", "yes"]}, {"eq": ["b", "yes"]}]}, {"not": {"eq": ["c", "yes"]}}]},
        {"a": "yes", "b": "yes", "c": "yes"},
        "true",
    ),
]

REFUSED: list[tuple[str, Any, list[str]]] = [
    ("a bare word", "yes", [""]),
    ("an empty table", {}, [""]),
    ("two keys", {"known": "a", "eq": ["a", 1]}, [""]),
    ("an unknown word", {"unless": []}, [""]),
    ("all of nothing", {"all": []}, ["all"]),
    ("any of a table", {"any": {"known": "a"}}, ["any"]),
    ("eq without a value", {"eq": ["a"]}, ["eq"]),
    ("eq with three", {"eq": ["a", 1, 2]}, ["eq"]),
    ("eq with null", {"eq": ["a", None]}, ["eq"]),
    ("eq with a list", {"eq": ["a", ["b"]]}, ["eq"]),
    ("in with a word", {"in": ["a", "b"]}, ["in"]),
    ("in with nothing", {"in": ["a", []]}, ["in"]),
    ("at least a word", {"at_least": ["a", "3"]}, ["at_least"]),
    ("at least true", {"at_least": ["a", True]}, ["at_least"]),
    ("known with a list", {"known": ["a"]}, ["known"]),
    ("a fact with capitals", {"known": "Answer"}, ["known"]),
    ("a fact that ends in a dot", {"known": "answer."}, ["known"]),
    ("a fact that is a number", {"eq": [1, 1]}, ["eq"]),
    (
        "several faults at once",
        {"any": [{"eq": ["a"]}, {"all": [{"known": "b"}, {"nor": []}]}, {"not": {"in": ["c", []]}}]},
        ["any.0.eq", "any.1.all.1", "any.2.not.in"],
    ),
]

VALUES: list[Any] = [
    ABSENT, None, "yes", "no", "not_known", "refused", "not_asked", "", 0, 1, 2.5, -1, True, False,
    [], ["yes"], ["no", "not_known"], [1, 2, 3], ["yes", None],
]  # fmt: skip
LEAVES: list[dict[str, Any]] = [
    {"eq": ["a", "yes"]},
    {"eq": ["a", "not_known"]},
    {"eq": ["a", 1]},
    {"eq": ["a", False]},
    {"eq": ["a", ""]},
    {"in": ["a", ["yes", 1]]},
    {"in": ["a", ["no", "refused"]]},
    {"at_least": ["a", 1]},
    {"at_most": ["a", 1]},
    {"known": "a"},
]
ANSWERS: list[Any] = ["yes", "no", ABSENT]


def vectors() -> dict[str, list[dict[str, Any]]]:
    """Make every vector, checking the ones by hand against what their author expects."""
    return {
        "evaluate": [*_by_hand(), *_leaf_table(), *_join_table()],
        "refuse": [{"name": name, "condition": data, "faults": faults} for name, data, faults in REFUSED],
    }


def _by_hand() -> Iterator[dict[str, Any]]:
    for name, condition, facts, expected in BY_HAND:
        vector = _vector(name, condition, facts)
        if vector["truth"] != expected:
            raise ValueError(f"{name}: expected {expected}, the evaluator says {vector['truth']}")
        yield vector


def _leaf_table() -> Iterator[dict[str, Any]]:
    for leaf, value in itertools.product(LEAVES, VALUES):
        facts = {} if value is ABSENT else {"a": value}
        yield _vector(f"{json.dumps(leaf)} over {json.dumps(facts)}", leaf, facts)


def _join_table() -> Iterator[dict[str, Any]]:
    ask = [{"eq": [name, "yes"]} for name in "ab"]
    shapes: list[dict[str, Any]] = [
        {"all": ask},
        {"any": ask},
        {"not": {"all": ask}},
        {"not": {"any": ask}},
        {"any": [{"not": ask[0]}, {"not": ask[1]}]},
        {"all": [{"not": ask[0]}, {"not": ask[1]}]},
        {"all": [{"any": [ask[0], {"known": "b"}]}, {"not": ask[1]}]},
    ]
    for shape, first, second in itertools.product(shapes, ANSWERS, ANSWERS):
        facts = {name: value for name, value in (("a", first), ("b", second)) if value is not ABSENT}
        yield _vector(f"{json.dumps(shape)} over {json.dumps(facts)}", shape, facts)


def _vector(name: str, condition: dict[str, Any], facts: dict[str, Any]) -> dict[str, Any]:
    expression, faults = condition_data.parse(condition)
    if expression is None:
        raise ValueError(f"{name}: {faults}")
    outcome = expressions.evaluate(expression, facts)
    return {
        "name": name,
        "condition": condition,
        "facts": facts,
        "truth": outcome.truth.value,
        "because": [result.leaf.path for result in outcome.because],
    }


def main() -> None:
    lines = {
        group: ",\n".join("    " + json.dumps(vector, ensure_ascii=False) for vector in made)
        for group, made in vectors().items()
    }
    text = ",\n".join(f'  "{group}": [\n{body}\n  ]' for group, body in lines.items())
    target = Path(__file__).with_name("expression_vectors.json")
    target.write_text(f"{{\n{text}\n}}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
