"""What help for victims takes and returns."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, time

from fellwatch.foundation import ids


@dataclass(frozen=True)
class Written:
    """A message as it came off somebody's device, read but not yet checked."""

    id: uuid.UUID
    means: str
    reach: str = ""
    name: str = ""
    words: str = ""
    place: str = ""
    password: str = ""
    never: str = ""
    from_time: time | None = None
    to_time: time | None = None
    written_at: datetime | None = None


@dataclass(frozen=True)
class AttemptView:
    """An attempt to answer, as shown."""

    at: datetime
    means: str
    reached: bool
    words: str
    by_name: str


@dataclass(frozen=True)
class MessageView:
    """A message for help as shown, with every attempt to answer it."""

    id: uuid.UUID
    arrived_at: datetime
    name: str
    words: str
    place: str
    means: str
    reach: str
    password: str
    from_time: time | None
    to_time: time | None
    never: str
    state: str
    outcome: str
    closing_words: str
    closed_at: datetime | None
    closed_by_name: str
    incident_id: uuid.UUID | None
    incident_reference: str
    attempts: tuple[AttemptView, ...] = ()


@dataclass(frozen=True)
class NewActivation:
    """Somebody asked for Angela, or a bank rang: where, when, and what was told."""

    scheme: str
    venue: str
    told_at: datetime
    reference: str
    facts: Mapping[str, str]
    id: uuid.UUID = field(default_factory=ids.new)


@dataclass(frozen=True)
class ActivationView:
    """An activation as shown."""

    id: uuid.UUID
    scheme: str
    venue: str
    told_at: datetime
    incident_id: uuid.UUID | None
    incident_reference: str
    facts: Mapping[str, str]
    state: str
    arrived_at: datetime | None
    outcome: str
    outcome_words: str
    venue_told_at: datetime | None
    closed_at: datetime | None
    by_name: str


@dataclass(frozen=True)
class Counted:
    """How activations of one scheme went over a span."""

    scheme: str
    told: int
    attended: int
    in_an_hour: int
    closed: int
    venue_told: int
    pence_stopped: int
    outcomes: Mapping[str, int]
