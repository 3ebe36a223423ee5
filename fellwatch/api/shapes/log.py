"""What a machine is told of the log, and of itself."""

import uuid
from datetime import datetime
from typing import Any

from fellwatch.api.fields import Shown


class Line(Shown):
    """One entry of the log. `people` says how many people it names."""

    id: int
    at: datetime
    actor_name: str
    role: str
    team: str
    purpose: str
    action: str
    sentence: str
    subject_kind: str
    subject_id: str
    people: int
    detail: dict[str, Any]


class Lines(Shown):
    """Entries, newest first."""

    items: list[Line]
    next: str | None


class Verdict(Shown):
    """Whether the chain holds: what is proved, what waits for its seal, every fault, the last seal as N:HASH."""

    holds: bool
    sealed: int
    waiting: int
    seals: int
    faults: list[str]
    head: str


class Holder(Shown):
    """Whom this key acts as, and what it opens."""

    id: uuid.UUID
    name: str
    role: str
    team: str
    agency: str
    purpose: str
    scopes: list[str]
