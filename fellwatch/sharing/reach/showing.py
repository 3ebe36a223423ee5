"""How people are to be reached, as a part of a page that is about something else, with the way to the register."""

import uuid
from collections.abc import Mapping
from datetime import datetime

from django.urls import reverse

from fellwatch.foundation.access import Actor, can
from fellwatch.sharing.access import REACH
from fellwatch.sharing.reach import queries, words


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
