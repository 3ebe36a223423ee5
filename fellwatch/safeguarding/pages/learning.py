"""Lessons of the board for domestic and sexual abuse: published, read by whom they concern, put into practice."""

import uuid
from datetime import datetime, timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from fellwatch.foundation import access, clock
from fellwatch.foundation.access import Actor
from fellwatch.foundation.accounts.reader import reader
from fellwatch.safeguarding.learning import actions, queries
from fellwatch.safeguarding.learning.access import PUBLISH, READ
from fellwatch.safeguarding.learning.actions import BOARDS, KINDS, STATES, NewLesson
from fellwatch.safeguarding.learning.queries import LessonView
from fellwatch.safeguarding.pages.cases import take
from fellwatch.safeguarding.pages.forms import Field, Option, Step, Typed
from fellwatch.safeguarding.pages.marac import showing
from fellwatch.sharing import queries as sharing

MONTH = timedelta(days=28)


@require_GET
def lessons(request: HttpRequest) -> HttpResponse:
    """Show every lesson, and how far each has come."""
    by, now = reader(request), clock.now()
    access.check(by, READ)
    found = queries.lessons(by=by, now=now)
    asked = sum(len(one.standing) for one in found)
    values = {
        "rows": [view(one) for one in found],
        "words": f"{sum(one.read for one in found)} of {asked} readings, "
        f"{sum(one.adopted for one in found)} in practice",
        "may_publish": PUBLISH in by.permissions,
    }
    return render(request, "marac/lessons.html", values)


@require_http_methods(["GET", "POST"])
def new_lesson(request: HttpRequest) -> HttpResponse:
    """Publish a lesson."""
    by, now = reader(request), clock.now()
    access.check(by, PUBLISH)
    back = {"href": reverse("safeguarding:lessons"), "text": "Lessons"}
    return take(request, _publishing(by, now), by, now, back=back, to=back["href"])


def _publishing(by: Actor, now: datetime) -> Step:
    agencies = tuple(Option(one.code, one.name) for one in sharing.agencies(by=by))

    def do(said: Typed, by: Actor, now: datetime) -> None:
        new = NewLesson(
            said.get("board"), said.get("kind"), said.get("title"), said.get("seen"), said.get("do"),
            said.all("agencies"), said.day_or_none("read_by"), said.id(),
        )  # fmt: skip
        actions.publish(new, by=by, now=now)

    until = (clock.london_date(now) + MONTH).isoformat()
    return Step(
        "Publish a lesson",
        "Publish it",
        (
            Field("board", "Which board", "choose", options=tuple(Option(*one) for one in BOARDS.items())),
            Field("kind", "What it is", "choose", options=tuple(Option(*one) for one in KINDS.items())),
            Field("title", "Title"),
            Field("seen", "What was seen", "area", "Name no case and no person", rows=4),
            Field("do", "What to do differently", "area", rows=4),
            Field("agencies", "Who must read it", "many", options=agencies, values=tuple(one.code for one in agencies)),
            Field("read_by", "Read by", "day", value=until),
        ),
        do,
    )


@require_GET
def lesson(request: HttpRequest, id: uuid.UUID) -> HttpResponse:
    """Show one lesson: who has read it, who has changed what."""
    by, now = reader(request), clock.now()
    access.check(by, READ)
    found = queries.lesson(id, by=by, now=now)
    names = showing.agency_names(by)
    standing = [
        {"agency": showing.agency(names, one.agency, by), "one": one, "state": STATES.get(one.state, "No word yet")}
        for one in found.standing
    ]
    return render(request, "marac/lesson.html", {**view(found), "standing": standing})


def view(one: LessonView) -> dict[str, object]:
    """Return a lesson as shown."""
    return {
        "id": one.id,
        "title": one.title,
        "board": BOARDS[one.board],
        "kind": KINDS[one.kind],
        "seen": one.seen,
        "do": one.do,
        "read_by": one.read_by,
        "at": one.published_at,
        "by": one.by_name,
        "read": one.read,
        "adopted": one.adopted,
        "asked": len(one.standing),
        "late": sum(item.late and item.read_at is None for item in one.standing),
    }
