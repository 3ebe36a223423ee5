"""How people are to be reached, as a part of a page that is about something else, with the way to the register."""

import uuid
from collections.abc import Mapping, Sequence
from datetime import datetime

from django.urls import reverse

from fellwatch.foundation.access import Actor, can
from fellwatch.sharing import safe
from fellwatch.sharing.access import REACH
from fellwatch.sharing.reach import queries, words
from fellwatch.sharing.reach.values import Rule

RECORDED = {True: "safe to call", False: "do not call: not safe", None: "not known whether safe to call"}
"""What a number's own record says of it; the register goes before, wherever it says more."""


def parts(people: Mapping[uuid.UUID, str], *, by: Actor, now: datetime) -> dict[uuid.UUID, dict[str, object]]:
    """Return what a page shows of each of these people, given by id and name; nothing to whoever may not read it."""
    if not people or not can(by, REACH).allowed:
        return {}
    held = queries.holding(people, by=by)
    return {
        id: {
            "name": name,
            "lines": words.lines(held.get(id, ()), now),
            "nobody": words.NOBODY,
            "href": reverse("shell:reach", args=[id]),
            "rules": held.get(id, ()),
        }
        for id, name in people.items()
    }


def told(person_id: uuid.UUID | None, name: str, *, by: Actor, now: datetime) -> tuple[str, ...]:
    """Return what the register says of somebody, a sentence a rule, or that it says nothing; () for no reader."""
    if person_id is None or not can(by, REACH).allowed:
        return ()
    return said(person_id, by=by, now=now) or (words.NOBODY,)


def said(person_id: uuid.UUID, *, by: Actor, now: datetime) -> tuple[str, ...]:
    """Return what stands of somebody, a sentence a rule, for a form that tells others of it."""
    if not can(by, REACH).allowed:
        return ()
    held = queries.holding([person_id], by=by).get(person_id, ())
    return tuple(words.sentence(one) for one in words.lines(held, now))


def part(person_id: uuid.UUID | None, name: str, *, by: Actor, now: datetime) -> dict[str, object] | None:
    """Return the same for one person; None for nobody, and for whoever may not read it."""
    return parts({person_id: name}, by=by, now=now).get(person_id) if person_id else None


def ringing(rules: Sequence[Rule], number: str, recorded: bool | None, now: datetime) -> tuple[str, bool]:
    """Return in words whether one of somebody's numbers may be rung, and whether ringing it is a danger."""
    why = safe.decide(rules, "call", number, now)
    if recorded is False or why == safe.NOT_SAFE:
        return RECORDED[False], True
    if why == safe.ELSEWHERE:
        return "do not call: they named another number", True
    if why == safe.NOT_NOW:
        return "do not call at this time of day", True
    if why == safe.OUT_OF_DATE:
        return "what they said of it is out of date: ask again", False
    return RECORDED[recorded if why else True], False
