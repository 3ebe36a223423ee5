"""How an order stands at a moment, said once: on lists, on the order's own page and to whoever meets the person.

A watch may run ahead of the server's, so that an order is served, or made, some minutes from now: it is then on its
way to binding, which is neither "not served" nor "ran out".
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.db.models import Q

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


def matters(now: datetime) -> Q:
    """Pick what is to be served or obeyed now; whoever did not answer bail may be arrested also when it is over."""
    running = ~Q(state="ended") & (Q(ends_at__isnull=True) | Q(ends_at__gt=now))
    return running | Q(missed_at__isnull=False, ended_as__in=["", "expired"])


MISSED = "did not answer bail: arrest"
POWER = (
    "Arrest without warrant for not answering bail, also after its time is over "
    "(Police and Criminal Evidence Act 1984 s46A(1))."
)


def of_coming(at: datetime | None, where: str, *, missed: bool, now: datetime) -> str:
    """Say when and where somebody must answer bail, or that they did not and what a constable may do; else nothing."""
    if at is None:
        return ""
    said = f"answer bail at {where} on {clock.said(at)}"
    if missed:
        return f"Was to {said} and did not come. {POWER}"
    return f"To {said}." if at > now else f"Was to {said}: nobody has recorded whether they came."


def _when(at: datetime, now: datetime) -> str:
    local = clock.london(at)
    return f"{local:%H:%M}" if local.date() == clock.london_date(now) else f"{local:%-d %b %Y %H:%M}"
