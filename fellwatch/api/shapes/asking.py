"""What a machine says and is told of vulnerability questions, lower grades, the helpline and referrals."""

import uuid
from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import ConfigDict, Field

from fellwatch.api.fields import Answers, Code, Codes, Given, Id, Line, Shown, Text, Word


class GivenPrompts(Given):
    """Answers about somebody, and vulnerabilities seen since."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"vulnerabilities": ["pregnant"], "answers": {"pregnant_weeks": "30"}}]}
    )

    vulnerabilities: Codes = []
    answers: Answers = {}


class Prompted(Shown):
    """What somebody's vulnerabilities ask, what was answered, and what it comes to."""

    vulnerabilities: list[str]
    answers: dict[str, Any]
    asked: int
    answered: int
    markers: list[str]


class Weighed(Shown):
    """The grade that the facts now propose; the grade that stands is changed by a grading."""

    proposed_grade: str


class Lowered(Shown):
    """Whether the lower grade stands now, or waits for a supervisor."""

    state: Literal["graded", "waiting"]
    because: list[str]


class Proposal(Shown):
    """A lower grade that was proposed, and what became of it."""

    id: uuid.UUID
    incident_id: uuid.UUID
    reference: str
    from_grade: str
    to_grade: str
    reason_code: str
    rationale: str
    because: list[str]
    proposed_at: datetime
    proposed_by_name: str
    state: str
    decided_at: datetime | None
    decided_by_name: str
    decided_because: str


class Proposals(Shown):
    """Lower grades."""

    items: list[Proposal]


class GivenBecause(Given):
    """Why it is refused."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"because": "He is still outside."}]})

    because: Line


class GivenConsultation(Given):
    """What the helpline is asked, and what the adviser needs to know of the person."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"about": "Wren, 30, on the bridge", "question": "Is there a plan?"}]}
    )

    about: Text
    question: Text
    callback: Word = ""


class GivenHelplineAdvice(Given):
    """What the adviser says, by code and in words."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"code": "known_plan", "text": "Ring his sister."}]})

    code: Code
    text: Text


class GivenSettling(Given):
    """Whether the officer agreed, why not, and what was done."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"agreed": True, "outcome": "Home with a plan."}]})

    agreed: bool
    outcome: Line
    disagreement: Line = ""


class Consultation(Shown):
    """A question to the helpline as it stands."""

    id: uuid.UUID
    incident_id: uuid.UUID
    about: str
    question: str
    callback: str
    requested_at: datetime
    requested_by_name: str
    answered_at: datetime | None
    adviser_name: str
    advice_code: str
    advice: str
    advised_at: datetime | None
    agreed: bool | None
    disagreement: str
    outcome: str
    settled_at: datetime | None


class Consultations(Shown):
    """Questions to the helpline."""

    items: list[Consultation]


Told = Annotated[dict[Code, Text], Field(max_length=40, description="What is told, by the codes of referral_fields.")]


class GivenReferral(Given):
    """What is told to which agency, on what basis and why. A field it may not have is refused, never dropped."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "agency": "larch-refuge",
                    "person_id": "0199b1f2-7c1a-7f3e-9d53-1d2f3a4b5c6d",
                    "basis": "safeguarding",
                    "necessity": "The lock must be changed before he is released.",
                    "proportionality": "Only her name and the day; nothing of the injuries.",
                    "contents": {"name": "Danielle Hewett"},
                }
            ]
        }
    )

    agency: Word
    person_id: Id
    basis: Code
    necessity: Text
    proportionality: Text
    contents: Told
    agreed: bool = False


class Receipt(Shown):
    """The number by which both sides find what was sent."""

    receipt: str


class Referral(Shown):
    """What was sent, as it stands, with exactly what was told."""

    id: uuid.UUID
    person_id: uuid.UUID
    agency: str
    basis: str
    necessity: str
    contents: dict[str, str]
    withheld: list[str]
    receipt: str
    sent_at: datetime
    sent_by_name: str
    state: str
    opened_at: datetime | None
    answered_at: datetime | None
    answer: str
    completed_at: datetime | None
    outcome: str


class Referrals(Shown):
    """Referrals of an incident, newest first."""

    items: list[Referral]


class Agency(Shown):
    """An agency that takes referrals, and what it may be told."""

    code: str
    name: str
    kind: str
    agreed: list[str] | None
    lapsed: str


class Agencies(Shown):
    """Every agency that takes referrals."""

    items: list[Agency]
