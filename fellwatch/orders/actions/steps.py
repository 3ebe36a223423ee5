"""Steps that the actions on an order share: finding it, its law, its story, what it owes."""

import uuid
from collections.abc import Mapping
from datetime import datetime, timedelta

from fellwatch.duties import actions as duties
from fellwatch.duties.models import Duty
from fellwatch.foundation import audit, once, plain
from fellwatch.foundation.access import Actor
from fellwatch.orders import law
from fellwatch.orders.access import BAIL, SERVE, WRITE
from fellwatch.orders.models import Order, OrderEvent
from fellwatch.orders.values import Invalid
from fellwatch.records.queries import Missing
from fellwatch.rules.legal_orders import LegalOrder

SLACK = timedelta(minutes=5)
LONGEST = 8000
SERVICE_CLOCK = "notice_service"
BEFORE_CHARGE = "police_bail"


def constable(by: Actor) -> str:
    """Return the permission by which somebody serves and reports: a constable's own, or the team's."""
    return WRITE if WRITE in by.permissions else SERVE


def maker(by: Actor, kind: str) -> str:
    """Return the permission by which somebody makes, varies and ends such an order: for bail, custody's own will do."""
    return BAIL if kind == BEFORE_CHARGE and WRITE not in by.permissions else WRITE


def turn(order_id: uuid.UUID) -> Order:
    """Wait for whoever changes the same order, then return it as it stands; Missing for none and for hidden."""
    once.only(order_id)
    found = Order.objects.filter(id=order_id).first()
    if found is None:
        raise Missing("There is no such order, or the record is restricted.")
    return found


def law_of(order: Order) -> LegalOrder:
    """Return the law the order was made under."""
    return law.rule_as_made(order.kind, order.rule_version)[0]


def binds(order: Order, at: datetime) -> bool:
    """Say whether an order bound its subject at an instant."""
    begun = order.binds_at is not None and order.binds_at <= at
    over = order.ended_at if order.ended_at is not None else order.ends_at
    return begun and (over is None or at < over)


def require_words(text: str, field: str, missing: str) -> str:
    """Return words without blanks around them, or raise Invalid beside the field."""
    if wrong := plain.needed(text, missing, LONGEST):
        raise Invalid({field: wrong})
    return text.strip()


def require_past(at: datetime, field: str, now: datetime) -> None:
    """Raise Invalid where a thing said to have happened lies ahead."""
    if at > now + SLACK:
        raise Invalid({field: "This lies in the future. Give the time at which it happened."})


def thing(order: Order) -> uuid.UUID:
    """Return what an order's duties are about: the case it came from, else itself."""
    return order.case_id or order.id


def owe(
    order: Order,
    fact: str,
    at: datetime,
    *,
    by: Actor,
    now: datetime,
    known: Mapping[str, str] | None = None,
    about: uuid.UUID | None = None,
) -> list[Duty]:
    """Start what runs from a fact about an order. It hangs on no incident, which might be hidden from patrol."""
    return duties.note(
        duties.Fact(fact, at, known or {}),
        by=by,
        now=now,
        person_id=order.subject_id,
        about=about or thing(order),
    )


def tell(order: Order, kind: str, words: str, *, by: Actor, at: datetime) -> None:
    """Add a line to an order's story."""
    OrderEvent.objects.create(order_id=order.id, at=at, kind=kind, words=words, by_id=by.id, by_name=by.name)


def logged(order: Order, sentence: str, *, by: Actor, detail: Mapping[str, object] | None = None) -> None:
    """Put one change into the log."""
    audit.record(
        by=by,
        action="alteration",
        sentence=f"orders.{sentence}",
        subject=("order", order.id),
        people=[order.subject_id],
        detail={"kind": order.kind, **(detail or {})},
    )
