"""Who will not know when school begins; one notice; each step with it on a page of its own; how it goes."""

import uuid

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from fellwatch.duties import queries as duties
from fellwatch.foundation import access, clock, paging
from fellwatch.foundation.accounts.reader import reader
from fellwatch.safeguarding.encompass import figures, queries
from fellwatch.safeguarding.pages import school_showing, school_steps
from fellwatch.safeguarding.pages.cases import take


@require_GET
def schools(request: HttpRequest) -> HttpResponse:
    """Show the list, the most urgent first; or a page of one part of it."""
    by, now = reader(request), clock.now()
    part = request.GET.get("part", "")
    if part and part not in queries.PARTS:
        raise Http404
    page = paging.asked(request)
    found = queries.listed(by=by, now=now, part=part, page=page)
    if part:
        return render(request, "safeguarding/schools_part.html", school_showing.part(found, part, page, now))
    return render(request, "safeguarding/schools.html", school_showing.listed(found, now))


@require_GET
def notice(request: HttpRequest, id: uuid.UUID) -> HttpResponse:
    """Show one notice."""
    by, now = reader(request), clock.now()
    with access.acting(by):
        seen = queries.notice(id, by=by, now=now)
        owed = duties.about([seen.clock], by=by)
    return render(request, "safeguarding/school_notice.html", school_showing.notice(seen, owed, now))


@require_http_methods(["GET", "POST"])
def notice_step(request: HttpRequest, id: uuid.UUID, step: str) -> HttpResponse:
    """Take one step with a notice."""
    by, now = reader(request), clock.now()
    with access.acting(by):
        seen = queries.notice(id, by=by, now=now)
        form = school_steps.step(step, seen, by=by, now=now)
    if form is None:
        raise Http404
    here = reverse("safeguarding:school_notice", args=[id])
    if request.method == "GET" and step not in school_showing.offered(seen.row):
        messages.info(request, "This cannot be done now: the notice has moved on.")
        return redirect(here)
    return take(request, form, by, now, back={"href": here, "text": seen.row.child}, to=here)


@require_GET
def measures(request: HttpRequest) -> HttpResponse:
    """Show how many schools knew in time, and why not."""
    by, now = reader(request), clock.now()
    found = figures.told_in_time(by=by, now=now)
    return render(request, "safeguarding/school_measures.html", school_showing.figures(found))
