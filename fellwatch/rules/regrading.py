"""Decide whether the grade of an incident may be changed, and whose agreement it takes.

Anyone may raise a grade. Lowering one takes a reason, a rationale and a fresh THRIVE, and for protected
types a supervisor. A reason code that is really about resources is refused: the delay is recorded, the
grade stays what the risk says.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from fellwatch.rules import expressions, facts, vocabulary
from fellwatch.rules.expressions import Expression, Facts
from fellwatch.rules.reading import Table
from fellwatch.rules.vocabulary import Vocabulary


@dataclass(frozen=True)
class Protected:
    """A type of incident whose grade only a supervisor may lower."""

    id: str
    label: str
    when: Expression


@dataclass(frozen=True)
class Regrading:
    grades: tuple[str, ...]
    shortest_rationale: int
    reasons: str
    """Id of the vocabulary of reasons for lowering a grade; `resource` marks the refused ones."""
    supervisor_grades: tuple[str, ...]
    """Grades to which a protected type may be lowered only by a supervisor; none listed means any."""
    protected: tuple[Protected, ...]


@dataclass(frozen=True)
class Change:
    """A change of grade somebody asks for. `reassessed` says that THRIVE was done afresh for it."""

    from_grade: str
    to_grade: str
    reason: str = ""
    rationale: str = ""
    reassessed: bool = False
    by_supervisor: bool = False


@dataclass(frozen=True)
class ChangeDecision:
    """Whether a change may stand. `needs_supervisor` means that one could still allow it.

    `record_delay` asks the caller to note a delay apart from the grade, as the reason was resources.
    """

    allowed: bool
    because: tuple[str, ...]
    needs_supervisor: bool = False
    record_delay: bool = False


def check_change(regrading: Regrading, change: Change, known: Facts, reasons: Vocabulary) -> ChangeDecision:
    """Decide a change of grade, with every objection at once."""
    unknown = [grade for grade in (change.from_grade, change.to_grade) if grade not in regrading.grades]
    if unknown:
        return ChangeDecision(False, tuple(f"There is no grade called {grade!r}." for grade in unknown))
    if not _lowers(regrading, change):
        return ChangeDecision(True, ("Anyone may raise a grade or keep it.",))
    resource = change.reason in vocabulary.with_attribute(reasons, "resource")
    missing = tuple(_missing(regrading, change, reasons))
    protected = _protections(regrading, change, known)
    if resource or missing or protected:
        return ChangeDecision(False, missing + protected, bool(protected), resource)
    return ChangeDecision(True, ("The reason, the rationale and a fresh THRIVE are all there.",))


def read(body: Table) -> Regrading:
    """Read who may lower which grade, finding every fault."""
    grades = body.words("grades")
    regrading = Regrading(
        grades=grades,
        shortest_rationale=body.whole("shortest_rationale"),
        reasons=body.text("reasons"),
        supervisor_grades=body.words("supervisor_grades", grades),
        protected=tuple(_read_protected(entry) for entry in body.tables("protected")),
    )
    body.distinct("protected", (entry.id for entry in regrading.protected))
    body.finish()
    return regrading


def check_example(regrading: Regrading, example: Mapping[str, object], reasons: Vocabulary) -> str | None:
    """Try one worked example: facts, the change asked for, and the decision."""
    known, asked = example.get("facts", {}), example.get("change")
    if not isinstance(known, Mapping) or not isinstance(asked, Mapping):
        return "an example needs `facts`, `change` and `allowed`"
    try:
        change = Change(**asked)
    except TypeError:
        return f"a change has {', '.join(Change.__dataclass_fields__)}"
    if faults := facts.faults_in(known):
        return "; ".join(faults)
    found = check_change(regrading, change, known, reasons)
    names = ("allowed", "needs_supervisor", "record_delay")
    wrong = [name for name in names if example.get(name, False) is not getattr(found, name)]
    return f"{found}" if wrong else None


def _lowers(regrading: Regrading, change: Change) -> bool:
    return regrading.grades.index(change.to_grade) > regrading.grades.index(change.from_grade)


def _missing(regrading: Regrading, change: Change, reasons: Vocabulary) -> list[str]:
    reason = vocabulary.find(reasons, change.reason)
    objections = []
    if reason is None:
        objections.append("Choose the reason for lowering the grade.")
    elif reason.says("resource"):
        objections.append(
            f"{reason.label!r} is about resources: leave the grade as the risk has it, and record the delay."
        )
    if len(change.rationale.strip()) < regrading.shortest_rationale:
        objections.append(
            f"Say in at least {regrading.shortest_rationale} characters what has changed to lower the risk."
        )
    if not change.reassessed:
        objections.append("Do THRIVE again first: a lower grade must rest on what is known now.")
    return objections


def _protections(regrading: Regrading, change: Change, known: Facts) -> tuple[str, ...]:
    """Name the protected types that apply, or may, unless a supervisor is asking."""
    if change.by_supervisor or change.to_grade not in regrading.supervisor_grades:
        return ()
    outcomes = [(entry, expressions.evaluate(entry.when, known)) for entry in regrading.protected]
    certain = [f"{entry.label}: a supervisor must agree." for entry, outcome in outcomes if outcome.holds]
    in_doubt = [f"{entry.label} is not ruled out: a supervisor must agree." for entry, out in outcomes if out.doubted]
    return tuple(certain + in_doubt)


def _read_protected(entry: Table) -> Protected:
    protected = Protected(entry.text("id"), entry.text("label"), entry.condition("when"))
    entry.finish()
    return protected
