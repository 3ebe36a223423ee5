"""Put incidents before somebody: each line of a queue says which, and why in one sentence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from fellwatch.rules import expressions, facts
from fellwatch.rules.expressions import Expression, Facts
from fellwatch.rules.reading import Table


@dataclass(frozen=True)
class Line:
    """One reason to put an incident into the queue. A higher `weight` is looked at first."""

    id: str
    title: str
    reason: str
    weight: int
    when: Expression


@dataclass(frozen=True)
class Queue:
    """Who looks at it, and the lines that fill it."""

    readers: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Match:
    """A line that put an incident into the queue, and the sentence to show with it."""

    line: str
    title: str
    reason: str
    weight: int


def matches(queue: Queue, known: Facts) -> tuple[Match, ...]:
    """List the lines of a queue that take an incident, weightiest first; none leaves it out."""
    found = [line for line in queue.lines if expressions.holds(line.when, known)]
    found.sort(key=lambda line: -line.weight)
    return tuple(Match(line.id, line.title, facts.say(line.reason, known), line.weight) for line in found)


def read(body: Table) -> Queue:
    """Read a queue, finding every fault."""
    queue = Queue(body.text("readers"), tuple(_read_line(entry) for entry in body.tables("lines")))
    body.distinct("lines", (line.id for line in queue.lines))
    body.finish()
    return queue


def check_example(queue: Queue, example: Mapping[str, object]) -> str | None:
    """Try one worked example: facts, and the ids of all the lines that take the incident."""
    known, expected = example.get("facts"), example.get("lines")
    if not isinstance(known, Mapping) or not isinstance(expected, list):
        return "an example needs `facts` and `lines`"
    if faults := facts.faults_in(known):
        return "; ".join(faults)
    found = [match.line for match in matches(queue, known)]
    return None if sorted(found) == sorted(expected) else f"it is taken by {', '.join(found) or 'no line'}"


def _read_line(entry: Table) -> Line:
    line = Line(
        entry.text("id"),
        entry.text("title"),
        entry.sentence("reason"),
        entry.whole("weight", 0),
        entry.condition("when"),
    )
    entry.finish()
    return line
