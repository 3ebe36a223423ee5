"""Conditions written as data, answered true, false or unknown.

A condition is a table with one key, so that it reads the same in TOML, in JSON and aloud:

    {any = [{eq = ["answer.strangled", "yes"]}, {at_least = ["incident_count", 3]}]}

Somebody who says "I do not know" has not said no. A fact that nobody gave, and an answer in
`UNSAID`, therefore leave a condition unknown, and `all`, `any` and `not` carry that through by
Kleene's logic. A condition holds only when it is true. The handheld evaluates the same data in
JavaScript; tests/rules/expression_vectors.json holds both to the same answers. Reading a condition from
its data is in `condition_data`.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import assert_never

UNSAID = frozenset({"not_known", "refused", "not_asked"})
"""Answers that leave the thing asked about unknown. None of them is ever a no."""

Scalar = str | bool | int | float
Facts = Mapping[str, object]


class Truth(StrEnum):
    TRUE = "true"
    UNKNOWN = "unknown"
    FALSE = "false"


class Operator(StrEnum):
    EQ = "eq"
    IN = "in"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    KNOWN = "known"


@dataclass(frozen=True)
class Leaf:
    """One question to one fact. `path` says where in the condition it stands: "any.1.eq"."""

    path: str
    operator: Operator
    fact: str
    expected: Scalar | tuple[Scalar, ...]

    @cached_property
    def words(self) -> frozenset[str] | None:
        """The words of which a plain word must be one; None where more than that is asked."""
        expected = self.expected if isinstance(self.expected, tuple) else (self.expected,)
        plain = self.operator in {Operator.EQ, Operator.IN} and all(isinstance(one, str) for one in expected)
        return frozenset(map(str, expected)) if plain else None


@dataclass(frozen=True)
class All:
    parts: tuple[Expression, ...]


@dataclass(frozen=True)
class AnyOf:
    parts: tuple[Expression, ...]


@dataclass(frozen=True)
class Not:
    part: Expression


Expression = All | AnyOf | Not | Leaf


@dataclass(frozen=True)
class LeafResult:
    leaf: Leaf
    found: object
    truth: Truth


@dataclass(frozen=True)
class Evaluation:
    """What a condition came to, and the leaves that decided it.

    `doubted` marks one that is unknown although whoever it depends on was asked, which is weightier
    than unknown because nobody asked.
    """

    truth: Truth
    because: tuple[LeafResult, ...]
    doubted: bool

    @property
    def holds(self) -> bool:
        return self.truth is Truth.TRUE


def evaluate(expression: Expression, facts: Facts) -> Evaluation:
    """Answer a condition over facts given flat ("answer.x") or nested ({"answer": {"x": …}})."""
    match expression:
        case Leaf():
            found = look_up(facts, expression.fact)
            result = LeafResult(expression, found, _ask(expression, found))
            return Evaluation(result.truth, (result,), result.truth is Truth.UNKNOWN and _is_unsaid(found))
        case Not(part):
            inside = evaluate(part, facts)
            return Evaluation(_NEGATION[inside.truth], inside.because, inside.doubted)
        case All(parts):
            return _joined([evaluate(part, facts) for part in parts], conjunction, all)
        case AnyOf(parts):
            return _joined([evaluate(part, facts) for part in parts], disjunction, any)
        case _:
            assert_never(expression)


def holds(expression: Expression, facts: Facts) -> bool:
    """Say whether a condition is true; unknown is not true. Cheaper than `evaluate`: it keeps no reasons."""
    return _answer(expression, facts) is Truth.TRUE


def _answer(expression: Expression, facts: Facts) -> Truth:
    match expression:
        case Leaf():
            return _ask(expression, look_up(facts, expression.fact))
        case Not(part):
            return _NEGATION[_answer(part, facts)]
        case All(parts):
            return _until(Truth.FALSE, parts, facts, Truth.TRUE)
        case AnyOf(parts):
            return _until(Truth.TRUE, parts, facts, Truth.FALSE)


def _until(decisive: Truth, parts: Sequence[Expression], facts: Facts, otherwise: Truth) -> Truth:
    """Answer part after part until one decides; what is unknown then leaves the whole unknown."""
    for part in parts:
        answer = _answer(part, facts)
        if answer is decisive:
            return decisive
        if answer is Truth.UNKNOWN:
            otherwise = Truth.UNKNOWN
    return otherwise


def look_up(facts: Facts, name: str) -> object:
    """Find a fact by dotted name; the longest flat name wins. None means nobody gave it."""
    found = facts.get(name, _ABSENT)
    if found is not _ABSENT:
        return None if type(found) not in _SIMPLE and isinstance(found, Mapping) else found
    if "." not in name:
        return None
    for dot in reversed([place for place, letter in enumerate(name) if letter == "."]):
        inner = facts.get(name[:dot])
        if isinstance(inner, Mapping):
            found = look_up(inner, name[dot + 1 :])
            if found is not None:
                return found
    return None


def conjunction(truths: Sequence[Truth]) -> Truth:
    """Kleene's and: false beats unknown beats true. Of nothing at all, true."""
    for decisive in (Truth.FALSE, Truth.UNKNOWN):
        if decisive in truths:
            return decisive
    return Truth.TRUE


