"""Times as officers say them: "in 3 h 12 min · Fri 16 Oct 22:15", on a watch in London.

Used by every template. The same words are kept true in the browser by assets/js/clocks.js.
"""

from datetime import date, datetime, timedelta

from fellwatch.foundation import clock

MINUTE = 60
HOUR = 60 * MINUTE
DAY = 24 * HOUR


def span(length: timedelta | float) -> str:
    """Say a length of time, of either sign, by its two largest parts."""
    whole = int(abs(length.total_seconds() if isinstance(length, timedelta) else length))
    if whole < MINUTE:
        return "less than a minute"
    days, hours, minutes = whole // DAY, whole % DAY // HOUR, whole % HOUR // MINUTE
    if days:
        return f"{days} d {hours} h" if hours else f"{days} d"
    if hours:
        return f"{hours} h {minutes} min" if minutes else f"{hours} h"
    return f"{minutes} min"


def relative(moment: datetime, now: datetime) -> str:
    """Say how far off a moment is: "in 3 h 12 min", "22 min ago"."""
    seconds = (moment - now).total_seconds()
    if abs(seconds) < MINUTE:
        return "just now" if seconds < 0 else "now"
    return f"{span(seconds)} ago" if seconds < 0 else f"in {span(seconds)}"


def running(length: timedelta) -> str:
    """Say how long something has been going on, like a stopwatch: "00:41", "1:02:07"."""
    whole = max(0, int(length.total_seconds()))
    hours, rest = divmod(whole, HOUR)
    minutes, seconds = divmod(rest, MINUTE)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes:02}:{seconds:02}"


def at(moment: datetime, now: datetime | None = None) -> str:
    """Say when, on a watch in London: "Fri 16 Oct 22:15", with the year if it is not this one."""
    local = clock.london(moment)
    here = clock.london(now or clock.now())
    year = f" {local.year}" if local.year != here.year else ""
    return f"{local:%a} {local.day} {local:%b}{year} {local:%H:%M}"


def both(moment: datetime, now: datetime) -> str:
    """Say a moment both ways: "in 3 h 12 min · Fri 16 Oct 22:15"."""
    return f"{relative(moment, now)} · {at(moment, now)}"


def day(given: date | datetime) -> str:
    """Say a calendar day in London: "16 Oct 2026"."""
    local = clock.london(given) if isinstance(given, datetime) else given
    return f"{local.day} {local:%b %Y}"


def time(moment: datetime) -> str:
    """Say the time of day in London to the second, as logs need it: "23:41:07"."""
    return f"{clock.london(moment):%H:%M:%S}"


def iso(moment: datetime) -> str:
    """Return the machine's form of a moment, for <time datetime>."""
    return clock.london(moment).isoformat(timespec="seconds")


def share(start: datetime, end: datetime, now: datetime) -> float:
    """Return how much of a period has passed, from 0 to 100."""
    whole = (end - start).total_seconds()
    return 100.0 if whole <= 0 else round(min(100.0, max(0.0, 100 * (now - start).total_seconds() / whole)), 1)
