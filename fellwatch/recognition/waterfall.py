"""How likely a candidate is and why, as a page shows it: a figure, a few words, and each line for and against."""

from dataclasses import dataclass
from typing import Self

from fellwatch.recognition.queries import Candidate


@dataclass(frozen=True)
class Row:
    """One line of a waterfall: the field, what was found there, and its weight in bits."""

    what: str
    said: str
    weight: float


@dataclass(frozen=True)
class Waterfall:
    """What spoke for and against."""

    summary: str
    rows: tuple[Row, ...]

    @classmethod
    def of(cls, one: Candidate, source: str) -> Self:
        """Return a candidate's waterfall; `source` says what the likelihood is made from."""
        rows = (Row(step.field.replace("_", " "), step.level_words, step.weight) for step in one.why.steps)
        return cls(f"Likelihood {one.likelihood:.1%}, from {source}.", tuple(rows))

    @property
    def because(self) -> str:
        """Return the three strongest things that speak for the candidate."""
        best = sorted((row for row in self.rows if row.weight > 0), key=lambda row: -row.weight)
        return ", ".join(dict.fromkeys(row.said.lower() for row in best[:3])) or "little to go on"


def percent(likelihood: float) -> str:
    """Say a likelihood without pretending to certainty."""
    if likelihood >= 0.995:
        return "over 99%"
    return f"{likelihood:.0%}" if likelihood >= 0.01 else "under 1%"
