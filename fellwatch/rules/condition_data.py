"""Read conditions from the data they are written as, and write them back.

The rulebook's authors make mistakes in several places at once, so every fault is collected, each with
the place, what is wrong and what to do. What a condition means is in `expressions`.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import assert_never

from fellwatch.rules.expressions import All, AnyOf, Expression, Leaf, Not, Operator

DEEPEST = 20
"""Levels of nesting allowed, so that no evaluator can run out of stack."""

FACT_NAME = re.compile(r"[a-z][a-z0-9_]*(\.[a-z0-9_]+)*")


@dataclass(frozen=True)
class Fault:
    """Something wrong in a condition: where, what, and what to do about it."""

    where: str
    what: str
    do: str


LeafCheck = Callable[[Leaf], Iterable[tuple[str, str]]]


def parse(data: object, *, check: LeafCheck | None = None) -> tuple[Expression | None, tuple[Fault, ...]]:
    """Read a condition from its data, finding every fault; None where any was found.

    `check` may add its own objections to a leaf, each as (what is wrong, what to do).
    """
    faults: list[Fault] = []
    expression = _read(data, (), faults, check)
    return (None if faults else expression), tuple(faults)


def to_data(expression: Expression) -> dict[str, object]:
    """Write a condition back as the data it was read from."""
    match expression:
        case All(parts):
            return {"all": [to_data(part) for part in parts]}
        case AnyOf(parts):
            return {"any": [to_data(part) for part in parts]}
        case Not(part):
            return {"not": to_data(part)}
        case Leaf(_, Operator.KNOWN, fact, _):
            return {"known": fact}
        case Leaf(_, operator, fact, expected):
            plain = list(expected) if isinstance(expected, tuple) else expected
            return {operator.value: [fact, plain]}
        case _:
            assert_never(expression)


def leaves(expression: Expression) -> tuple[Leaf, ...]:
    """List every leaf of a condition, in reading order."""
    match expression:
        case Leaf():
            return (expression,)
        case Not(part):
            return leaves(part)
        case All(parts) | AnyOf(parts):
            return tuple(leaf for part in parts for leaf in leaves(part))
        case _:
            assert_never(expression)


def _read(data: object, path: tuple[str, ...], faults: list[Fault], check: LeafCheck | None) -> Expression | None:
    where = ".".join(path)
    if not isinstance(data, Mapping) or len(data) != 1:
        faults.append(Fault(where, "a condition is a table with exactly one key", f"write one of {_WORDS}"))
        return None
    if sum(not step.isdigit() for step in path) > DEEPEST:
        faults.append(Fault(where, f"nested more than {DEEPEST} deep", "split it into two rules"))
        return None
    ((word, body),) = data.items()
    match word:
        case "all" | "any":
            parts = _read_parts(body, (*path, word), faults, check)
            return All(parts) if word == "all" else AnyOf(parts)
        case "not":
            part = _read(body, (*path, "not"), faults, check)
            return None if part is None else Not(part)
        case "eq" | "in" | "at_least" | "at_most" | "known":
            return _read_leaf(Operator(word), body, (*path, word), faults, check)
        case _:
            faults.append(Fault(where, f"no such word: {word!r}", f"write one of {_WORDS}"))
            return None


def _read_parts(
    body: object, path: tuple[str, ...], faults: list[Fault], check: LeafCheck | None
) -> tuple[Expression, ...]:
    if not isinstance(body, list | tuple) or not body:
        faults.append(Fault(".".join(path), "needs a list of at least one condition", "add a condition"))
        return ()
    read = [_read(part, (*path, str(number)), faults, check) for number, part in enumerate(body)]
    return tuple(part for part in read if part is not None)


def _read_leaf(
    operator: Operator, body: object, path: tuple[str, ...], faults: list[Fault], check: LeafCheck | None
) -> Leaf | None:
    where = ".".join(path)
    pair = (body, True) if operator is Operator.KNOWN else body
    if not isinstance(pair, list | tuple) or len(pair) != 2:
        faults.append(Fault(where, f"{operator} needs a fact and a value", f'write {operator} = ["fact", …]'))
        return None
    fact, expected = pair
    if not isinstance(fact, str) or not FACT_NAME.fullmatch(fact):
        faults.append(Fault(where, f"{fact!r} is not the name of a fact", 'write a name such as "answer.x"'))
        return None
    objection = _objection(operator, expected)
    if objection is not None:
        faults.append(Fault(where, *objection))
        return None
    leaf = Leaf(where, operator, fact, tuple(expected) if isinstance(expected, list) else expected)
    faults.extend(Fault(where, what, do) for what, do in (check(leaf) if check else ()))
    return leaf


def _objection(operator: Operator, expected: object) -> tuple[str, str] | None:
    match operator:
        case Operator.EQ | Operator.KNOWN:
            fits = _is_scalar(expected)
            need = "one word, number, true or false"
        case Operator.IN:
            fits = isinstance(expected, list | tuple) and bool(expected) and all(map(_is_scalar, expected))
            need = "a list of at least one word or number"
        case Operator.AT_LEAST | Operator.AT_MOST:
            fits = _is_scalar(expected) and not isinstance(expected, str | bool)
            need = "a number"
        case _:
            assert_never(operator)
    return None if fits else (f"{operator} cannot compare with {expected!r}", f"give it {need}")


def _is_scalar(value: object) -> bool:
    return isinstance(value, str | bool | int) or (isinstance(value, float) and math.isfinite(value))


_WORDS = "all, any, not, eq, in, at_least, at_most, known"
