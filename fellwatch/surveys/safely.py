"""Whether somebody may be rung at all, on which number and between which hours: only as they said; silence is a no."""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, time

from fellwatch.foundation import clock, ids
from fellwatch.foundation.access import Actor
from fellwatch.records.models import PersonPhone
from fellwatch.sharing.models import SafeContact
from fellwatch.surveys.values import SafeAgain

CHANNEL = "call"
NO_NUMBER = "No number is known that is safe to ring."
SILENT = "They have not said that a call is safe."
FORBIDDEN = "They have said that a call is not safe."
PAST = "What they said of safe calls is out of date: ask again."


@dataclass(frozen=True)
class Safe:
    """What may be done: a number and the hours, or why nothing may."""

    allowed: bool
    number: str
    from_time: time | None
    to_time: time | None
    because: str


def of(people: Iterable[uuid.UUID], now: datetime) -> Mapping[uuid.UUID, Safe]:
    """Return for each of these people whether and how they may be rung; the hours are for whoever rings to keep."""
    asked = list(people)
    said = SafeContact.objects.filter(person_id__in=asked, channel=CHANNEL).order_by("said_at", "id")
    rules = {one.person_id: one for one in said}
    phones = PersonPhone.objects.filter(person_id__in=asked, safe_to_call=True).order_by("last_known_date", "id")
    numbers = dict(phones.values_list("person_id", "number"))
    return {person: _safe(rules.get(person), numbers.get(person, ""), now) for person in asked}


def _safe(rule: SafeContact | None, number: str, now: datetime) -> Safe:
    if rule is None:
        return Safe(False, "", None, None, SILENT)
    if not rule.allowed:
        return Safe(False, "", None, None, FORBIDDEN)
    if rule.to_date and clock.london_date(now) >= rule.to_date:
        return Safe(False, "", None, None, PAST)
    return Safe(bool(number), number, rule.from_time, rule.to_time, "" if number else NO_NUMBER)


def forbid(person_id: uuid.UUID, number: str) -> None:
    """Note that a number is not safe to ring: somebody else answers it."""
    PersonPhone.objects.filter(person_id=person_id, number=number).update(safe_to_call=False)


def allow(person_id: uuid.UUID, said: SafeAgain, *, by: Actor, now: datetime) -> None:
    """Note on which number, and when, somebody has said that a call is safe."""
    SafeContact.objects.create(
        id=ids.new(), person_id=person_id, channel=CHANNEL, allowed=True, from_time=said.from_time,
        to_time=said.to_time, to_date=said.to_date, said_at=now, noted_by_name=by.name,
    )  # fmt: skip
    today = clock.london_date(now)
    PersonPhone.objects.update_or_create(
        person_id=person_id, number=said.number,
        defaults={"safe_to_call": True, "last_known_date": today, "source": "survey"},
    )  # fmt: skip
