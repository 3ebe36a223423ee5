"""Plain values of the hub: what pages say to actions, and what queries return."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from fellwatch.duties.queries import DutyView, Running
from fellwatch.foundation import ids
from fellwatch.sharing.values import ReferralView


@dataclass(frozen=True)
class NewContact:
    """What somebody tells the hub: about whom, how urgent, what is feared, what was done at once, on what basis."""

    kind: str
    person_id: uuid.UUID
    incident_id: uuid.UUID | None
    colour: str
    concern: str
    immediate: str
    wishes: str
    basis: str
    basis_because: str
    id: uuid.UUID = field(default_factory=ids.new)


@dataclass(frozen=True)
class Sending:
    """What is to be told to which agencies at once: each is told only those of the fields that it may have."""

    kind: str
    agencies: tuple[str, ...]
    basis: str
    agreed: str
    necessity: str
    proportionality: str
    contents: Mapping[str, str]
    id: uuid.UUID


@dataclass(frozen=True)
class Told:
    """What one agency would be told, what it is not told, and what is wrong with it."""

    agency: str
    name: str
    in_hub: bool
    contents: Mapping[str, str]
    left_out: tuple[str, ...]
    problems: Mapping[str, str]


@dataclass(frozen=True)
class HubEventView:
    """One line of a contact's story."""

    at: datetime
    kind: str
    words: str
    by_name: str
    detail: Mapping[str, object]


@dataclass(frozen=True)
class DiscussionView:
    """A strategy discussion."""

    id: uuid.UUID
    called_at: datetime
    called_by_name: str
    meet_at: datetime
    how: str
    held_at: datetime | None
    took_part: tuple[str, ...]
    agreed: str
    not_held_because: str
    noted_by_name: str


@dataclass(frozen=True)
class ContactRow:
    """A contact on the board: who, its colour, its clock, whom it waits for."""

    id: uuid.UUID
    reference: str
    kind: str
    person_id: uuid.UUID
    person_name: str
    age: int | None
    state: str
    colour: str
    received_at: datetime
    raised_by_name: str
    raised_by_team: str
    clock: Running | None
    waits_for: tuple[str, ...]
    late_from: tuple[str, ...]
    asked: int
    answered: int
    next_due: datetime | None


@dataclass(frozen=True)
class ContactView:
    """A contact as shown on its page, with what each agency was told and answered."""

    row: ContactRow
    incident_id: uuid.UUID | None
    incident_reference: str
    concern: str
    immediate: str
    wishes: str
    basis: str
    basis_because: str
    open_to: str
    screened_at: datetime | None
    level: str
    decision: str
    because: str
    without: tuple[str, ...]
    decided_at: datetime | None
    decided_by_name: str
    version: int
    sent: tuple[ReferralView, ...]
    duties: tuple[DutyView, ...]
    discussions: tuple[DiscussionView, ...]
    events: tuple[HubEventView, ...]
    excluded: int


@dataclass(frozen=True)
class RaisedRow:
    """A contact as whoever raised it sees it."""

    id: uuid.UUID
    reference: str
    person_name: str
    state: str
    colour: str
    received_at: datetime
    decision: str
    level: str
    because: str
    decided_at: datetime | None
    decided_by_name: str
