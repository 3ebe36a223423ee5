"""What the room's pages show."""

import uuid
from dataclasses import dataclass
from datetime import datetime

from fellwatch.records.values import PersonView


@dataclass(frozen=True)
class Standing:
    """How an agency's records stand: the measure of this row of the mission."""

    agency: str
    records: int
    by_model: int
    by_person: int
    waiting: int
    alone: int
    undone: int


@dataclass(frozen=True)
class RunView:
    """A run of linking as shown."""

    id: uuid.UUID
    agency: str
    state: str
    total: int
    done: int
    joined: int
    review: int
    new: int
    rule: str
    failure: str
    created_at: datetime
    created_by_name: str
    finished_at: datetime | None


@dataclass(frozen=True)
class RecordView:
    """A partner's record as it came."""

    id: uuid.UUID
    agency: str
    reference: str
    name: str
    sex: str
    born: str
    phone: str
    address: str
    nhs_number: str
    person_id: uuid.UUID | None
    joined_by_kind: str
    joined_at: datetime | None
    because: str
    likelihood: float | None
    working: str


@dataclass(frozen=True)
class PairView:
    """A record and somebody it may be, side by side."""

    id: uuid.UUID
    record: RecordView
    person: PersonView
    likelihood: float
    caution: str
    working: str
    verdict: str
    decided_by_name: str
    others: int
    waiting: int


class Overtaken(Exception):
    """Somebody else decided first; the message says who and what. Nothing was done."""
