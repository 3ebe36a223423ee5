"""Report a breach, and that whoever was arrested for it has been before the court."""

import uuid
from datetime import datetime

from fellwatch.duties import actions as duties
from fellwatch.foundation import access, clock
from fellwatch.foundation.access import Actor
from fellwatch.orders.actions import steps
from fellwatch.orders.models import Breach, Hearing, Order
from fellwatch.orders.values import Invalid, NewBreach
from fellwatch.records.queries import Missing
from fellwatch.rules.legal_orders import LegalOrder


def report_breach(order_id: uuid.UUID, new: NewBreach, *, by: Actor, now: datetime) -> None:
    """Record a breach; an arrest starts the clock to the court. Sent twice, it stands once."""
    access.check(by, steps.constable(by), subject=("order", str(order_id)))
    with access.acting(by):
        order = steps.turn(order_id)
        if Breach.objects.filter(id=new.id, order_id=order.id).exists():
            return
        _check(order, new, now)
        Breach.objects.create(
            id=new.id,
            order_id=order.id,
            happened_at=new.happened_at,
            words=new.words.strip(),
            arrested_at=new.arrested_at,
            not_arrested_because=new.not_arrested_because.strip(),
            noted_at=now,
            by_id=by.id,
            by_name=by.name,
        )
        if new.arrested_at:
            _to_court(order, steps.law_of(order), new, by=by, now=now)
        arrest = "Arrested." if new.arrested_at else f"Not arrested: {new.not_arrested_because.strip()}"
        steps.tell(order, "breached", f"{new.words.strip()} {arrest}", by=by, at=new.happened_at)
        steps.logged(order, "breached", by=by, detail={"arrested": new.arrested_at is not None})


def before_court(breach_id: uuid.UUID, at: datetime, outcome: str, *, by: Actor, now: datetime) -> None:
    """Record what the court, or for bail the custody officer, did about a breach. Said twice, it stands once."""
    words = steps.require_words(outcome, "outcome", "Say what was decided, and by whom.")
    with access.acting(by):
        breach = Breach.objects.filter(id=breach_id).select_related("order").first()
        if breach is None:
            raise Missing("There is no such breach, or the record is restricted.")
        order = steps.turn(breach.order_id)
        access.check(by, steps.maker(by, order.kind), subject=("order", str(order.id)))
        steps.require_past(at, "at", now)
        if breach.arrested_at is None or at < breach.arrested_at:
            raise Invalid({"at": "This is before the arrest."})
        settled = Breach.objects.filter(id=breach.id, before_court_at__isnull=True).update(
            before_court_at=at, court_outcome=words
        )
        if not settled:
            return
        if rule := steps.law_of(order).court_under:
            duties.meet(rule, about=breach.id, by=by, now=at)
        steps.tell(order, "before_court", words, by=by, at=at)
        steps.logged(order, "before_court", by=by)


def _check(order: Order, new: NewBreach, now: datetime) -> None:
    steps.require_words(new.words, "words", "Say what was done against which condition.")
    steps.require_past(new.happened_at, "happened_at", now)
    if not steps.binds(order, new.happened_at):
        raise Invalid({"happened_at": _when_it_bound(order)})
    if new.arrested_at is None:
        steps.require_words(new.not_arrested_because, "not_arrested_because", "Give the arrest, or say why not.")
        return
    steps.require_past(new.arrested_at, "arrested_at", now)
    if new.arrested_at < new.happened_at:
        raise Invalid({"arrested_at": "This is before what the arrest was for."})


def _when_it_bound(order: Order) -> str:
    if order.binds_at is None:
        return "It does not bind yet: it has not been served. Other powers of arrest may serve."
    over = order.ended_at or order.ends_at
    until = f" until {clock.said(over)}" if over else ""
    return f"It bound from {clock.said(order.binds_at)}{until}: this was outside that time."


def _to_court(order: Order, rule: LegalOrder, new: NewBreach, *, by: Actor, now: datetime) -> None:
    if not rule.breached or new.arrested_at is None:
        return
    listed = Hearing.objects.filter(order_id=order.id, outcome="").values_list("listed_at", flat=True).first()
    known = {"hearing_at": listed.isoformat()} if listed and listed > new.arrested_at else {}
    steps.owe(order, rule.breached, new.arrested_at, by=by, now=now, known=known, about=new.id)
