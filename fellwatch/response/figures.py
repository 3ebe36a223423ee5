"""Response in numbers: domestic abuse by the month of the call, as far as the reader may see."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection

from fellwatch.foundation import access, audit, clock
from fellwatch.foundation.access import Actor
from fellwatch.response.access import READ

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


@access.reads
def monthly(*, by: Actor, now: datetime, months: int = 12) -> tuple[Month, ...]:
    """Return the last whole months, oldest first, and the present one. Counts name nobody; the read is logged."""
    access.check(by, READ)
    firsts = _firsts(clock.london_date(now), months)
    counts: dict[date, dict[str, int]] = {first: {} for first in firsts}
    since = datetime.combine(firsts[0], datetime.min.time(), clock.LONDON)
    with connection.cursor() as cursor:
        cursor.execute(_COUNTED, {"since": since})
        for what, first, *found in cursor.fetchall():
            if first in counts:
                counts[first] |= dict(zip(COUNTED[what], found, strict=False))
    audit.record(by=by, action="consultation", sentence="response.figures_read", subject=("figures", months))
    return tuple(Month(first, **counts[first]) for first in firsts)


def _firsts(today: date, months: int) -> list[date]:
    """Return the first days of the last months, the present one last."""
    count = today.year * 12 + today.month - 1
    return [date(one // 12, one % 12 + 1, 1) for one in range(count - months, count + 1)]
