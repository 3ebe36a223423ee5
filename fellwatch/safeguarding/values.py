"""Plain values of the safeguarding room: what pages say to actions, and what queries return."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from fellwatch.foundation import ids
from fellwatch.orders.standing import Standing
from fellwatch.orders.values import Invalid

__all__ = ["CaseRow", "CaseView", "Checks", "Decided", "EventView", "Invalid", "Met", "NewNotice", "NewRequest", "Told"]


@dataclass(frozen=True)
class NewNotice:
    """A notice somebody considers: which law, whom it would bind and protect, and where they live."""

    scheme: str
    subject_id: uuid.UUID
    at_risk_id: uuid.UUID
    incident_id: uuid.UUID | None = None
    place_id: uuid.UUID | None = None
    id: uuid.UUID = field(default_factory=ids.new)


@dataclass(frozen=True)
class NewRequest:
    """A disclosure request. `asked_at` is the first contact (ask) or when the information came (know)."""

    scheme: str
    route: str
    subject_id: uuid.UUID
    at_risk_id: uuid.UUID
    asked_at: datetime
    applicant: str
    why: str
    safe_contact: str
    in_danger: str
    incident_id: uuid.UUID | None = None
    id: uuid.UUID = field(default_factory=ids.new)


@dataclass(frozen=True)
class Checks:
    """The first checks: which systems were searched, what else was not and why, and whether anybody is in danger."""

    systems: Sequence[str]
    found: str
    not_searched_because: str
    in_danger: str
    done_at: datetime


@dataclass(frozen=True)
class Met:
    """The meeting face to face, and how they proved who they are."""

    at: datetime
    identity: str
    words: str


@dataclass(frozen=True)
class Decided:
    """What the forum decided, each legal test with its reason, and the words to be said."""

    at: datetime
    chair: str
    agencies: str
    outcome: str
    lawful: str
    necessary: str
    proportionate: str
    wording: str


@dataclass(frozen=True)
class Told:
    """What was told, to whom and by which two; `urgent_because` only where it could not wait for the forum."""

    at: datetime
    recipient: str
    by_whom: str
    undertaking: str
    words: str
    urgent_because: str = ""


@dataclass(frozen=True)
class EventView:
    """One line of a case's story."""

    at: datetime
    kind: str
    words: str
    by_name: str
    detail: Mapping[str, object]


@dataclass(frozen=True)
class CaseRow:
    """A case on the list: who, how it stands, what is due next and why, how old it is."""

    id: uuid.UUID
    scheme: str
    route: str
    reference: str
    subject_id: uuid.UUID
    subject_name: str
    at_risk_id: uuid.UUID
    at_risk_name: str
    state: str
    standing: tuple[str, Standing] | None
    asked_at: datetime
    opened_by_name: str


@dataclass(frozen=True)
class CaseView:
    """A case as shown on its page."""

    row: CaseRow
    rule_version: int | None
    answers: Mapping[str, str]
    terms: tuple[Mapping[str, object], ...]
    version: int
    opened_by: uuid.UUID
    opened_at: datetime
    closed_at: datetime | None
    incident_id: uuid.UUID | None
    incident_reference: str
    place_id: uuid.UUID | None
    address: str
    subject_age: int | None
    at_risk_age: int | None
    events: tuple[EventView, ...]
