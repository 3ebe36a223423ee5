"""The index's file: built from what is committed, mapped by every process, replaced whole; never the truth."""

import json
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection

from fellwatch.foundation import access, locks
from fellwatch.foundation.access import Actor
from fellwatch.recognition.arrays import build, segment
from fellwatch.recognition.arrays.columns import Columns
from fellwatch.recognition.arrays.segment import FileUnusable, Flat

CHUNK = 5000
_WHERE = "select current_database() || ':' || (select oid from pg_database where datname = current_database())::text"
_SNAPSHOT = "select pg_snapshot_xmin(pg_current_snapshot())::text::bigint"
_READ = """
select number, document::text from recognition_entry
where silent_in = '' and number > %s order by number limit %s
"""


@dataclass(frozen=True)
class Base:
    """One file as mapped: everybody in no silent compartment whose last change is older than `watermark`, and more."""

    flat: Flat
    watermark: int
    stamp: tuple[int, int]


def file() -> Path:
    """Return where this database's index is kept."""
    name = str(connection.settings_dict["NAME"])
    return Path(settings.VAR) / "recognition" / f"{name}.index"


def stamp() -> tuple[int, int]:
    """Return what tells one file from the next, (0, 0) where there is none."""
    try:
        found = file().stat()
    except OSError:
        return 0, 0
    return found.st_ino, found.st_mtime_ns


def load() -> Base | None:
    """Map the file, or return None where there is none that this database's index can use."""
    found = stamp()
    try:
        flat, about = segment.load(file())
    except FileUnusable:
        return None
    with connection.cursor() as cursor:
        if about.get("database") != _one(cursor, _WHERE) or about["watermark"] > _one(cursor, _SNAPSHOT):
            return None
    return Base(flat, about["watermark"], found)


def write(*, by: Actor, progress: Callable[[int], None] | None = None) -> int:
    """Build the file from one snapshot of what is committed and put it in place; return how many it holds."""
    with access.acting(by), connection.cursor() as cursor:
        database, watermark = _one(cursor, _WHERE), _one(cursor, _SNAPSHOT)
        columns = Columns()
        for number, document in _entries(cursor):
            columns.stored(json.loads(document), number)
            if progress and len(columns) % CHUNK == 0:
                progress(len(columns))
    segment.save(build.segment(columns), file(), {"database": database, "watermark": watermark})
    return len(columns)


def _entries(cursor: Any) -> Iterator[tuple[int, str]]:
    """Read in runs: whatever changes meanwhile has a later mark than the snapshot taken first, and is read again."""
    last = 0
    while True:
        cursor.execute(_READ, [last, CHUNK])
        rows = cursor.fetchall()
        if not rows:
            return
        yield from rows
        last = rows[-1][0]


def building() -> AbstractContextManager[None]:
    """Let one process of this machine build at a time; the others wait, and then find the file there."""
    return locks.alone(file().with_suffix(".lock"))


def _one(cursor: Any, sql: str) -> Any:
    cursor.execute(sql)
    return cursor.fetchone()[0]
