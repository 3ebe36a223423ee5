"""Every read of the exchange. Whoever is named in what it shows stands in the log, as far as we know who they are."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Aggregate, Case, Count, DurationField, F, Q, When

from fellwatch.exchange import keys
from fellwatch.exchange.access import READ
from fellwatch.exchange.models import Handover, Message, Peer
from fellwatch.exchange.values import Counted, HandoverView, MessageView, PeerView
from fellwatch.foundation import access, audit
from fellwatch.foundation.access import Actor
from fellwatch.records.queries import Missing

OPEN = Q(state__in=["waiting", "reached", "returned"])
OURS = Q(direction="sent", state__in=["waiting", "returned"]) | Q(direction="received", state="reached")
"""The next step is this force's."""
PAGE = 25
"""Handovers that the list shows at once; the rest stands on pages of its own."""


@dataclass(frozen=True)
class Listed:
    """A page of the handovers, and counts of all of the list, shown or not."""

    shown: tuple[HandoverView, ...]
    total: int
    ours: int


class Median(Aggregate):
    """The span that half of the rows stay under."""

    function = "PERCENTILE_CONT"
    template = "%(function)s(0.5) WITHIN GROUP (ORDER BY %(expressions)s)"
    output_field = DurationField()


@access.reads
def peers(*, by: Actor) -> tuple[PeerView, ...]:
    """Return every force that can be handed over to, by name."""
    access.check(by, READ)
    return tuple(_peer(row) for row in Peer.objects.filter(closed=False).order_by("name"))


@access.reads
def listed(*, by: Actor, since: datetime, page: int = 0) -> Listed:
    """Return a page of the handovers still open, however old, and those made since.

    What is ours to do comes first, what is in trouble before the rest of it; then what is open; the oldest first.
    """
    access.check(by, READ)
    rows = Handover.objects.filter(OPEN | Q(made_at__gte=since))
    counts = rows.aggregate(total=Count("id"), ours=Count("id", filter=OURS))
    ranked = rows.order_by(_last(~OURS), _last(Q(trouble="")), _last(~OPEN), "made_at", "id").select_related("peer")
    found = list(ranked[page * PAGE : (page + 1) * PAGE])
    _logged("exchange.listed", ("handovers", len(found)), found, by=by)
    return Listed(tuple(_view(row, ()) for row in found), **counts)


def _last(what: Q) -> Case:
    """Order by whether something is so, what is so coming last."""
    return Case(When(what, then=1), default=0)


@access.reads
def handover(id: uuid.UUID, *, by: Actor) -> HandoverView:
    """Return one handover with every message of it, or raise Missing."""
    access.check(by, READ, subject=("handover", str(id)))
    row = Handover.objects.select_related("peer").filter(id=id).first()
    if row is None:
        raise Missing("There is no such handover, or the record is restricted.")
    _logged("exchange.read", ("handover", id), [row], by=by)
    return _view(row, row.messages.order_by("made_at"))


@access.reads
def of_incident(incident_id: uuid.UUID, *, by: Actor) -> tuple[HandoverView, ...]:
    """Return an incident's handovers, newest first. The caller logs the read of the incident."""
    access.check(by, READ)
    rows = Handover.objects.filter(incident_id=incident_id, direction="sent").select_related("peer")
    return tuple(_view(row, ()) for row in rows.order_by("-made_at"))


@access.reads
def counted(*, by: Actor, since: datetime) -> Counted:
    """Count how the handovers sent since went; no person is shown."""
    access.check(by, READ)
    found = Handover.objects.filter(direction="sent", made_at__gte=since).aggregate(
        sent=Count("id"),
        reached=Count("reached_at"),
        answered=Count("answered_at"),
        **{state: Count("id", filter=Q(state=state)) for state in ("accepted", "refused", "returned")},
        to_reach=Median(F("reached_at") - F("made_at")),
        to_answer=Median(F("answered_at") - F("made_at")),
    )
    to_reach, to_answer = found.pop("to_reach"), found.pop("to_answer")
    return Counted(**found, minutes_to_reach=_minutes(to_reach), minutes_to_answer=_minutes(to_answer))


def _minutes(span: timedelta | None) -> float | None:
    return None if span is None else span.total_seconds() / 60


def _logged(sentence: str, subject: tuple[str, object], rows: list[Handover], *, by: Actor) -> None:
    people = sorted({row.person_id for row in rows if row.person_id})
    audit.record(by=by, action="consultation", sentence=sentence, subject=subject, people=people)


def _peer(row: Peer) -> PeerView:
    prints = tuple(keys.fingerprint(key) for key in row.keys)
    return PeerView(row.force, row.name, row.address, row.mail, row.telephone, prints)


def _view(row: Handover, messages: Iterable[Message]) -> HandoverView:
    return HandoverView(
        id=row.id, direction=row.direction, force=row.peer.force, force_name=row.peer.name,
        incident_id=row.incident_id, person_id=row.person_id, revision=row.revision, contents=row.contents,
        necessity=row.necessity, state=row.state, made_at=row.made_at, made_by_name=row.made_by_name,
        reached_at=row.reached_at, reached_how=row.reached_how, answered_at=row.answered_at,
        answered_by_name=row.answered_by_name, reason=row.reason, answer=row.answer, trouble=row.trouble,
        messages=tuple(_message(one) for one in messages),
    )  # fmt: skip


def _message(row: Message) -> MessageView:
    return MessageView(
        row.direction, row.kind, row.revision, row.made_at, row.state, row.tries, row.tried_at, row.problem,
        row.arrived_at, row.digest,
    )  # fmt: skip
