"""The help desk's queue: what a detective should see, which rule put it there, and taking it."""

import uuid
from collections.abc import Sequence
from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from fellwatch.contact import actions, queries, rulings
from fellwatch.contact.pages import boards
from fellwatch.contact.values import DeskRow
from fellwatch.foundation import clock
from fellwatch.foundation.accounts.reader import reader


@require_GET
def desk(request: HttpRequest) -> HttpResponse:
    """Show the help desk's queue, unanswered questions first."""
    by, now = reader(request), clock.now()
    found = queries.desk(by=by, now=now)
    asked = sum(1 for row in found if row.questions)
    return render(
        request,
        "contact/desk.html",
        {
            **boards.frame(request, "contact:desk", "contact:desk_rows", now),
            "words": f"{len(found)} on the desk, {asked} with a question waiting",
            "rows": views(found, now),
        },
    )


@require_GET
def desk_rows(request: HttpRequest) -> HttpResponse:
    """Return the desk's rows alone."""
    by, now = reader(request), clock.now()
    only = boards.only_named(request)
    found = [row for row in queries.desk(by=by, now=now) if not only or row.incident_id in only]
    return render(request, "contact/desk_rows.html", {"rows": views(found, now)})


@require_POST
def take(request: HttpRequest, id: uuid.UUID) -> HttpResponse:
    """Take an incident from the desk's queue and open it."""
    if not actions.take_desk(id, by=reader(request), now=clock.now()):
        messages.info(request, "A colleague took this first. It is still on the desk's queue under their name.")
    return redirect("contact:incident", id)


def views(found: Sequence[DeskRow], now: datetime) -> list[dict[str, object]]:
    """Return desk rows in words."""
    return [_desk_view(row, n, now) for n, row in enumerate(found)]


def _desk_view(row: DeskRow, n: int, now: datetime) -> dict[str, object]:
    titles = {line.id: line.title for line in rulings.desk_lines(now)}
    questions = f"{row.questions} question{'s' if row.questions != 1 else ''} waiting for an answer"
    return {
        "id": row.incident_id,
        "version": boards.mark_of(row.taken_by_name, str(row.questions), *(rule for rule, _ in row.reasons)),
        "urgency": 1000 - n,
        "grade": row.grade,
        "grade_text": rulings.label("grades", row.grade, now),
        "href": boards.href_of(row.incident_id),
        "title": rulings.label("nsir_opening", row.opening_code, now),
        "reference": row.reference,
        "place": row.address,
        "person": row.person_name,
        "asked": questions if row.questions else "",
        "reasons": [{"text": text, "rule": titles.get(rule, "")} for rule, text in row.reasons],
        "placed_at": row.placed_at,
        "who": row.taken_by_name,
        "take_href": reverse("contact:take", args=[row.incident_id]),
    }
