"""The forms a handheld carries: every instrument of the day that an officer asks at the door."""

import hashlib
import json
from datetime import datetime
from typing import Any

from fellwatch.assessments.instruments import Edition, edition
from fellwatch.foundation import clock, policy
from fellwatch.rules.errors import NoVersion
from fellwatch.rules.instrument_wire import as_data

NOT_AT_THE_DOOR = frozenset({"thrive"})
"""Asked by those who take calls."""


def carried(now: datetime) -> list[dict[str, Any]]:
    """Return the definition of each form in use on the day, as plain data."""
    found = []
    for id in policy.of_kind("instrument"):
        if id in NOT_AT_THE_DOOR:
            continue
        try:
            found.append(_data(edition(id, clock.london_date(now))))
        except NoVersion:
            continue
    return found


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
