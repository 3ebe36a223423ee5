"""Whether somebody may be rung at all, on which number and between which hours: only as was said; silence is a no.

The register is sharing's; here is what a list of calls asks of it. The hours are for whoever rings to keep.
"""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time

from fellwatch.foundation import clock
from fellwatch.foundation.access import Actor
from fellwatch.records.queries import Missing
from fellwatch.sharing import safe
from fellwatch.sharing.reach import actions as reach
from fellwatch.sharing.reach.values import NewRule, Rule
from fellwatch.surveys.values import SafeAgain

CHANNEL = "call"
ANSWERED = "Somebody else answered when a surveyor rang this number."


@dataclass(frozen=True)
class Safe:
    """What may be done: a number and the hours, or why nothing may."""

    allowed: bool
    number: str
    from_time: time | None
    to_time: time | None
    because: str


def of(people: Iterable[uuid.UUID], now: datetime) -> Mapping[uuid.UUID, Safe]:
    """Return for each of these people whether and how they may be rung."""
    asked = list(people)
    said: dict[uuid.UUID, list[Rule]] = {person: [] for person in asked}
    for row in safe.rows(*asked):
        said[row.person_id].append(safe.rule(row))
    return {person: _safe(rules, clock.london_date(now)) for person, rules in said.items()}


def _safe(rules: Iterable[Rule], day: date) -> Safe:
    """Return the number said last of those that nothing forbids."""
    standing = [one for one in rules if one.channel == CHANNEL and not one.over]
    holding = [one for one in standing if safe.holds(one, day)]
    never = {one.key for one in holding if not one.allowed}
    free = [one for one in holding if one.allowed and one.key and not never & {"", one.key}]
    if free:
        last = max(free, key=lambda one: one.said_at)
        return Safe(True, last.key, last.from_time, last.to_time, "")
    why = safe.NOT_SAFE if never else safe.OUT_OF_DATE if standing else safe.SILENCE
    return Safe(False, "", None, None, why)


def forbid(person_id: uuid.UUID, number: str, *, by: Actor, now: datetime) -> None:
    """Note that a number is not safe to ring, because somebody else answers it. Noted already, it stays as it is.

    A record that the actor may not see is left alone: whoever may see it puts the call right.
    """
    key = safe.key(CHANNEL, number)
    known = safe.standing(person_id)
    if any(one.channel == CHANNEL and not one.allowed and one.key in {"", key} for one in known):
        return
    new = NewRule(person_id, CHANNEL, "no", number, "officer", because=ANSWERED)
    try:
        reach.say(new, by=by, now=now)
    except Missing:
        return


def allow(person_id: uuid.UUID, said: SafeAgain, words: str, *, by: Actor, now: datetime) -> None:
    """Note on which number, and when, somebody has said that a call is safe. Raises sharing's Invalid by field."""
    start, end = said.from_time, said.to_time
    new = NewRule(
        person_id, CHANNEL, "yes", said.number, "self", words=words,
        from_time=f"{start:%H:%M}" if start else "", to_time=f"{end:%H:%M}" if end else "",
        to_date=said.to_date.isoformat() if said.to_date else "",
    )  # fmt: skip
    reach.say(new, by=by, now=now)
