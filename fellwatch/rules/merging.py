"""Two people answered the same question apart: which answer stands, and whether somebody must decide.

Each change carries what its writer saw when they made it (`base`). Where nobody else changed that, the change
is an ordinary edit. Where somebody did, the more dangerous answer stands until a person settles it: a lower risk
never silently beats a higher one. The handheld does the same in JavaScript; tests/rules/test_merging.py holds
both equal.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from fellwatch.rules import instruments
from fellwatch.rules.instruments import Question


class Came(StrEnum):
    """How the standing answer came about."""

    SAME = "same"
    KEPT = "kept"
    """What is stored stands: the change said nothing new."""
    TAKEN = "taken"
    """The change stands: nobody else had changed what its writer saw."""
    LOWERED = "lowered"
    """As taken, and the writer lowered the risk they had seen."""
    JOINED = "joined"
    """Both stand: each added something to a list, and neither took anything out."""
    DISPUTED = "disputed"
    """Both changed it. The more dangerous stands, and somebody must decide."""


@dataclass(frozen=True)
class Merged:
    value: object
    came: Came

    @property
    def disputed(self) -> bool:
        return self.came is Came.DISPUTED


def merge(question: Question | None, *, base: object, mine: object, theirs: object) -> Merged:
    """Merge one answer: `mine` arrives now, `theirs` is stored, `base` is what my writer saw. No question: words."""
    base, mine, theirs = _plain(base), _plain(mine), _plain(theirs)
    if mine == theirs:
        return Merged(theirs, Came.SAME)
    if mine == base:
        return Merged(theirs, Came.KEPT)
    if theirs == base:
        return Merged(mine, Came.LOWERED if _is_lower(question, mine, than=base) else Came.TAKEN)
    if isinstance(mine, list) and isinstance(theirs, list):
        return _join(base if isinstance(base, list) else [], mine, theirs)
    return Merged(_riskier(question, mine, theirs), Came.DISPUTED)


def merge_all(
    questions: Mapping[str, Question],
    *,
    bases: Mapping[str, object],
    mine: Mapping[str, object],
    theirs: Mapping[str, object],
) -> dict[str, Merged]:
    """Merge every answer that `mine` changes."""
    return {
        name: merge(questions.get(name), base=bases.get(name), mine=answer, theirs=theirs.get(name))
        for name, answer in mine.items()
    }


def _plain(answer: object) -> object:
    """Every way of having said nothing is the same nothing; the order of a list says nothing either."""
    if not instruments.is_answered(answer):
        return None
    return sorted({str(one) for one in answer}) if isinstance(answer, list | tuple) else answer


def _join(base: Sequence[str], mine: Sequence[str], theirs: Sequence[str]) -> Merged:
    both = sorted({*mine, *theirs})
    taken_out = {one for one in base if one not in mine or one not in theirs}
    return Merged(both, Came.DISPUTED if taken_out & set(both) else Came.JOINED)


def _riskier(question: Question | None, mine: object, theirs: object) -> object:
    if theirs is None:
        return mine
    if question is None or not isinstance(mine, str) or not isinstance(theirs, str):
        return theirs
    return instruments.riskier(question, mine, theirs) or theirs


def _is_lower(question: Question | None, answer: object, *, than: object) -> bool:
    if answer is None:
        return than is not None
    if question is None or not isinstance(answer, str) or not isinstance(than, str):
        return False
    return than in question.risk_order and instruments.riskier(question, answer, than) != answer
