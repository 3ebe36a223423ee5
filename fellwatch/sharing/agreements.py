"""Whether an agency may be told anything today, and what: by the agreement in force, or for life without one."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from fellwatch.foundation import clock
from fellwatch.sharing.models import Agency, Agreement

SOON = timedelta(days=30)
WITHOUT = "life"
"""The one basis on which somebody is told without an agreement."""


@dataclass(frozen=True)
class AgreementView:
    """An agreement, and how it stands on a day."""

    title: str
    from_date: date
    to_date: date
    fields: tuple[str, ...]
    signed_by: str
    state: str


def state(row: Agreement, on: date) -> str:
    """Return how an agreement stands: later, in_force, ends_soon or ended."""
    if on < row.from_date:
        return "later"
    if on >= row.to_date:
        return "ended"
    return "ends_soon" if row.to_date - on <= SOON else "in_force"


def view(row: Agreement, on: date) -> AgreementView:
    """Return an agreement as shown."""
    return AgreementView(row.title, row.from_date, row.to_date, tuple(row.fields), row.signed_by, state(row, on))


def standing(agency: Agency, now: datetime) -> Agreement | None:
    """Return the agreement in force; of several, the one that began last."""
    return pick(agency.agreements.all(), clock.london_date(now))


def pick(rows: Iterable[Agreement], on: date) -> Agreement | None:
    """Choose the agreement that holds on a day."""
    held = [row for row in rows if row.from_date <= on < row.to_date]
    return max(held, key=lambda row: row.from_date, default=None)


def lapsed(rows: Iterable[Agreement], on: date) -> str:
    """Say why nothing holds, and what to do."""
    past = [row.to_date for row in rows if row.to_date <= on]
    when = f"Its agreement ended on {max(past):%-d %b %Y}." if past else "It has no agreement in force."
    return f"{when} Have it renewed; until then it may be told only to protect life."
