"""One order: what it says, how it stands, and what a constable or the team may do with it."""

import uuid

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from fellwatch.duties import queries as duties
from fellwatch.foundation import access, clock
from fellwatch.foundation.accounts.reader import reader
from fellwatch.orders import queries
from fellwatch.safeguarding.pages import order_steps, showing
from fellwatch.safeguarding.pages.cases import take


@require_GET
def order(request: HttpRequest, id: uuid.UUID) -> HttpResponse:
    """Show one order."""
    by, now = reader(request), clock.now()
    with access.acting(by):
        seen = queries.order(id, by=by, now=now)
        things = [seen.case_id or seen.id, *(breach.id for breach in seen.breaches)]
        owed = duties.about(things, by=by)
    lines = [
        {"at": at, "title": showing.STORY.get(kind, kind), "text": words, "by": who, "kind": "", "points": []}
        for at, kind, words, who in reversed(seen.story)
    ]
    values = {
        "title": f"{seen.title}: {seen.subject_name}",
        "order": showing.order(seen, by=by, now=now),
        "duties": [showing.clock(duty, now) for duty in owed],
        "story": lines,
    }
    return render(request, "safeguarding/order.html", values)


@require_http_methods(["GET", "POST"])
def order_step(request: HttpRequest, id: uuid.UUID, step: str) -> HttpResponse:
    """Take one step with an order, on a page of its own."""
    by, now = reader(request), clock.now()
    seen = queries.order(id, by=by, now=now)
    form = order_steps.step(step, seen, by=by, now=now)
    if form is None:
        raise Http404
    here = reverse("safeguarding:order", args=[id])
    if request.method == "GET" and step not in order_steps.offered(seen, by):
        messages.info(request, "This cannot be done now: it has moved on, or it is not yours to do.")
        return redirect(here)
    return take(request, form, by, now, back={"href": here, "text": f"{seen.short} {seen.reference}"}, to=here)
