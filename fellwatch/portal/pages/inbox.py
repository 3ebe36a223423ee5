"""What an agency was sent: the list, one of them, opening it and answering."""

import uuid
from collections.abc import Callable, Mapping
from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from fellwatch.foundation import access, clock, paging
from fellwatch.foundation.access import Actor
from fellwatch.foundation.accounts.reader import reader
from fellwatch.portal.pages import showing
from fellwatch.sharing import actions, checks, fields, queries
from fellwatch.sharing.access import LEAD
from fellwatch.sharing.queries import Missing

Do = Callable[[uuid.UUID, HttpRequest, Actor, datetime], None]
BACK = "back"
"""The part that says what was taken back."""


PAGE = 50
"""Lines on a page of one part."""
SHOWN = 10
"""Lines of each part on the first page: what to begin with."""


@require_GET
def inbox(request: HttpRequest) -> HttpResponse:
    """Show the most urgent of what the agency was sent, or a page of one part; what each tells stays closed until
    somebody opens it."""
    by, now, page, part = reader(request), clock.now(), paging.asked(request), request.GET.get("part", "")
    if part and part not in (*queries.PARTS, BACK):
        raise Http404
    parts = (part,) if part else (*queries.PARTS, BACK)
    cut = slice(page * PAGE, (page + 1) * PAGE) if part else slice(SHOWN)
    with access.acting(by):
        found = queries.inbox(by=by, parts=[one for one in parts if one != BACK], cut=cut)
        back, more_back = queries.recalls(by=by, cut=cut) if BACK in parts else ((), False)
        owed = queries.owed(by=by, now=now)
        agency = queries.agency(by=by, now=now)
    more = {name: one.more for name, one in found.items()} | {BACK: more_back}
    here = reverse("portal:inbox")
    values = {
        "part": part,
        "lists": {name: [showing.view(row, now, told=False) for row in one.rows] for name, one in found.items()},
        "recalls": [showing.recall(one, now) for one in back],
        "owed": owed,
        "page_words": paging.said(page, PAGE, {"waiting": owed.waiting, "taken": owed.taken}.get(part, 0), "first"),
        "rest": {name: f"{here}?part={name}" for name in parts if more[name] and not part},
        "shown": SHOWN,
        "agency": agency,
        "is_lead": LEAD in by.permissions,
        **(paging.ways(here, page, more=more[part], part=part) if part else {}),
    }
    return render(request, "portal/inbox.html", values)


@require_POST
def open_it(request: HttpRequest, id: uuid.UUID) -> HttpResponse:
    """Open a referral, which is its receipt."""
    try:
        actions.open_referral(id, by=reader(request), now=clock.now())
    except Missing as missing:
        raise Http404 from missing
    return redirect("portal:referral", id)


@require_GET
def referral(request: HttpRequest, id: uuid.UUID) -> HttpResponse:
    """Show one referral that has been opened."""
    return _page(request, id)


def _answered(id: uuid.UUID, request: HttpRequest, by: Actor, now: datetime) -> None:
    do, said, code = (request.POST.get(name, "") for name in ("do", "answer", "code"))
    if do == "answered":
        actions.answer_research(id, code, said, by=by, now=now)
    else:
        actions.answer_referral(id, do, said, code=code, by=by, now=now)


def _completed(id: uuid.UUID, request: HttpRequest, by: Actor, now: datetime) -> None:
    code, said = request.POST.get("outcome_code", ""), request.POST.get("outcome", "")
    actions.complete_referral(id, code, said, by=by, now=now)


@require_POST
def answer(request: HttpRequest, id: uuid.UUID) -> HttpResponse:
    """Accept or decline, or answer what was asked."""
    return _take(request, id, _answered)


@require_POST
def complete(request: HttpRequest, id: uuid.UUID) -> HttpResponse:
    """Say what came of it."""
    return _take(request, id, _completed)


@require_POST
def confirm(request: HttpRequest, id: uuid.UUID) -> HttpResponse:
    """Say that nothing was kept of what was taken back."""
    try:
        actions.confirm_recall(id, by=reader(request), now=clock.now())
    except Missing as missing:
        raise Http404 from missing
    return redirect("portal:inbox")


def _take(request: HttpRequest, id: uuid.UUID, do: Do) -> HttpResponse:
    try:
        do(id, request, reader(request), clock.now())
    except Missing as missing:
        raise Http404 from missing
    except checks.Invalid as wrong:
        return _page(request, id, wrong.problems)
    return redirect("portal:referral", id)


def _page(request: HttpRequest, id: uuid.UUID, problems: Mapping[str, str] | None = None) -> HttpResponse:
    now = clock.now()
    try:
        found = queries.received(id, by=reader(request))
    except Missing as missing:
        raise Http404 from missing
    if found.state == "sent":
        return redirect("portal:inbox")
    typed = {name: request.POST.get(name, "") for name in ("answer", "code", "outcome", "outcome_code")}
    context = {
        "one": showing.view(found, now, told=True),
        "typed": typed,
        "declines": showing.options(fields.DECLINES, now),
        "findings": showing.options(fields.FINDINGS, now),
        "outcomes": showing.options(fields.OUTCOMES, now),
        "errors": [{"text": text, "href": f"#{name}"} for name, text in (problems or {}).items()],
    }
    return render(request, "portal/referral.html", context, status=422 if problems else 200)
