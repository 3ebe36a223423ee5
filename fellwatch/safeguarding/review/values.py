"""Plain values of the review: the queues and their sums, a form that waits, the steps of a risk through time."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

SECOND, SUBMITTED, RETURNED, OPEN, MISSING = "second", "submitted", "returned", "open", "missing"
FORMS = (SECOND, SUBMITTED, RETURNED, OPEN)
QUEUES = (*FORMS, MISSING)


@dataclass(frozen=True)
class Sums:
    """Every queue's length, and the work that is open counted another way.

    The queues count rows by how they stand. The other count does not ask how they stand: a form is open work while
    no review has closed its newest version, a missing piece while nothing has settled it.
    """

    queues: Mapping[str, int]
    forms_not_closed: int
    missing_not_settled: int
    late: int
    teams: Mapping[str, Mapping[str, int]]
    """The forms of each queue by the team that handed them in; "" for those that nobody has."""

    @property
    def total(self) -> int:
        """Return the sum of the queues."""
        return sum(self.queues.values())

    @property
    def open_work(self) -> int:
        """Return the open work, counted apart from the queues."""
        return self.forms_not_closed + self.missing_not_settled

    @property
    def agree(self) -> bool:
        """Whether nothing is invisible: both counts are the same, of forms and of missing pieces."""
        forms = sum(self.queues[name] for name in FORMS)
        return (forms, self.queues[MISSING]) == (self.forms_not_closed, self.missing_not_settled)


@dataclass(frozen=True)
class Waiting:
    """A form in a queue: whose, how risky, since when, why there, and the line that orders it."""

    id: uuid.UUID
    title: str
    incident_id: uuid.UUID
    reference: str
    person_id: uuid.UUID | None
    person_name: str
    state: str
    grade: str
    officer: str
    team: str
    owner: str
    since: datetime
    due_at: datetime | None
    because: tuple[str, ...]
    line: str
    score: float


@dataclass(frozen=True)
class Risk:
    """One step of somebody's risk through time. `grade` is what acts from then, "" where it says nothing of risk."""

    at: datetime
    title: str
    grade: str
    because: str
    by_name: str
    incident_id: uuid.UUID | None = None
    form_id: uuid.UUID | None = None
