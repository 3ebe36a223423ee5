"""Duties that are late or that no clock could be found for, and waiving one with a reason."""

import uuid
from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from fellwatch.duties import access as duties
from fellwatch.duties import actions, queries
from fellwatch.duties.actions import Unwaivable
from fellwatch.duties.queries import DutyView
from fellwatch.foundation import clock
from fellwatch.foundation.access import can
from fellwatch.foundation.accounts.reader import reader

STATES = {"open": "running", "late": "late", "met": "met", "waived": "waived", "replaced": "paused"}
TOLD = {
    "noted": "Noted",
    "met": "Met",
    "met_late": "Met, late",
    "late": "Became late",
    "waived": "Waived",
    "replaced": "Replaced",
    "replaced_late": "Replaced, late",
}
CLOCK = "duty-clock"
"""The process that finds duties late. It is nobody, and nobody need be told so."""

MOST = 200


@require_GET
def owed(request: HttpRequest) -> HttpResponse:
    """Show every duty that is late or could not be reckoned, oldest first."""
    return _page(request)


@require_POST
def waive(request: HttpRequest, id: uuid.UUID) -> HttpResponse:
    """Excuse a duty, with a reason that stays."""
    reason = request.POST.get("reason", "")
    try:
        changed = actions.waive(id, reason, by=reader(request), now=clock.now())
    except Unwaivable as problem:
        errors = ({"text": str(problem), "href": f"#reason-{id}"},)
        return _page(request, errors=errors, typed={id: reason}, status=400)
    if changed:
        messages.success(request, "Waived. The reason stays with the duty.")
    else:
        messages.info(request, "It was already settled; nothing was changed.")
    return redirect("shell:duties")


def _page(
    request: HttpRequest,
    *,
    errors: tuple[dict[str, str], ...] = (),
    typed: dict[uuid.UUID, str] | None = None,
    status: int = 200,
) -> HttpResponse:
    by, now = reader(request), clock.now()
    found = queries.troubled(by=by, limit=MOST)
    values = {
        "rows": [duty_view(duty, now) for duty in found],
        "full": len(found) == MOST,
        "may_waive": can(by, duties.WAIVE).allowed,
        "typed": typed or {},
        "errors": errors,
    }
    return render(request, "pages/duties.html", values, status=status)


def duty_view(duty: DutyView, now: datetime) -> dict[str, object]:
    """Return a duty as a clock with words, its working and its story."""
    return {
        "id": duty.id,
        "name": duty.name,
        "owner": duty.owner.replace("_", " "),
        "from_at": duty.started_at,
        "due_at": duty.due_at,
        "state": _state(duty, now),
        "because": duty.trouble,
        "working": duty.working,
        "rule": f"{duty.rule} version {duty.rule_version}, {duty.source}",
        "confidence": duty.confidence,
        "reference": duty.incident_reference,
        "href": reverse("contact:incident", args=[duty.incident_id]) if duty.incident_id else "",
        "story": [
            {"at": at, "what": TOLD.get(kind, kind), "who": "" if who == CLOCK else who, "why": why}
            for at, kind, who, why in duty.story
        ],
    }


def _state(duty: DutyView, now: datetime) -> str:
    state = STATES[duty.state]
    if duty.trouble:
        return "unknown"
    if state == "running" and duty.due_at and duty.due_at < now:
        return "late"
    if state == "running" and duty.warn_at and duty.warn_at < now:
        return "soon"
    return state