def disjunction(truths: Sequence[Truth]) -> Truth:
    """Kleene's or: true beats unknown beats false. Of nothing at all, false."""
    for decisive in (Truth.TRUE, Truth.UNKNOWN):
        if decisive in truths:
            return decisive
    return Truth.FALSE


# Asked for thousands of times on one board: an enum's member is slow to find.
_TRUE, _FALSE, _UNKNOWN = Truth.TRUE, Truth.FALSE, Truth.UNKNOWN
_ABSENT = object()
_SIMPLE = frozenset({str, bool, int, float, list, tuple, type(None)})
_NEGATION = {Truth.TRUE: Truth.FALSE, Truth.FALSE: Truth.TRUE, Truth.UNKNOWN: Truth.UNKNOWN}


def _joined(
    parts: Sequence[Evaluation],
    join: Callable[[Sequence[Truth]], Truth],
    enough: Callable[[Iterable[bool]], bool],
) -> Evaluation:
    # The parts that came to the same as the whole are exactly those that decided it.
    truth = join([part.truth for part in parts])
    deciding = [part for part in parts if part.truth is truth]
    doubted = truth is Truth.UNKNOWN and enough(part.doubted for part in deciding)
    return Evaluation(truth, tuple(leaf for part in deciding for leaf in part.because), doubted)


def _ask(leaf: Leaf, found: object) -> Truth:
    if type(found) is str and leaf.words is not None and found not in UNSAID:
        return _TRUE if found in leaf.words else _FALSE
    if found is None and leaf.operator is not Operator.KNOWN:
        return _UNKNOWN
    if leaf.operator is Operator.KNOWN:
        return _truth(all(_is_said(item) for item in _items(found)))
    match leaf.operator:
        case Operator.EQ | Operator.IN:
            if not isinstance(leaf.expected, tuple) and not isinstance(found, list | tuple):
                return _equals(found, leaf.expected)
            wanted = leaf.expected if isinstance(leaf.expected, tuple) else (leaf.expected,)
            return disjunction([_equals(item, one) for item in _items(found) for one in wanted])
        case Operator.AT_LEAST:
            return _compare(found, leaf.expected, lambda low, high, mark: (low >= mark, high >= mark))
        case Operator.AT_MOST:
            return _compare(found, leaf.expected, lambda low, high, mark: (high <= mark, low <= mark))
        case _:
            assert_never(leaf.operator)


def _equals(found: object, wanted: Scalar) -> Truth:
    if _same(found, wanted):
        return Truth.TRUE
    if not _is_said(found) and wanted not in UNSAID:
        return Truth.UNKNOWN
    return Truth.FALSE if found is not None else Truth.UNKNOWN


def _same(found: object, wanted: Scalar) -> bool:
    # In Python True == 1; in JavaScript, and to an officer, it does not.
    if isinstance(found, bool) or isinstance(wanted, bool):
        return found is wanted
    return found == wanted


def _compare(found: object, mark: object, test: Callable[[float, float, float], tuple[bool, bool]]) -> Truth:
    """Compare a number, or a list's length, which is open upwards while an entry is unknown."""
    reach = _reach(found)
    if reach is None or not isinstance(mark, int | float):
        return Truth.UNKNOWN
    surely, possibly = test(reach[0], reach[1], mark)
    if surely:
        return Truth.TRUE
    return Truth.UNKNOWN if possibly else Truth.FALSE


def _reach(found: object) -> tuple[float, float] | None:
    if isinstance(found, list | tuple):
        said = sum(_is_said(item) for item in found)
        return said, (said if said == len(found) else math.inf)
    if isinstance(found, bool) or not isinstance(found, int | float):
        return None
    return (found, found) if isinstance(found, int) or math.isfinite(found) else None


def _items(found: object) -> Sequence[object]:
    return found if isinstance(found, list | tuple) else (found,)


def _is_said(item: object) -> bool:
    return item is not None and not (isinstance(item, str) and item in UNSAID)


def _is_unsaid(found: object) -> bool:
    return any(isinstance(item, str) and item in UNSAID for item in _items(found))


def _truth(claim: bool) -> Truth:
    return Truth.TRUE if claim else Truth.FALSE
