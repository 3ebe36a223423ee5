"""Every read of help for victims. What somebody wrote is logged as read, each time."""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Case, Count, DecimalField, F, Func, Q, Sum, When
from django.db.models.fields.json import KeyTextTransform

from fellwatch.foundation import access, audit
from fellwatch.foundation.access import Actor
from fellwatch.records.queries import Missing
from fellwatch.safeguarding.helping.access import READ
from fellwatch.safeguarding.helping.models import Activation, Attempt, Message
from fellwatch.safeguarding.helping.values import ActivationView, AttemptView, Counted, MessageView

PAGE = 15
"""Messages, or activations, that a list shows at once; the rest stands on pages of its own."""
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


@dataclass(frozen=True)
class Activations:
    """A page of the activations, and how many are listed and how many of them are open, shown or not."""

    shown: tuple[ActivationView, ...]
    total: int
    open: int


@access.reads
def activations(*, by: Actor, since: datetime, page: int = 0) -> Activations:
    """Return a page of the open activations, oldest first, then of those ended since, newest first."""
    access.check(by, READ)
    rows = Activation.objects.filter(Q(state="open") | Q(told_at__gte=since))
    counts = rows.aggregate(total=Count("id"), open=Count("id", filter=Q(state="open")))
    waiting = Case(When(state="open", then=F("told_at")))
    ranked = rows.order_by("-state", waiting, "-told_at", "id").select_related("incident")
    found = list(ranked[page * PAGE : (page + 1) * PAGE])
    audit.record(
        by=by, action="consultation", sentence="helping.activations_listed", subject=("activations", len(found))
    )
    return Activations(tuple(_activation(row) for row in found), **counts)


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
    rows = Activation.objects.filter(told_at__gte=since).values("scheme", "outcome")
    parts = list(
        rows.annotate(
            told=Count("id"),
            attended=Count("arrived_at"),
            in_an_hour=Count("id", filter=Q(arrived_at__lte=F("told_at") + HOUR)),
            closed=Count("id", filter=Q(state="closed")),
            venue_told=Count("venue_told_at"),
            pence_stopped=Sum(Pence(KeyTextTransform("stopped", "facts"))),
        )
    )
    return tuple(_counted(name, [one for one in parts if one["scheme"] == name]) for name in ("angela", "banking"))


def _counted(scheme: str, parts: Sequence[Mapping[str, Any]]) -> Counted:
    sums = {
        name: sum(int(one[name] or 0) for one in parts)
        for name in ("told", "attended", "in_an_hour", "closed", "venue_told", "pence_stopped")
    }
    return Counted(scheme, **sums, outcomes={one["outcome"]: one["told"] for one in parts if one["outcome"]})


class Pence(Func):
    """The pence in pounds as somebody typed them, such as "£1,250"; none where there is no number."""

    template = r"(SUBSTRING(TRANSLATE(%(expressions)s, '£, ', '') FROM '^[0-9]+(?:[.][0-9]+)?')::numeric * 100)"
    output_field = DecimalField()


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
