"""Keep the index equal to records: one person in the transaction that changed them, or everybody at once."""

import json
import uuid
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

from django.db import connection, connections, transaction

from fellwatch.foundation import access
from fellwatch.recognition import documents
from fellwatch.recognition.documents import Document
from fellwatch.recognition.held import to_json
from fellwatch.records import earlier

CHUNK = 5000
ENTRY_COLUMNS = "recognition_entry (person_id, document, silent_in, announced_in)"

_LOCK = "select pg_advisory_xact_lock(hashtextextended('recognition:' || id, 0)) from unnest(%s::text[]) id"

# Whoever stands in the index as they are is left alone: most calls change nothing about most people.
_ENTRIES = """
insert into recognition_entry as e (person_id, document, silent_in, announced_in)
select * from unnest(%s::uuid[], %s::jsonb[], %s::text[], %s::text[])
on conflict (person_id) do update set document = excluded.document, silent_in = excluded.silent_in,
  announced_in = excluded.announced_in, changed = default
where (e.document, e.silent_in, e.announced_in)
  is distinct from (excluded.document, excluded.silent_in, excluded.announced_in)
"""


def refresh(person_ids: Iterable[uuid.UUID]) -> int:
    """Bring people up to date in the current transaction, as who they are now; return how many had changed.

    Whoever acts must be able to read them: a person they cannot see is left as they stand. Two transactions
    that change the same person take turns, so that neither loses the other's change.
    """
    access.current()
    ids = sorted(set(earlier.leads(person_ids).values()))
    if not ids:
        return 0
    with connection.cursor() as cursor:
        cursor.execute(_LOCK, [[str(i) for i in ids]])
        found = list(documents.build(ids, cursor))
        if not found:
            return 0
        cursor.execute(_ENTRIES, _entry_columns(found))
        return int(cursor.rowcount)


def forget(person_ids: Iterable[uuid.UUID]) -> None:
    """Take erased people out, in the transaction that erases them."""
    access.current()
    ids = list(person_ids)
    with connection.cursor() as cursor:
        cursor.execute("delete from recognition_entry where person_id = any(%s)", [ids])


def _entry_columns(found: Sequence[Document]) -> list[list[Any]]:
    rows = [_entry_row(d) for d in found]
    return [list(column) for column in zip(*rows, strict=True)]


def _entry_row(document: Document) -> tuple[object, ...]:
    text = json.dumps(to_json(document.held), ensure_ascii=False, separators=(",", ":"))
    return document.held.person_id, text, document.silent_in, document.announced_in


def rebuild(progress: Callable[[int, int], None] | None = None, *, using: str = "owner") -> int:
    """Make the whole index anew from records and return how many people it holds; needed when keys change.

    Runs as the tables' owner, who alone sees every compartment. Searches go on against the old index until it
    commits; changes to people wait. `progress` is told (done, of how many) after each chunk.
    """
    with transaction.atomic(using=using), connections[using].cursor() as cursor:
        cursor.execute("set local synchronous_commit = off")
        cursor.execute("lock table recognition_entry in share row exclusive mode")
        cursor.execute("delete from recognition_entry")
        people = _load(cursor, progress)
        cursor.execute("analyze recognition_entry")
    return people


def _load(cursor: Any, progress: Callable[[int, int], None] | None) -> int:
    cursor.execute("select id from records_person order by id")
    ids = [id for (id,) in cursor.fetchall()]
    done = 0
    for chunk in _chunks(ids):
        found = list(documents.build(chunk, cursor))
        _copy(cursor, ENTRY_COLUMNS, [_line(*_entry_row(d)) for d in found])
        done += len(chunk)
        if progress:
            progress(done, len(ids))
    return done


def _chunks(ids: list[uuid.UUID]) -> Iterator[list[uuid.UUID]]:
    left = iter(ids)
    while chunk := list(islice(left, CHUNK)):
        yield chunk


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
