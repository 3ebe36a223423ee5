"""Give a risk to its owner: the first line that holds says who, and why in one sentence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from fellwatch.rules import expressions, facts
from fellwatch.rules.expressions import Expression, Facts
from fellwatch.rules.reading import Table


@dataclass(frozen=True)
class Line:
    """One line of the policy: when it holds, the owner takes the risk. `owner` is a code of the list of owners."""

    id: str
    owner: str
    reason: str
    when: Expression


@dataclass(frozen=True)
class Allocation:
    """The lines in the order in which they are tried."""

    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Given:
    """Who owns a risk, and the sentence that says why."""

    line: str
    owner: str
    because: str


def given(policy: Allocation, known: Facts) -> Given | None:
    """Return the owner by the first line that holds; None where the policy leaves the risk with nobody."""
    for line in policy.lines:
        if expressions.holds(line.when, known):
            return Given(line.id, line.owner, facts.say(line.reason, known))
    return None


def read(body: Table) -> Allocation:
    """Read the lines, finding every fault."""
    policy = Allocation(tuple(_read_line(entry) for entry in body.tables("lines")))
    body.distinct("lines", (line.id for line in policy.lines))
    body.finish()
    return policy


def check_example(policy: Allocation, example: Mapping[str, object]) -> str | None:
    """Try one worked example: facts, and the owner they lead to ("" for nobody)."""
    known, expected = example.get("facts"), example.get("owner")
    if not isinstance(known, Mapping) or not isinstance(expected, str):
        return "an example needs `facts` and `owner`"
    if faults := facts.faults_in(known):
        return "; ".join(faults)
    found = given(policy, known)
    came = found.owner if found else ""
    return None if came == expected else f"it goes to {came or 'nobody'}"


def _read_line(entry: Table) -> Line:
    line = Line(entry.text("id"), entry.text("owner"), entry.sentence("reason"), entry.condition("when"))
    entry.finish()
    return line
