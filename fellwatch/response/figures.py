"""Response in numbers: domestic abuse by the month of the call, as far as the reader may see."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import TruncMonth

from fellwatch.foundation import access, audit, clock
from fellwatch.foundation.access import Actor
from fellwatch.response.access import READ
from fellwatch.response.models import CrimeDecision, Release, Stance, Suspect

DOMESTIC = "domestic_abuse"
AGAINST = ("no", "withdrawn")


@dataclass(frozen=True)
class Month:
    """Counts of one month; `first_date` is its first day."""

    first_date: date
    suspects: int = 0
    arrested: int = 0
    voluntary: int = 0
    released: int = 0
    bailed: int = 0
    recorded: int = 0
    charged: int = 0
    asked: int = 0
    unsupported: int = 0


@access.reads
def monthly(*, by: Actor, now: datetime, months: int = 12) -> tuple[Month, ...]:
    """Return the last whole months, oldest first, and the present one. Counts name nobody; the read is logged."""
    access.check(by, READ)
    firsts = _firsts(clock.london_date(now), months)
    counts: dict[date, dict[str, int]] = {first: {} for first in firsts}
    since = datetime.combine(firsts[0], datetime.min.time(), clock.LONDON)
    where = Q(incident__opening_qualifiers__contains=[DOMESTIC], incident__received_at__gte=since)
    suspects = Suspect.objects.filter(where).filter(Q(arrested_at__isnull=False) | ~Q(no_arrest_reason=""))
    _add(
        counts,
        suspects,
        "incident",
        suspects=Count("id"),
        arrested=Count("id", filter=Q(arrested_at__isnull=False)),
        voluntary=Count("id", filter=Q(no_arrest_reason="voluntary")),
    )
    released = Release.objects.filter(
        suspect__incident__opening_qualifiers__contains=[DOMESTIC], suspect__incident__received_at__gte=since
    )
    _add(counts, released, "suspect__incident", released=Count("id"), bailed=Count("id", filter=Q(kind="bail")))
    decided = CrimeDecision.objects.filter(
        recorded=True,
        crime__incident__opening_qualifiers__contains=[DOMESTIC],
        crime__incident__received_at__gte=since,
    )
    charged = Count("id", filter=Q(outcome="charged"))
    _add(counts, decided, "crime__incident", recorded=Count("id"), charged=charged)
    newest = Stance.objects.filter(where).order_by("incident_id", "person_id", "-at", "-id")
    last = Stance.objects.filter(id__in=newest.distinct("incident_id", "person_id").values("id"))
    unsupported = Count("person_id", filter=Q(stance__in=AGAINST))
    _add(counts, last, "incident", asked=Count("person_id"), unsupported=unsupported)
    audit.record(by=by, action="consultation", sentence="response.figures_read", subject=("figures", months))
    return tuple(Month(first, **counts[first]) for first in firsts)


def _add(counts: dict[date, dict[str, int]], rows: "QuerySet[Any, Any]", incident: str, **wanted: Count) -> None:
    month = TruncMonth(f"{incident}__received_at", tzinfo=clock.LONDON)
    for row in rows.annotate(month=month).values("month").annotate(**wanted).order_by("month"):
        first = clock.london_date(row["month"])
        if first in counts:
            counts[first] |= {name: row[name] for name in wanted}


def _firsts(today: date, months: int) -> list[date]:
    """Return the first days of the last months, the present one last."""
    count = today.year * 12 + today.month - 1
    return [date(one // 12, one % 12 + 1, 1) for one in range(count - months, count + 1)]
