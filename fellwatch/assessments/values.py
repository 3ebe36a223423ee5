"""Plain values of forms, and what goes wrong with them."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from fellwatch.foundation import ids


class Invalid(Exception):
    """Something given cannot stand. `problems` maps each field to what is wrong and what to do."""

    def __init__(self, problems: Mapping[str, str]) -> None:
        super().__init__(f"{len(problems)} fields need another look.")
        self.problems = dict(problems)


class Disputed(Invalid):
    """Somebody answered the same questions otherwise meanwhile. `theirs` are the answers that stand, `number` their
    version: looked at, the same answers may be sent again as seen."""

    def __init__(self, problems: Mapping[str, str], theirs: Mapping[str, object], number: int) -> None:
        super().__init__(problems)
        self.theirs, self.number = dict(theirs), number


@dataclass(frozen=True)
class Filled:
    """Answers to a form as somebody sends them. `seen` is the version they had before them, 0 for none.

    `id` is made by the sender, so that sending twice stores once; `heard_at` is when the answers were given.
    """

    incident_id: uuid.UUID
    instrument: str
    answers: Mapping[str, Any]
    person_id: uuid.UUID | None = None
    seen: int = 0
    trigger: str = "desk"
    heard_at: datetime | None = None
    id: uuid.UUID = field(default_factory=ids.new)


@dataclass(frozen=True)
class NewPrompt:
    """Words to be shown beside a question, and what is wrong with the answers that come without them."""

    instrument: str
    question: str
    words: str
    because: str
    id: uuid.UUID = field(default_factory=ids.new)


@dataclass(frozen=True)
class PromptView:
    """A prompt with its days."""

    id: uuid.UUID
    instrument: str
    question: str
    words: str
    because: str
    from_at: datetime
    ended_at: datetime | None
    ended_because: str
    by_name: str


@dataclass(frozen=True)
class ReviewView:
    """One review as shown."""

    number: int
    outcome: str
    reasons: Mapping[str, Mapping[str, str]]
    note: str
    at: datetime
    by_name: str
    stage: str = "supervisor"
    officer_grade: str = ""
    grade: str = ""


@dataclass(frozen=True)
class Standing:
    """How a form stands, in the words that its officer reads: what was sent back and why, who owns the risk and why.

    `reasons` maps each question to the sentence that says what to put right.
    """

    form_id: uuid.UUID
    state: str
    returned_by: str = ""
    returned_note: str = ""
    reasons: Mapping[str, str] = field(default_factory=dict)
    labels: Mapping[str, str] = field(default_factory=dict)
    regraded: str = ""
    owner: str = ""


@dataclass(frozen=True)
class OwnerView:
    """Who was given a risk, why, and why it changed hands."""

    owner: str
    because: str
    changed_because: str
    at: datetime
    by_name: str
    by_hand: bool


@dataclass(frozen=True)
class FormView:
    """One form as shown, with its newest answers and every review."""

    id: uuid.UUID
    instrument: str
    instrument_version: int
    title: str
    incident_id: uuid.UUID
    incident_reference: str
    received_at: datetime
    person_id: uuid.UUID | None
    person_name: str
    state: str
    number: int
    grade: str
    score: int | None
    flags: tuple[str, ...]
    complete: bool
    changed_at: datetime
    opened_by_name: str
    submitted_at: datetime | None
    submitted_by_name: str
    submitted_team: str
    answers: Mapping[str, Any]
    before: Mapping[str, Any]
    """The answers of the version before the newest, to mark what changed."""
    reviews: tuple[ReviewView, ...]
    specialist_grade: str = ""
    passed_on_at: datetime | None = None
    passed_on_because: tuple[str, ...] = ()
    owner: str = ""
    owner_because: str = ""
    owners: tuple[OwnerView, ...] = ()

    @property
    def acting_grade(self) -> str:
        """Return the grade that acts: a specialist's where there is one, else the officer's."""
        return self.specialist_grade or self.grade

    @property
    def regraded(self) -> ReviewView | None:
        """Return the newest review that graded it anew, if any did."""
        return next((one for one in reversed(self.reviews) if one.outcome == "regraded"), None)

    @property
    def last(self) -> ReviewView | None:
        """Return the newest review, whoever made it."""
        return self.reviews[-1] if self.reviews else None


@dataclass(frozen=True)
class CrimeView:
    """A crime that answers disclosed, as shown."""

    id: uuid.UUID
    incident_id: uuid.UUID
    incident_reference: str
    person_id: uuid.UUID | None
    person_name: str
    crime: str
    title: str
    law: str
    detail: str
    told_by: tuple[Mapping[str, Any], ...]
    heard_at: datetime
