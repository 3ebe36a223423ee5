"""What a machine is told of people and places."""

import uuid
from datetime import date, datetime
from typing import Annotated

from pydantic import ConfigDict, Field

from fellwatch.api.fields import Code, Given, Id, Shown, Word


class BirthDate(Shown):
    """A date of birth as far as it is known."""

    year: int | None
    month: int | None
    day: int | None


class Marker(Shown):
    """A warning in force."""

    kind: str
    detail: str
    from_at: datetime
    expires_at: datetime | None
    source: str


class OtherName(Shown):
    """Another name somebody has or had."""

    kind: str
    name: str


class Person(Shown):
    """Somebody, with the warnings in force."""

    id: uuid.UUID
    name: str
    sex: str
    born: BirthDate
    other_names: list[OtherName]
    phones: list[str]
    markers: list[Marker]
    address: str
    place_id: uuid.UUID | None


class Place(Shown):
    """An address, with the warnings in force there."""

    id: uuid.UUID
    address: str
    postcode: str
    district: str
    area: str
    force: str
    beat: str
    markers: list[Marker]


class Part(Shown):
    """Somebody's part in an incident."""

    person: Person
    role: str
    vulnerabilities: list[str]


class Resident(Shown):
    """Somebody tied to a place on a day."""

    person_id: uuid.UUID
    name: str
    age: int | None
    kind: str
    from_date: date | None
    to_date: date | None


class Household(Shown):
    """Who was tied to a place on a day, children first."""

    place_id: uuid.UUID
    on: date
    residents: list[Resident]


class GivenSearch(Given):
    """What is known of somebody so far. The last word of `name` may be half typed."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"name": "Danyel Hewitt", "phone": "07700 900142", "address": "14 Tarn Row"}]}
    )

    name: Word = ""
    forename: Word = ""
    surname: Word = ""
    date_of_birth: Word = ""
    phone: Word = ""
    address: Word = ""
    place_id: Id | None = None
    sex: Word = ""
    identifiers: Annotated[dict[Code, Word], Field(max_length=10)] = {}
    limit: int = Field(8, ge=1, le=50, strict=True)


class LikenessStep(Shown):
    """One line of the working: weight in bits, above 0 for, below 0 against."""

    field: str
    what_was_typed: str
    what_we_hold: str
    level_words: str
    weight: float


class Why(Shown):
    """How the likelihood came about: start and steps add up to the total, in bits."""

    start: float
    steps: list[LikenessStep]
    total: float
    likelihood: float


class Candidate(Shown):
    """Somebody who may be meant."""

    person_id: uuid.UUID
    name: str
    born: str
    likelihood: float
    likelihood_words: str
    other_names: list[str]
    why: Why


class Trouble(Shown):
    """A field that could not be used, and what to do about it."""

    field: str
    message: str


class Recognised(Shown):
    """Candidates, most likely first; how many restricted records to ask about; what could not be read."""

    candidates: list[Candidate]
    restricted: int
    restricted_words: str
    troubles: list[Trouble]
    marker_likelihood: float
    model: str
