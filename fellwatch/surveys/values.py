"""What surveys take and return."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time

from fellwatch.foundation import ids


@dataclass(frozen=True)
class NewSelection:
    """Whom to look for: a group, the days on which it was reported (the last not included), who rings, how many."""

    group: str
    agency: str
    from_date: date | None
    to_date: date | None
    most: int
    id: uuid.UUID = field(default_factory=ids.new)


@dataclass(frozen=True)
class SelectionRow:
    """A selection in numbers."""

    id: uuid.UUID
    group: str
    agency: str
    from_date: date
    to_date: date
    found: int
    asked: int
    not_drawn: int
    reasons: Mapping[str, int]
    made_at: datetime
    by_name: str


@dataclass(frozen=True)
class CallView:
    """A line as the surveyor sees it: whom to ask for, where and when. Nothing of what happened is in it."""

    id: uuid.UUID
    group: str
    reference: str
    name: str
    number: str
    from_time: time | None
    to_time: time | None
    state: str
    tried: int
    last_at: datetime | None


@dataclass(frozen=True)
class AttemptView:
    """One call as shown."""

    at: datetime
    result: str
    by_name: str


@dataclass(frozen=True)
class ChosenRow:
    """Somebody who is asked, as the force sees it: that, and how often they were rung; never what they said."""

    line_id: uuid.UUID
    reference: str
    person_id: uuid.UUID
    name: str
    incident_id: uuid.UUID
    incident_reference: str
    state: str
    because: str
    attempts: tuple[AttemptView, ...]


@dataclass(frozen=True)
class LeftOutRow:
    """Somebody who was found and is not asked."""

    person_id: uuid.UUID
    name: str
    incident_id: uuid.UUID
    incident_reference: str
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class ToldView:
    """What the surveyor told the team, as the team sees it."""

    id: uuid.UUID
    kind: str
    line_id: uuid.UUID
    line_state: str
    group: str
    reference: str
    agency: str
    person_id: uuid.UUID
    name: str
    incident_id: uuid.UUID
    incident_reference: str
    words: str
    at: datetime
    by_name: str
    outcome: str
    outcome_words: str
    settled_at: datetime | None
    settled_by_name: str


@dataclass(frozen=True)
class SafeAgain:
    """How somebody has said that they may be rung from now on, and how it is known."""

    number: str
    from_time: time | None
    to_time: time | None
    to_date: date | None


@dataclass(frozen=True)
class SaidView:
    """What somebody said in their own words, with the themes marked in it. It names nobody."""

    id: uuid.UUID
    words: str
    themes: tuple[str, ...]
    read_by_name: str


@dataclass(frozen=True)
class Said:
    """Some of what people of a group said, how many said something, and how much of it nobody has read."""

    shown: tuple[SaidView, ...]
    total: int
    unread: int


@dataclass(frozen=True)
class ChangeView:
    """What is changed because of what victims said."""

    id: uuid.UUID
    group: str
    theme: str
    words: str
    owner: str
    due_date: date
    made_at: datetime
    by_name: str
    done_at: datetime | None
    done_words: str
    done_by_name: str
