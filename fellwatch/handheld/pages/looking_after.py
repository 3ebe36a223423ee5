"""The pages of whoever looks after handhelds: which there are, and telling one to destroy what it holds."""

import json
import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from fellwatch.assessments.values import Invalid
from fellwatch.foundation import clock
from fellwatch.foundation.accounts.reader import reader
from fellwatch.handheld import actions, queries
from fellwatch.handheld.values import DeviceView

STATES = {"in_use": "In use", "wipe_asked": "To be wiped when next in touch", "wiped": "Wiped"}
SKEW_WORTH_SAYING = 120


@require_GET
def devices(request: HttpRequest) -> HttpResponse:
    """List every handheld."""
    found = queries.devices(by=reader(request))
    return render(request, "handheld/devices.html", {"devices": [_shown(one) for one in found]})


@require_http_methods(["GET", "POST"])
def device(request: HttpRequest, id: uuid.UUID) -> HttpResponse:
    """Show one handheld, and take the order to wipe it."""
    by, now = reader(request), clock.now()
    typed, problems = "", {}
    if request.method == "POST":
        typed = request.POST.get("because", "")
        try:
            actions.ask_wipe(id, typed, by=by, now=now)
        except Invalid as wrong:
            problems = wrong.problems
        else:
            return redirect("handheld:device", id)
    return render(
        request,
        "handheld/device.html",
        {
            "device": _shown(queries.device(id, by=by)),
            "typed": typed,
            "errors": [{"text": text, "href": f"#{name}"} for name, text in problems.items()],
        },
        status=422 if problems else 200,
    )


@require_GET
def rescued(request: HttpRequest, id: uuid.UUID) -> HttpResponse:
    """Give the sealed work of a wiped handheld as a file that only the recovery key opens."""
    envelopes = queries.rescued(id, by=reader(request))
    lines = "".join(json.dumps({"record": name, "sealed": sealed}) + "\n" for name, sealed in envelopes)
    named = f'attachment; filename="handheld-{id}.sealed"'
    return HttpResponse(lines, content_type="application/octet-stream", headers={"Content-Disposition": named})


def _shown(one: DeviceView) -> dict[str, object]:
    fast = one.skew_seconds
    skew = f"Clock {abs(fast) // 60} min {'fast' if fast > 0 else 'slow'}" if abs(fast) >= SKEW_WORTH_SAYING else ""
    return {
        "id": one.id,
        "name": one.name,
        "officer": one.officer_name,
        "enrolled_at": one.enrolled_at,
        "seen_at": one.seen_at,
        "version": one.app_version,
        "held": one.held,
        "unsent": one.unsent,
        "skew": skew,
        "state": one.state,
        "state_text": STATES[one.state],
        "wipe_asked_at": one.wipe_asked_at,
        "wipe_asked_by": one.wipe_asked_by_name,
        "because": one.wipe_because,
        "wiped_at": one.wiped_at,
        "destroyed": [{"what": line.get("what", ""), "where": line.get("where", "")} for line in one.destroyed],
        "rescued": one.rescued,
    }
