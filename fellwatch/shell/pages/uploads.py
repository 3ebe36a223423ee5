"""Bring a file: choose its kind, say which of its columns is which of ours, and try it first."""

import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.core import signing
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from fellwatch.foundation import access, clock, plain
from fellwatch.foundation.access import Actor, can, permissions
from fellwatch.foundation.accounts.reader import reader
from fellwatch.foundation.imports import importers, jobs, mapping, queries, readers, runs, store
from fellwatch.foundation.imports.importers import Importer, Reason, Unreadable
from fellwatch.shell.pages.imports import COLOURS, STATES

DAY = 24 * 60 * 60
SALT = "imports.upload"
Errors = Sequence[Mapping[str, str]]


@dataclass(frozen=True)
class Kept:
    """A file that was brought and waits to be tried."""

    importer: str
    digest: str
    filename: str

    @property
    def path(self) -> Path:
        """Where it waits."""
        return store.folder() / self.digest

    @property
    def token(self) -> str:
        """Return the file's name for a day, signed so that nobody can name another."""
        return signing.dumps([self.importer, self.digest, self.filename], salt=SALT)


@require_http_methods(["GET", "POST"])
def imports(request: HttpRequest) -> HttpResponse:
    """List every run, and take a file."""
    by = reader(request)
    access.check(by, permissions.IMPORT)
    if request.method != "POST":
        return _list(request, by)
    kept = _take(request, by)
    if not isinstance(kept, Kept):
        return _list(request, by, errors=kept, status=400)
    return redirect(f"{reverse('shell:columns')}?file={kept.token}")


@require_http_methods(["GET", "POST"])
def columns(request: HttpRequest) -> HttpResponse:
    """Ask which column is which, with guesses; then start a dry run."""
    by = reader(request)
    access.check(by, permissions.IMPORT)
    kept = _named(request.POST.get("file") or request.GET.get("file", ""))
    if kept is None or not kept.path.exists():
        gone = ({"text": "The file is no longer kept here. Choose it again.", "href": "#file"},)
        return _list(request, by, errors=gone, status=400)
    importer = importers.find(kept.importer)
    access.check(by, importer.permission)
    headers = readers.look(kept.path, importer).headers
    if request.method != "POST":
        return _ask(request, kept, importer, headers, mapping.guess(importer, headers))
    ours = {c.name: request.POST.get(f"column-{c.name}", "") for c in importer.columns}
    chosen = {name: theirs for name, theirs in ours.items() if theirs}
    try:
        return _start(kept, _one_each(chosen), by)
    except Unreadable as problem:
        return _ask(request, kept, importer, headers, chosen, errors=_errors(problem.problems, importer))


def _one_each(chosen: Mapping[str, str]) -> dict[str, str]:
    """Turn ours → theirs round; one of their columns cannot be two of ours."""
    theirs = list(chosen.values())
    twice = [
        Reason(ours, f"{name} is chosen twice.", "Choose it once.")
        for ours, name in chosen.items()
        if theirs.count(name) > 1
    ]
    if twice:
        raise Unreadable(*twice)
    return {name: ours for ours, name in chosen.items()}


def _start(kept: Kept, chosen: Mapping[str, str], by: Actor) -> HttpResponse:
    with access.acting(by):
        run = runs.start(
            kept.importer,
            kept.path,
            by=by,
            now=clock.now(),
            filename=kept.filename,
            columns=chosen,
            dry_run=True,
        )
        jobs.queue(run.id)
    return redirect("shell:import", run.id)


def _take(request: HttpRequest, by: Actor) -> Kept | Errors:
    """Keep the file that was sent, if it can be read at all as what it is said to be."""
    name, upload = request.POST.get("importer", ""), request.FILES.get("file")
    problems = []
    if name not in importers.importers():
        problems.append({"text": "Choose what kind of file it is.", "href": "#importer"})
    if not isinstance(upload, UploadedFile):
        problems.append({"text": "Choose a file.", "href": "#file"})
    if problems or not isinstance(upload, UploadedFile):
        return problems
    importer = importers.find(name)
    access.check(by, importer.permission)
    try:
        return _keep(upload, importer)
    except Unreadable as problem:
        return [{"text": _sentence(reason), "href": "#file"} for reason in problem.problems]


def _keep(upload: "UploadedFile[Any]", importer: Importer[Any]) -> Kept:
    with tempfile.NamedTemporaryFile() as written:
        for piece in upload.chunks():
            written.write(piece)
        written.flush()
        shape = readers.look(Path(written.name), importer)
        store.keep(Path(written.name), shape.digest)
    return Kept(importer.name, shape.digest, plain.marked(Path(upload.name or "file").name[:200]))


def _named(token: str) -> Kept | None:
    try:
        return Kept(*signing.loads(token, salt=SALT, max_age=DAY))
    except signing.BadSignature:
        return None


def _ask(
    request: HttpRequest,
    kept: Kept,
    importer: Importer[Any],
    headers: Iterable[str],
    chosen: Mapping[str, str],
    *,
    errors: Errors = (),
) -> HttpResponse:
    named = [header for header in headers if header]
    guessed = mapping.guess(importer, named)
    values = {
        "back": {"text": "Imports", "href": reverse("shell:imports")},
        "filename": kept.filename,
        "file": kept.token,
        "kind": importer.title,
        "columns": [
            {
                "id": f"column-{column.name}",
                "label": column.name.replace("_", " ").capitalize() + (" (needed)" if column.required else ""),
                "hint": column.help,
                "value": chosen.get(column.name, ""),
                "blank": "" if column.name in guessed else "Not in this file",
            }
            for column in importer.columns
        ],
        "headers": [{"code": header, "text": header} for header in named],
        "unread": [header for header in named if header not in chosen.values()],
        "errors": errors,
    }
    return render(request, "pages/columns.html", values, status=400 if errors else 200)


def _errors(problems: Iterable[Reason], importer: Importer[Any]) -> Errors:
    known = {column.name for column in importer.columns}
    first = importer.columns[0].name
    return [
        {"text": _sentence(reason), "href": f"#column-{reason.field if reason.field in known else first}"}
        for reason in problems
    ]


def _sentence(reason: Reason) -> str:
    return f"{reason.field.replace('_', ' ').capitalize()}: {reason.wrong} {reason.do}".strip()


def _list(request: HttpRequest, by: Actor, *, errors: Errors = (), status: int = 200) -> HttpResponse:
    values = {
        "runs": [
            {"run": run, "state": STATES[run.state], "colour": COLOURS[run.state]} for run in queries.run_list(by=by)
        ],
        "importers": [
            {"code": one.name, "text": one.title}
            for one in importers.importers().values()
            if can(by, one.permission).allowed
        ],
        "kinds": list(importers.importers().values()),
        "importer": request.POST.get("importer", ""),
        "errors": errors,
    }
    return render(request, "pages/imports.html", values, status=status)
