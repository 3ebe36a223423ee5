"""The force's own people as a file that can be linked to: every name, telephone and home a face of its own.

One statement over records' tables, as the live index is built: it shows nobody to anyone. Whoever acts must be
able to see them, so that a restricted person is not linked by a process that is not cleared for the compartment.
"""

from pathlib import Path
from typing import Any

from django.db import connection

from fellwatch.foundation import access
from fellwatch.foundation.access import Actor

_FACES = """
with face as (
  select p.id, p.sex, n.forenames, n.surname, f.number, h.flat, h.house, h.street, h.postcode,
    concat_ws('-', p.birth_year, lpad(p.birth_month::text, 2, '0'), lpad(p.birth_day::text, 2, '0')) as born,
    (select i.value from records_personidentifier i
      where i.person_id = p.id and i.kind = {kind} order by i.id limit 1) as identifier
  from records_person p
  left join lateral (select * from records_personname where person_id = p.id
    order by kind <> 'current', id limit 1) n on true
  left join lateral (select number from records_personphone where person_id = p.id
    order by last_known_date desc, id limit 1) f on true
  left join lateral (select l.* from records_residence r join records_place l on l.id = r.place_id
    where r.person_id = p.id and l.compartment = ''
    order by r.to_date is not null, r.kind <> 'home', r.from_date desc nulls last limit 1) h on true
),
faces as (
  select id, sex, born, forenames, surname, number, flat, house, street, postcode, identifier from face
  union select f.id, f.sex, f.born, n.forenames, n.surname, f.number, f.flat, f.house, f.street, f.postcode, identifier
    from face f join records_personname n on n.person_id = f.id
  union select f.id, f.sex, f.born, f.forenames, f.surname, t.number, f.flat, f.house, f.street, f.postcode, identifier
    from face f join records_personphone t on t.person_id = f.id
  union select f.id, f.sex, f.born, f.forenames, f.surname, f.number, l.flat, l.house, l.street, l.postcode, identifier
    from face f join records_residence r on r.person_id = f.id
      join records_place l on l.id = r.place_id and l.compartment = ''
)
select id as person_id, forenames as forename, surname, sex, born as date_of_birth, number as phone,
  concat_ws(' ', case when flat <> '' then 'flat ' || flat || ',' end, house, street) as address, postcode, identifier
from faces
"""


def write(path: Path, *, by: Actor, identifier: str = "") -> int:
    """Write everybody whom the actor may see to a CSV file; return how many faces.

    `identifier` is the kind of number that the file to be linked brings ("nhs").
    """
    with access.acting(by), connection.cursor() as cursor, path.open("wb") as out:
        cursor.execute("select quote_literal(%s)", [identifier])
        [(kind,)] = cursor.fetchall()
        with _copy(cursor, f"copy ({_FACES.format(kind=kind)}) to stdout with (format csv, header)") as copy:
            return sum(_kept(out, block) for block in copy) - 1


def _copy(cursor: Any, statement: str) -> Any:
    return cursor.copy(statement)


def _kept(out: Any, block: Any) -> int:
    return out.write(block) and bytes(block).count(b"\n")
