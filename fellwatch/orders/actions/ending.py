"""End an order before its time, or write down that it ran out."""

import uuid
from datetime import datetime

from fellwatch.duties import actions as duties
from fellwatch.foundation import access
from fellwatch.foundation.access import Actor
from fellwatch.orders.access import RUN
from fellwatch.orders.actions import steps
from fellwatch.orders.models import Order
from fellwatch.orders.values import Invalid

WAYS = {"withdrawn": "Withdrawn", "discharged": "Discharged by the court"}
CASE_OVER = "case_over"
"""Bail ends with its case: whoever answers for the case says so, nobody chooses it on a page."""

LAPSED = (
    "It was not heard in time. Take it off the Police National Computer, "
    "and look now at the safety of whoever it protected."
)


def end(order_id: uuid.UUID, way: str, because: str, *, at: datetime, by: Actor, now: datetime) -> None:
    """End an order with a reason; what is owed for it ends too. Said twice, it stands once."""
    words = steps.require_words(because, "because", "Say why it ends now, so that somebody else can judge it.")
    if way not in {*WAYS, CASE_OVER}:
        raise Invalid({"way": "Choose how it ends."})
    with access.acting(by):
        order = steps.turn(order_id)
        access.check(by, steps.maker(by, order.kind), subject=("order", str(order_id)))
        steps.require_past(at, "at", now)
        if order.state == "ended":
            return
        Order.objects.filter(id=order.id).update(
            state="ended", ended_as=way, ended_at=at, ended_because=words, ends_at=at
        )
        rule = steps.law_of(order)
        for owed in filter(None, (steps.SERVICE_CLOCK, rule.heard_under, rule.length_under)):
            duties.replace(owed, about=steps.thing(order), by=by, now=now, reason=words)
        steps.tell(order, "ended", f"{WAYS.get(way, 'Its case has moved on')}: {words}", by=by, at=at)
        steps.logged(order, "ended", by=by, detail={"as": way})


def run_out(*, by: Actor, now: datetime, most: int = 500) -> int:
    """Write down what ran out: a notice not heard in time lapsed, an order expired. Run by a job every minute."""
    access.check(by, RUN)
    with access.acting(by):
        over = list(Order.objects.filter(state="in_force", ends_at__lte=now).select_for_update(skip_locked=True)[:most])
        for order in over:
            lapsed = bool(steps.law_of(order).heard_under)
            because = LAPSED if lapsed else "Its time ran out."
            ended_as = "lapsed" if lapsed else "expired"
            Order.objects.filter(id=order.id).update(
                state="ended", ended_as=ended_as, ended_at=order.ends_at, ended_because=because
            )
            steps.tell(order, ended_as, because, by=by, at=order.ends_at or now)
            steps.logged(order, ended_as, by=by)
        return len(over)
