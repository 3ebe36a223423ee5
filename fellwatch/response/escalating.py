"""Whether it comes to somebody so often that MARAC is considered whatever the score: the rule, and what it counted."""

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from fellwatch.foundation import access, audit, clock, policy
from fellwatch.foundation.access import Actor
from fellwatch.records import queries as records
from fellwatch.records.values import PastIncident
from fellwatch.response import facts
from fellwatch.response.access import READ
from fellwatch.rules import definitions
from fellwatch.rules.contacts import Contact, Involved, Subject
from fellwatch.rules.definitions import Definition

RULE = "potential_escalation"
LOOK_BACK = timedelta(days=3 * 366)


@dataclass(frozen=True)
class Escalation:
    """How often, in words, the logs that were counted, and the rule that says it matters."""

    person_id: uuid.UUID
    text: str
    logs: tuple[str, ...]
    source: str
    confidence: str


@access.reads
def of(people: Collection[uuid.UUID], *, by: Actor, now: datetime) -> dict[uuid.UUID, Escalation]:
    """Return for whom of these people the rule fires today, with what it counted, and log whose history was read."""
    access.check(by, READ)
    on = clock.london_date(now)
    version = policy.version(RULE, on)
    definition = policy.parsed(RULE, on, Definition)
    history = records.history(by=by, since=now - LOOK_BACK, people=sorted(people), limit=1000)
    earlier = [_contact(past) for past in history]
    title = policy.rulebook().rule(RULE).title
    found: dict[uuid.UUID, Escalation] = {}
    for person in people:
        subject = Subject(person=str(person))
        counted = definitions.count(definition, subject=subject, earlier=earlier, present=None, on=on)
        if counted:
            text = f"{title}: {counted.count} domestic incidents in {counted.window}"
            logs = tuple(counted.evidence)
            found[person] = Escalation(person, text, logs, version.source, str(version.confidence))
    audit.record(
        by=by,
        action="consultation",
        sentence="response.escalation_read",
        subject=("people", len(people)),
        people=set(people),
        detail={"fired": len(found)},
    )
    return found


def _contact(past: PastIncident) -> Contact:
    return Contact(
        id=past.reference,
        occurred_at=past.received_at,
        people=_involved(past.parts),
        domestic=facts.codes_are_domestic(past.opening_code, past.qualifiers, past.received_at),
    )


def _involved(parts: Sequence[tuple[uuid.UUID, str]]) -> tuple[Involved, ...]:
    return tuple(Involved(str(person), role) for person, role in parts)
