"""The reads that a call waits for, written out: wording them anew each time took the ORM longer than answering them.

`queries` checks who asks and makes values of the rows; row policies hold under each table as under any other read.
"""

import json
import uuid
from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any

from django.db import connection

Row = tuple[Any, ...]

_RESIDENTS = """
select r.person_id, n.forenames, n.surname, r.birth_year, r.birth_month, r.birth_day, r.kind, r.from_date, r.to_date
from (
  select r.person_id, p.birth_year, p.birth_month, p.birth_day, r.kind, r.from_date, r.to_date
  from records_residence r join records_person p on p.id = r.person_id
  where r.place_id = %(place)s
    and (r.from_date is null or r.from_date <= %(on)s) and (r.to_date is null or r.to_date > %(on)s)
  order by p.birth_year desc nulls last, p.birth_month desc nulls last, p.birth_day desc nulls last limit %(most)s) r
left join lateral (
  select forenames, surname from records_personname where person_id = r.person_id
  order by case kind when 'current' then 0 when 'reported' then 2 when 'described' then 3 else 1 end, id
  limit 1) n on true
"""

# One branch for each thing given: each has an index of its own, which an OR would miss.
_TOUCHING = {
    "people": "select incident_id as id from records_incidentperson where person_id = any(%(people)s)",
    "places": "select id from records_incident where place_id = any(%(places)s)",
    "number": "select id from records_incident where caller_number = %(number)s",
}
_HISTORY = """
select i.id, i.reference, i.received_at, i.opening_code, i.opening_qualifiers, i.caller_number, i.place_id,
  (select json_agg(json_build_array(p.person_id, p.role))
     from records_incidentperson p where p.incident_id = i.id)::text
from records_incident i where i.id in ({touching}) and i.received_at >= %(since)s
order by i.received_at desc limit %(limit)s
"""

_MARKERS = """
select person_id, kind, detail, from_at, expires_at, source from records_marker
where person_id = any(%(people)s) and from_at <= %(now)s and ended_at is null
  and (expires_at is null or expires_at > %(now)s)
order by from_at desc
"""

_TIES = """
select person_id, kind, other_id from records_relationship
where (person_id = any(%(people)s) or other_id = any(%(people)s)) and (from_date is null or from_date <= %(on)s)
"""

_MERGED = "select id, merged_into_id from records_person where id = any(%(people)s)"
_CHILDREN = "select id from unnest(%(incidents)s::uuid[]) id where records_child_tied(id)"
_BEAT = """
select p.beat from records_incident i join records_place p on p.id = i.place_id where i.id = %(incident)s
"""
_PLACE = """
select id from records_place
where postcode = %(postcode)s and upper(flat) = upper(%(flat)s) and upper(house) = upper(%(house)s){street}
order by compartment, id limit 1
"""
_IN_STREET = " and street_key = lower(%(street)s)"


def merged(people: Collection[uuid.UUID]) -> dict[uuid.UUID, uuid.UUID | None]:
    """Return for those of the people whom the actor may see who they were found to be; None who is still themself."""
    return dict(_rows(_MERGED, {"people": list(people)}))


def touching_children(incidents: Collection[uuid.UUID]) -> list[uuid.UUID]:
    """Return those of the incidents to which anybody who may be a child is tied, seen by the actor or not."""
    return [id for (id,) in _rows(_CHILDREN, {"incidents": list(incidents)})]


def beat(incident_id: uuid.UUID) -> str:
    """Return whether an incident is on an urban or a rural beat; "" where it has no place."""
    found = _rows(_BEAT, {"incident": incident_id})
    return str(found[0][0]) if found else ""


def place_at(postcode: str, flat: str, house: str, street: str | None) -> uuid.UUID | None:
    """Return the place at an address, the open record before one in a compartment; any street where none is said."""
    sql = _PLACE.format(street="" if street is None else _IN_STREET)
    found = _rows(sql, {"postcode": postcode, "flat": flat, "house": house, "street": street})
    return found[0][0] if found else None


def residents(place_id: uuid.UUID, on: date, most: int | None) -> list[Row]:
    """Return whoever was tied to a place on a day: person, name in two parts, birth in three, kind, from, to.

    With `most`, no more than that many, the youngest of them.
    """
    return _rows(_RESIDENTS, {"place": place_id, "on": on, "most": most})


def history(
    since: datetime, people: Collection[uuid.UUID], places: Sequence[uuid.UUID], number: str, limit: int
) -> list[Row]:
    """Return incidents that touch any of these, newest first; last in each row, who had which part in it."""
    given = {"people": list(people), "places": list(places), "number": number}
    touching = " union ".join(_TOUCHING[name] for name, value in given.items() if value)
    if not touching:
        return []
    rows = _rows(_HISTORY.format(touching=touching), {**given, "since": since, "limit": limit})
    return [(*row, tuple((uuid.UUID(id), role) for id, role in json.loads(parts or "[]"))) for *row, parts in rows]


def markers(people: Collection[uuid.UUID], now: datetime) -> list[Row]:
    """Return the markers in force on people, newest first: person, kind, detail, from, until, source."""
    return _rows(_MARKERS, {"people": list(people), "now": now}) if people else []


def ties(people: Collection[uuid.UUID], on: date) -> list[Row]:
    """Return how these people stand to others on a day: person, kind, other."""
    return _rows(_TIES, {"people": list(people), "on": on}) if people else []


def _rows(sql: str, values: dict[str, Any]) -> list[Row]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return list(cursor.fetchall())
