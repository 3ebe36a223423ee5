"""The forms a handheld carries: every instrument of the day that an officer asks at the door."""

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from fellwatch.assessments import queries as assessments
from fellwatch.assessments.instruments import Edition, edition
from fellwatch.foundation import clock, policy
from fellwatch.foundation.access import Actor
from fellwatch.rules.errors import NoVersion
from fellwatch.rules.instrument_wire import as_data

NOT_AT_THE_DOOR = frozenset({"thrive"})
"""Asked by those who take calls."""


def carried(*, by: Actor, now: datetime) -> list[dict[str, Any]]:
    """Return the definition of each form in use on the day, as plain data, with the prompts that stand now."""
    found, prompts = [], assessments.prompts_now(by=by)
    for id in policy.of_kind("instrument"):
        if id in NOT_AT_THE_DOOR:
            continue
        try:
            found.append(_prompted(id, _data(edition(id, clock.london_date(now))), prompts))
        except NoVersion:
            continue
    return found


def _prompted(id: str, data: dict[str, Any], prompts: Mapping[tuple[str, str], str]) -> dict[str, Any]:
    """Put each prompt before what its question says to look for."""
    definition = data["definition"]
    questions = [
        {**one, "help": f"{prompts[id, one['id']]} {one['help']}"} if (id, one["id"]) in prompts else one
        for one in definition["questions"]
    ]
    return {**data, "definition": {**definition, "questions": questions}}


def mark(carried: list[dict[str, Any]]) -> str:
    """Return a mark that changes when any of the forms does."""
    return hashlib.sha256(json.dumps(carried, sort_keys=True).encode()).hexdigest()[:24]


def _data(one: Edition) -> dict[str, Any]:
    return {
        "id": one.id,
        "title": one.title,
        "version": one.number,
        "variant": one.variant,
        "source": one.source,
        "confidence": one.confidence,
        "wording": one.wording,
        "definition": as_data(one.instrument),
    }
