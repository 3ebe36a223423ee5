"""What may stand in a field: lengths, characters, ids and times, declared and enforced alike."""

import re
import uuid
from datetime import date
from typing import Annotated, Any

from pydantic import AwareDatetime, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, model_validator

from fellwatch.rules import years

PLAIN = r"^[^\x00]*$"
CODE = r"^[a-z0-9][a-z0-9_.]*$"
_MOMENT = re.compile(r"\d{4}-\d\d-\d\d[Tt]\d\d:\d\d(:\d\d(\.\d+)?)?([Zz]|[+-]\d\d:\d\d)", re.ASCII)
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.ASCII | re.IGNORECASE)


class Given(BaseModel):
    """What a machine sends. A field nobody knows is refused: a misspelt one must not pass unseen."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Shown(BaseModel):
    """What a machine is answered, read from the plain values that queries return."""

    model_config = ConfigDict(from_attributes=True, frozen=True)

    @model_validator(mode="before")
    @classmethod
    def _in_order(cls, value: Any) -> Any:
        """A bare tuple gives the fields in their order."""
        return dict(zip(cls.model_fields, value, strict=True)) if isinstance(value, tuple) else value


def _moment(value: Any) -> Any:
    if not _is(_MOMENT, value):
        raise ValueError(f"Give a time with its offset, {years.WORDS}, such as 2026-10-16T22:15:00+01:00.")
    return value


def _day(value: Any) -> Any:
    if not _is(_DAY, value):
        raise ValueError(f"Give a date {years.WORDS}, such as 2026-10-16.")
    return value


def _is(form: re.Pattern[str], value: Any) -> bool:
    return isinstance(value, str) and bool(form.fullmatch(value)) and years.take(int(value[:4]))


def _id(value: Any) -> Any:
    if isinstance(value, uuid.UUID) or (isinstance(value, str) and _ID.fullmatch(value)):
        return value
    raise ValueError("This is not an id. Give a UUID such as 0199b1f2-7c1a-7f3e-9d53-1d2f3a4b5c6d.")


Id = Annotated[uuid.UUID, BeforeValidator(_id, json_schema_input_type=uuid.UUID)]
Moment = Annotated[AwareDatetime, BeforeValidator(_moment, json_schema_input_type=AwareDatetime)]
Day = Annotated[date, BeforeValidator(_day, json_schema_input_type=date)]
Code = Annotated[str, StringConstraints(min_length=1, max_length=80, pattern=CODE)]
Word = Annotated[str, StringConstraints(max_length=200, pattern=PLAIN)]
Line = Annotated[str, StringConstraints(max_length=2_000, pattern=PLAIN)]
Text = Annotated[str, StringConstraints(max_length=20_000, pattern=PLAIN)]
Answer = Text | Annotated[list[Word], Field(max_length=60)]
Codes = Annotated[list[Code], Field(max_length=60)]
Answers = Annotated[dict[Code, Answer], Field(max_length=100)]
