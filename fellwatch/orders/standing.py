"""How an order stands at a moment, said once: on lists, on the order's own page and to whoever meets the person.

A watch may run ahead of the server's, so that an order is served, or made, some minutes from now: it is then on its
way to binding, which is neither "not served" nor "ran out".
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from fellwatch.foundation import clock
from fellwatch.orders import law
from fellwatch.orders.models import Order


class How(StrEnum):
    """How an order stands."""

    NOT_SERVED = "not_served"
    BINDS_LATER = "binds_later"
    IN_FORCE = "in_force"
    RUN_OUT = "run_out"
    ENDED = "ended"


ENDS = {
    "expired": "ran out",
    "lapsed": "lapsed: not heard in time",
    "replaced": "replaced by an order",
    "refused": "refused by the court",
    "withdrawn": "withdrawn",
    "discharged": "discharged",
    "case_over": "ended with its case",
}


@dataclass(frozen=True)
class Standing:
    """How an order stands, and that in words that go on a sentence: "in force from 14:05"."""

    how: How
    words: str

    @property
    def binds(self) -> bool:
        """Whether it binds now."""
        return self.how is How.IN_FORCE


def of(order: Order, now: datetime) -> Standing:
    """Return how an order stands at `now`; what ran out is said alike before and after a job has written it down."""
    if order.state == "ended":
        return Standing(How.ENDED, ENDS[order.ended_as])
    if order.ends_at is not None and order.ends_at <= now:
        rule, _ = law.rule_as_made(order.kind, order.rule_version)
        return Standing(How.RUN_OUT, ENDS["lapsed" if rule.heard_under else "expired"])
    if order.binds_at is None:
        return Standing(How.NOT_SERVED, "not served")
    if order.binds_at > now:
        return Standing(How.BINDS_LATER, f"in force from {_when(order.binds_at, now)}")
    return Standing(How.IN_FORCE, "in force")


def _when(at: datetime, now: datetime) -> str:
    local = clock.london(at)
    return f"{local:%H:%M}" if local.date() == clock.london_date(now) else f"{local:%-d %b %Y %H:%M}"
