"""Plain values of sharing: what queries return."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from fellwatch.sharing.agreements import AgreementView


@dataclass(frozen=True)
class AgencyView:
    """An agency that may be asked, and what it may be told today; without an agreement, only to protect life."""

    code: str
    name: str
    kind: str
    telephone: str
    mailbox: str
    in_hub: bool
    manager: str
    closed: bool
    agreement: AgreementView | None
    agreed: tuple[str, ...] | None
    lapsed: str


@dataclass(frozen=True)
class ReferralView:
    """What was sent, as it stands, with exactly what was told."""

    id: uuid.UUID
    kind: str
    about: uuid.UUID | None
    incident_id: uuid.UUID | None
    person_id: uuid.UUID
    agency: str
    agency_code: str
    basis: str
    necessity: str
    proportionality: str
    contents: Mapping[str, str]
    withheld: tuple[str, ...]
    receipt: str
    sent_at: datetime
    due_at: datetime | None
    sent_by_id: uuid.UUID
    sent_by_name: str
    state: str
    opened_at: datetime | None
    opened_by_name: str
    answered_at: datetime | None
    answered_by_name: str
    answer_code: str
    answer: str
    completed_at: datetime | None
    completed_by_name: str
    outcome_code: str
    outcome: str
    recalled_at: datetime | None
    recalled_because: str


@dataclass(frozen=True)
class Listed:
    """A cut of a part of an agency's inbox, and whether more follow it."""

    rows: tuple[ReferralView, ...]
    more: bool


@dataclass(frozen=True)
class Owed:
    """How much an agency has still to answer, how much of it is late, to say the outcome of, and to confirm."""

    waiting: int
    late: int
    taken: int
    back: int


@dataclass(frozen=True)
class SentRow:
    """What a board needs of something that was sent."""

    id: uuid.UUID
    about: uuid.UUID
    agency: str
    kind: str
    state: str
    answered: bool


@dataclass(frozen=True)
class RecallView:
    """That something was taken back."""

    id: uuid.UUID
    receipt: str
    reason: str
    was_opened: bool
    at: datetime
    by_name: str
    confirmed_at: datetime | None
    confirmed_by_name: str


@dataclass(frozen=True)
class MemberView:
    """Somebody who signs in for an agency."""

    id: uuid.UUID
    user_id: uuid.UUID
    agency: str
    name: str
    mail: str
    joined_at: datetime
    left_at: datetime | None
    left_by_name: str


@dataclass(frozen=True)
class InvitationView:
    """An invitation, and how it stands: waiting, used, withdrawn or past."""

    id: uuid.UUID
    agency: str
    name: str
    mail: str
    role: str
    made_at: datetime
    made_by_name: str
    expires_at: datetime
    state: str


@dataclass(frozen=True)
class MessageView:
    """An outgoing message and what became of it."""

    id: uuid.UUID
    kind: str
    channel: str
    address: str
    name: str
    agency: str
    state: str
    because: str
    attempts: int
    made_at: datetime
    sent_at: datetime | None
    bounced_at: datetime | None


@dataclass(frozen=True)
class FeedbackView:
    """What came of something, for whoever raised it."""

    id: uuid.UUID
    about: uuid.UUID
    incident_id: uuid.UUID | None
    title: str
    words: str
    at: datetime
    by_name: str
    seen_at: datetime | None


@dataclass(frozen=True)
class Reader:
    """Somebody who may be told that something waits."""

    user_id: uuid.UUID
    name: str
    mail: str


@dataclass(frozen=True)
class Readers:
    """Who in an agency may be told that something waits for them; nobody whom it concerns is among them."""

    agency: str
    mailbox: str
    people: tuple[Reader, ...]
