"""Plain values of meetings: what pages say to actions, and what queries return."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from fellwatch.foundation import ids
from fellwatch.orders.values import Invalid

__all__ = [
    "ActionView",
    "AgendaLine",
    "AttendanceView",
    "Called",
    "Invalid",
    "ItemView",
    "MeetingView",
    "MinuteView",
    "MinutedCase",
    "Owing",
    "Promised",
    "ResearchView",
    "RulingView",
    "Said",
    "Settled",
]


@dataclass(frozen=True)
class Called:
    """A meeting as its coordinator calls it. `agencies` are the codes and names of those invited."""

    kind: str
    title: str
    starts_at: datetime
    ends_at: datetime
    place: str
    chair: str
    agencies: Mapping[str, str]
    agenda_due: date | None = None
    id: uuid.UUID = field(default_factory=ids.new)


@dataclass(frozen=True)
class Said:
    """What was said of a matter: facts apart from what they mean."""

    facts: str
    analysis: str
    decision: str


@dataclass(frozen=True)
class Promised:
    """An action as it is spoken: who does what by when."""

    agency: str
    words: str
    due_date: date
    owner: str = ""
    id: uuid.UUID = field(default_factory=ids.new)


@dataclass(frozen=True)
class AttendanceView:
    """An agency at a meeting, as shown."""

    id: uuid.UUID
    agency: str
    title: str
    name: str
    state: str


@dataclass(frozen=True)
class MeetingView:
    """A meeting as shown. `cases` counts what this reader may know of."""

    id: uuid.UUID
    kind: str
    title: str
    starts_at: datetime
    ends_at: datetime
    place: str
    chair: str
    agencies: tuple[str, ...]
    state: str
    sequence: int
    agenda_due: date | None
    agenda_sent_at: datetime | None
    begun_at: datetime | None
    ended_at: datetime | None
    cases: int
    attendance: tuple[AttendanceView, ...]


@dataclass(frozen=True)
class AgendaLine:
    """A matter on an agenda. `number` counts what this reader may see, so that no gap tells of another."""

    id: uuid.UUID
    matter_id: uuid.UUID
    number: int
    reference: str
    minutes: int
    begun_at: datetime | None
    ended_at: datetime | None


@dataclass(frozen=True)
class MinuteView:
    """A version of what was said."""

    version: int
    facts: str
    analysis: str
    decision: str
    because: str
    at: datetime
    by_name: str


@dataclass(frozen=True)
class ResearchView:
    """What an agency was asked, and its answer. `late` is by the clock, whether answered or not."""

    id: uuid.UUID
    matter_id: uuid.UUID
    reference: str
    agency: str
    asked_at: datetime
    due_at: datetime | None
    known: str
    facts: str
    analysis: str
    answered_at: datetime | None
    answered_by: str
    chased: int
    late: bool


@dataclass(frozen=True)
class ActionView:
    """What an agency promised."""

    id: uuid.UUID
    matter_id: uuid.UUID
    reference: str
    agency: str
    owner: str
    words: str
    due_date: date
    state: str
    answer: str
    answered_at: datetime | None
    answered_by: str
    set_by: str
    reminded: int
    overdue: bool


@dataclass(frozen=True)
class Owing:
    """Answers and actions that agencies owe: those asked for, and how many there are in all and overdue."""

    asked: tuple[ResearchView, ...]
    owed: tuple[ActionView, ...]
    counts: Mapping[str, int]
    late: int
    overdue: int


@dataclass(frozen=True)
class Settled:
    """How many answers and actions fell due within a time, and how many of each came in time."""

    asked: int
    answered: int
    owed: int
    done: int


@dataclass(frozen=True)
class ItemView:
    """One case in a meeting, as its chair sees it."""

    line: AgendaLine
    meeting: MeetingView
    of: int
    research: tuple[ResearchView, ...]
    earlier: tuple[ActionView, ...]
    actions: tuple[ActionView, ...]
    said: MinuteView | None
    versions: tuple[MinuteView, ...]


@dataclass(frozen=True)
class MinutedCase:
    """One case as a meeting's minutes tell of it: every version of what was said, the newest first, and the actions."""

    line: AgendaLine
    versions: tuple[MinuteView, ...]
    actions: tuple[ActionView, ...]

    @property
    def said(self) -> MinuteView | None:
        """Return what stands."""
        return self.versions[0] if self.versions else None


@dataclass(frozen=True)
class RulingView:
    """An account that bears a name a matter is kept from, or that the coordinator ruled on."""

    user_id: uuid.UUID
    name: str
    agency: str
    role: str
    kept: bool
    because: str
    by_name: str
