"""Take an incident as one's own, and leave it to others."""

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from fellwatch.foundation import clock
from fellwatch.foundation.accounts.reader import reader
from fellwatch.response import actions


@require_POST
def attend(request: HttpRequest, id: uuid.UUID) -> HttpResponse:
    """Take an incident as one's own and open it."""
    actions.attend(id, by=reader(request), now=clock.now())
    return redirect("response:scene", id)


@require_POST
def leave(request: HttpRequest, id: uuid.UUID) -> HttpResponse:
    """Leave an incident to others."""
    actions.leave(id, by=reader(request), now=clock.now())
    return redirect("cards:day")
