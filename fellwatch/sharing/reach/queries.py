"""Reads of the register: everything of one person, what holds of several, and whether one number may be used now."""

import uuid
from collections.abc import Iterable, Mapping
from datetime import datetime

from fellwatch.foundation import access, audit
from fellwatch.foundation.access import Actor
from fellwatch.records import earlier
from fellwatch.records.models import Person
from fellwatch.records.queries import full_name
from fellwatch.sharing import safe
from fellwatch.sharing.access import REACH, RECEIVE
from fellwatch.sharing.reach import words
from fellwatch.sharing.reach.values import Forbids, Rule


@access.reads
def of(person_id: uuid.UUID, *, by: Actor) -> tuple[Rule, ...]:
    """Return everything that was ever said of how to reach somebody, newest first."""
    access.check(by, REACH, subject=("person", str(person_id)))
    person_id = earlier.lead(person_id)
    found = tuple(safe.of(person_id))
    _logged(by, [person_id])
    return found


@access.reads
def holding(people: Iterable[uuid.UUID], *, by: Actor) -> Mapping[uuid.UUID, tuple[Rule, ...]]:
    """Return what nobody took back of these people, by the id asked for; whoever has nothing is left out."""
    access.check(by, REACH)
    led = earlier.leads(people)
    held: dict[uuid.UUID, tuple[Rule, ...]] = {}
    for row in safe.rows(*led.values()):
        one = safe.rule(row)
        if not one.over:
            held[one.person_id] = (*held.get(one.person_id, ()), one)
    if held:
        _logged(by, held)
    return {id: held[person] for id, person in led.items() if person in held}


@access.reads
def forbidding(people: Iterable[uuid.UUID], *, by: Actor, now: datetime, log: bool = True) -> tuple[Forbids, ...]:
    """Return how any of these people must not be reached, for the cards that doors show. `log`: names whom it shows."""
    access.check(by, REACH)
    led = earlier.leads(people)
    said = [line for row in safe.rows(*led.values()) if (line := words.line(safe.rule(row), now)).tone == "danger"]
    found = [line for line in said if not line.rule.over]
    whose = {line.rule.person_id for line in found}
    named = Person.objects.filter(id__in=whose).prefetch_related("names") if whose else ()
    names = {one.id: full_name(one.names.all()) for one in named}
    if found and log:
        _logged(by, whose)
    return tuple(
        Forbids(line.rule.person_id, names[line.rule.person_id], line.text, ". ".join(line.points), line.source)
        for line in found
        if line.rule.person_id in names
    )


@access.reads
def asked(person_id: uuid.UUID, channel: str, address: str, *, by: Actor, now: datetime) -> str:
    """Return why somebody may not be reached so now, empty where they may, and log that it was asked."""
    access.check(by, REACH, subject=("person", str(person_id)))
    person_id = earlier.lead(person_id)
    because = safe.why_not(person_id, channel, address, now)
    audit.record(
        by=by, action="consultation", sentence="sharing.reach_asked", subject=("person", person_id),
        people=[person_id], detail={"channel": channel, "safe": not because},
    )  # fmt: skip
    return because


@access.reads
def shared(person_id: uuid.UUID, *, by: Actor) -> tuple[Rule, ...]:
    """Return what stands of somebody whose ways of being reached were shared with the reader's agency, else nothing."""
    access.check(by, RECEIVE)
    found = tuple(safe.standing(person_id))
    if found:
        _logged(by, {one.person_id for one in found})
    return found


def _logged(by: Actor, people: Iterable[uuid.UUID]) -> None:
    shown = list(people)
    audit.record(
        by=by, action="consultation", sentence="sharing.reach_read", subject=("people", len(shown)), people=shown
    )
