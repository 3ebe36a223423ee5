"""What a machine is told of incidents: the board's rows, the desk's rows, one incident whole."""

import uuid
from datetime import datetime
from typing import Any

from fellwatch.api.fields import Shown
from fellwatch.api.shapes.records import Part, Place


class Stored(Shown):
    """What saving did, and why it is graded so."""

    incident_id: uuid.UUID
    reference: str
    grade: str
    because: list[str]


class Regraded(Shown):
    """The grade that stands after a second look, and why."""

    incident_id: uuid.UUID
    grade: str
    because: list[str]


class BoardRow(Shown):
    """One open incident on the board."""

    incident_id: uuid.UUID
    reference: str
    grade: str
    state: str
    opening_code: str
    qualifiers: list[str]
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
    flags: list[str]


class Board(Shown):
    """Open incidents, most urgent first. `total_open` says how many there are when this shows fewer."""

    items: list[BoardRow]
    total_open: int


class Grading(Shown):
    """One decision on the grade."""

    number: int
    grade: str
    proposed: str
    because: list[str]
    rule: str
    rule_version: int
    trigger: str
    rationale: str
    at: datetime
    by_name: str
    confirmed_by_name: str


class LogLine(Shown):
    """One line of an incident's running log."""

    at: datetime
    kind: str
    text: str
    by_name: str
    by_role: str


class Advice(Shown):
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


class Assessment(Shown):
    """One version of the answers to an instrument."""

    instrument: str
    instrument_version: int
    number: int
    trigger: str
    answers: dict[str, Any]
    complete: bool
    missing: list[str]
    at: datetime
    by_name: str


class Handling(Shown):
    """How an incident stands: every grade, every line, every piece of advice, newest first."""

    grade: str
    state: str
    number: int
    graded_at: datetime
    attend_by: datetime | None
    unit: str
    dangers: dict[str, str]
    flags: list[str]
    protected: list[str]
    repeats: list[dict[str, Any]]
    delay_reason: str
    gradings: list[Grading]
    log: list[LogLine]
    advice: list[Advice]


class Incident(Shown):
    """One incident with everyone in it whom this key may see."""

    id: uuid.UUID
    reference: str
    channel: str
    received_at: datetime
    caller_number: str
    summary: str
    opening_code: str
    opening_qualifiers: list[str]
    closing_codes: list[str]
    closing_qualifiers: list[str]
    closed_at: datetime | None
    result: str
    place: Place | None
    parts: list[Part]
    source: str
    handling: Handling
    thrive: list[Assessment]


class DeskReason(Shown):
    """The rule that put an incident before the help desk, and why."""

    rule: str
    reason: str


class DeskRow(Shown):
    """One incident on the help desk's queue."""

    incident_id: uuid.UUID
    reference: str
    grade: str
    opening_code: str
    address: str
    person_name: str
    placed_at: datetime
    reasons: list[DeskReason]
    questions: int
    oldest_question_at: datetime | None
    taken_by_name: str


class Desk(Shown):
    """The whole queue of the help desk."""

    items: list[DeskRow]


class Taken(Shown):
    """Whether the incident is now this actor's; false when a colleague was first."""

    taken: bool


class AdviceId(Shown):
    """The id of advice."""

    id: uuid.UUID
