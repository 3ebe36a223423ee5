"""What the buttons of the call screen change: who is in it and where it is. They work without scripts too."""

import uuid
from datetime import datetime

from fellwatch.contact.pages.typed import Typed, TypedPerson, as_id, as_number
from fellwatch.foundation.access import Actor
from fellwatch.records import queries as records


def changed(typed: Typed, do: str, *, by: Actor, now: datetime) -> Typed:
    """Apply a button that changes the people list or the place."""
    people = list(typed.people)
    deed, _, rest = do.partition("-")
    match deed:
        case "add":
            return typed.with_people([*people, TypedPerson()])
        case "remove" if (n := as_number(rest)) is not None:
            return typed.with_people(people[:n] + people[n + 1 :])
        case "use" if chosen := as_id(rest):
            return _with_person(typed, chosen, typed.get(f"use-role-{chosen}", "caller"))
        case "as":
            role, _, other = rest.partition("-")
            chosen = as_id(other)
            return _with_person(typed, chosen, role) if chosen else typed
        case "where" if home := as_id(rest):
            return _at_home(typed, home, by=by, now=now)
    return typed


def _with_person(typed: Typed, chosen: uuid.UUID, role: str) -> Typed:
    if any(row.person_id == chosen and row.role == role for row in typed.people):
        return typed
    return typed.with_people([*typed.people, TypedPerson(person_id=chosen, role=role)])


def _at_home(typed: Typed, home: uuid.UUID, *, by: Actor, now: datetime) -> Typed:
    """Write an address that is known into the form, where it can still be changed."""
    place = records.place(home, by=by, now=now)
    return typed.with_values(address=place.address.removesuffix(place.postcode).rstrip(", "), postcode=place.postcode)
