"""Name somebody who was only described."""

import uuid
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from fellwatch.foundation import access, clock
from fellwatch.foundation.access import Actor
from fellwatch.foundation.accounts.reader import reader
from fellwatch.records import queries as records
from fellwatch.records.queries import Missing
from fellwatch.response import actions
from fellwatch.response.access import RESPOND
from fellwatch.response.pages.typed import Problems, Typed, errors, take


@require_http_methods(["GET", "POST"])
def name(request: HttpRequest, id: uuid.UUID, person: uuid.UUID) -> HttpResponse:
    """Ask for the name, and go back to the incident when it is stored."""
    access.check(reader(request), RESPOND, subject=("incident", str(id)))

    def step(typed: Typed, by: Actor, now: datetime) -> None:
        actions.name(id, person, typed.get("forenames"), typed.get("surname"), by=by, now=now)

    def page(typed: Typed, problems: Problems) -> HttpResponse:
        return _page(request, id, person, typed, problems)

    if request.method == "GET":
        return page(Typed(), {})
    return take(request, step, page, lambda: redirect("response:scene", id))


def _page(request: HttpRequest, id: uuid.UUID, person: uuid.UUID, typed: Typed, problems: Problems) -> HttpResponse:
    seen = records.incident(id, by=reader(request), now=clock.now())
    found = next((part.person for part in seen.parts if part.person.id == person), None)
    if found is None:
        raise Missing("There is nobody such in this incident, or the record is restricted.")
    context = {
        "described": found.name,
        "typed": typed,
        "back": {"href": reverse("response:scene", args=[id]), "text": f"Log {seen.reference}"},
        "errors": errors(problems),
    }
    return render(request, "response/name.html", context, status=422 if problems else 200)
