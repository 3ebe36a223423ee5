"""The hearing of the application after a notice: listed in time, heard, adjourned, granted or refused."""

import uuid
from datetime import datetime

from fellwatch.duties import actions as duties
from fellwatch.foundation import access, clock, ids
from fellwatch.foundation.access import Actor
from fellwatch.orders.access import WRITE
from fellwatch.orders.actions import making, steps
from fellwatch.orders.models import Condition, Hearing, Order, Protected
from fellwatch.orders.values import Heard, Invalid, NewOrder
from fellwatch.rules.legal_orders import LegalOrder

OUTCOMES = {
    "granted": "Order made",
    "adjourned": "Adjourned: the notice goes on",
    "refused": "Refused: the notice ends",
}


def list_hearing(
    order_id: uuid.UUID,
    listed_at: datetime,
    court: str,
    told_how: str,
    *,
    by: Actor,
    now: datetime,
    id: uuid.UUID | None = None,
) -> None:
    """List the hearing, in place of one that stood before. Raises Invalid where it would come too late."""
    access.check(by, WRITE)
    where = steps.require_words(court, "court", "Say which court.")
    told = steps.require_words(told_how, "told_how", "Say how the notice of hearing was given, or what was tried.")
    with access.acting(by):
        order, rule = _notice(order_id)
        if id and Hearing.objects.filter(id=id, order_id=order.id).exists():
            return
        if order.binds_at is None or order.state != "in_force":
            raise Invalid({"listed_at": f"Only a {rule.short} that is served and in force is heard."})
        if listed_at <= order.binds_at:
            raise Invalid({"listed_at": "This is before the notice was served."})
        if order.ends_at and listed_at > order.ends_at:
            late = f"Too late: it must be heard by {clock.said(order.ends_at)}, or the notice lapses."
            raise Invalid({"listed_at": f"{late} Ask for an earlier sitting."})
        Hearing.objects.filter(order_id=order.id, outcome="").update(outcome="relisted")
        Hearing.objects.create(id=id or ids.new(), order_id=order.id, listed_at=listed_at, court=where, told_how=told)
        steps.tell(order, "listed", f"{where}, {clock.said(listed_at)}. Notice of it: {told}", by=by, at=now)
        steps.logged(order, "listed", by=by)


def hear(order_id: uuid.UUID, heard: Heard, *, by: Actor, now: datetime) -> uuid.UUID | None:
    """Record what the court did; return the order it made, if it did. Said twice, it stands once.

    Raises Invalid where the notice had lapsed before: the court could decide nothing on it.
    """
    access.check(by, WRITE)
    with access.acting(by):
        order, rule = _notice(order_id)
        if again := Order.objects.filter(follows_id=order.id).values_list("id", flat=True).first():
            return again
        _check(order, rule, heard, now)
        settled = Hearing.objects.filter(order_id=order.id, outcome="").update(
            outcome=heard.outcome, heard_at=heard.heard_at, words=heard.words.strip()
        )
        if not settled:
            raise Invalid({"outcome": "List the hearing first: the court, when, and how notice of it was given."})
        duties.meet(rule.heard_under, about=steps.thing(order), by=by, now=heard.heard_at)
        steps.tell(order, heard.outcome, f"{OUTCOMES[heard.outcome]}. {heard.words.strip()}", by=by, at=heard.heard_at)
        steps.logged(order, f"hearing_{heard.outcome}", by=by)
        return _follow(order, rule, heard, by=by, now=now)


def _notice(order_id: uuid.UUID) -> tuple[Order, LegalOrder]:
    order = steps.turn(order_id)
    rule = steps.law_of(order)
    if not rule.heard_under:
        raise Invalid({"outcome": f"A {rule.short} needs no hearing of its own."})
    return order, rule


def _check(order: Order, rule: LegalOrder, heard: Heard, now: datetime) -> None:
    if heard.outcome not in OUTCOMES:
        raise Invalid({"outcome": "Choose what the court did."})
    steps.require_past(heard.heard_at, "heard_at", now)
    if order.binds_at is None:
        raise Invalid({"heard_at": f"The {rule.short} was never served, so there was nothing to hear."})
    if order.ends_at and heard.heard_at > order.ends_at:
        lapsed = f"The {rule.short} lapsed at {clock.said(order.ends_at)}: it was not heard within the time."
        raise Invalid({"heard_at": f"{lapsed} Nothing can be made of it. A new notice needs new grounds."})
    if heard.heard_at < order.binds_at:
        raise Invalid({"heard_at": "This is before the notice was served."})
    if order.ended_as and order.ended_as != "lapsed":
        raise Invalid({"outcome": "It has ended already. Look at it again."})
    if heard.outcome != "granted":
        steps.require_words(heard.words, "words", "Say why, in the court's words where you have them.")


def _follow(order: Order, rule: LegalOrder, heard: Heard, *, by: Actor, now: datetime) -> uuid.UUID | None:
    match heard.outcome:
        case "adjourned":
            Order.objects.filter(id=order.id).update(state="in_force", ends_at=None, ended_as="", ended_at=None)
            return None
        case "refused":
            _over(order, "refused", "The court refused the order.", heard.heard_at)
            return None
    made = making.make(_order(order, rule, heard), by=by, now=now)
    _over(order, "replaced", "The court made an order.", heard.heard_at)
    return made


def _order(order: Order, rule: LegalOrder, heard: Heard) -> NewOrder:
    place = Condition.objects.filter(order_id=order.id, place__isnull=False).values_list("place_id", flat=True).first()
    people = Protected.objects.filter(order_id=order.id).values_list("person_id", flat=True)
    court = Hearing.objects.filter(order_id=order.id).order_by("-id").values_list("court", flat=True).first()
    home = {"no_eviction", "no_entry", "leave"}
    shared = Condition.objects.filter(order_id=order.id, term__in=home).exists()
    return NewOrder(
        kind=rule.leads_to,
        subject_id=order.subject_id,
        protected=tuple(people),
        chosen=heard.chosen,
        made_by=court or "the court",
        made_at=heard.heard_at,
        place_id=place,
        incident_id=order.incident_id,
        case_id=order.case_id,
        shared_home=shared,
        days=heard.days,
        follows=order.id,
    )


def _over(order: Order, ended_as: str, because: str, at: datetime) -> None:
    Order.objects.filter(id=order.id).update(
        state="ended", ended_as=ended_as, ended_at=at, ended_because=because, ends_at=at
    )
