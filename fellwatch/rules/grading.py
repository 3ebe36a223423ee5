"""Propose the grade of an incident from what is known about it, with every reason.

Only risk goes in. How many units are free is not among the facts, so it cannot lower a grade. What
nobody knows cannot lower one either: a test for a lower grade must be true, a floor stands while someone
was asked and could not say, and the proposal names the questions whose answer might raise it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from fellwatch.rules import expressions, facts
from fellwatch.rules.expressions import Evaluation, Expression, Facts, Truth
from fellwatch.rules.reading import Table


@dataclass(frozen=True)
class Test:
    """A condition for a grade, and the sentence that says it was met."""

    __test__ = False

    id: str
    grade: str
    reason: str
    when: Expression


@dataclass(frozen=True)
class Grading:
    """Tests for grades, and floors below which no grade may be proposed. Grades run highest first."""

    grades: tuple[str, ...]
    default: str
    default_reason: str
    tests: tuple[Test, ...]
    floors: tuple[Test, ...]

    def at_least(self, grade: str, other: str) -> bool:
        """Say whether a grade is as high as another."""
        return self.grades.index(grade) <= self.grades.index(other)


@dataclass(frozen=True)
class Considered:
    """One test or floor as it came out; `unknown` names the facts it is waiting for."""

    id: str
    grade: str
    reason: str
    truth: Truth
    unknown: tuple[str, ...]


@dataclass(frozen=True)
class Question:
    """A fact worth asking about: its answer might raise the grade to this."""

    fact: str
    grade: str
    meaning: str


@dataclass(frozen=True)
class Proposal:
    """A grade, why, why not lower, what else was true, and what to find out."""

    grade: str
    because: tuple[str, ...]
    not_lower_because: tuple[str, ...]
    also: tuple[str, ...]
    find_out: tuple[Question, ...]
    considered: tuple[Considered, ...]


def propose(grading: Grading, known: Facts) -> Proposal:
    """Propose a grade: the highest that a test or a floor calls for, else the default.

    A grade below the default needs a test of its own that is true, and nothing in doubt above it.
    """
    tests = [_try(test, known) for test in grading.tests]
    floors = [_try(floor, known) for floor in grading.floors]
    grade = _highest(grading, tests, floors)
    deciding = [tried for tried in tests if tried.outcome.holds and tried.test.grade == grade]
    standing = [tried for tried in floors if tried.stands and tried.test.grade == grade]
    return Proposal(
        grade=grade,
        because=tuple(tried.sentence for tried in deciding or standing) or (grading.default_reason,),
        not_lower_because=_not_lower(grading, grade, deciding, tests, floors),
        also=tuple(tried.sentence for tried in tests if tried.outcome.holds and tried not in deciding),
        find_out=_questions(grading, grade, tests),
        considered=tuple(_considered(tried) for tried in tests + floors),
    )


def read(body: Table) -> Grading:
    """Read the tests and floors, finding every fault."""
    grades = body.words("grades")
    body.distinct("grades", grades)
    grading = Grading(
        grades=grades,
        default=body.one_of("default", grades),
        default_reason=body.text("default_reason"),
        tests=tuple(_read_test(entry, grades) for entry in body.tables("tests")),
        floors=tuple(_read_test(entry, grades) for entry in body.tables("floors", optional=True)),
    )
    body.distinct("tests", (test.id for test in (*grading.tests, *grading.floors)))
    body.finish()
    return grading


def check_example(grading: Grading, example: Mapping[str, object]) -> str | None:
    """Try one worked example: facts, the grade proposed, and any tests that must be among its reasons."""
    known = example.get("facts")
    if not isinstance(known, Mapping):
        return "an example needs `facts` and `grade`"
    faults = facts.faults_in(known)
    if faults:
        return "; ".join(faults)
    proposal = propose(grading, known)
    if proposal.grade != example.get("grade"):
        return f"{proposal.grade}, because {' '.join(proposal.because)}"
    held = {one.id for one in proposal.considered if one.truth is Truth.TRUE}
    missing = [one for one in _listed(example, "because") if one not in held]
    asked = {question.fact for question in proposal.find_out}
    unasked = [one for one in _listed(example, "find_out") if one not in asked]
    return ", ".join([*(f"{one} did not hold" for one in missing), *(f"{one} not asked" for one in unasked)]) or None


@dataclass(frozen=True)
class _Tried:
    test: Test
    outcome: Evaluation
    reason: str

    @property
    def stands(self) -> bool:
        return self.outcome.holds or self.outcome.doubted

    @property
    def sentence(self) -> str:
        return self.reason if self.outcome.holds else f"Not ruled out: {self.reason}"


def _try(test: Test, known: Facts) -> _Tried:
    return _Tried(test, expressions.evaluate(test.when, known), facts.say(test.reason, known))


def _highest(grading: Grading, tests: list[_Tried], floors: list[_Tried]) -> str:
    reached = [tried.test.grade for tried in tests if tried.outcome.holds]
    if not reached or any(tried.outcome.doubted for tried in tests):
        reached.append(grading.default)
    minimum = [tried.test.grade for tried in floors if tried.stands]
    return min(reached + minimum, key=grading.grades.index)


def _not_lower(
    grading: Grading, grade: str, deciding: list[_Tried], tests: list[_Tried], floors: list[_Tried]
) -> tuple[str, ...]:
    """Say what holds the grade up besides its first reason, or where it would fall without that."""
    if grade == grading.grades[-1]:
        return ()
    several = tuple(f"Also enough by itself: {one.sentence}" for one in deciding[1:])
    holding = tuple(
        one.sentence
        for one in tests + floors
        if one.stands and one not in deciding and grading.at_least(one.test.grade, grade)
    )
    if several or holding:
        return several + holding
    if not deciding:
        return ("No test for a lower grade is met.",)
    beneath = _highest(grading, [one for one in tests if one not in deciding], floors)
    return (f"That alone lifts it from {facts.in_words(beneath)}.",)


def _questions(grading: Grading, grade: str, tests: list[_Tried]) -> tuple[Question, ...]:
    higher: dict[str, str] = {}
    for tried in sorted(tests, key=lambda one: grading.grades.index(one.test.grade)):
        if tried.outcome.truth is Truth.UNKNOWN and not grading.at_least(grade, tried.test.grade):
            for result in tried.outcome.because:
                higher.setdefault(result.leaf.fact, tried.test.grade)
    return tuple(Question(fact, to, facts.INCIDENT_FACTS[fact].meaning) for fact, to in higher.items())


def _considered(tried: _Tried) -> Considered:
    unknown = tried.outcome.because if tried.outcome.truth is Truth.UNKNOWN else ()
    waiting = tuple(dict.fromkeys(result.leaf.fact for result in unknown))
    return Considered(tried.test.id, tried.test.grade, tried.reason, tried.outcome.truth, waiting)


def _read_test(entry: Table, grades: tuple[str, ...]) -> Test:
    test = Test(entry.text("id"), entry.one_of("grade", grades), entry.sentence("reason"), entry.condition("when"))
    entry.finish()
    return test


def _listed(example: Mapping[str, object], key: str) -> list[object]:
    value = example.get(key, [])
    return value if isinstance(value, list) else [value]
