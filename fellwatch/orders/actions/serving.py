"""Put an order into somebody's hands. A notice binds, and its hearing clock runs, from that moment and no earlier."""

import uuid
from datetime import datetime

from fellwatch.duties import actions as duties
from fellwatch.foundation import access, clock
from fellwatch.foundation.access import Actor
from fellwatch.orders.actions import steps
from fellwatch.orders.models import Order, Service
from fellwatch.orders.values import Invalid, Served
from fellwatch.rules.legal_orders import BindsOn, LegalOrder

IN_PERSON = "in_person"
MEANS = {
    IN_PERSON: "Into their own hands, by a constable",
    "in_court": "In court, when it was made",
    "left": "Left at their address",
    "post": "By post",
}


def serve(order_id: uuid.UUID, attempt: Served, *, by: Actor, now: datetime) -> None:
    """Record one attempt. Sent twice, it stands once; a failed one needs its reason and starts no clock."""
    access.check(by, steps.constable(by), subject=("order", str(order_id)))
    with access.acting(by):
        order = steps.turn(order_id)
        if Service.objects.filter(id=attempt.id, order_id=order.id).exists():
            return
        rule = steps.law_of(order)
        _check(order, rule, attempt, now)
        _store(order, attempt, by=by, now=now)
        if attempt.served and rule.binds_on is BindsOn.SERVICE:
            _bind(order, rule, attempt.at, by=by, now=now)
        what = "served" if attempt.served else "not_served"
        steps.tell(order, what, _words(attempt), by=by, at=attempt.at)
        steps.logged(order, what, by=by)


def _check(order: Order, rule: LegalOrder, attempt: Served, now: datetime) -> None:
    steps.require_past(attempt.at, "at", now)
    steps.require_words(attempt.officer, "officer", "Give the name or collar number of the constable.")
    # A watch shows minutes: what is served in the minute it was made is not served before.
    if attempt.at < order.issued_at.replace(second=0, microsecond=0):
        raise Invalid({"at": f"It was not made until {clock.said(order.issued_at)}: nothing could be served before."})
    if order.state == "ended":
        raise Invalid({"at": f"It ended: {order.ended_because or order.ended_as}. It can no longer be served."})
    if Service.objects.filter(order_id=order.id, served=True).exists():
        raise Invalid({"at": "A colleague has recorded service already. Look at it again."})
    if not attempt.served:
        steps.require_words(attempt.words, "words", "Say what was tried and why it failed.")
    elif attempt.means not in MEANS:
        raise Invalid({"means": "Choose how it was served."})
    elif rule.by_hand and attempt.means != IN_PERSON:
        raise Invalid({"means": f"A {rule.short} must be served personally by a constable: this is no service."})


def _store(order: Order, attempt: Served, *, by: Actor, now: datetime) -> None:
    Service.objects.create(
        id=attempt.id,
        order_id=order.id,
        at=attempt.at,
        served=attempt.served,
        means=attempt.means if attempt.served else "",
        officer=attempt.officer.strip(),
        words=attempt.words.strip(),
        address_for_hearing=attempt.address_for_hearing.strip(),
        noted_at=now,
        by_id=by.id,
        by_name=by.name,
    )


def _bind(order: Order, rule: LegalOrder, at: datetime, *, by: Actor, now: datetime) -> None:
    """Start the hearing clock; if nothing is heard by its end, the notice is over."""
    owed = steps.owe(order, rule.starts, at, by=by, now=now)
    heard_by = next((duty.due_at for duty in owed if duty.rule == rule.heard_under), None)
    moved = Order.objects.filter(id=order.id, state="issued").update(state="in_force", binds_at=at, ends_at=heard_by)
    if not moved:
        raise Invalid({"at": "Somebody has changed this meanwhile. Look at it again."})
    duties.meet(steps.SERVICE_CLOCK, about=steps.thing(order), by=by, now=at)


def _words(attempt: Served) -> str:
    if not attempt.served:
        return f"Not served by {attempt.officer.strip()}: {attempt.words.strip()}"
    where = f" Address for the hearing: {attempt.address_for_hearing.strip()}." if attempt.address_for_hearing else ""
    return f"{MEANS[attempt.means]}, {attempt.officer.strip()}.{where} {attempt.words.strip()}".strip()
