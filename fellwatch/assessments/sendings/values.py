"""Plain values of what handhelds send and what they are told."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from fellwatch.assessments.values import Invalid
from fellwatch.rules.device_time import Established


class Taken(Invalid):
    """The id already stands for something else."""


@dataclass(frozen=True)
class Change:
    """One answer, and the version of the assessment its writer saw when they gave it."""

    question: str
    answer: Any
    seen: int


@dataclass(frozen=True)
class Sent:
    """One sending as read. `body` is what came, byte for byte."""

    id: uuid.UUID
    form_id: uuid.UUID
    incident_id: uuid.UUID
    person_id: uuid.UUID | None
    instrument: str
    version: int
    variant: str
    finished: bool
    changes: tuple[Change, ...]
    body: str


Times = Mapping[str, Established]


@dataclass(frozen=True)
class Receipt:
    """What a sending came to, the same however often it is sent."""

    id: uuid.UUID
    digest: str
    received_at: datetime
    number: int
    answers: Mapping[str, Any]
    outcome: Mapping[str, Any]
    again: bool = False

    @property
    def code(self) -> str:
        """Return the receipt as people read it out: 7F3A 91C2."""
        return spoken(self.digest)


def spoken(digest: str) -> str:
    """Return the first eight signs of a digest in two groups."""
    return f"{digest[:4]} {digest[4:8]}".upper()


@dataclass(frozen=True)
class Head:
    """The version of a form that stands, for a handheld to go on from."""

    instrument: str
    version: int
    variant: str
    person_id: uuid.UUID | None
    number: int
    answers: Mapping[str, Any]
    complete: bool
    by_name: str
    at: datetime
    differs: Mapping[str, Any]
    """Questions that two people answered apart and nobody has settled: what stands, and who said what."""


@dataclass(frozen=True)
class SendingView:
    """A sending as a page shows it."""

    id: uuid.UUID
    code: str
    instrument: str
    title: str
    incident_id: uuid.UUID
    reference: str
    finished: bool
    number: int
    answered_at: datetime
    received_at: datetime
    by_name: str
    clock_words: str


@dataclass(frozen=True)
class DifferenceView:
    """Two answers to one question, with who gave each."""

    id: uuid.UUID
    incident_id: uuid.UUID
    reference: str
    title: str
    question: str
    label: str
    standing: Any
    standing_text: str
    arrived: Any
    arrived_text: str
    arrived_by_name: str
    arrived_at: datetime
    stored: Any
    stored_text: str
    stored_by_name: str
    stored_at: datetime
    state: str
    settled_text: str
    settled_because: str
    settled_by_name: str
    settled_at: datetime | None
    arrived_is_lower: bool
    stored_is_lower: bool
    changed_since: bool
