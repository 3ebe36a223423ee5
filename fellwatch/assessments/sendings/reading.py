"""Read a sending from its bytes, saying plainly what is wrong with it."""

import json
import uuid
from collections.abc import Mapping
from typing import Any

from fellwatch.assessments.sendings.values import Change, Sent
from fellwatch.assessments.values import Invalid
from fellwatch.foundation import plain

LONGEST = 512 * 1024
"""Characters in one sending: every answer of the longest form, several times over."""
MOST_CHANGES = 1000


def read(body: str) -> Sent:
    """Read a sending, or raise Invalid with what is wrong."""
    if len(body) > LONGEST:
        raise Invalid({"body": "This sending is too long. Send the form in two parts."})
    if "\\u0000" in body or not plain.storable(body):
        raise Invalid({"body": "This holds a character that cannot be stored. Type the words again."})
    try:
        data = json.loads(body)
        return _sent(data, body)
    except (ValueError, KeyError, TypeError, RecursionError):
        raise Invalid({"body": "This is not a sending that can be read. It stays on the handheld."}) from None


def _sent(data: Mapping[str, Any], body: str) -> Sent:
    changes = tuple(_change(one) for one in data["changes"])
    if len(changes) > MOST_CHANGES or len({one.question for one in changes}) != len(changes):
        raise ValueError
    return Sent(
        id=uuid.UUID(data["id"]),
        form_id=uuid.UUID(data["form"]),
        incident_id=uuid.UUID(data["incident"]),
        person_id=uuid.UUID(data["person"]) if data.get("person") else None,
        instrument=_text(data["instrument"]),
        version=_whole(data["version"]),
        variant=_text(data.get("variant", "")),
        finished=data.get("finished") is True,
        changes=changes,
        body=body,
    )


def _change(one: Mapping[str, Any]) -> Change:
    return Change(_text(one["question"]), _answer(one["answer"]), max(_whole(one["seen"]), 0))


def _answer(given: object) -> object:
    if isinstance(given, list):
        return [_text(one) for one in given]
    return None if given is None else _text(given)


def _text(given: object) -> str:
    if not isinstance(given, str):
        raise TypeError
    return plain.visible(given)


def _whole(given: object) -> int:
    if not isinstance(given, int) or isinstance(given, bool):
        raise TypeError
    return given
