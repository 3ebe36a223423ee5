"""What the exchange returns: plain values, and what was wrong with what was asked."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from fellwatch.foundation import ids


class Invalid(Exception):
    """Something that may not be done so; `problems` says what to do, by field."""

    def __init__(self, problems: Mapping[str, str]) -> None:
        super().__init__(f"{len(problems)} fields need another look.")
        self.problems = dict(problems)


@dataclass(frozen=True)
class NewHandover:
    """Who is to be handed over to which force, what is told, and why."""

    force: str
    incident_id: uuid.UUID
    person_id: uuid.UUID
    necessity: str
    contents: Mapping[str, str]
    id: uuid.UUID = field(default_factory=ids.new)


@dataclass(frozen=True)
class PeerView:
    """Another force, and how it is reached."""

    force: str
    name: str
    address: str
    mail: str
    telephone: str
    fingerprints: tuple[str, ...]

    @property
    def connected(self) -> bool:
        """Whether messages reach its installation by themselves."""
        return bool(self.address and self.fingerprints)


@dataclass(frozen=True)
class MessageView:
    """One message of a handover, as it went or came."""

    direction: str
    kind: str
    revision: int
    made_at: datetime
    state: str
    tries: int
    tried_at: datetime | None
    problem: str
    arrived_at: datetime | None
    digest: str


@dataclass(frozen=True)
class HandoverView:
    """A handover as it stands, with exactly what was told."""

    id: uuid.UUID
    direction: str
    force: str
    force_name: str
    incident_id: uuid.UUID | None
    person_id: uuid.UUID | None
    revision: int
    contents: Mapping[str, str]
    necessity: str
    state: str
    made_at: datetime
    made_by_name: str
    reached_at: datetime | None
    reached_how: str
    answered_at: datetime | None
    answered_by_name: str
    reason: str
    answer: str
    trouble: str
    messages: tuple[MessageView, ...] = ()

    @property
    def name(self) -> str:
        """Whom it is about."""
        return self.contents.get("name", "Somebody (what was told has been taken away)")


@dataclass(frozen=True)
class Counted:
    """How handovers of a span went. Minutes are medians over those that arrived, or were answered; None for none."""

    sent: int
    reached: int
    answered: int
    accepted: int
    refused: int
    returned: int
    minutes_to_reach: float | None
    minutes_to_answer: float | None
