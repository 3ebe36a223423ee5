"""Files taken in: every run, how far it is, what it did or would do, and the rows kept aside."""

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from fellwatch.foundation import access, clock
from fellwatch.foundation.accounts.reader import reader
from fellwatch.foundation.imports import jobs, queries, runs
from fellwatch.foundation.imports.importers import Unreadable
from fellwatch.foundation.imports.profile import ColumnProfile
from fellwatch.foundation.imports.values import RejectionView, RunView

PAGE = 50
MOST_PAGES = 100_000
STATES = {"waiting": "Waiting", "running": "Running", "finished": "Finished", "failed": "Stopped"}
COLOURS = {"waiting": "grey", "running": "blue", "finished": "green", "failed": "red"}
MOVING = {"waiting", "running"}


@require_GET
def run(request: HttpRequest, id: uuid.UUID) -> HttpResponse:
    """Show one run: its progress, its report, and what was kept aside."""
    by = reader(request)
    found = queries.run_detail(id, by=by)
    page = _page(request)
    aside = queries.rejections(id, by=by, limit=PAGE, offset=page * PAGE) if found.rejected else ()
    earlier = queries.earlier_runs(id, by=by)
    values = {
        **shown(found),
        "back": {"text": "Imports", "href": reverse("shell:imports")},
        "aside": [_aside(row) for row in aside],
        "first": page * PAGE + 1,
        "last": page * PAGE + len(aside),
        "older_href": f"?page={page + 1}" if (page + 1) * PAGE < found.rejected else "",
        "newer_href": f"?page={page - 1}" if page else "",
        "earlier": [{"at": one.finished_at, "by": one.created_by_name} for one in earlier[:1]],
        "columns": sorted(found.columns.items()),
        "profile": [_like(one) for one in found.profile],
        "linking": found.importer.startswith("partner_") and not found.dry_run and found.state == "finished",
    }
    return render(request, "pages/import.html", values)


@require_GET
def progress(request: HttpRequest, id: uuid.UUID) -> HttpResponse:
    """Return the progress bar alone; once the run has stopped, ask the browser for the whole page."""
    found = queries.run_detail(id, by=reader(request))
    response = render(request, "pages/import_progress.html", shown(found))
    if found.state not in MOVING:
        response.headers["HX-Refresh"] = "true"
    return response


@require_POST
def begin(request: HttpRequest, id: uuid.UUID) -> HttpResponse:
    """After a dry run, take the same file in for real, with the same columns."""
    by = reader(request)
    queries.run_detail(id, by=by)
    try:
        with access.acting(by):
            started = runs.again(id, by=by, now=clock.now())
            jobs.queue(started.id)
    except FileNotFoundError:
        messages.error(request, "The file is no longer kept here. Choose it again.")
        return redirect("shell:imports")
    except Unreadable as problem:
        messages.error(request, str(problem))
        return redirect("shell:import", id)
    return redirect("shell:import", started.id)


@require_POST
def resume(request: HttpRequest, id: uuid.UUID) -> HttpResponse:
    """Go on with a run that stopped, from the row where it stopped."""
    by = reader(request)
    if queries.run_detail(id, by=by).state == "finished":
        messages.info(request, "It has finished meanwhile.")
    else:
        with access.acting(by):
            jobs.queue(id)
        messages.success(request, "It goes on where it stopped.")
    return redirect("shell:import", id)


@require_GET
def rejections(request: HttpRequest, id: uuid.UUID) -> HttpResponse:
    """Return every row kept aside as CSV, to be corrected and imported again."""
    body = queries.rejections_csv(id, by=reader(request))
    disposition = f'attachment; filename="kept-aside-{id}.csv"'
    return HttpResponse(body, content_type="text/csv; charset=utf-8", headers={"Content-Disposition": disposition})


def shown(found: RunView) -> dict[str, object]:
    """Return a run as its page and its progress bar show it."""
    return {
        "run": found,
        "title": f"{found.title}: {found.filename}",
        "state": STATES[found.state],
        "colour": COLOURS[found.state],
        "moving": found.state in MOVING,
        "may_begin": found.dry_run and found.state == "finished" and found.done > found.rejected,
        "may_resume": found.state == "failed",
    }


def _like(one: ColumnProfile) -> dict[str, object]:
    """Return a column's profile with the bars of what is missing, odd and there again."""
    parts = ("missing", one.missing), ("odd", one.odd), ("again", one.again)
    return {
        "name": one.name.replace("_", " "),
        "theirs": one.theirs,
        "odd_line": one.odd_line,
        "cells": [
            {
                "kind": kind,
                "words": f"{n:,}" if not n else f"{n:,} ({n * 100 / one.rows:.0f} %)",
                "width": round(n * 100 / one.rows, 1) if one.rows else 0,
            }
            for kind, n in parts
        ],
    }


def _page(request: HttpRequest) -> int:
    said = request.GET.get("page", "0")
    return min(int(said), MOST_PAGES) if said.isdecimal() and len(said) < 8 else 0


def _aside(row: RejectionView) -> dict[str, object]:
    return {
        "line": row.line,
        "reasons": [{"field": r.field, "wrong": r.wrong, "do": r.do} for r in row.reasons],
        "cells": [(name, value) for name, value in row.row.items() if value],
    }
