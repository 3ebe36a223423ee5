"""Order the incidents that wait: risk times age, with one line that says why.

The score is points for the risk times a factor for the age. The factor begins at 1, is halfway to its
ceiling when the attendance target is reached, and never stops rising: of two equal risks the one that
has waited longer always comes first.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from fellwatch.rules import expressions, facts
from fellwatch.rules.expressions import Expression, Facts
from fellwatch.rules.reading import Table

IN_MINUTES = 120
"""How long a wait may be and still be said in minutes."""


@dataclass(frozen=True)
class Weight:
    """Points that a fact adds to the risk, and the few words it puts into the reason line."""

    id: str
    points: float
    reason: str
    when: Expression


@dataclass(frozen=True)
class Weights:
    grades: Mapping[str, float]
    ceiling: float
    without_target_minutes: float
    """Stands in for the target of a grade that has none."""
    weights: tuple[Weight, ...]


@dataclass(frozen=True)
class Danger:
    """What speaks for danger, whatever the grade and the wait: its points, and its reasons, the heaviest first."""

    points: float
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class Urgency:
    """How high an incident stands among those waiting, and the line that says why."""

    score: float
    risk: float
    age_factor: float
    because: str


def urgency(
    weights: Weights,
    *,
    grade: str,
    waited_minutes: float,
    target_minutes: float | None,
    known: Facts,
    promised_minutes: float | None = None,
) -> Urgency:
    """Score a waiting incident: points for grade and facts, times the factor for its age.

    `promised_minutes` is what the target allows from when its own clock began, later than the wait did: the reason
    line speaks of that promise, while the score counts the whole wait.
    """
    found = danger(weights, known)
    risk = weights.grades[grade] + found.points
    factor = age_factor(weights, waited_minutes, target_minutes)
    promise = _promise_in_words(waited_minutes, target_minutes, promised_minutes)
    return Urgency(risk * factor, risk, factor, ", ".join((promise, *found.reasons)))


def danger(weights: Weights, known: Facts) -> Danger:
    """Add up the points of the facts that speak for danger."""
    spoke = [weight for weight in weights.weights if expressions.holds(weight.when, known)]
    heaviest = sorted(spoke, key=lambda weight: -weight.points)
    return Danger(sum(weight.points for weight in spoke), tuple(facts.say(one.reason, known) for one in heaviest))


def age_factor(weights: Weights, waited_minutes: float, target_minutes: float | None) -> float:
    """Turn a wait into a factor from 1 up to, never quite reaching, the ceiling."""
    share = max(waited_minutes, 0) / (target_minutes or weights.without_target_minutes)
    # Written so that each rounding step rises too: a longer wait can never come out a hair lower.
    return weights.ceiling - (weights.ceiling - 1) / (1 + share)


def read(body: Table) -> Weights:
    """Read the weights, finding every fault."""
    grades = body.table("grades")
    weights = Weights(
        grades={name: _points(grades, name) for name in grades.data},
        ceiling=body.number("ceiling"),
        without_target_minutes=body.number("without_target_minutes"),
        weights=tuple(_read_weight(entry) for entry in body.tables("weights")),
    )
    if weights.ceiling <= 1:
        body.fault("ceiling", "must be above 1", "write how many times its risk a long wait may count")
    if weights.without_target_minutes <= 0:
        body.fault("without_target_minutes", "must be above 0", "write a number of minutes")
    body.distinct("weights", (weight.id for weight in weights.weights))
    body.finish()
    return weights


def check_example(weights: Weights, example: Mapping[str, object]) -> str | None:
    """Try one worked example: two waiting incidents, `first` and `second`, in their right order."""
    first, second = (_from_example(weights, example.get(name)) for name in ("first", "second"))
    if first is None or second is None:
        return "an example needs `first` and `second`, each with grade, waited, target and facts"
    if first.score <= second.score:
        return f"the second comes first: {second.score:.0f} ({second.because}) over {first.score:.0f}"
    line = example.get("line", first.because)
    return None if line == first.because else f"the line is {first.because!r}"


def _from_example(weights: Weights, entry: object) -> Urgency | None:
    if not isinstance(entry, Mapping) or entry.get("grade") not in weights.grades:
        return None
    known, waited, target = entry.get("facts", {}), entry.get("waited"), entry.get("target")
    if not isinstance(known, Mapping) or not isinstance(waited, int) or facts.faults_in(known):
        return None
    minutes = float(target) if isinstance(target, int) else None
    return urgency(weights, grade=entry["grade"], waited_minutes=waited, target_minutes=minutes, known=known)


def _promise_in_words(waited: float, target: float | None, promised: float | None) -> str:
    if target is None or promised is None:
        return _age_in_words(waited, target)
    return _age_in_words(max(waited - (target - promised), 0.0), promised)


def _age_in_words(waited: float, target: float | None) -> str:
    if target is None:
        return f"waiting {_length(waited)}"
    if waited > target:
        allowed = f"{target:.0f}" if max(target, waited - target) <= IN_MINUTES else _length(target)
        return f"rising: {_length(waited - target)} past the {allowed}"
    if target <= IN_MINUTES:
        return f"{waited:.0f} of {target:.0f} min gone"
    return f"{_length(waited)} of {_length(target)} gone"


def _length(minutes: float) -> str:
    """Say a wait as people do: in minutes up to two hours, then in whole hours, after three days in days."""
    if minutes <= IN_MINUTES:
        return f"{minutes:.0f} min"
    hours = int(minutes // 60)
    return f"{hours} h" if hours < 72 else f"{hours // 24} days"


def _points(table: Table, name: str) -> float:
    points = table.number(name)
    if points < 0:
        table.fault(name, "must not be below 0", "risk only ever adds")
    return points


def _read_weight(entry: Table) -> Weight:
    weight = Weight(entry.text("id"), _points(entry, "points"), entry.sentence("reason"), entry.condition("when"))
    entry.finish()
    return weight
