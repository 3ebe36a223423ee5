"""What the register of safe contact takes and returns."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time

from fellwatch.foundation import ids

WAYS: Mapping[str, str] = {
    "call": "By telephone",
    "text": "By text message",
    "mail": "By e-mail",
    "post": "By letter",
    "visit": "At the door",
}
MET: Mapping[str, str] = {"met": "Face to face", "other": "Through their adviser, or whoever they named"}
HOW: Mapping[str, str] = {**MET, **WAYS}
"""How somebody was reached: face to face and through others needs no rule, every way of our own does."""
SAYS: Mapping[str, str] = {
    "self": "The person themself",
    "agency": "A partner agency",
    "officer": "An officer, for a reason",
}
NUMBERS = frozenset({"call", "text"})


@dataclass(frozen=True)
class NewRule:
    """One thing somebody said of how to reach a person, as it was typed. `replaces` names a rule that it takes over."""

    person_id: uuid.UUID
    channel: str
    allowed: str
    address: str = ""
    said_by: str = ""
    said_by_name: str = ""
    because: str = ""
    words: str = ""
    password: str = ""
    if_other: str = ""
    kept_from: str = ""
    from_time: str = ""
    to_time: str = ""
    from_date: str = ""
    to_date: str = ""
    replaces: uuid.UUID | None = None
    id: uuid.UUID = field(default_factory=ids.new)


@dataclass(frozen=True)
class Shared:
    """That an agency may read how somebody is reached, and why."""

    id: uuid.UUID
    agency: str
    because: str
    at: datetime
    by_name: str


@dataclass(frozen=True)
class Forbids:
    """A way in which somebody must not be reached, in words, for whoever is about to ring or knock."""

    person_id: uuid.UUID
    name: str
    text: str
    detail: str
    source: str

    @property
    def warning(self) -> str:
        """Return whom it is about and what not to do, in one line."""
        return f"{self.name}: {self.text[:1].lower()}{self.text[1:]}"


@dataclass(frozen=True)
class Rule:
    """One rule of the register as shown. `until` tells what ended it, where something did."""

    id: uuid.UUID
    person_id: uuid.UUID
    channel: str
    allowed: bool
    address: str
    key: str
    said_by: str
    said_by_name: str
    because: str
    words: str
    password: str
    if_other: str
    kept_from: str
    from_time: time | None
    to_time: time | None
    from_date: date | None
    to_date: date | None
    said_at: datetime
    noted_by_name: str
    replaced_at: datetime | None = None
    ended_at: datetime | None = None
    ended_by_name: str = ""
    ended_because: str = ""

    @property
    def over(self) -> bool:
        """Whether somebody replaced or ended it."""
        return bool(self.replaced_at or self.ended_at)
