"""The officer's own grade, and the score that may raise it.

A score proposes; it never decides, and it never speaks before the officer has. A grade below what a score proposes
stands only when a specialist agrees.
"""

from __future__ import annotations

from dataclasses import dataclass

from fellwatch.rules import instruments
from fellwatch.rules.expressions import UNSAID
from fellwatch.rules.instruments import Answers, Instrument, ProjectionKind, Threshold


@dataclass(frozen=True)
class Judged:
    """What the officer judged beside what the score proposes. `shown` says whether the score may be seen yet."""

    grade: str | None
    suggested: str | None
    because: str
    below: bool
    shown: bool
    scores: tuple[tuple[str, int], ...]
    doubt: str


def judge(instrument: Instrument, answers: Answers) -> Judged:
    """Set the grade given beside the grade that the thresholds propose."""
    if not instrument.judgement:
        return Judged(None, None, "", False, True, (), "")
    given = answers.get(instrument.judgement)
    grade = given if isinstance(given, str) and given in _order(instrument) else None
    scores = _scores(instrument, answers)
    met = _met(instrument, scores)
    order = _order(instrument)
    return Judged(
        grade=grade,
        suggested=met.grade if met else None,
        because=f"{scores[met.score]} of the scored answers are yes; from {met.at_least} the grade is {met.grade}."
        if met
        else "",
        below=met is not None and grade is not None and order.index(grade) < order.index(met.grade),
        shown=grade is not None,
        scores=tuple(scores.items()),
        doubt=_doubt(instrument, answers),
    )


def _order(instrument: Instrument) -> tuple[str, ...]:
    return next(one.risk_order for one in instrument.library if one.id == instrument.judgement)


def _scores(instrument: Instrument, answers: Answers) -> dict[str, int]:
    kept = instruments.projections(instrument, answers)
    scores = (one.name for one in instrument.projections if one.kind is ProjectionKind.SCORE)
    return {name: score for name in scores if isinstance(score := kept[name], int)}


def _met(instrument: Instrument, scores: dict[str, int]) -> Threshold | None:
    order = _order(instrument)
    met = [one for one in instrument.thresholds if scores[one.score] >= one.at_least]
    return max(met, key=lambda one: order.index(one.grade), default=None)


def _doubt(instrument: Instrument, answers: Answers) -> str:
    """Say that too much is unsaid for the score to mean anything, where it is."""
    scored = {name for one in instrument.projections if one.kind is ProjectionKind.SCORE for name in one.questions}
    unsaid = sum(1 for name in scored if isinstance(said := answers.get(name), str) and said in UNSAID)
    if not instrument.doubtful_from or unsaid < instrument.doubtful_from:
        return ""
    return f"{unsaid} of {len(scored)} are not known, refused or not asked. A low score here says little."
