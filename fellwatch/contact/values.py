"""Plain values of the control room: a call as it is taken, an incident as it is handled."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from fellwatch.foundation import ids
from fellwatch.records.actions import NewPerson, NewPlace


@dataclass(frozen=True)
class DraftPerson:
    """Somebody in the call: either known (`person_id`) or new, after the search found nobody.

    `said` is the name the caller gave for somebody known, kept so that it is recognised next time.
    """

    role: str
    person_id: uuid.UUID | None = None
    new: NewPerson | None = None
    vulnerabilities: tuple[str, ...] = ()
    lives_here: bool = False
    said: str = ""
    prompts: Mapping[str, object] = field(default_factory=dict)
    home: str = ""


@dataclass(frozen=True)
class Call:
    """Everything a call taker has said about one contact. The id is made by the client, so that a second
    sending is harmless."""

    channel: str
    opening_code: str
    received_at: datetime
    summary: str = ""
    qualifiers: tuple[str, ...] = ()
    caller_number: str = ""
    occurred_at: datetime | None = None
    place_id: uuid.UUID | None = None
    place: NewPlace | None = None
    people: tuple[DraftPerson, ...] = ()
    dangers: Mapping[str, str] = field(default_factory=dict)
    thrive: Mapping[str, object] = field(default_factory=dict)
    grade: str = ""
    grade_reason: str = ""
    reference: str = ""
    source: str = "call"
    id: uuid.UUID = field(default_factory=ids.new)


@dataclass(frozen=True)
class Reassessment:
    """A second look: what changed, what was answered now, and the grade chosen. `seen` is the version looked at."""

    incident_id: uuid.UUID
    seen: int
    trigger: str
    grade: str = ""
    reason_code: str = ""
    rationale: str = ""
    dangers: Mapping[str, str] = field(default_factory=dict)
    thrive: Mapping[str, object] = field(default_factory=dict)
    said: str = ""
    id: uuid.UUID = field(default_factory=ids.new)


@dataclass(frozen=True)
class GivenReason:
    """Why a piece that a closing must carry is not there: a reason of the rule, and words that explain it."""

    reason: str = ""
    words: str = ""


class Invalid(Exception):
    """Something given cannot stand. `problems` maps each field to what is wrong and what to do."""

    def __init__(self, problems: Mapping[str, str]) -> None:
        super().__init__(f"{len(problems)} fields need another look.")
        self.problems = dict(problems)


class Taken(Invalid):
    """The id is already used: for somebody else's call, or for one that may not be seen."""


class Overtaken(Exception):
    """Somebody else decided meanwhile. Nothing was stored; what was typed is kept for another look."""

    def __init__(self, by_name: str, grade: str, at: datetime) -> None:
        super().__init__(f"{by_name} graded this {grade} while you were writing.")
        self.by_name, self.grade, self.at = by_name, grade, at


@dataclass(frozen=True)
class Logged:
    """What saving a call did."""

    incident_id: uuid.UUID
    reference: str
    grade: str
    because: tuple[str, ...]
    again: bool = False


@dataclass(frozen=True)
class GradeVersion:
    """One decision on the grade as shown."""

    number: int
    grade: str
    proposed: str
    because: tuple[str, ...]
    rule: str
    rule_version: int
    trigger: str
    rationale: str
    at: datetime
    by_name: str
    confirmed_by_name: str


@dataclass(frozen=True)
class LogEntry:
    """One line of an incident's running log."""

    at: datetime
    kind: str
    text: str
    by_name: str
    by_role: str


@dataclass(frozen=True)
class AdviceView:
    """A question to the help desk and what came of it."""

    id: uuid.UUID
    question: str
    asked_at: datetime | None
    asked_by_name: str
    text: str
    given_at: datetime | None
    given_by_name: str
    outcome: str
    outcome_reason: str
    outcome_at: datetime | None
    outcome_by_name: str


@dataclass(frozen=True)
class BoardRow:
    """One open incident on the board."""

    incident_id: uuid.UUID
    reference: str
    grade: str
    state: str
    opening_code: str
    qualifiers: tuple[str, ...]
    address: str
    area: str
    district: str
    received_at: datetime
    graded_at: datetime
    attend_by: datetime | None
    unit: str
    urgency: float
    reason: str
    person_name: str
    flags: tuple[str, ...]


@dataclass(frozen=True)
class DeskRow:
    """One incident on the help desk's queue, with every rule that put it there."""

    incident_id: uuid.UUID
    reference: str
    grade: str
    address: str
    placed_at: datetime
    reasons: tuple[tuple[str, str], ...]
    questions: int
    oldest_question_at: datetime | None
    taken_by_name: str
    opening_code: str
    person_name: str


@dataclass(frozen=True)
class Handled:
    """An incident's handling as shown on its own page."""

    grade: str
    state: str
    number: int
    graded_at: datetime
    attend_by: datetime | None
    unit: str
    dangers: Mapping[str, str]
    flags: tuple[str, ...]
    protected: tuple[str, ...]
    repeats: tuple[Mapping[str, object], ...]
    gradings: tuple[GradeVersion, ...]
    log: tuple[LogEntry, ...]
    advice: tuple[AdviceView, ...]
    delay_reason: str


@dataclass(frozen=True)
class Precedence:
    """Where an incident stands among those that officers are shown.

    `place` is its grade's, the gravest being 0; what is closed stands behind everything that is open.
    """

    grade: str
    place: int
    danger: float
    because: str
    """What speaks for danger, the heaviest first; empty where nothing does."""
    point: tuple[float, float] | None


@dataclass(frozen=True)
class Reachable:
    """An incident an officer may be sent to: its policing area, and latitude and longitude where known."""

    id: uuid.UUID
    area: str
    point: tuple[float, float] | None
