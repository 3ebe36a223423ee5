"""The one place that asks the machine what time it is."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")


def now() -> datetime:
    """Return the present instant, aware, in UTC."""
    return datetime.now(UTC)


def london(moment: datetime) -> datetime:
    """Return the same instant on an officer's watch."""
    return moment.astimezone(LONDON)


def london_date(moment: datetime) -> date:
    """Return the calendar day in London on which the instant falls."""
    return london(moment).date()


def said(moment: datetime) -> str:
    """Return an instant as officers say it: "Tue 2 Jun 2026 14:00"."""
    return f"{london(moment):%a %-d %b %Y %H:%M}"
