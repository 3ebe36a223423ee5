"""Reads of calls that are being taken: for those who may listen in, and for the call taker who is listened to."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from fellwatch.contact.access import LISTEN, LOG
from fellwatch.contact.models import CallDraft, Listening, LiveAdvice
from fellwatch.foundation import access, audit
from fellwatch.foundation.access import Actor

LIVE = timedelta(minutes=30)
"""A call not typed into for longer is no longer being taken."""
THERE = timedelta(seconds=15)
"""A listener not heard from for longer has gone."""


@dataclass(frozen=True)
class LiveCall:
    """A call as it is being taken."""

    id: uuid.UUID
    by_name: str
    started_at: datetime
    kept_at: datetime
    fields: Mapping[str, object]
    sent: bool
    listeners: tuple[str, ...]


@dataclass(frozen=True)
class Said:
    """What a listener said to the call taker."""

    by_name: str
    at: datetime
    text: str


@dataclass(frozen=True)
class Heard:
    """Who listens in on a call now, and what they have said."""

    listeners: tuple[str, ...]
    said: tuple[Said, ...]


@access.reads
def calls(*, by: Actor, now: datetime) -> tuple[LiveCall, ...]:
    """Return the calls being taken now by others, the latest first."""
    access.check(by, LISTEN)
    rows = CallDraft.objects.filter(saved=False, kept_at__gte=now - LIVE).exclude(by_id=by.id).order_by("-started_at")
    found = tuple(_call(row, now) for row in rows)
    audit.record(
        by=by,
        action="consultation",
        sentence="contact.live_calls_read",
        subject=("calls", "live"),
        detail={"calls": len(found)},
    )
    return found


@access.reads
def call(call_id: uuid.UUID, *, by: Actor, now: datetime) -> LiveCall | None:
    """Return a call as it stands, for whoever listens in on it; None where there is none. `listen` logs the read."""
    access.check(by, LISTEN, subject=("call", str(call_id)))
    row = CallDraft.objects.filter(id=call_id).first()
    return _call(row, now) if row else None


@access.reads
def heard(call_id: uuid.UUID, *, by: Actor, now: datetime) -> Heard:
    """Return who listens in on one's call, and what they said."""
    access.check(by, LOG if LOG in by.permissions else LISTEN)
    said = LiveAdvice.objects.filter(call_id=call_id).order_by("-at")
    return Heard(_there(call_id, now), tuple(Said(one.by_name, one.at, one.text) for one in said))


def _call(row: CallDraft, now: datetime) -> LiveCall:
    return LiveCall(row.id, row.by_name, row.started_at, row.kept_at, row.fields, row.saved, _there(row.id, now))


def _there(call_id: uuid.UUID, now: datetime) -> tuple[str, ...]:
    rows = Listening.objects.filter(call_id=call_id, seen_at__gte=now - THERE).order_by("began_at")
    return tuple(row.by_name for row in rows)
