"""What a machine says of an incident."""

from typing import Annotated, Literal

from pydantic import ConfigDict, Field
from pydantic.config import JsonDict

from fellwatch.api.fields import Answers, Code, Codes, Given, Id, Line, Moment, Text, Word
from fellwatch.rules.facts import DANGER_FACTS

Sex = Literal["female", "male", "other", "unknown"]
Said = Literal["yes", "no", "not_known"]
Dangers = Annotated[
    dict[Code, Said],
    Field(max_length=40, description=f"The quick questions, answered: {', '.join(DANGER_FACTS)}."),
]
Thrive = Annotated[Answers, Field(description="Answers by question; see /instruments/thrive.")]
_WHOLE_CALL: JsonDict = {
    "channel": "999",
    "opening_code": "domestic_incident",
    "received_at": "2026-11-21T23:40:00+00:00",
    "summary": "He is back and shouting outside.",
    "qualifiers": ["domestic_abuse"],
    "caller_number": "07700 900142",
    "place": {"address": "14 Tarn Row", "postcode": "FZ1 1AA"},
    "people": [
        {"role": "caller", "name": "Danielle Hewett", "vulnerabilities": ["pregnant"]},
        {"role": "suspect", "name": "Marc Oddie"},
    ],
    "dangers": {"suspect_present_or_returning": "yes", "in_progress": "yes", "domestic": "yes"},
    "thrive": {"threat": "Ex-partner outside, hammering on the door.", "engagement": "considered_none"},
}


class GivenPlace(Given):
    """Where it is: an address as it was said, or already split, or what can be seen there."""

    address: Word = ""
    flat: Word = ""
    house: Word = ""
    street: Word = ""
    town: Word = ""
    postcode: Word = ""
    described: Line = ""


class GivenPerson(Given):
    """Somebody in the call: known (`person_id`) or new. `said` is the name given for somebody known."""

    role: Code
    person_id: Id | None = None
    name: Word = Field("", description="A whole name as said; or give `forenames` and `surname`.")
    forenames: Word = ""
    surname: Word = ""
    date_of_birth: Word = Field("", description="Whole, in part, or an age: 4 3 1991, 3/1991, 1991, age 35.")
    sex: Sex = "unknown"
    phone: Word = ""
    vulnerabilities: Codes = []
    lives_here: bool = Field(False, strict=True)
    said: Word = ""


class GivenCall(Given):
    """Everything said about one contact. Its id is in the address, made by whoever sends it."""

    model_config = ConfigDict(json_schema_extra={"examples": [_WHOLE_CALL]})

    channel: Code
    opening_code: Code
    received_at: Moment
    occurred_at: Moment | None = None
    summary: Text = ""
    qualifiers: Codes = []
    caller_number: Word = ""
    place_id: Id | None = None
    place: GivenPlace | None = None
    people: Annotated[list[GivenPerson], Field(max_length=40)] = []
    dangers: Dangers = {}
    thrive: Thrive = {}
    grade: Code | None = Field(None, description="Left out, the proposed grade stands.")
    grade_reason: Line = ""


class GivenGrading(Given):
    """A second look. `seen` is the number of the newest grading that was looked at."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "seen": 1,
                    "trigger": "new_information",
                    "said": "He has left in a blue van.",
                    "grade": "priority",
                    "reason_code": "suspect_gone",
                    "rationale": "The suspect has gone and the door is locked.",
                    "thrive": {"threat": "He may come back."},
                }
            ]
        }
    )

    seen: int = Field(ge=0, le=2_147_483_647, strict=True)
    trigger: Code
    grade: Code | None = Field(None, description="Left out, the proposed grade stands.")
    reason_code: Code | None = None
    rationale: Line = ""
    dangers: Dangers = {}
    thrive: Thrive = {}
    said: Line = ""


class GivenLine(Given):
    """A line of the running log."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"text": "Neighbour says the van is still there."}]})

    text: Text


class GivenUnit(Given):
    """The unit that is sent."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"unit": "FN21"}]})

    unit: Word


class GivenDelay(Given):
    """Why nobody has come, by code."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"delay": "no_unit"}]})

    delay: Code


class GivenClosingReason(Given):
    """Why a piece that a closing must carry is not there."""

    reason: Code
    words: Line


class GivenClosing(Given):
    """What was done and what it turned out to be, with what the rule incident_closing asks for."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "result": "Suspect arrested for assault. Victim and child safe with her sister.",
                    "closing_codes": ["domestic_incident"],
                    "closing_qualifiers": ["domestic_abuse"],
                    "crime_reference": "FS/1234/26",
                    "reasons": {
                        "risk_form.nobody": {"reason": "not_reached", "words": "Rang twice and called at the door."}
                    },
                }
            ]
        }
    )

    result: Text
    closing_codes: Codes
    closing_qualifiers: Codes = []
    crime_reference: Word = ""
    reasons: Annotated[
        dict[str, GivenClosingReason],
        Field(
            max_length=100,
            description="By what is missing. A refused closing names each in `problems` as reasons.….reason.",
        ),
    ] = {}


class GivenQuestion(Given):
    """What the help desk is asked."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"question": "Is there a non-molestation order?"}]})

    question: Text


class GivenAdvice(Given):
    """What the help desk advises."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"text": "Arrest for breach; the order is in force."}]})

    text: Text


class GivenUnasked(GivenAdvice):
    """Advice nobody asked for. With an `id` of the sender's own it can be sent again without harm."""

    id: Id | None = None


class GivenOutcome(Given):
    """What was done with advice."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"outcome": "acted_on"}]})

    outcome: Code
    reason: Line = ""
