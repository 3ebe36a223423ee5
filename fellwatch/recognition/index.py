"""Keep the index equal to records: one person in the transaction that changed them, or everybody at once."""

import json
import uuid
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

from django.db import connection, connections, transaction

from fellwatch.foundation import access
from fellwatch.recognition import documents, keys
from fellwatch.recognition.documents import Document
from fellwatch.recognition.held import Held, to_json
from fellwatch.recognition.names import forename_forms, surname_forms

PEOPLE, FORENAMES, SURNAMES = 0, 1, 2
CHUNK = 5000
ENTRY_COLUMNS = "recognition_entry (person_id, document, silent_in, announced_in)"
KEY_COLUMNS = "recognition_key (kind, key, person_id, silent_in)"

_LOCK = "select pg_advisory_xact_lock(hashtextextended('recognition:' || id, 0)) from unnest(%s::text[]) id"

_STANDING = """
select person_id, document::text, silent_in, announced_in from recognition_entry where person_id = any(%s)
"""

_ENTRIES = """
insert into recognition_entry (person_id, document, silent_in, announced_in)
select * from unnest(%s::uuid[], %s::jsonb[], %s::text[], %s::text[])
on conflict (person_id) do update set document = excluded.document, silent_in = excluded.silent_in,
  announced_in = excluded.announced_in
"""

_KEYS = """
with wanted as (
  select kind, key collate "C" as key, person_id, silent_in
  from unnest(%(kinds)s::smallint[], %(keys)s::text[], %(people)s::uuid[], %(silent)s::text[])
    w(kind, key, person_id, silent_in)
), gone as (
  delete from recognition_key k where k.person_id = any(%(ids)s)
    and not exists (select from wanted w where (w.kind, w.key, w.person_id) = (k.kind, k.key, k.person_id))
)
insert into recognition_key (kind, key, person_id, silent_in) select * from wanted order by 1, 2
on conflict (kind, key, person_id) do update set silent_in = excluded.silent_in
  where recognition_key.silent_in <> excluded.silent_in
"""


def refresh(person_ids: Iterable[uuid.UUID]) -> int:
    """Bring people up to date in the current transaction; return how many had changed.

    Whoever acts must be able to read them: a person they cannot see is left as they stand. Two transactions
    that change the same person take turns, so that neither loses the other's change.
    """
    access.current()
    ids = sorted(set(person_ids))
    if not ids:
        return 0
    with connection.cursor() as cursor:
        cursor.execute(_LOCK, [[str(i) for i in ids]])
        found = _changed(list(documents.build(ids, cursor)), cursor)
        if found:
            cursor.execute(_ENTRIES, _entry_columns(found))
            cursor.execute(_KEYS, _key_columns(found))
    return len(found)


def _changed(found: list[Document], cursor: documents.Cursor) -> list[Document]:
    """Leave out whoever stands in the index as they are: most calls change nothing about most people."""
    cursor.execute(_STANDING, [[d.held.person_id for d in found]])
    standing = {row[0]: (json.loads(row[1]), *row[2:]) for row in cursor.fetchall()}
    return [d for d in found if standing.get(d.held.person_id) != (to_json(d.held), d.silent_in, d.announced_in)]


def forget(person_ids: Iterable[uuid.UUID]) -> None:
    """Take erased people out, in the transaction that erases them."""
    access.current()
    ids = list(person_ids)
    with connection.cursor() as cursor:
        cursor.execute("delete from recognition_key where person_id = any(%s)", [ids])
        cursor.execute("delete from recognition_entry where person_id = any(%s)", [ids])


def _entry_columns(found: Sequence[Document]) -> list[list[Any]]:
    rows = [_entry_row(d) for d in found]
    return [list(column) for column in zip(*rows, strict=True)]


def _entry_row(document: Document) -> tuple[object, ...]:
    text = json.dumps(to_json(document.held), ensure_ascii=False, separators=(",", ":"))
    return document.held.person_id, text, document.silent_in, document.announced_in


