"""Who else belongs to a call: who may be at the door and who lives there, each one press from the people list."""

import uuid
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import datetime

from fellwatch.contact import knowledge, rulings
from fellwatch.contact.knowledge import Known
from fellwatch.contact.pages.typed import Typed, TypedPerson
from fellwatch.foundation import clock
from fellwatch.records.values import PersonView, Resident

CALLERS = {"caller", "victim", "reporting_professional"}


@dataclass(frozen=True)
class Other:
    """Somebody not looked for, but tied to the people or the place. An empty role is not offered."""

    id: uuid.UUID
    name: str
    age: str
    words: str
    role: str
    role_text: str


def others(
    known: Known, shown: Mapping[uuid.UUID, PersonView], *, besides: Set[uuid.UUID], now: datetime
) -> tuple[Other, ...]:
    """Return those who may be the danger, then the children who live there, then everybody else who does."""
    found = (*_connected(known, shown, now), *_residents(known, now))
    return tuple(one for one in found if one.id not in besides)


def _connected(known: Known, shown: Mapping[uuid.UUID, PersonView], now: datetime) -> Iterator[Other]:
    for person_id, tie in sorted(known.connected.items()):
        person = shown.get(person_id)
        if person:
            words = [tie.replace("_", " ")] + [rulings.label("marker_kinds", m.kind, now) for m in person.markers]
            age = person.born.age_on(clock.london_date(now))
            yield _other(person_id, person.name, age, ", ".join(words), "suspect", now)


def _residents(known: Known, now: datetime) -> Iterator[Other]:
    for one in known.household:
        if one.person_id not in known.connected:
            yield _other(one.person_id, one.name, one.age, "lives here", "child_resident" if is_child(one) else "", now)


def _other(person_id: uuid.UUID, name: str, age: int | None, words: str, role: str, now: datetime) -> Other:
    role_text = rulings.label("person_roles", role, now).lower() if role else ""
    return Other(person_id, name, "" if age is None else str(age), words, role, role_text)


def is_child(one: Resident) -> bool:
    """Whether somebody who lives there is surely under 18."""
    return one.age is not None and one.age < knowledge.CHILD


def chosen(person_id: uuid.UUID, people: Sequence[TypedPerson], now: datetime) -> str:
    """Say in which parts somebody is on the call already; empty when they are not."""
    roles = [row.role for row in people if row.person_id == person_id]
    return ", ".join(rulings.label("person_roles", role, now).lower() for role in roles)


def likely_role(person_id: uuid.UUID, age: int | None, typed: Typed, known: Known, now: datetime) -> str:
    """Guess somebody's part: who rings first, the victim where it is domestic, whoever was the suspect before."""
    before = {role for past in known.earlier for person, role in past.parts if person == person_id}
    if "suspect" in before and "victim" not in before:
        return "suspect"
    if any(row.role in CALLERS for row in typed.people):
        return "child_resident" if age is not None and age < knowledge.CHILD else "other"
    return "victim" if _domestic(typed, now) else "caller"


def _domestic(typed: Typed, now: datetime) -> bool:
    codes = frozenset({typed.get("opening_code"), *typed.all("qualifiers")}) - {""}
    return typed.get("danger-domestic") == "yes" or knowledge.is_domestic(codes, now)


def children_words(known: Known) -> str:
    """Say which children live at the place of the call, each with the age."""
    return ", ".join(f"{one.name} ({one.age})" for one in known.children)
