"""One batch of a run: rows are read on from where it stopped, settled and logged in one transaction."""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import connection
from django.db.models import F

from fellwatch.foundation import access, audit, plain
from fellwatch.foundation.access import Actor
from fellwatch.foundation.imports import readers, settling
from fellwatch.foundation.imports.importers import Importer
from fellwatch.foundation.imports.models import ImportRejection, ImportRun
from fellwatch.foundation.imports.readers import Raw
from fellwatch.foundation.imports.settling import Settled

Numbered = tuple[Raw, int]
LONGEST_KEPT = 2_000  # characters of one cell in a rejected row


def unsettled(run: ImportRun, importer: Importer[Any]) -> Iterator[list[Numbered]]:
    """Yield the rows not yet settled. Rows already settled are passed over, but counted among those alike."""
    shape = readers.shape_from(run.reading, total=run.total, digest=run.digest)
    alike: Counter[str] = Counter()
    batch: list[Numbered] = []
    for at, raw in enumerate(readers.rows(Path(run.path), shape)):
        ordinal = _ordinal(importer, run.mapping, raw, alike)
        if at < run.done + len(batch) and not batch:
            continue
        batch.append((raw, ordinal))
        if len(batch) == importer.batch:
            yield batch
            batch = []
    if batch:
        yield batch


def _ordinal(importer: Importer[Any], columns: Mapping[str, str], raw: Raw, alike: Counter[str]) -> int:
    if importer.alike is None or raw.fault:
        return 0
    group = importer.alike({ours: raw.cells.get(theirs, "").strip() for ours, theirs in columns.items()})
    alike[group] += 1
    return alike[group] - 1


def take(
    run: ImportRun,
    importer: Importer[Any],
    batch: list[Numbered],
    seen: dict[str, int],
    by: Actor,
    now: datetime,
) -> bool:
    """Settle a batch and move the run's position in one transaction; return False when another did."""
    with access.acting(by):
        _one_at_a_time(importer)
        if not ImportRun.objects.select_for_update().filter(id=run.id, done=run.done, state="running").exists():
            return False
        settled = _settle(run, importer, batch, seen, by, now)
        _keep_aside(run, settled)
        _move(run, settled, len(batch), now)
        if not run.dry_run:
            _log(run, settled, len(batch), by)
    return True


def _one_at_a_time(importer: Importer[Any]) -> None:
    """Hold back another run of the same kind until this batch commits: they would add the same rows."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtext(%s))", [f"import {importer.name}"])


def _settle(
    run: ImportRun,
    importer: Importer[Any],
    batch: list[Numbered],
    seen: dict[str, int],
    by: Actor,
    now: datetime,
) -> Settled:
    """Store the batch; in a dry run store it too, to find out what would happen, and undo it."""
    try:
        with access.apart():
            settled = settling.settle(importer, run.mapping, batch, seen if run.dry_run else {}, by=by, now=now)
            if run.dry_run:
                raise _Tried(settled)
    except _Tried as tried:
        return tried.settled
    return settled


class _Tried(Exception):
    """What a dry run would have done, thrown to undo it."""

    def __init__(self, settled: Settled) -> None:
        super().__init__()
        self.settled = settled


def _keep_aside(run: ImportRun, settled: Settled) -> None:
    ImportRejection.objects.bulk_create(
        [
            ImportRejection(
                run=run,
                line=rejected.raw.line,
                row={name: _storable(cell) for name, cell in rejected.raw.cells.items()},
                reasons=[[reason.field, reason.wrong, reason.do] for reason in rejected.reasons],
            )
            for rejected in settled.rejected
        ],
        ignore_conflicts=True,
    )


def _storable(cell: str) -> str:
    """Return a cell as PostgreSQL can hold it: what cannot be stored is marked, what is endless is cut."""
    clean = plain.marked(cell)
    return clean if len(clean) <= LONGEST_KEPT else clean[:LONGEST_KEPT] + "…"


def _move(run: ImportRun, settled: Settled, rows: int, now: datetime) -> None:
    ImportRun.objects.filter(id=run.id).update(
        done=F("done") + rows,
        added=F("added") + settled.added,
        changed=F("changed") + settled.changed,
        unchanged=F("unchanged") + settled.unchanged,
        rejected=F("rejected") + len(settled.rejected),
        advanced_at=now,
    )
    run.refresh_from_db()


def _log(run: ImportRun, settled: Settled, rows: int, by: Actor) -> None:
    audit.record(
        by=by,
        action="collection",
        sentence="imports.batch_settled",
        subject=("import", run.id),
        people=settled.people,
        detail={
            "importer": run.importer,
            "rows": [run.done - rows + 1, run.done],
            "added": settled.added,
            "changed": settled.changed,
            "unchanged": settled.unchanged,
            "rejected": len(settled.rejected),
        },
    )
