"""Listening in: the calls being taken now, one of them as it is typed, and what the call taker sees of it."""

import uuid
from collections.abc import Mapping
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from fellwatch.contact import actions, listening, rulings
from fellwatch.contact.access import LOG
from fellwatch.contact.listening import LiveCall
from fellwatch.contact.pages import choices
from fellwatch.contact.pages.typed import Typed, as_id, from_draft, from_post
from fellwatch.contact.values import Invalid
from fellwatch.foundation import access, clock, ids
from fellwatch.foundation.access import Actor
from fellwatch.foundation.accounts.reader import reader
from fellwatch.records import queries as records


@require_GET
def calls(request: HttpRequest) -> HttpResponse:
    """Show the calls being taken now."""
    by, now = reader(request), clock.now()
    found = [_row(one, now) for one in listening.calls(by=by, now=now)]
    return render(request, "contact/listening.html", {"calls": found})


@require_http_methods(["GET", "POST"])
def call(request: HttpRequest, id: uuid.UUID) -> HttpResponse:
    """Show a call as it is typed. Being there is posted, so that the call taker sees who listens."""
    by, now, typed = reader(request), clock.now(), from_post(request.POST)
    if request.method == "GET":
        listening.call(id, by=by, now=now)
        return redirect("contact:listening")
    try:
        actions.listen(id, by=by, now=now)
        if request.POST.get("do") == "say":
            actions.advise_live(id, typed.get("live_advice"), by=by, now=now, id=as_id(typed.get("id")))
            typed = Typed()
    except Invalid as wrong:
        return _page(request, id, typed, now=now, problems=wrong.problems)
    if request.headers.get("HX-Request"):
        found = listening.call(id, by=by, now=now)
        if found and not found.sent and typed.get("seen") == times_of(found):
            return HttpResponse(status=204)
        return render(request, "contact/listened.html", _context(request, id, now))
    return _page(request, id, typed, now=now)


def times_of(one: LiveCall) -> str:
    """Return when a call was last typed into, as the page keeps it."""
    return one.kept_at.isoformat()


@require_GET
def heard(request: HttpRequest, id: uuid.UUID) -> HttpResponse:
    """Return who listens in on one's own call, and what they said."""
    by, now = reader(request), clock.now()
    access.check(by, LOG)
    return render(request, "contact/heard.html", {"heard": listening.heard(id, by=by, now=now)})


def _page(
    request: HttpRequest, id: uuid.UUID, typed: Typed, *, now: datetime, problems: Mapping[str, str] | None = None
) -> HttpResponse:
    context = {
        **_context(request, id, now),
        "id": ids.new(),
        "live_advice": typed.get("live_advice"),
        "errors": [{"text": text, "href": f"#{name}"} for name, text in (problems or {}).items()],
    }
    return render(request, "contact/listen.html", context, status=422 if problems else 200)


def _context(request: HttpRequest, id: uuid.UUID, now: datetime) -> dict[str, object]:
    by = reader(request)
    found = listening.call(id, by=by, now=now)
    if found is None:
        raise records.Missing("There is no such call.")
    return {
        "call": _row(found, now),
        "lines": _lines(found, by=by, now=now),
        "heard": listening.heard(id, by=by, now=now),
        "incident_href": reverse("contact:incident", args=[id]) if found.sent else "",
    }


def _row(one: LiveCall, now: datetime) -> dict[str, object]:
    typed = from_draft(one.fields)
    return {
        "href": reverse("contact:listen", args=[one.id]),
        "by": one.by_name,
        "started_at": one.started_at,
        "kept_at": one.kept_at,
        "title": rulings.label("nsir_opening", typed.get("opening_code"), now) if typed.get("opening_code") else "",
        "said": typed.get("summary"),
        "where": ", ".join(part for part in (typed.get("address"), typed.get("postcode")) if part),
        "listeners": one.listeners,
        "sent": one.sent,
    }


def _lines(one: LiveCall, *, by: Actor, now: datetime) -> list[tuple[str, str]]:
    """Return what has been typed, in the order of the call screen; people by name only where one may see them."""
    typed = from_draft(one.fields)
    lines = [("Caller", " ".join((typed.get("caller_name"), typed.get("caller_number"))).strip())]
    lines += [("Where", ", ".join(part for part in (typed.get("address"), typed.get("postcode")) if part))]
    lines += [("What is happening", typed.get("summary")), ("People", _people(typed, by=by, now=now))]
    lines += [("Yes to", ", ".join(_yes(typed, now))), ("No to", ", ".join(_yes(typed, now, "no")))]
    for name in ("threat", "harm", "risk", "investigation", "vulnerability", "engagement"):
        lines.append((name.capitalize(), typed.get(f"thrive-{name}")))
    lines += [("Safety advice given", typed.get("safety_advice")), ("Safe to ring back", typed.get("safe_contact"))]
    return [(title, text) for title, text in lines if text]


def _people(typed: Typed, *, by: Actor, now: datetime) -> str:
    known = [row.person_id for row in typed.people if row.person_id]
    shown = records.people(known, by=by, now=now, because="contact.call_people_read") if known else {}
    said = []
    for row in typed.people:
        name = row.name if row.person_id is None else shown[row.person_id].name if row.person_id in shown else ""
        words = [rulings.label("vulnerabilities", code, now).lower() for code in row.vulnerabilities]
        role = rulings.label("person_roles", row.role, now).lower()
        said.append(f"{name or 'somebody'} ({', '.join((role, *words))})")
    return "; ".join(said)


def _yes(typed: Typed, now: datetime, answer: str = "yes") -> list[str]:
    codes = choices.in_use("danger_questions", now)
    return [code.label for code in codes if typed.get(f"danger-{code.code}") == answer]
