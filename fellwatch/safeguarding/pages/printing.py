"""The papers of a case as PDF files."""

import uuid

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from fellwatch.foundation import clock
from fellwatch.foundation.accounts.reader import reader
from fellwatch.safeguarding import papers, writing


@require_GET
def notice_pdf(request: HttpRequest, id: uuid.UUID) -> HttpResponse:
    """Return the notice to be served."""
    values = writing.notice(id, by=reader(request), now=clock.now())
    return _file("notice", id, papers.pdf("notice", values))


@require_GET
def service_pdf(request: HttpRequest, id: uuid.UUID) -> HttpResponse:
    """Return the statement of service."""
    values = writing.service(id, by=reader(request), now=clock.now())
    return _file("service", id, papers.pdf("service", values))


@require_GET
def pack_pdf(request: HttpRequest, id: uuid.UUID) -> HttpResponse:
    """Return the application pack for the court."""
    values = writing.pack(id, by=reader(request), now=clock.now())
    return _file("pack", id, papers.pdf("pack", values))


def _file(name: str, id: uuid.UUID, body: bytes) -> HttpResponse:
    named = {"Content-Disposition": f'inline; filename="{name}-{id}.pdf"'}
    return HttpResponse(body, content_type="application/pdf", headers=named)
