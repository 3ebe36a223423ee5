"""Two people answered one question apart: both answers side by side, and somebody decides."""

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from fellwatch.assessments.photographs import queries as photographs
from fellwatch.assessments.sendings import actions, queries
from fellwatch.assessments.sendings.values import DifferenceView
from fellwatch.assessments.values import Invalid
from fellwatch.foundation import clock
from fellwatch.foundation.accounts.reader import reader


@require_GET
def differences(request: HttpRequest) -> HttpResponse:
    """List what nobody has settled, oldest first."""
    found = queries.differences(by=reader(request))
    return render(request, "handheld/differences.html", {"differences": [_shown(one) for one in found]})


@require_http_methods(["GET", "POST"])
def difference(request: HttpRequest, id: uuid.UUID) -> HttpResponse:
    """Show both answers, and take the decision."""
    by, typed, problems = reader(request), request.POST, {}
    if request.method == "POST":
        try:
            actions.settle(
                id,
                typed.get("side", ""),
                because=typed.get("because", ""),
                seen=_number(typed.get("seen", "")),
                by=by,
                now=clock.now(),
            )
        except Invalid as wrong:
            problems = wrong.problems
        else:
            return redirect("handheld:difference", id)
    found, seen = queries.difference(id, by=by)
    return render(
        request,
        "handheld/difference.html",
        {
            "difference": _shown(found),
            "seen": seen,
            "typed": {"side": typed.get("side", ""), "because": typed.get("because", "")},
            "errors": [{"text": text, "href": f"#{name}"} for name, text in problems.items()],
            "problems": problems,
        },
        status=422 if problems else 200,
    )


def _number(given: str) -> int:
    return int(given) if given.isascii() and given.isdigit() and len(given) < 9 else 0


def _shown(one: DifferenceView) -> dict[str, object]:
    return {
        "id": one.id,
        "href": reverse("handheld:difference", args=[one.id]),
        "incident_href": reverse("contact:incident", args=[one.incident_id]),
        "reference": one.reference,
        "form": one.title,
        "label": one.label,
        "standing": one.standing_text,
        "state": one.state,
        "sides": [
            _side("arrived", one.arrived_text, one.arrived_by_name, one.arrived_at, one.arrived_is_lower),
            _side("stored", one.stored_text, one.stored_by_name, one.stored_at, one.stored_is_lower),
        ],
        "at": one.arrived_at,
        "settled": one.settled_text,
        "settled_because": one.settled_because,
        "settled_by": one.settled_by_name,
        "settled_at": one.settled_at,
        "changed_since": one.changed_since,
    }


def _side(code: str, text: str, by: str, at: object, lower: bool) -> dict[str, object]:
    return {"code": code, "text": text, "by": by, "at": at, "stands": not lower}


@require_GET
def picture(request: HttpRequest, id: uuid.UUID) -> HttpResponse:
    """Show a photograph to whoever may read its incident."""
    kind, content = photographs.picture(id, by=reader(request))
    return HttpResponse(content, content_type=kind, headers={"Content-Disposition": "inline"})
