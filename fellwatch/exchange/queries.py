"""Every read of the exchange. Whoever is named in what it shows stands in the log, as far as we know who they are."""

import statistics
import uuid
from collections.abc import Iterable
from datetime import datetime

from django.db.models import Q

from fellwatch.exchange import keys
from fellwatch.exchange.access import READ
from fellwatch.exchange.models import Handover, Message, Peer
from fellwatch.exchange.values import Counted, HandoverView, MessageView, PeerView
from fellwatch.foundation import access, audit
from fellwatch.foundation.access import Actor
from fellwatch.records.queries import Missing

OPEN = Q(state__in=["waiting", "reached", "returned"])
MOST = 500


@access.reads
def peers(*, by: Actor) -> tuple[PeerView, ...]:
    """Return every force that can be handed over to, by name."""
    access.check(by, READ)
    return tuple(_peer(row) for row in Peer.objects.filter(closed=False).order_by("name"))


@access.reads
def listed(*, by: Actor, since: datetime) -> tuple[HandoverView, ...]:
    """Return every handover still open, however old, and those made since; the oldest unanswered first.

    At most 500 that are closed; none that is open is left out.
    """
    access.check(by, READ)
    rows = Handover.objects.select_related("peer")
    found = [*rows.filter(OPEN).order_by("made_at"), *rows.exclude(OPEN).filter(made_at__gte=since)[:MOST]]
    _logged("exchange.listed", ("handovers", len(found)), found, by=by)
    return tuple(_view(row, ()) for row in found)


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
    rows = list(Handover.objects.filter(direction="sent", made_at__gte=since))
    states = [row.state for row in rows]
    return Counted(
        sent=len(rows),
        reached=sum(row.reached_at is not None for row in rows),
        answered=sum(row.answered_at is not None for row in rows),
        accepted=states.count("accepted"),
        refused=states.count("refused"),
        returned=states.count("returned"),
        minutes_to_reach=_median(row.reached_at and row.reached_at - row.made_at for row in rows),
        minutes_to_answer=_median(row.answered_at and row.answered_at - row.made_at for row in rows),
    )


def _median(spans: Iterable[object]) -> float | None:
    minutes = [span.total_seconds() / 60 for span in spans if span]  # type: ignore[attr-defined]
    return statistics.median(minutes) if minutes else None


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
