"""Whether somebody the police protect may be reached now in this way at this address: as was said, else not at all."""

import uuid
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time

from fellwatch.foundation import clock
from fellwatch.recognition import phones
from fellwatch.records import earlier
from fellwatch.rules.times_of_day import between
from fellwatch.sharing.models import SafeContact
from fellwatch.sharing.reach.values import NUMBERS, Rule

SILENCE = "They have not said that this way is safe."
NOT_SAFE = "They have said that this way is not safe."
ELSEWHERE = "They have said that another address or number is safe, not this one."
OUT_OF_DATE = "What they said of safe contact is out of date: ask again."
NOT_NOW = "It is not safe at this time of day."


def why_not(person_id: uuid.UUID, channel: str, address: str, now: datetime) -> str:
    """Return why nothing may go to them this way, to this address, now; empty where it may. Silence is a no."""
    return decide(of(person_id), channel, address, now)


def of(person_id: uuid.UUID) -> Sequence[Rule]:
    """Return what was ever said of how to reach somebody, also where the id is one that they had before a merge."""
    return [rule(row) for row in rows(earlier.lead(person_id))]


def standing(person_id: uuid.UUID) -> list[Rule]:
    """Return what was said of how to reach somebody and nobody has replaced or taken back."""
    return [one for one in of(person_id) if not one.over]


def decide(rules: Iterable[Rule], channel: str, address: str, now: datetime) -> str:
    """Return why not, by these rules of one person; empty where they allow it. Whatever forbids goes before. Pure.

    A rule of a whole way forbids every address of it; one allows only the address that it names.
    """
    day, at, wanted = clock.london_date(now), clock.london(now).time(), key(channel, address)
    said = [one for one in rules if one.channel == channel and not one.over]
    holding = [one for one in said if holds(one, day)]
    if any(not one.allowed and one.key in {"", wanted} for one in holding):
        return NOT_SAFE
    meant = [one for one in holding if one.allowed and wanted and one.key == wanted]
    if any(within(at, one.from_time, one.to_time) for one in meant):
        return ""
    if meant:
        return NOT_NOW
    if any(one.allowed and one.key for one in holding):
        return ELSEWHERE
    return OUT_OF_DATE if any(one.key in {"", wanted} and _past(one, day) for one in said) else SILENCE


def holds(one: Rule, day: date) -> bool:
    """Say whether a rule stands on a day: begun, not out of date, neither replaced nor ended.

    What forbids has no end of its own: only somebody who looked can take it back.
    """
    begun = one.from_date is None or one.from_date <= day
    return begun and not one.over and not (one.allowed and _past(one, day))


def _past(one: Rule, day: date) -> bool:
    return one.to_date is not None and one.to_date <= day


def key(channel: str, address: str) -> str:
    """Return what two ways of writing one number or address have in common."""
    if channel in NUMBERS:
        read = phones.read(address)
        return read if isinstance(read, str) else address.strip().casefold()
    return " ".join(address.replace(",", " ").casefold().split())


def within(at: time, start: time | None, end: time | None) -> bool:
    """Say whether a time of day is between two others, the second not included; a span may go over midnight."""
    if start is None or end is None:
        return True
    return between(at, start, end)


def rows(*people: uuid.UUID) -> Sequence[SafeContact]:
    """Return every row that the reader may see of these people, newest first, with what ended each."""
    found = SafeContact.objects.filter(person_id__in=people).select_related("end", "replaced_by")
    return list(found.order_by("-said_at", "-id"))


def rule(row: SafeContact) -> Rule:
    """Return a row as a plain value."""
    after, end = getattr(row, "replaced_by", None), getattr(row, "end", None)
    return Rule(
        row.id, row.person_id, row.channel, row.allowed, row.address, row.address_key, row.said_by, row.said_by_name,
        row.because, row.words, row.password, row.if_other, row.kept_from, row.from_time, row.to_time, row.from_date,
        row.to_date, row.said_at, row.noted_by_name, after.said_at if after else None, end.at if end else None,
        end.by_name if end else "", end.because if end else "",
    )  # fmt: skip
