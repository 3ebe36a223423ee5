"""The one place that asks the machine what time it is."""

from datetime import UTC, date, datetime, time
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


def midnight(day: date) -> datetime:
    """Return the instant at which a day begins in London."""
    return datetime.combine(day, time.min, LONDON)


def months_to(day: date, before: int) -> list[date]:
    """Return the first days of so many months before the day's own, oldest first, and of its own."""
    count = day.year * 12 + day.month - 1
    return [date(one // 12, one % 12 + 1, 1) for one in range(count - before, count + 1)]


def said(moment: datetime) -> str:
    """Return an instant as officers say it: "Tue 2 Jun 2026 14:00"."""
    return f"{london(moment):%a %-d %b %Y %H:%M}"
