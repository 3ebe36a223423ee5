"""Say anew until when bail lasts: extended, or its time standing still while a prosecutor decides."""

import uuid
from datetime import datetime

from fellwatch.foundation import access
from fellwatch.foundation.access import Actor
from fellwatch.orders.actions import steps
from fellwatch.orders.models import Order
from fellwatch.orders.values import Invalid


def last_until(
    order_id: uuid.UUID, ends_at: datetime | None, because: str, *, at: datetime, by: Actor, now: datetime
) -> None:
    """Move the end of bail, or take it away (None) until it is known. An order whose length a court sets is refused."""
    words = steps.require_words(because, "because", "Say on whose authority it lasts so long.")
    with access.acting(by):
        order = steps.turn(order_id)
        access.check(by, steps.maker(by, order.kind), subject=("order", str(order_id)))
        if order.kind != steps.BEFORE_CHARGE:
            raise Invalid({"because": "Only bail is lengthened so. A court says how long an order lasts."})
        if not Order.objects.filter(id=order.id).exclude(state="ended").update(ends_at=ends_at):
            raise Invalid({"because": "It has ended already."})
        steps.tell(order, "lasts", words, by=by, at=at)
        steps.logged(order, "lasts", by=by)
