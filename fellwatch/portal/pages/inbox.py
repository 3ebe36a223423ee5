"""What an agency was sent: the list, one referral, opening it and answering."""

import uuid
from collections.abc import Mapping
from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from fellwatch.foundation import clock
from fellwatch.foundation.access import Actor
from fellwatch.sharing import actions, checks, fields, queries
from fellwatch.sharing.queries import Missing, ReferralView

STATES = {
    "sent": "Not opened yet",
    "opened": "Waits for your answer",
    "accepted": "You took this",
    "declined": "Declined",
}


@require_GET
def inbox(request: HttpRequest) -> HttpResponse:
    """Show what the agency was sent; what it tells stays closed until somebody opens it."""
    now = clock.now()
    found = queries.inbox(by=_by(request))
    rows = [_view(one, now, told=False) for one in found]
    waits = sum(1 for one in found if one.answered_at is None)
    return render(request, "portal/inbox.html", {"rows": rows, "waits": waits})


@require_POST
def open_it(request: HttpRequest, id: uuid.UUID) -> HttpResponse:
    """Open a referral, which is its receipt."""
    try:
        actions.open_referral(id, by=_by(request), now=clock.now())
    except Missing as missing:
        raise Http404 from missing
    return redirect("portal:referral", id)


@require_GET
def referral(request: HttpRequest, id: uuid.UUID) -> HttpResponse:
    """Show one referral that has been opened."""
    return _page(request, id, "")


@require_POST
def answer(request: HttpRequest, id: uuid.UUID) -> HttpResponse:
    """Accept or decline."""
    said = request.POST.get("answer", "")
    try:
        actions.answer_referral(id, request.POST.get("do", ""), said, by=_by(request), now=clock.now())
    except Missing as missing:
        raise Http404 from missing
    except checks.Invalid as wrong:
        return _page(request, id, said, wrong.problems)
    return redirect("portal:referral", id)


def _page(request: HttpRequest, id: uuid.UUID, said: str, problems: Mapping[str, str] | None = None) -> HttpResponse:
    try:
        found = queries.received(id, by=_by(request))
    except Missing as missing:
        raise Http404 from missing
    if found.state == "sent":
        return redirect("portal:inbox")
    context = {
        "one": _view(found, clock.now(), told=True),
        "answer": said,
        "errors": [{"text": text, "href": f"#{name}"} for name, text in (problems or {}).items()],
    }
    return render(request, "portal/referral.html", context, status=422 if problems else 200)


def _view(one: ReferralView, now: datetime, *, told: bool) -> dict[str, object]:
    return {
        "href": reverse("portal:referral", args=[one.id]),
        "open_href": reverse("portal:open", args=[one.id]),
        "answer_href": reverse("portal:answer", args=[one.id]),
        "receipt": one.receipt,
        "state": one.state,
        "state_text": STATES[one.state],
        "sent_at": one.sent_at,
        "sent_by": one.sent_by_name,
        "basis": fields.label(fields.BASES, one.basis, now),
        "necessity": one.necessity if told else "",
        "told": [(fields.label(fields.FIELDS, name, now), text) for name, text in one.contents.items()] if told else [],
        "answer": one.answer,
        "answered_by": one.answered_by_name,
        "answered_at": one.answered_at,
    }


def _by(request: HttpRequest) -> Actor:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor
