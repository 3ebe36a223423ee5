"""After an order: its subject's duty to notify, and the review before protection ends."""

import uuid
from datetime import datetime

from fellwatch.duties import actions as duties
from fellwatch.foundation import access
from fellwatch.foundation.access import Actor
from fellwatch.orders.access import WRITE
from fellwatch.orders.actions import steps
from fellwatch.orders.values import Invalid

NOTIFICATION = "dapo_notification"
OWING = "dapo"


def notified(order_id: uuid.UUID, words: str, *, at: datetime, by: Actor, now: datetime) -> int:
    """Record that the subject has told the police names and address; return how many duties that met."""
    access.check(by, WRITE)
    said = steps.require_words(words, "words", "Say what was notified, and at which station or to whom.")
    with access.acting(by):
        order = steps.turn(order_id)
        steps.require_past(at, "at", now)
        met = duties.meet(NOTIFICATION, about=steps.thing(order), by=by, now=at)
        steps.tell(order, "notified", said, by=by, at=at)
        steps.logged(order, "notified", by=by, detail={"met": met})
        return met


def changed(order_id: uuid.UUID, words: str, *, at: datetime, by: Actor, now: datetime) -> None:
    """Record a new name or address, from the first day of which the subject has to notify again."""
    access.check(by, WRITE)
    said = steps.require_words(words, "words", "Say what changed, and how it is known.")
    with access.acting(by):
        order = steps.turn(order_id)
        steps.require_past(at, "at", now)
        rule = steps.law_of(order)
        if order.kind != OWING or not steps.binds(order, at):
            raise Invalid({"at": f"A {rule.short} owed no notification at that time."})
        steps.owe(order, rule.starts, at, by=by, now=now)
        steps.tell(order, "changed", said, by=by, at=at)
        steps.logged(order, "changed", by=by)


def reviewed(order_id: uuid.UUID, plan: str, *, by: Actor, now: datetime) -> None:
    """Record the safety plan for the day after the order ends; its duty is met."""
    access.check(by, WRITE)
    words = steps.require_words(plan, "plan", "Say what keeps the victim safe on the day after, and who does it.")
    with access.acting(by):
        order = steps.turn(order_id)
        rule = steps.law_of(order)
        if not rule.reviewed_under:
            raise Invalid({"plan": f"A {rule.short} needs no such review."})
        duties.meet(rule.reviewed_under, about=steps.thing(order), by=by, now=now)
        steps.tell(order, "reviewed", words, by=by, at=now)
        steps.logged(order, "reviewed", by=by)
