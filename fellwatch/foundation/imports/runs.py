"""Start a run and take it further: every batch and the run's position in one transaction."""

from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from uuid import UUID

from fellwatch.foundation import access, audit
from fellwatch.foundation.access import Actor
from fellwatch.foundation.access.permissions import IMPORT
from fellwatch.foundation.imports import batches, importers, mapping, profile, queries, readers, store
from fellwatch.foundation.imports.importers import Reason, Unreadable
from fellwatch.foundation.imports.models import UNFINISHED, ImportRun
from fellwatch.foundation.imports.values import RunView


def start(
    importer: str,
    file: Path,
    *,
    by: Actor,
    now: datetime,
    filename: str = "",
    columns: Mapping[str, str] | None = None,
    dry_run: bool = False,
    then: Callable[[UUID], None] | None = None,
) -> RunView:
    """Look at the file and make its run. `columns` is theirs → ours.

    `then` joins the transaction that makes the run: give `jobs.queue` to have it taken in by the worker.
    Started twice while unfinished, the first run comes back. Raises Unreadable with every problem found.
    """
    found = importers.find(importer)
    access.check(by, IMPORT)
    access.check(by, found.permission)
    shape = readers.look(file, found)
    matched = mapping.match(found, shape.headers, columns or {})
    told = {
        "state": "waiting",
        "filename": filename or file.name,
        "path": str(store.keep(file, shape.digest)),
        "reading": {**shape.as_json(), "ignored": list(matched.ignored)},
        "total": shape.total,
        "created_at": now,
        "created_by": by.id,
        "created_by_name": by.name,
    }
    with access.acting(by):
        run, added = ImportRun.objects.get_or_create(
            importer=importer,
            digest=shape.digest,
            mapping=dict(matched.columns),
            dry_run=dry_run,
            state__in=UNFINISHED,
            defaults=told,
        )
        if added:
            _log_start(run, by)
        if then:
            then(run.id)
    return queries.view(run)


def _log_start(run: ImportRun, by: Actor) -> None:
    detail = {"importer": run.importer, "digest": run.digest, "dry_run": run.dry_run}
    audit.record(by=by, action="collection", sentence="imports.started", subject=("import", run.id), detail=detail)


def again(run_id: UUID, *, by: Actor, now: datetime, then: Callable[[UUID], None] | None = None) -> RunView:
    """Make the real run of the file that a dry run looked at, while the file is kept."""
    access.check(by, IMPORT)
    with access.acting(by):
        run = ImportRun.objects.get(id=run_id)
    if not Path(run.path).exists():
        raise Unreadable(Reason("file", "The file has been taken in and is no longer kept.", "Choose it again."))
    chosen = {theirs: ours for ours, theirs in run.mapping.items()}
    return start(run.importer, Path(run.path), by=by, now=now, filename=run.filename, columns=chosen, then=then)


def advance(
    run_id: UUID,
    *,
    by: Actor,
    now: datetime,
    limit: int | None = None,
    tell: Callable[[RunView], None] | None = None,
) -> RunView:
    """Take a run further from where it stopped, to its end or by `limit` batches (a dry run, to its end).

    On an error the batch is undone, the run shows as failed with the reason, and the error goes on.
    """
    access.check(by, IMPORT)
    try:
        return _advance(run_id, by, now, limit, tell)
    except access.Refused:
        raise
    except Exception as error:
        _fail(run_id, error, by, now)
        raise


def _advance(
    run_id: UUID, by: Actor, now: datetime, limit: int | None, tell: Callable[[RunView], None] | None
) -> RunView:
    run = _begin(run_id, by, now)
    if run.state == "finished":
        return queries.view(run)
    importer = importers.find(run.importer)
    access.check(by, importer.permission)
    seen: dict[str, int] = {}
    for count, batch in enumerate(batches.unsettled(run, importer), start=1):
        if not batches.take(run, importer, batch, seen, by, now):
            return queries.run_detail(run_id, by=by)
        if tell:
            tell(queries.view(run))
        if count == limit and not run.dry_run:
            return queries.view(run)
    return _finish(run, by, now)


def _begin(run_id: UUID, by: Actor, now: datetime) -> ImportRun:
    """Mark the run as running. A dry run left nothing behind, so it begins at the first row again."""
    with access.acting(by):
        run = ImportRun.objects.select_for_update().get(id=run_id)
        if run.state == "finished":
            return run
        run.state, run.failure, run.advanced_at = "running", "", now
        if run.dry_run:
            run.done = run.added = run.changed = run.unchanged = run.rejected = 0
        run.save()
    return run


def _finish(run: ImportRun, by: Actor, now: datetime) -> RunView:
    like = _profile(run) if run.dry_run else []
    with access.acting(by):
        ImportRun.objects.filter(id=run.id, state="running").update(
            state="finished", total=run.done, advanced_at=now, finished_at=now, profile=like
        )
        run.refresh_from_db()
        waiting = ImportRun.objects.filter(path=run.path, state__in=UNFINISHED).exists()
    if not run.dry_run and not waiting:
        store.destroy(run.path)
    return queries.view(run)


def _profile(run: ImportRun) -> list[dict[str, object]]:
    shape = readers.shape_from(run.reading, total=run.total, digest=run.digest)
    return profile.of(readers.rows(Path(run.path), shape), importers.find(run.importer), run.mapping)


def _fail(run_id: UUID, error: Exception, by: Actor, now: datetime) -> None:
    """Say why a run stopped. Of a foreign error only its kind is kept: its words may hold personal data."""
    words = str(error) if isinstance(error, Unreadable) else f"It stopped on an error ({type(error).__name__})."
    with access.acting(by):
        ImportRun.objects.filter(id=run_id, state__in=UNFINISHED).update(
            state="failed",
            failure=f"{words} Nothing of the last batch was stored; resume it.",
            advanced_at=now,
        )


def progress(run_id: UUID, *, by: Actor) -> RunView:
    """Return how far a run is."""
    return queries.run_detail(run_id, by=by)
