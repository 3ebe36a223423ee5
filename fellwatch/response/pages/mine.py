"""An officer's own incidents first, then today's others."""

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from fellwatch.foundation import clock
from fellwatch.foundation.access import check
from fellwatch.foundation.accounts.reader import reader
from fellwatch.response import access, actions, checks, queries


@require_GET
def mine(request: HttpRequest) -> HttpResponse:
    """Show the incidents the reader attends, and those that others may need help with."""
    by, now = reader(request), clock.now()
    check(by, access.RESPOND)
    found = queries.mine(by=by, now=now)
    rows = [{"row": one, "title": checks.label("nsir_opening", one.opening_code, now)} for one in found]
    return render(
        request,
        "response/mine.html",
        {
            "own": [one for one in rows if one["row"].mine],  # type: ignore[attr-defined]
            "others": [one for one in rows if not one["row"].mine],  # type: ignore[attr-defined]
        },
    )


@require_POST
def attend(request: HttpRequest, id: uuid.UUID) -> HttpResponse:
    """Take an incident as one's own and open it."""
    actions.attend(id, by=reader(request), now=clock.now())
    return redirect("response:scene", id)


@require_POST
def leave(request: HttpRequest, id: uuid.UUID) -> HttpResponse:
    """Leave an incident to others."""
    actions.leave(id, by=reader(request), now=clock.now())
    return redirect("response:mine")
