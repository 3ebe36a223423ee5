"""What a machine is told of duties and of clocks."""

import uuid
from datetime import date, datetime
from typing import Annotated

from pydantic import ConfigDict, Field

from fellwatch.api.fields import Code, Day, Given, Line, Moment, Shown

Fact = Line | Annotated[int, Field(strict=True, ge=-(2**31), le=2**31)]


class Event(Shown):
    """One thing that became of a duty."""

    at: datetime
    kind: str
    by_name: str
    reason: str


class Duty(Shown):
    """Something owed, with the working that says why it is due then."""

    id: uuid.UUID
    rule: str
    rule_version: int
    title: str
    owner: str
    started_at: datetime
    due_at: datetime | None
    warn_at: datetime | None
    state: str
    settled_at: datetime | None
    working: list[str]
    trouble: str
    source: str
    confidence: str
    story: list[Event]


class Duties(Shown):
    """An incident's duties, running ones first."""

    items: list[Duty]


class GivenStart(Given):
    """When a clock starts, and the facts it asks for. `on` picks the version where the rule's event has another day."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"at": "2026-10-16T22:15:00+01:00", "facts": {"grade": "emergency"}}]}
    )

    at: Moment | Day
    on: Day | None = None
    facts: Annotated[dict[Code, Fact], Field(max_length=40)] = {}


class ClockStep(Shown):
    """One step of the working; `skips` says that it left days out."""

    text: str
    skips: bool


class Reading(Shown):
    """One way to read the law. `due_at` is empty where no hour can be named; `words` always says what holds."""

    clock: str
    words: str
    why: str
    due_at: datetime | None
    last_date: date | None
    uncertain: bool
    warnings: list[str]
    working: list[ClockStep]


class Due(Shown):
    """When something is due under a rule, why then, and every other reading of the law."""

    rule: str
    title: str
    duty: str
    owner: str
    rule_version: int
    source: str
    confidence: str
    owed: bool
    promptly: bool
    uncertain: bool
    words: str
    due_at: datetime | None
    last_date: date | None
    warn_at: list[datetime]
    acts: Reading
    also: list[Reading]
