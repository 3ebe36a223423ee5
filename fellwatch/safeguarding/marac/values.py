"""Plain values of the MARAC: what pages say to actions, and what queries return."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from fellwatch.foundation import ids
from fellwatch.orders.values import Invalid

__all__ = ["Invalid", "NewReferral", "Pair", "Placed", "Reached", "ReferralRow", "ReferralView", "Return", "Triaged"]

SAID: Mapping[str, str] = {
    "victim_name": "Victim",
    "victim_born": "Victim born",
    "victim_address": "Victim's address",
    "victim_phone": "Victim's telephone",
    "safe_contact": "When and how it is safe to reach them",
    "perpetrator_name": "Perpetrator",
    "perpetrator_born": "Perpetrator born",
    "perpetrator_address": "Perpetrator's address",
    "relationship": "What they are to each other",
    "afraid_of": "Whom else they are afraid of",
    "not_safe": "Who must not be talked to",
    "children": "Children: names, ages, school",
    "happened": "What happened",
    "judgement_because": "Why the danger is high",
    "wants": "What the victim wants",
}
"""What a referral says, in the order in which it is read. Nothing here is a published form's wording."""

TOLD = tuple(one for one in SAID if one not in {"victim_phone", "safe_contact"})
"""What every agency in the circle is told. How to reach the victim is for the adviser's service alone."""


@dataclass(frozen=True)
class NewReferral:
    """A referral as somebody writes it. `victim_id` and `perpetrators` are known only to the police."""

    said: Mapping[str, str]
    consent: str
    aware: str
    basis: str
    basis_because: str = ""
    judgement: bool = False
    ticks: int | None = None
    behaviour: str = ""
    happened_date: date | None = None
    children: int = 0
    equality: Sequence[str] = ()
    victim_id: uuid.UUID | None = None
    perpetrators: Sequence[uuid.UUID] = ()
    incident_id: uuid.UUID | None = None
    id: uuid.UUID = field(default_factory=ids.new)


@dataclass(frozen=True)
class Placed:
    """Who is meant by a referral."""

    victim_id: uuid.UUID
    perpetrators: Sequence[uuid.UUID]
    relationship: str = ""


@dataclass(frozen=True)
class Triaged:
    """What a panel decided, who sat on it, and why."""

    outcome: str
    because: str
    panel: Sequence[str]


@dataclass(frozen=True)
class Reached:
    """An attempt to reach the victim. Whoever may read the register says how and by
    which number: it must have been said to be safe."""

    at: datetime
    reached: bool
    words: str
    engaged: str = ""
    means: str = ""
    to: str = ""
    id: uuid.UUID = field(default_factory=ids.new)


@dataclass(frozen=True)
class ReferralRow:
    """A referral in a list."""

    id: uuid.UUID
    reference: str
    victim: str
    perpetrators: str
    state: str
    source: str
    agency: str
    by_name: str
    referred_at: datetime
    repeat: bool
    criteria: tuple[str, ...]
    because: tuple[str, ...]
    triage_due_at: datetime | None
    triage_outcome: str
    triage_because: str
    adviser: str
    contact_due_at: datetime | None
    attempts: int
    reached_at: datetime | None


@dataclass(frozen=True)
class ContactView:
    """An attempt as shown."""

    at: datetime
    reached: bool
    engaged: str
    words: str
    by_name: str


@dataclass(frozen=True)
class ReferralView:
    """One referral as shown. `people` are ids only for those who may open records."""

    row: ReferralRow
    told: Mapping[str, str]
    victim_id: uuid.UUID | None
    perpetrator_ids: tuple[uuid.UUID, ...]
    incident_id: uuid.UUID | None
    consent: str
    aware: str
    basis: str
    basis_because: str
    judgement: bool
    ticks: int | None
    escalates: bool
    behaviour: str
    happened_date: date | None
    rule_version: int
    panel: tuple[str, ...]
    triaged_at: datetime | None
    flag_until: date | None
    heard_date: date | None
    repeat_of: uuid.UUID | None
    contacts: tuple[ContactView, ...]
    story: tuple[tuple[datetime, str, str, str], ...]
    version: int


@dataclass(frozen=True)
class Pair:
    """Two people under a live flag between whom something happened that nobody has referred."""

    victim_id: uuid.UUID
    victim: str
    perpetrator_id: uuid.UUID
    perpetrator: str
    incident_id: uuid.UUID
    incident: str
    at: datetime
    last_referred: date
    flag_until: date


@dataclass(frozen=True)
class Return:
    """A quarter in numbers, under our own labels."""

    first: date
    until: date
    lines: tuple[tuple[str, str, int], ...]
    share: tuple[tuple[str, str, str], ...]
