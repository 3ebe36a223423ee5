"""Every write of orders: make one, serve it, have it heard, vary it, lengthen it, report a breach, end it."""

from fellwatch.orders.actions.answering import to_answer
from fellwatch.orders.actions.breaches import before_court, report_breach
from fellwatch.orders.actions.ending import end, run_out
from fellwatch.orders.actions.hearing import hear, list_hearing
from fellwatch.orders.actions.lasting import last_until
from fellwatch.orders.actions.making import make, vary
from fellwatch.orders.actions.notifying import changed, notified, reviewed
from fellwatch.orders.actions.serving import serve

__all__ = [
    "before_court",
    "changed",
    "end",
    "hear",
    "last_until",
    "list_hearing",
    "make",
    "notified",
    "report_breach",
    "reviewed",
    "run_out",
    "serve",
    "to_answer",
    "vary",
]
