"""Read people out of records as the index holds them, many at a time.

One statement over records' tables instead of `records.queries`: an index is built of everybody at once, shows
nobody to anyone, and is therefore not a read to be logged. An address in a compartment is never indexed.
"""

import json
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from fellwatch.recognition import addresses
from fellwatch.recognition.held import Held, HeldAddress, HeldName, identifier
from fellwatch.records.values import PartialDate

_READ = """
select p.id, p.sex, p.birth_year, p.birth_month, p.birth_day, p.compartment, p.announce,
  (select json_agg(json_build_array(n.kind, n.forenames, n.surname) order by n.kind <> 'current', n.id)
     from records_personname n where n.person_id = p.id and n.kind <> 'described')::text,
  (select json_agg(f.number order by f.last_known_date desc, f.id)
     from records_personphone f where f.person_id = p.id)::text,
  (select json_agg(json_build_array(r.to_date is null and r.kind <> 'former',
                                    l.flat, l.house, l.street, l.postcode) order by r.id)
     from records_residence r join records_place l on l.id = r.place_id
    where r.person_id = p.id and l.compartment = '')::text,
  (select json_agg(json_build_array(i.kind, i.value) order by i.id)
     from records_personidentifier i where i.person_id = p.id)::text
from records_person p where p.id = any(%s) and p.merged_into_id is null
"""


class Cursor(Protocol):
    """What this module asks of a database cursor."""

    def execute(self, sql: str, params: Sequence[Any] | None = None) -> Any: ...
    def fetchall(self) -> list[tuple[Any, ...]]: ...


@dataclass(frozen=True)
class Document:
    """One person for the index, with the compartment that hides or announces them ("" for none)."""

    held: Held
    silent_in: str
    announced_in: str


def build(person_ids: Sequence[uuid.UUID], cursor: Cursor) -> Iterator[Document]:
    """Yield those of the people whom the present role may read."""
    cursor.execute(_READ, [list(person_ids)])
    for row in cursor.fetchall():
        yield _document(*row)


def _document(
    id: uuid.UUID, sex: str, year: int | None, month: int | None, day: int | None, compartment: str,
    announce: bool, names: object, phones: object, residences: object, identifiers: object,
) -> Document:  # fmt: skip
    held = Held(
        person_id=id,
        names=tuple(HeldName(*name) for name in _rows(names)),
        born=PartialDate(year, month, day),
        sex=sex,
        phones=tuple(_rows(phones)),
        addresses=tuple(dict.fromkeys(_address(*row) for row in _rows(residences))),
        identifiers=tuple((kind, read) for kind, value in _rows(identifiers) if (read := identifier(value))),
    )
    return Document(held, "" if announce else compartment, compartment if announce else "")


def _rows(value: object) -> list[Any]:
    """Django hands JSON over as text, psycopg alone as lists."""
    found = json.loads(value) if isinstance(value, str) else value
    return found if isinstance(found, list) else []


def _address(now: bool, flat: str, house: str, street: str, postcode: str) -> HeldAddress:
    return HeldAddress(now, addresses.kept(flat=flat, house=house, street=street, postcode=postcode))
