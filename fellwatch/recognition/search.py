"""Find candidates in the index: one round trip for people, one for how common their names are."""

import json
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import connection

from fellwatch.recognition import keys
from fellwatch.recognition.asked import Asked
from fellwatch.recognition.held import Held, from_json
from fellwatch.recognition.index import FORENAMES, PEOPLE, SURNAMES
from fellwatch.recognition.names import forename_forms, surname_forms
from fellwatch.recognition.weigh import Frequencies

MOST_SCORED = 300

# Each range takes at most its cap, after the row policies: a silent record takes nobody's place.
_FIND = """
with sought as (
  select kind, low collate "C" as low, high collate "C" as high, cap, worth
  from unnest(%s::smallint[], %s::text[], %s::text[], %s::int[], %s::int[]) s(kind, low, high, cap, worth)
), found as (
  select k.person_id, sum(s.worth) as worth
  from sought s cross join lateral (
    select person_id from recognition_key k
    where k.kind = s.kind and k.key >= s.low and k.key <= s.high limit s.cap
  ) k group by k.person_id order by worth desc, k.person_id limit %s
)
select e.person_id, e.document, e.announced_in from found join recognition_entry e using (person_id)
"""

_COUNT = """
select kind, term, bearers from recognition_term
where kind = %s and term = any(%s) or kind = %s and term = any(%s) or kind = %s
"""


@dataclass(frozen=True)
class Found:
    """Somebody who may be meant, and the announced compartment they are in ("" for none)."""

    held: Held
    announced_in: str


def find(asked: Asked) -> tuple[Found, ...]:
    """Return everybody worth scoring, in no order."""
    ranges = keys.sought(asked)
    if not ranges:
        return ()
    columns = [list(c) for c in zip(*((int(r.kind), r.low, r.high, r.cap, r.worth) for r in ranges), strict=True)]
    with connection.cursor() as cursor:
        cursor.execute(_FIND, [*columns, MOST_SCORED])
        return tuple(_found(*row) for row in cursor.fetchall())


def _found(person_id: uuid.UUID, document: str, announced_in: str) -> Found:
    return Found(from_json(person_id, json.loads(document)), announced_in)


def frequencies(asked: Asked, found: Iterable[Found]) -> Frequencies:
    """Return how common the names typed and held are."""
    people = [f.held for f in found]
    forenames = {form for reading in asked.name.readings for form in reading.forenames}
    surnames = {reading.surname for reading in asked.name.readings if reading.surname}
    for held in people:
        for name in held.names:
            forenames.update(forename_forms(name.forenames))
            surnames.update(surname_forms(name.surname))
    return _counted(sorted(forenames), sorted(surnames))


def _counted(forenames: Sequence[str], surnames: Sequence[str]) -> Frequencies:
    fields = {FORENAMES: "forename", SURNAMES: "surname"}
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, [FORENAMES, list(forenames), SURNAMES, list(surnames), PEOPLE])
        rows = cursor.fetchall()
    population = next((n for kind, _, n in rows if kind == PEOPLE), 0)
    return Frequencies(population, {(fields[kind], term): n for kind, term, n in rows if kind != PEOPLE})
