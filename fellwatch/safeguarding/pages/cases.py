"""The list of cases, what is due next first; one case; and each step of it on its own page."""

import uuid
from collections.abc import Mapping
from datetime import datetime, timedelta

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from fellwatch.foundation import access, clock, ids, paging
from fellwatch.foundation.access import Actor
from fellwatch.foundation.accounts.reader import reader
from fellwatch.orders import law
from fellwatch.orders import queries as orders
from fellwatch.safeguarding import queries
from fellwatch.safeguarding.access import WRITE
from fellwatch.safeguarding.pages import case_steps, forms, showing
from fellwatch.safeguarding.pages.forms import Step, Typed
from fellwatch.safeguarding.values import Invalid
from fellwatch.sharing.reach import showing as reaching

YEAR = timedelta(days=365)


@require_GET
def cases(request: HttpRequest) -> HttpResponse:
    """Show the open cases, a page at a time: by what is due next, or by age. Neither order hides one."""
    by, now, page = reader(request), clock.now(), paging.asked(request)
    by_age = request.GET.get("order") == "age"
    with access.acting(by):
        found = queries.open_cases(by=by, now=now, since=now - YEAR, by_age=by_age, page=page)
        stages = queries.stages(found.asked, by=by, now=now)
    said = paging.said(page, queries.PAGE, found.total, "oldest" if by_age else "most urgent")
    values = {
        "rows": [showing.listed(one, now) for one in found.shown],
        "words": f"{found.total:,} open, {found.waiting:,} waiting for authority{said}",
        "total": found.total,
        "by_age": by_age,
        "measures": showing.measures(stages, found.ages),
        "may_write": WRITE in by.permissions,
        "regimes": law.regimes(clock.london_date(now)),
        **paging.ways(
            reverse("safeguarding:cases"),
            page,
            more=(page + 1) * queries.PAGE < found.total,
            **({"order": "age"} if by_age else {}),
        ),
    }
    return render(request, "safeguarding/cases.html", values)


@require_GET
def case(request: HttpRequest, id: uuid.UUID) -> HttpResponse:
    """Show one case."""
    by, now = reader(request), clock.now()
    with access.acting(by):
        seen = queries.case(id, by=by, now=now)
        shown = showing.case(
            seen,
            orders.of_case(id, by=by, now=now),
            queries.owed(seen, by=by),
            queries.involving([seen.row.subject_id, seen.row.at_risk_id], by=by, now=now),
            by=by,
            now=now,
        )
        shown["reach"] = reaching.part(seen.row.at_risk_id, seen.row.at_risk_name, by=by, now=now)
    return render(request, "safeguarding/case.html", shown)


@require_http_methods(["GET", "POST"])
def case_step(request: HttpRequest, id: uuid.UUID, step: str) -> HttpResponse:
    """Take one step of a case, on a page of its own."""
    by, now = reader(request), clock.now()
    with access.acting(by):
        seen = queries.case(id, by=by, now=now)
        form = case_steps.step(step, seen, by=by, now=now)
    if form is None:
        raise Http404
    back = {"href": reverse("safeguarding:case", args=[id]), "text": showing.title_of(seen.row)}
    if request.method == "GET" and step not in case_steps.offered(seen, by):
        messages.info(request, "This cannot be done now: the case has moved on, or it is not yours to do.")
        return redirect("safeguarding:case", id)
    return take(request, form, by, now, back=back, to=back["href"])


def take(
    request: HttpRequest, form: Step, by: Actor, now: datetime, *, back: Mapping[str, str], to: str
) -> HttpResponse:
    """Show a step, or take it and go on; what is wrong is shown beside its field with what was typed."""
    said, problems = Typed(), {}
    if request.method == "POST":
        with access.acting(by):
            said = forms.known_now(form.fields, forms.typed(request))
        try:
            made = form.do(said, by, now)
        except Invalid as wrong:
            problems = wrong.problems
        else:
            messages.success(request, "Recorded.")
            return redirect(made if isinstance(made, str) else to)
    values = {
        "title": form.title,
        "form": form,
        "fields": forms.filled(form.fields, said),
        "back": back,
        "seen": said.get("seen") or form.seen,
        "form_id": said.get("id") or ids.new(),
        "errors": forms.beside(problems),
    }
    return render(request, "safeguarding/step.html", values, status=422 if problems else 200)
