"""What officers note beside forms: who is there, a name found later, a recording's reference, a thing seized."""

import uuid
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from fellwatch.assessments.values import Invalid
from fellwatch.foundation.access import Actor
from fellwatch.records.values import PartialDate
from fellwatch.response import actions
from fellwatch.response.values import Member, NewClip, NewExhibit

Given = Mapping[str, Any]


def take(given: Given, noted_at: datetime, *, by: Actor, now: datetime) -> None:
    """Store a note as its kind is stored; sent again it stands once. `noted_at` is by the server's reckoning."""
    try:
        id, incident = uuid.UUID(given["id"]), uuid.UUID(given["incident"])
        kind, said = str(given["kind"]), {str(name): value for name, value in given["said"].items()}
    except (KeyError, ValueError, TypeError, AttributeError):
        raise Invalid({"body": "This is not a note that can be read. It stays on the handheld."}) from None
    match kind:
        case "member":
            actions.add_to_household(incident, _member(id, said, noted_at), by=by, now=now)
        case "named":
            actions.name(incident, _person(said), _text(said, "forenames"), _text(said, "surname"), by=by, now=now)
        case "clip":
            actions.add_clip(incident, _clip(id, said), by=by, now=now)
        case "exhibit":
            actions.add_exhibit(incident, _exhibit(id, said, noted_at), by=by, now=now)
        case _:
            raise Invalid({"kind": "This server takes no such note. It stays on the handheld; ask for an update."})


def _member(id: uuid.UUID, said: Given, noted_at: datetime) -> Member:
    age = _text(said, "age")
    if age and not (age.isascii() and age.isdigit() and int(age) < 130):
        raise Invalid({"age": "Give the age in years, or leave it out."})
    return Member(
        role=_text(said, "role"),
        forenames=_text(said, "forenames"),
        surname=_text(said, "surname"),
        description=_text(said, "description"),
        born=PartialDate(noted_at.year - int(age)) if age else PartialDate(),
        lives_there=_lives_there(said),
        id=id,
    )


def _lives_there(said: Given) -> bool:
    """Children and dependants live there unless it is said; victims, suspects and witnesses only if it is said."""
    if _text(said, "home"):
        return _text(said, "home") == "yes"
    return _text(said, "role") not in {"victim", "suspect", "witness"} and said.get("elsewhere") is not True


def _person(said: Given) -> uuid.UUID:
    try:
        return uuid.UUID(_text(said, "person"))
    except ValueError:
        raise Invalid({"person": "Say who it is."}) from None


def _clip(id: uuid.UUID, said: Given) -> NewClip:
    return NewClip(
        reference=_text(said, "reference"),
        device=_text(said, "device"),
        started_at=_moment(said, "started"),
        stopped_at=_moment(said, "stopped"),
        not_used_because=_text(said, "because"),
        id=id,
    )


def _exhibit(id: uuid.UUID, said: Given, noted_at: datetime) -> NewExhibit:
    return NewExhibit(
        reference=_text(said, "reference"),
        description=_text(said, "description"),
        seized_at=noted_at,
        seized_where=_text(said, "where"),
        seal=_text(said, "seal"),
        id=id,
    )


def _text(said: Given, name: str) -> str:
    value = said.get(name, "")
    return value if isinstance(value, str) else ""


def _moment(said: Given, name: str) -> datetime | None:
    text = _text(said, name)
    if not text:
        return None
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        raise Invalid({name: "This time cannot be read."}) from None
    if found.tzinfo is None:
        raise Invalid({name: "This time lacks its zone. Load the page again."})
    return found
