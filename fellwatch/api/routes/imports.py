"""Files taken in: start, look how far it is, see what was kept aside."""

import tempfile
from pathlib import Path

from django.http import HttpRequest
from ninja import File, Form, Query, Router, Status, UploadedFile
from pydantic import Field

from fellwatch.api import declared
from fellwatch.api.fields import Code, Given, Id, Line
from fellwatch.api.keys import holder
from fellwatch.api.shapes import imports as shapes
from fellwatch.contact.values import Invalid
from fellwatch.foundation import access, clock
from fellwatch.foundation.access import Actor
from fellwatch.foundation.imports import jobs, queries, runs
from fellwatch.foundation.imports.values import RunView

router = Router(tags=["Imports"])


class Newest(Given):
    """How many runs, newest first."""

    limit: int = Field(50, ge=1, le=200)


class Page(Given):
    """Which page."""

    offset: int = Field(0, ge=0, le=10_000_000)
    limit: int = Field(50, ge=1, le=500)


class GivenFile(Given):
    """How to read a file. `columns` are `theirs=ours`, where a name differs from those known."""

    importer: Code
    dry_run: bool = True
    columns: list[Line] = Field([], max_length=100)


@router.get(
    "/imports",
    operation_id="listImports",
    summary="Files taken in, newest first",
    response=shapes.Runs,
    openapi_extra=declared.errors(declared.READ),
)
def run_list(request: HttpRequest, newest: Query[Newest]) -> dict[str, object]:
    """Return runs, newest first."""
    return {"items": queries.run_list(by=holder(request), limit=newest.limit)}


@router.post(
    "/imports",
    operation_id="startImport",
    summary="Take in a file",
    response={202: shapes.Run},
    openapi_extra=declared.errors(declared.ASK),
)
def start(request: HttpRequest, how: Form[GivenFile], file: File[UploadedFile]) -> Status[RunView]:
    """Start taking in a file; it goes on in the background. A dry run unless `dry_run` is false.

    The same file sent again while it is not finished answers with the run that is under way.
    """
    by, columns = holder(request), _columns(how.columns)
    with tempfile.NamedTemporaryFile() as kept:
        for piece in file.chunks():
            kept.write(piece)
        kept.flush()
        return Status(202, _start(how, Path(kept.name), file.name or "", columns, by))


def _start(how: GivenFile, path: Path, filename: str, columns: dict[str, str], by: Actor) -> RunView:
    with access.acting(by):
        run = runs.start(
            how.importer, path, by=by, now=clock.now(), filename=filename, columns=columns, dry_run=how.dry_run
        )
        jobs.queue(run.id)
    return run


def _columns(given: list[str]) -> dict[str, str]:
    pairs = [one.partition("=") for one in given]
    if any(not (theirs and ours) for theirs, _, ours in pairs):
        raise Invalid({"columns": "Write each as theirs=ours, such as Incident No=reference."})
    return {theirs: ours for theirs, _, ours in pairs}


@router.get(
    "/imports/{id}",
    operation_id="readImport",
    summary="How far a file is",
    response=shapes.Run,
    openapi_extra=declared.errors(declared.READ_ONE),
)
def run(request: HttpRequest, id: Id) -> RunView:
    """Return one run."""
    return queries.run_detail(id, by=holder(request))


@router.get(
    "/imports/{id}/rejections",
    operation_id="listRejections",
    summary="Rows kept aside",
    response=shapes.Rejections,
    openapi_extra=declared.errors(declared.READ_ONE),
)
def rejections(request: HttpRequest, id: Id, page: Query[Page]) -> dict[str, object]:
    """Return rows kept aside with every reason. They may hold anybody's data, so the reading is logged."""
    by, end = holder(request), page.offset + page.limit
    with access.acting(by):
        total = queries.run_detail(id, by=by).rejected
        found = queries.rejections(id, by=by, limit=page.limit, offset=page.offset)
    more = f"/api/v1/imports/{id}/rejections?offset={end}&limit={page.limit}" if end < total else None
    return {"items": found, "total": total, "next": more}
