"""What the rulebook says of a case: asked once for each, so that many closed incidents cost little."""

from collections.abc import Callable
from dataclasses import dataclass

from fellwatch.demonstration.happenings import Case, Kind


@dataclass(frozen=True)
class Ruled:
    """The grade proposed with its reasons, and what the board's row and the assessment's columns hold."""

    grade: str
    because: tuple[str, ...]
    rule: str
    rule_version: int
    flags: tuple[str, ...]
    protected: tuple[str, ...]
    instrument: str
    instrument_version: int
    variant: str
    complete: bool
    missing: tuple[str, ...]
    score: int | None
    assessment_flags: tuple[str, ...]
    attend_minutes: dict[str, int]
    """Minutes to the attendance target on an urban and a rural beat; absent where the grade has none."""


Roles = frozenset[tuple[str, tuple[str, ...]]]
"""The roles that people have in an incident, each with its vulnerabilities."""


@dataclass(frozen=True)
class Told:
    """All that a ruling depends on."""

    kind: Kind
    case: Case
    channel: str
    roles: Roles


Ruler = Callable[[Told], Ruled]


def unruled(told: Told) -> Ruled:
    """Stand in for the rulebook where only the shape of the county matters."""
    grade = "emergency" if told.case.urgent else "scheduled"
    return Ruled(grade, ("No rulebook was asked.",), "none", 0, (), (), "thrive", 0, "thrive", True, (), 0, (), {})
