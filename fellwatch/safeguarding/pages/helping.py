"""Help for victims: what somebody wrote unseen, answered as she said is safe; activations, followed to their end."""

import uuid
from datetime import timedelta

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from fellwatch.duties import queries as duties
from fellwatch.foundation import access, clock, paging
from fellwatch.foundation.accounts.reader import reader
from fellwatch.safeguarding.helping import queries
from fellwatch.safeguarding.helping.access import REPORT
from fellwatch.safeguarding.pages import helping_showing, helping_steps, showing
from fellwatch.safeguarding.pages.cases import take

YEAR = timedelta(days=365)
QUARTER = timedelta(days=92)


@require_GET
def help_messages(request: HttpRequest) -> HttpResponse:
    """Show the messages still open, a page at a time, the longest waiting first, and the last that were ended."""
    by, now, page = reader(request), clock.now(), paging.asked(request)
    with access.acting(by):
        total, found = queries.messages(by=by, page=page)
        running = {one.about: one for one in duties.owed([one.id for one in found], by=by)}
    values = {
        "rows": [helping_showing.message_row(one, running.get(one.id), now) for one in found],
        "open": total,
        "said": paging.said(page, queries.PAGE, total, "longest waiting"),
        **paging.ways(reverse("safeguarding:help_messages"), page, more=(page + 1) * queries.PAGE < total),
    }
    return render(request, "safeguarding/help_messages.html", values)


@require_GET
def help_message(request: HttpRequest, id: uuid.UUID) -> HttpResponse:
    """Show one message: how she may be answered before what she wrote, and every attempt."""
    by, now = reader(request), clock.now()
    with access.acting(by):
        seen = queries.message(id, by=by)
        clocks = duties.about([id], by=by)
    values = {
        "one": helping_showing.message(seen, now),
        "duties": [showing.clock(duty, now) for duty in clocks],
        "steps": [
            {"href": reverse("safeguarding:help_step", args=[id, code]), "text": helping_steps.LABELS[code]}
            for code in helping_steps.offered(seen, by)
        ],
    }
    return render(request, "safeguarding/help_message.html", values)


@require_http_methods(["GET", "POST"])
def help_step(request: HttpRequest, id: uuid.UUID, step: str) -> HttpResponse:
    """Record an attempt, or end a message, on a page of its own."""
    by, now = reader(request), clock.now()
    with access.acting(by):
        seen = queries.message(id, by=by)
    form = helping_steps.message_step(step, seen, now)
    if form is None:
        raise Http404
    to = reverse("safeguarding:help_message", args=[id])
    if request.method == "GET" and step not in helping_steps.offered(seen, by):
        messages.info(request, "This cannot be done now: it is ended, or it is not yours to do.")
        return redirect(to)
    return take(request, form, by, now, back={"href": to, "text": "Message for help"}, to=to)


@require_GET
def activations(request: HttpRequest) -> HttpResponse:
    """Show the activations still open, oldest first, and those ended this quarter, a page at a time; and the year."""
    by, now, page = reader(request), clock.now(), paging.asked(request)
    with access.acting(by):
        found = queries.activations(by=by, since=now - QUARTER, page=page)
        running: dict[uuid.UUID | None, list[duties.DutyView]] = {}
        for duty in duties.owed([one.id for one in found.shown], by=by):
            running.setdefault(duty.about, []).append(duty)
        counted = queries.counted(by=by, since=now - YEAR)
    values = {
        "rows": [helping_showing.activation_row(one, running.get(one.id, []), now) for one in found.shown],
        "words": f"{found.open:,} not ended{paging.said(page, queries.PAGE, found.total, 'most urgent')}",
        "total": found.total,
        "measures": [helping_showing.measured(one, now) for one in counted],
        "may_report": REPORT in by.permissions,
        **paging.ways(reverse("safeguarding:activations"), page, more=(page + 1) * queries.PAGE < found.total),
    }
    return render(request, "safeguarding/activations.html", values)


@require_http_methods(["GET", "POST"])
def new_activation(request: HttpRequest, scheme: str) -> HttpResponse:
    """Record that somebody asked for Angela, or that a bank rang."""
    by, now = reader(request), clock.now()
    access.check(by, REPORT)
    form = helping_steps.activating(scheme, now)
    if form is None:
        raise Http404
    back = {"href": reverse("safeguarding:activations"), "text": "Activations"}
    return take(request, form, by, now, back=back, to=back["href"])


@require_http_methods(["GET", "POST"])
def activation_step(request: HttpRequest, id: uuid.UUID, step: str) -> HttpResponse:
    """Say when police were there, or what came of it."""
    by, now = reader(request), clock.now()
    access.check(by, REPORT, subject=("activation", str(id)))
    with access.acting(by):
        seen = queries.activation(id, by=by)
    form = helping_steps.activation_step(step, seen, now)
    if form is None:
        raise Http404
    back = {"href": reverse("safeguarding:activations"), "text": "Activations"}
    if request.method == "GET" and seen.state != "open":
        messages.info(request, "This is ended already.")
        return redirect(back["href"])
    return take(request, form, by, now, back=back, to=back["href"])
