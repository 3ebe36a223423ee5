"""Plain values of notices to schools: what pages say to actions, and what queries return."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time

from fellwatch.foundation import ids
from fellwatch.orders.values import Invalid

__all__ = [
    "EstablishmentView",
    "EventView",
    "Invalid",
    "NewEstablishment",
    "NewSpell",
    "NoticeRow",
    "NoticeView",
    "Received",
    "Right",
    "Rung",
]


@dataclass(frozen=True)
class NewEstablishment:
    """A recipient, or what is to be corrected of one."""

    name: str
    agency: str
    kind: str = "school"
    school_id: uuid.UUID | None = None
    lead_name: str = ""
    email: str = ""
    second_email: str = ""
    telephone: str = ""
    starts: time | None = None
    agreed: tuple[str, ...] = ()
    agreed_until: date | None = None
    districts: tuple[str, ...] = ()
    closed_date: date | None = None
    id: uuid.UUID = field(default_factory=ids.new)


@dataclass(frozen=True)
class NewSpell:
    """Days of a school's calendar, both included."""

    kind: str
    first_date: date
    last_date: date
    words: str = ""


@dataclass(frozen=True)
class Rung:
    """A call to a school: who was spoken to, when, and what was said to be done."""

    spoke_to: str
    at: datetime
    words: str


@dataclass(frozen=True)
class Right:
    """Where a child learns after all."""

    setting: str
    establishment_id: uuid.UUID | None = None
    also: bool = False
    """On this roll as well as those known before."""


@dataclass(frozen=True)
class EstablishmentView:
    """A recipient as shown."""

    id: uuid.UUID
    name: str
    kind: str
    agency: str
    lead_name: str
    email: str
    second_email: str
    telephone: str
    starts: time | None
    agreed: tuple[str, ...]
    agreed_until: date | None
    districts: tuple[str, ...]
    closed_date: date | None
    spells: tuple[tuple[str, date, date, str], ...] = ()
    next_days: tuple[date, ...] = ()


@dataclass(frozen=True)
class NoticeRow:
    """A notice on the list."""

    id: uuid.UUID
    child_id: uuid.UUID
    child: str
    age: int | None
    establishment: str
    telephone: str
    lead_name: str
    path: str
    state: str
    because: str
    statutory: bool
    known_at: datetime
    due_at: datetime | None
    due_words: str
    held_until: datetime | None
    held_for: str
    mail: str
    mail_words: str
    sent_at: datetime | None
    telephone_at: datetime | None
    told_at: datetime | None
    told_by_name: str
    disputed_words: str


@dataclass(frozen=True)
class EventView:
    """One line of a notice's story."""

    at: datetime
    kind: str
    words: str
    by_name: str


@dataclass(frozen=True)
class NoticeView:
    """A notice as shown on its page."""

    row: NoticeRow
    receipt: str
    incident_id: uuid.UUID
    incident_reference: str
    linked_by: str
    clock: uuid.UUID
    rule_version: int
    establishment_id: uuid.UUID | None
    told: tuple[tuple[int, datetime, Mapping[str, str], tuple[str, ...]], ...]
    events: tuple[EventView, ...]
    answer: str
    answered_at: datetime | None
    recalled_because: str
    others: tuple[NoticeRow, ...] = ()


@dataclass(frozen=True)
class Received:
    """A notice as its school sees it. `contents` is empty until it is opened, and after a recall."""

    id: uuid.UUID
    receipt: str
    asks: bool
    state: str
    sent_at: datetime
    due_at: datetime | None
    opened_at: datetime | None
    more_at: datetime | None
    told_by_name: str
    answer: str
    answered_at: datetime | None
    disputed_at: datetime | None
    recalled_at: datetime | None
    contents: Mapping[str, str] = field(default_factory=dict)

    @property
    def closed(self) -> bool:
        """Whether it asks for nothing any more, because what it asked became known in another way."""
        return self.state == "answered" and self.answered_at is None
