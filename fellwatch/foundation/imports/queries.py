"""Every read of runs and of the rows they kept aside."""

import csv
import io
import re
from collections.abc import Iterator
from uuid import UUID

from fellwatch.foundation import access, audit
from fellwatch.foundation.access import Actor
from fellwatch.foundation.access.permissions import IMPORT
from fellwatch.foundation.imports.importers import Reason, importers
from fellwatch.foundation.imports.models import ImportRejection, ImportRun
from fellwatch.foundation.imports.profile import ColumnProfile
from fellwatch.foundation.imports.values import RejectionView, RunView

_HARMLESS = re.compile(r"[+-]?[0-9][0-9 ]*(?:\.[0-9]+)?")
LINE, REASONS = "fellwatch line", "fellwatch reasons"


class NoSuchRun(LookupError):
    """There is no such import, or none that this reader may know of."""


@access.reads
def run_list(*, by: Actor, limit: int = 50) -> tuple[RunView, ...]:
    """Return runs, newest first."""
    access.check(by, IMPORT)
    return tuple(view(run) for run in ImportRun.objects.order_by("-created_at", "-id")[:limit])


@access.reads
def run_detail(run_id: UUID, *, by: Actor) -> RunView:
    """Return one run, or raise NoSuchRun."""
    access.check(by, IMPORT)
    return view(_run(run_id))


@access.reads
def earlier_runs(run_id: UUID, *, by: Actor) -> tuple[RunView, ...]:
    """Return finished real runs of the very same content, newest first: the file was taken in before."""
    access.check(by, IMPORT)
    run = _run(run_id)
    same = ImportRun.objects.filter(importer=run.importer, digest=run.digest, dry_run=False, state="finished")
    return tuple(view(one) for one in same.exclude(id=run_id).order_by("-finished_at"))


@access.reads
def rejections(run_id: UUID, *, by: Actor, limit: int = 50, offset: int = 0) -> tuple[RejectionView, ...]:
    """Return rows kept aside, in the file's order. They may hold anybody's data, so the reading is logged."""
    access.check(by, IMPORT)
    _log_reading(run_id, by, "imports.rejections_read")
    rows = ImportRejection.objects.filter(run_id=run_id).order_by("line")[offset : offset + limit]
    return tuple(_rejection(row) for row in rows)


@access.reads
def rejections_csv(run_id: UUID, *, by: Actor) -> str:
    """Return all rows kept aside as CSV, to be corrected and imported again.

    A cell that a spreadsheet would run as a formula has an apostrophe before it; importing takes that away.
    """
    access.check(by, IMPORT)
    _log_reading(run_id, by, "imports.rejections_exported")
    headers = [name for name in _run(run_id).reading["headers"] if name]
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([*map(_guarded, headers), LINE, REASONS])
    for rejected in _all_rejections(run_id):
        cells = [_guarded(rejected.row.get(name, "")) for name in headers]
        why = " ".join(map(str, rejected.reasons))
        writer.writerow([*cells, rejected.line, _guarded(why)])
    return out.getvalue()


def _all_rejections(run_id: UUID) -> Iterator[RejectionView]:
    return map(_rejection, ImportRejection.objects.filter(run_id=run_id).order_by("line").iterator())


def _run(run_id: UUID) -> ImportRun:
    try:
        return ImportRun.objects.get(id=run_id)
    except ImportRun.DoesNotExist:
        raise NoSuchRun("There is no such import. Look for it in the list of imports.") from None


def _log_reading(run_id: UUID, by: Actor, sentence: str) -> None:
    audit.record(by=by, action="consultation", sentence=sentence, subject=("import", run_id))


def _rejection(row: ImportRejection) -> RejectionView:
    return RejectionView(row.line, row.row, tuple(Reason(*reason) for reason in row.reasons))


def _guarded(cell: str) -> str:
    risky = cell[:1] in ("=", "+", "-", "@", "\t", "\r") and not _HARMLESS.fullmatch(cell)
    return f"'{cell}" if risky else cell


def view(run: ImportRun) -> RunView:
    """Return a run as shown."""
    found = importers().get(run.importer)
    return RunView(
        id=run.id,
        importer=run.importer,
        title=found.title if found else run.importer,
        filename=run.filename,
        dry_run=run.dry_run,
        state=run.state,
        total=run.total,
        done=run.done,
        added=run.added,
        changed=run.changed,
        unchanged=run.unchanged,
        rejected=run.rejected,
        failure=run.failure,
        columns=run.mapping,
        ignored=tuple(run.reading.get("ignored", ())),
        created_at=run.created_at,
        created_by_name=run.created_by_name,
        advanced_at=run.advanced_at,
        finished_at=run.finished_at,
        profile=tuple(ColumnProfile(**one) for one in run.profile),
    )
