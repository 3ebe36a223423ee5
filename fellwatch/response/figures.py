"""Response in numbers: domestic abuse by the month of the call, whatever is restricted left out.

Every hour the calls of a year are counted and the counts kept, since who may see a row is asked of each. A reader's
page counts the calls of the last hours and adds what was kept. `foundation.counts` says who may learn what by them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection

from fellwatch.foundation import access, audit, clock, counts
from fellwatch.foundation.access import Actor
from fellwatch.foundation.access.permissions import COUNT
from fellwatch.foundation.counts import Kept
from fellwatch.response.access import READ

KEPT = "response.monthly"
MONTHS = 12

COUNTED = {
    "suspects": ("suspects", "arrested", "voluntary"),
    "releases": ("released", "bailed"),
    "crimes": ("recorded", "charged"),
    "stances": ("asked", "unsupported"),
}
# One statement: row policies ask of each row who may see it, and four asked it of the same incidents and suspects.
_COUNTED = """
with call as materialized (
  select id, date_trunc('month', received_at at time zone 'Europe/London')::date as month from records_incident
  where opening_qualifiers @> array['domestic_abuse'] and received_at >= %(since)s
    and received_at < coalesce(%(until)s::timestamptz, 'infinity')
), suspect as materialized (
  select suspect.id, month, arrested_at, no_arrest_reason
  from response_suspect suspect join call on call.id = incident_id
), stance as (
  select distinct on (incident_id, person_id) month, stance
  from response_stance said join call on call.id = incident_id
  order by incident_id, person_id, said.at desc, said.id desc
)
select 'suspects', month, count(*), count(arrested_at), count(*) filter (where no_arrest_reason = 'voluntary')
from suspect where arrested_at is not null or no_arrest_reason <> '' group by month
union all
select 'releases', month, count(*), count(*) filter (where kind = 'bail'), 0
from response_release join suspect on suspect.id = suspect_id group by month
union all
select 'crimes', month, count(*), count(*) filter (where outcome = 'charged'), 0
from response_crimedecision join assessments_disclosedcrime crime on crime.id = crime_id
  join call on call.id = crime.incident_id
where recorded group by month
union all
select 'stances', month, count(*), count(*) filter (where stance in ('no', 'withdrawn')), 0 from stance group by month
"""


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


@dataclass(frozen=True)
class Monthly:
    """The months, oldest first, and which calls were counted before; `kept` is None where all were counted now."""

    months: tuple[Month, ...]
    kept: Kept | None


@access.reads
def monthly(*, by: Actor, now: datetime, months: int = MONTHS) -> Monthly:
    """Return the last whole months and the present one. Counts name nobody; the read is logged."""
    access.check(by, READ)
    firsts = clock.months_to(clock.london_date(now), months)
    sums: dict[date, dict[str, int]] = {first: {} for first in firsts}
    kept = counts.read(KEPT, by=by)
    rows = [(what, date.fromisoformat(first), *found) for what, first, *found in kept.counts] if kept else []
    for what, first, *found in (*rows, *_count(kept.until_at if kept else clock.midnight(firsts[0]), by=by)):
        for name, count in zip(COUNTED[what], found, strict=False):
            if first in sums:
                sums[first][name] = sums[first].get(name, 0) + count
    audit.record(by=by, action="consultation", sentence="response.figures_read", subject=("figures", months))
    return Monthly(tuple(Month(first, **sums[first]) for first in firsts), kept)


def keep(*, by: Actor, now: datetime) -> int:
    """Count the calls of the last months but for the newest hours, and keep the counts; return how many counts."""
    access.check(by, COUNT)
    since = clock.midnight(clock.months_to(clock.london_date(now), MONTHS)[0])
    with access.acting(by):
        found = _count(since, counts.until(now), by=by)
        rows = [(what, first.isoformat(), *some) for what, first, *some in found]
        counts.keep(KEPT, rows, permission=READ, sentence="response.figures_kept", by=by, now=now)
    return len(rows)


def _count(since: datetime, until: datetime | None = None, *, by: Actor) -> Sequence[tuple[str, date, int, int, int]]:
    with counts.plain(by), connection.cursor() as cursor:
        cursor.execute(_COUNTED, {"since": since, "until": until})
        found: list[tuple[str, date, int, int, int]] = cursor.fetchall()
    return found
