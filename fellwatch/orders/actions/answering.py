"""Say when and where an order has its subject come: bail is answered at a station. A step of whoever answers for it."""

import uuid
from datetime import datetime

from fellwatch.foundation import access
from fellwatch.foundation.access import Actor
from fellwatch.orders.actions import steps
from fellwatch.orders.models import Order
from fellwatch.orders.values import Coming


def to_answer(order_id: uuid.UUID, coming: Coming, words: str, *, by: Actor, now: datetime) -> None:
    """Keep when and where its subject must come, or that they did not; each change is a line of its story."""
    with access.acting(by):
        order = steps.turn(order_id)
        access.check(by, steps.maker(by, order.kind), subject=("order", str(order_id)))
        stored = Coming(order.answer_at, order.answer_to, order.missed_at)
        if stored == coming:
            return
        Order.objects.filter(id=order.id).update(
            answer_at=coming.at, answer_to=coming.where, missed_at=coming.missed_at
        )
        steps.tell(order, "to_answer", words, by=by, at=now)
        steps.logged(order, "to_answer", by=by)
