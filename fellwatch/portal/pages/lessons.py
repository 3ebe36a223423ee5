"""The board's lessons at a partner's door: read, and say what was changed because of them."""

import uuid
from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from fellwatch.foundation import access, clock
from fellwatch.foundation.access import Actor
from fellwatch.foundation.accounts.reader import reader
from fellwatch.meetings.access import TAKE_PART
from fellwatch.safeguarding.learning import actions, queries
from fellwatch.safeguarding.learning.actions import STATES
from fellwatch.safeguarding.pages import learning
from fellwatch.safeguarding.pages.cases import take
from fellwatch.safeguarding.pages.forms import Field, Option, Step, Typed


@require_GET
def lessons(request: HttpRequest) -> HttpResponse:
    """Show the lessons that the agency must read, unread first."""
    by = _partner(request)
    found = sorted(queries.lessons(by=by, now=clock.now()), key=lambda one: one.read_by_me)
    rows = [
        {
            **learning.view(one),
            "read_by_me": one.read_by_me,
            "standing": one.standing[0],
            "state": STATES.get(one.standing[0].state, ""),
        }
        for one in found
    ]
    return render(request, "portal/lessons.html", {"rows": rows, "unread": sum(not one.read_by_me for one in found)})


@require_GET
def lesson(request: HttpRequest, id: uuid.UUID) -> HttpResponse:
    """Show one lesson."""
    by, now = _partner(request), clock.now()
    found = queries.lesson(id, by=by, now=now)
    values = {**learning.view(found), "read_by_me": found.read_by_me, "mine": found.standing[0]}
    return render(request, "portal/lesson.html", {**values, "state": STATES.get(found.standing[0].state, "")})


@require_POST
def read(request: HttpRequest, id: uuid.UUID) -> HttpResponse:
    """Say that it was read."""
    actions.read(id, by=_partner(request), now=clock.now())
    messages.success(request, "The board has your receipt.")
    return redirect("portal:lesson", id)


@require_http_methods(["GET", "POST"])
def adopt(request: HttpRequest, id: uuid.UUID) -> HttpResponse:
    """Say what was changed."""
    by, now = _partner(request), clock.now()
    found = queries.lesson(id, by=by, now=now)
    last = found.standing[0]

    def do(said: Typed, by: Actor, now: datetime) -> None:
        actions.adopt(id, said.get("state"), said.get("evidence"), by=by, now=now)

    options = tuple(Option(*one) for one in STATES.items())
    fields = (
        Field("state", "Have you put it into practice?", "ask", options=options, value=last.state),
        Field("evidence", "What shows it; or who does it by when; or why not", "area", value=last.evidence),
    )
    back = {"href": reverse("portal:lesson", args=[id]), "text": found.title}
    return take(request, Step(found.title, "Say so", fields, do, found.do), by, now, back=back, to=back["href"])


def _partner(request: HttpRequest) -> Actor:
    by = reader(request)
    access.check(by, TAKE_PART)
    return by
