"""Steps that several actions of the exchange take; each joins the transaction of whoever calls it."""

import uuid
from collections.abc import Mapping
from datetime import datetime

from django.conf import settings
from procrastinate.contrib.django import app

from fellwatch.duties import actions as duties
from fellwatch.exchange import envelope, life
from fellwatch.exchange.envelope import Letter
from fellwatch.exchange.models import Handover, Message
from fellwatch.exchange.values import Invalid
from fellwatch.foundation import audit, ids, once
from fellwatch.foundation.access import Actor
from fellwatch.records.queries import Missing

DELIVER = "exchange.deliver"
"""The job that carries one message out."""
CARRIED = "contact.carry_handover"
"""The job by which the room where the incident is handled learns of an answer; named, as this package knows no room."""


def held(handover_id: uuid.UUID, direction: str = "") -> Handover:
    """Return a handover that nobody else changes until this transaction ends, or raise Missing."""
    once.only(handover_id)
    found = Handover.objects.select_related("peer").filter(id=handover_id)
    row = (found.filter(direction=direction) if direction else found).first()
    if row is None:
        raise Missing("There is no such handover, or the record is restricted.")
    return row


def move(row: Handover, state: str, **changes: object) -> None:
    """Take a handover to its next state, or raise Invalid where it has moved on meanwhile."""
    if state != row.state and state not in life.NEXT[row.state]:
        raise Invalid({"answer": f"It stands otherwise now: {life.WORDS[row.state].lower()}. Read it again."})
    changed = Handover.objects.filter(id=row.id, state=row.state).update(state=state, **changes)
    if not changed:
        raise Invalid({"answer": "Somebody changed this a moment ago. Read it again."})
    row.refresh_from_db()


def post(row: Handover, kind: str, body: Mapping[str, object], *, now: datetime) -> None:
    """Put a message in the way out, with the job that carries it; both are stored or neither is."""
    if not row.peer.address or not row.peer.keys:
        return
    letter = Letter(ids.new(), kind, settings.FELLWATCH_FORCE, row.peer.force, row.id, row.revision, now, body)
    Message.objects.create(
        id=letter.id, handover=row, direction="out", kind=kind, revision=row.revision, body=dict(body),
        digest=envelope.digest(letter), made_at=now,
    )  # fmt: skip
    carry_out(letter.id)


def carry_out(message_id: uuid.UUID) -> None:
    """Have a message carried by a job."""
    app.configure_task(DELIVER).defer(message=str(message_id))


def tell_incident(row: Handover) -> None:
    """Have the incident's own log told how its handover stands."""
    if row.direction == "sent" and row.incident_id:
        app.configure_task(CARRIED).defer(handover=str(row.id))


def note(row: Handover, fact: str, *, by: Actor, now: datetime) -> None:
    """Start the clocks that run from a fact of this handover."""
    duties.note(
        duties.Fact(fact, now), by=by, now=now, incident_id=row.incident_id, person_id=row.person_id, about=row.id
    )


def meet(row: Handover, rule: str, *, by: Actor, now: datetime) -> None:
    """End a clock of this handover."""
    duties.meet(rule, incident_id=row.incident_id, about=row.id, by=by, now=now)


def log(row: Handover, sentence: str, *, by: Actor, action: audit.Action = "alteration", **detail: object) -> None:
    """Say in the log what was done to a handover, and about whom."""
    people = [row.person_id] if row.person_id else []
    audit.record(
        by=by, action=action, sentence=sentence, subject=("handover", row.id), people=people,
        detail={"force": row.peer.force, **detail},
    )  # fmt: skip