def _key_rows(found: Iterable[Document]) -> list[tuple[int, str, uuid.UUID, str]]:
    return [(int(kind), key, d.held.person_id, d.silent_in) for d in found for kind, key in keys.of(d.held)]


def _key_columns(found: Sequence[Document]) -> dict[str, Any]:
    rows = _key_rows(found)
    return {
        "kinds": [row[0] for row in rows],
        "keys": [row[1] for row in rows],
        "people": [row[2] for row in rows],
        "silent": [row[3] for row in rows],
        "ids": [d.held.person_id for d in found],
    }


def rebuild(progress: Callable[[int, int], None] | None = None, *, using: str = "owner") -> int:
    """Make the whole index anew from records and return how many people it holds; needed when keys change.

    Runs as the tables' owner, who alone sees every compartment. Searches go on against the old index until it
    commits; changes to people wait. `progress` is told (done, of how many) after each chunk.
    """
    with transaction.atomic(using=using), connections[using].cursor() as cursor:
        cursor.execute("set local synchronous_commit = off")
        cursor.execute("lock table recognition_entry in share row exclusive mode")
        for table in ("key", "entry", "term"):
            cursor.execute(f"delete from recognition_{table}")
        terms = _load(cursor, progress)
        _copy(cursor, "recognition_term (kind, term, bearers)", [_line(*term, n) for term, n in terms.items()])
        for table in ("key", "entry", "term"):
            cursor.execute(f"analyze recognition_{table}")
    _tidy(using)
    return terms[PEOPLE, ""]


def _load(cursor: Any, progress: Callable[[int, int], None] | None) -> "Counter[tuple[int, str]]":
    cursor.execute("select id from records_person order by id")
    ids = [id for (id,) in cursor.fetchall()]
    terms: Counter[tuple[int, str]] = Counter()
    done = 0
    for chunk in _chunks(ids):
        found = list(documents.build(chunk, cursor))
        _copy(cursor, ENTRY_COLUMNS, [_line(*_entry_row(d)) for d in found])
        _copy(cursor, KEY_COLUMNS, sorted(_key_lines(found)))
        terms.update(term for d in found if not d.silent_in for term in _terms(d.held))
        done += len(chunk)
        if progress:
            progress(done, len(ids))
    return terms


def _chunks(ids: list[uuid.UUID]) -> Iterator[list[uuid.UUID]]:
    left = iter(ids)
    while chunk := list(islice(left, CHUNK)):
        yield chunk


def _terms(held: Held) -> set[tuple[int, str]]:
    """The names somebody bears, each once; silent compartments are left out so that no count betrays them."""
    surnames = {(SURNAMES, form) for name in held.names for form in surname_forms(name.surname)}
    forenames = {(FORENAMES, form) for name in held.names for form in forename_forms(name.forenames)}
    return {(PEOPLE, ""), *surnames, *forenames}


def _key_lines(found: Iterable[Document]) -> Iterator[str]:
    """Half a million of these make a county, so each is written in one go."""
    for d in found:
        tail = f"\t{d.held.person_id}\t{_escaped(d.silent_in)}\n"
        for kind, key in keys.of(d.held):
            yield f"{kind:d}\t{_escaped(key)}{tail}"


def _line(*values: object) -> str:
    return "\t".join(_escaped(str(value)) for value in values) + "\n"


def _escaped(text: str) -> str:
    """Return text as PostgreSQL's copy reads it."""
    if "\\" not in text and text.isprintable():
        return text
    return text.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n").replace("\r", "\\r")


def _copy(cursor: Any, target: str, lines: Iterable[str]) -> None:
    with cursor.copy(f"copy {target} from stdin") as copy:
        copy.write("".join(lines))


def _tidy(using: str) -> None:
    """Mark the pages as all visible, so that a lookup need not leave the key's index."""
    if connections[using].in_atomic_block:
        return
    with connections[using].cursor() as cursor:
        cursor.execute("vacuum recognition_key, recognition_entry")
