"""Told before school began: by week, by school, and why not. Counts only; no child is named."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from fellwatch.foundation import access, clock
from fellwatch.foundation.access import Actor
from fellwatch.safeguarding.encompass.access import TELL
from fellwatch.safeguarding.encompass.models import SchoolNotice

WEEKS = 12
WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Share:
    """How many were told in time, of how many: of a week or a school."""

    name: str
    in_time: int
    late: int
    never: int

    @property
    def total(self) -> int:
        """Return everything that was due."""
        return self.in_time + self.late + self.never

    @property
    def percent(self) -> float | None:
        """Return the share told in time; None where nothing was due."""
        return round(100 * self.in_time / self.total, 1) if self.total else None


@dataclass(frozen=True)
class Figures:
    """The measure over twelve weeks. `recalled` counts notices that went to a wrong school."""

    weeks: tuple[Share, ...]
    schools: tuple[Share, ...]
    reasons: tuple[tuple[str, int], ...]
    whole: Share
    recalled: int


@access.reads
def told_in_time(*, by: Actor, now: datetime) -> Figures:
    """Count what fell due in the last twelve weeks up to now, as far as the reader may see."""
    access.check(by, TELL)
    first = _monday(clock.london_date(now)) - (WEEKS - 1) * WEEK
    since = clock.midnight(first)
    rows = list(
        SchoolNotice.objects.filter(due_at__gte=since, due_at__lte=now)
        .exclude(state__in=["outside", "answered"])
        .select_related("establishment")
    )
    due = [row for row in rows if row.state != "recalled"]
    weeks, schools = defaultdict(list), defaultdict(list)
    for row in due:
        assert row.due_at is not None
        weeks[_monday(clock.london_date(row.due_at))].append(row)
        schools[row.establishment.name if row.establishment else "No school known, or another force"].append(row)
    every = (first + n * WEEK for n in range(WEEKS))
    return Figures(
        tuple(_share(f"{monday:%-d %b}", weeks[monday]) for monday in every),
        tuple(sorted((_share(name, rows) for name, rows in schools.items()), key=_worst)),
        tuple(Counter(why for row in due if (why := _reason(row))).most_common()),
        _share("All", due),
        SchoolNotice.objects.filter(recalled_at__gte=since, recalled_at__lte=now, sent_at__isnull=False).count(),
    )


def _reason(row: SchoolNotice) -> str:
    """Say why a school did not know when its day began; "" where it did."""
    if _in_time(row):
        return ""
    if row.path == "ask":
        return "The school was not known"
    if row.path == "home_force":
        return "The other force was not told in time"
    if row.state == "decide":
        return "Nobody decided"
    if row.mail == "bounced":
        return "The mail came back"
    if row.sent_at is None or (row.due_at and row.sent_at > row.due_at):
        return "Sent after school had begun"
    return "Not mailed, not opened" if row.mail in {"none", "held", "failed"} else "Mailed, not opened"


def _share(name: str, rows: Sequence[SchoolNotice]) -> Share:
    in_time = sum(_in_time(row) for row in rows)
    never = sum(row.told_at is None for row in rows)
    return Share(name, in_time, len(rows) - in_time - never, never)


def _in_time(row: SchoolNotice) -> bool:
    return row.told_at is not None and row.due_at is not None and row.told_at < row.due_at


def _worst(one: Share) -> tuple[float, str]:
    return (one.percent or 0.0, one.name)


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
