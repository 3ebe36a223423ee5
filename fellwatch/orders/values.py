"""Plain values of orders: what pages say to actions, and what queries return."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from fellwatch.foundation import ids
from fellwatch.orders.standing import Standing
from fellwatch.rules.legal_orders import Chosen


class Invalid(Exception):
    """It cannot be done so: each problem beside its field, saying what to do."""

    def __init__(self, problems: Mapping[str, str]) -> None:
        super().__init__(" ".join(problems.values()))
        self.problems = dict(problems)


@dataclass(frozen=True)
class Coming:
    """When and where the subject of an order must come, and when they had not come; nothing where they need not."""

    at: datetime | None = None
    where: str = ""
    missed_at: datetime | None = None


@dataclass(frozen=True)
class NewOrder:
    """An order as somebody authorised or made it. `chosen` are its terms; `place_id` is where they hold."""

    kind: str
    subject_id: uuid.UUID
    protected: Sequence[uuid.UUID]
    chosen: Sequence[Chosen]
    made_by: str
    made_at: datetime
    place_id: uuid.UUID | None = None
    incident_id: uuid.UUID | None = None
    case_id: uuid.UUID | None = None
    shared_home: bool = False
    days: int = 0
    ends_at: datetime | None = None
    follows: uuid.UUID | None = None
    coming: Coming = Coming()
    id: uuid.UUID = field(default_factory=ids.new)


@dataclass(frozen=True)
class Served:
    """One attempt at service. Not served needs to say why."""

    at: datetime
    served: bool
    means: str
    officer: str
    words: str = ""
    address_for_hearing: str = ""
    id: uuid.UUID = field(default_factory=ids.new)


@dataclass(frozen=True)
class NewBreach:
    """A breach as an officer reports it: arrested then, or why not."""

    happened_at: datetime
    words: str
    arrested_at: datetime | None = None
    not_arrested_because: str = ""
    id: uuid.UUID = field(default_factory=ids.new)


@dataclass(frozen=True)
class Heard:
    """What a court did with the application. Granted needs days where the law limits them, and terms."""

    outcome: str
    heard_at: datetime
    words: str = ""
    days: int = 0
    chosen: Sequence[Chosen] = ()


@dataclass(frozen=True)
class ConditionView:
    """One condition as shown; `place_id` and `address` are empty where the place is hidden or none."""

    id: uuid.UUID
    number: int
    term: str
    words: str
    place_id: uuid.UUID | None
    address: str
    from_at: datetime
    until_at: datetime | None
    ended_at: datetime | None


@dataclass(frozen=True)
class ServiceView:
    """One attempt as shown."""

    at: datetime
    served: bool
    means: str
    officer: str
    words: str
    address_for_hearing: str
    by_name: str


@dataclass(frozen=True)
class HearingView:
    """One hearing as shown."""

    id: uuid.UUID
    listed_at: datetime
    court: str
    told_how: str
    outcome: str
    heard_at: datetime | None
    words: str


@dataclass(frozen=True)
class BreachView:
    """One breach as shown."""

    id: uuid.UUID
    happened_at: datetime
    words: str
    arrested_at: datetime | None
    not_arrested_because: str
    before_court_at: datetime | None
    court_outcome: str
    by_name: str


@dataclass(frozen=True)
class OrderView:
    """An order as shown. `hidden` says how many of those it protects this reader may not see."""

    id: uuid.UUID
    kind: str
    title: str
    short: str
    reference: str
    subject_id: uuid.UUID
    subject_name: str
    protected: tuple[tuple[uuid.UUID, str], ...]
    hidden: int
    conditions: tuple[ConditionView, ...]
    made_by: str
    state: str
    standing: Standing
    coming: Coming
    issued_at: datetime
    binds_at: datetime | None
    ends_at: datetime | None
    ended_as: str
    ended_because: str
    arrest: str
    breach: str
    source: str
    confidence: str
    case_id: uuid.UUID | None
    incident_id: uuid.UUID | None
    follows: uuid.UUID | None
    services: tuple[ServiceView, ...]
    hearings: tuple[HearingView, ...]
    breaches: tuple[BreachView, ...]
    story: tuple[tuple[datetime, str, str, str], ...]

    @property
    def binds(self) -> bool:
        """Whether it binds now."""
        return self.standing.binds
