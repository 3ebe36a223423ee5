"""Every read of help for victims. What somebody wrote is logged as read, each time."""

import uuid
from collections import Counter
from collections.abc import Iterable
from datetime import datetime, timedelta

from fellwatch.foundation import access, audit
from fellwatch.foundation.access import Actor
from fellwatch.records.queries import Missing
from fellwatch.safeguarding.helping.access import READ
from fellwatch.safeguarding.helping.models import Activation, Attempt, Message
from fellwatch.safeguarding.helping.values import ActivationView, AttemptView, Counted, MessageView

MOST = 200
PAGE = 30
"""Messages that the list shows at once; the rest stands on pages of its own."""
HOUR = timedelta(hours=1)


@access.reads
def messages(*, by: Actor, page: int = 0) -> tuple[int, tuple[MessageView, ...]]:
    """Return how many messages are open, and a page of them, oldest first; after the last, the last that were ended."""
    access.check(by, READ)
    rows = Message.objects.select_related("incident")
    opened, end = rows.filter(state="open").order_by("arrived_at", "id"), (page + 1) * PAGE
    total, found = opened.count(), list(opened[page * PAGE : end])
    if total <= end:
        found += rows.filter(state="closed").order_by("-closed_at")[:20]
    audit.record(
        by=by, action="consultation", sentence="helping.listed", subject=("help messages", "open"),
        detail={"messages": [str(row.id) for row in found]},
    )  # fmt: skip
    return total, tuple(_message(row, ()) for row in found)


@access.reads
def message(id: uuid.UUID, *, by: Actor) -> MessageView:
    """Return one message with every attempt to answer it, or raise Missing."""
    access.check(by, READ, subject=("help message", str(id)))
    row = Message.objects.select_related("incident").filter(id=id).first()
    if row is None:
        raise Missing("There is no such message.")
    audit.record(by=by, action="consultation", sentence="helping.read", subject=("help message", id))
    return _message(row, row.attempts.order_by("-at"))


@access.reads
def activations(*, by: Actor, since: datetime) -> tuple[ActivationView, ...]:
    """Return every open activation, oldest first, then those ended since, newest first."""
    access.check(by, READ)
    rows = Activation.objects.select_related("incident")
    ended = rows.filter(state="closed", told_at__gte=since).order_by("-told_at")[:MOST]
    found = [*rows.filter(state="open").order_by("told_at"), *ended]
    audit.record(
        by=by, action="consultation", sentence="helping.activations_listed", subject=("activations", len(found))
    )
    return tuple(_activation(row) for row in found)


@access.reads
def activation(id: uuid.UUID, *, by: Actor) -> ActivationView:
    """Return one activation, or raise Missing."""
    access.check(by, READ, subject=("activation", str(id)))
    row = Activation.objects.select_related("incident").filter(id=id).first()
    if row is None:
        raise Missing("There is no such activation.")
    audit.record(by=by, action="consultation", sentence="helping.activation_read", subject=("activation", id))
    return _activation(row)


@access.reads
def counted(*, by: Actor, since: datetime) -> tuple[Counted, ...]:
    """Count how activations went, by scheme; nobody is shown."""
    access.check(by, READ)
    rows = list(Activation.objects.filter(told_at__gte=since))
    return tuple(_counted(scheme, [row for row in rows if row.scheme == scheme]) for scheme in ("angela", "banking"))


def _counted(scheme: str, rows: list[Activation]) -> Counted:
    return Counted(
        scheme=scheme,
        told=len(rows),
        attended=sum(row.arrived_at is not None for row in rows),
        in_an_hour=sum(row.arrived_at is not None and row.arrived_at - row.told_at <= HOUR for row in rows),
        closed=sum(row.state == "closed" for row in rows),
        venue_told=sum(row.venue_told_at is not None for row in rows),
        pence_stopped=sum(_pence(row.facts.get("stopped", "")) for row in rows),
        outcomes=Counter(row.outcome for row in rows if row.outcome),
    )


def _pence(text: str) -> int:
    plain = text.replace("£", "").replace(",", "").strip()
    return round(float(plain) * 100) if plain else 0


def _message(row: Message, attempts: Iterable[Attempt]) -> MessageView:
    return MessageView(
        row.id, row.arrived_at, row.name, row.words, row.place, row.means, row.reach, row.password, row.from_time,
        row.to_time, row.never, row.state, row.outcome, row.closing_words, row.closed_at, row.closed_by_name,
        row.incident_id, row.incident.reference if row.incident else "",
        tuple(AttemptView(one.at, one.means, one.reached, one.words, one.by_name) for one in attempts),
    )  # fmt: skip


def _activation(row: Activation) -> ActivationView:
    return ActivationView(
        row.id, row.scheme, row.venue, row.told_at, row.incident_id, row.incident.reference if row.incident else "",
        row.facts, row.state, row.arrived_at, row.outcome, row.outcome_words, row.venue_told_at, row.closed_at,
        row.by_name,
    )  # fmt: skip
