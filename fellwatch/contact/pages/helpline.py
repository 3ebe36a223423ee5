"""The mental-health helpline: the adviser's own desk, one question, and how long people wait."""

import uuid
from collections.abc import Mapping
from datetime import datetime, timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from fellwatch.contact import actions, helpline, rulings
from fellwatch.contact.access import ASK_ADVICE, HELPLINE
from fellwatch.contact.helpline import ConsultationView, Week
from fellwatch.contact.pages import choices
from fellwatch.contact.pages.boards import ClockView
from fellwatch.contact.pages.typed import Typed, from_post
from fellwatch.contact.values import Invalid
from fellwatch.duties import reckoning
from fellwatch.foundation import clock, series
from fellwatch.foundation.access import Actor
from fellwatch.foundation.accounts.reader import reader

LATELY = timedelta(hours=24)


@require_GET
def desk(request: HttpRequest) -> HttpResponse:
    """Show an adviser who waits, and what officers said of the advice of the last day."""
    by, now = reader(request), clock.now()
    waits = helpline.waiting(by=by)
    lately = helpline.advised(by=by, since=now - LATELY)
    context = {
        "rows": [view(one, now) for one in waits],
        "lately": [view(one, now) for one in lately],
        "rows_href": reverse("contact:helpline_rows"),
        "as_at": now,
    }
    return render(request, "contact/helpline.html", context)


@require_GET
def rows(request: HttpRequest) -> HttpResponse:
    """Return the waiting questions alone, for a page that looks again by itself."""
    now = clock.now()
    found = [view(one, now) for one in helpline.waiting(by=reader(request))]
    return render(request, "contact/helpline_rows.html", {"rows": found})


@require_http_methods(["GET", "POST"])
def question(request: HttpRequest, id: uuid.UUID) -> HttpResponse:
    """Show one question; take it; advise."""
    by, now = reader(request), clock.now()
    if request.method == "GET":
        return _question(request, id, Typed(), now=now)
    typed = from_post(request.POST)
    try:
        if request.POST.get("do") == "take":
            if not actions.take_consultation(id, by=by, now=now):
                messages.info(request, "A colleague took this first.")
        else:
            actions.advise_helpline(id, typed.get("advice_code"), typed.get("advice"), by=by, now=now)
    except Invalid as wrong:
        return _question(request, id, typed, now=now, problems=wrong.problems)
    return redirect("contact:helpline_question", id)


def _question(
    request: HttpRequest, id: uuid.UUID, typed: Typed, *, now: datetime, problems: Mapping[str, str] | None = None
) -> HttpResponse:
    found = helpline.consultation(id, by=reader(request))
    context = {
        "one": view(found, now),
        "codes": choices.groups("helpline_advice", now),
        "advice_code": typed.get("advice_code"),
        "advice": typed.get("advice"),
        "errors": [{"text": text, "href": f"#{name}"} for name, text in (problems or {}).items()],
    }
    return render(request, "contact/helpline_question.html", context, status=422 if problems else 200)


@require_GET
def measures(request: HttpRequest) -> HttpResponse:
    """Chart the waits and the disagreements, each with its table."""
    by, now = reader(request), clock.now()
    found = helpline.weeks(by=by, now=now)
    context = {"waits": _waits(found), "disagreements": _disagreements(found), "desk": HELPLINE in by.permissions}
    return render(request, "contact/helpline_weeks.html", context)


def _waits(found: tuple[Week, ...]) -> dict[str, object]:
    waits = [(f"{week.begins:%-d %b}", week.median_wait) for week in found]
    last = next((week for week in reversed(found) if week.median_wait is not None), None)
    words = "Nobody has been answered in these weeks."
    if last:
        words = (
            f"In the week of {last.begins:%-d %B} half were answered within {last.median_wait:.0f} seconds; "
            f"{last.in_time} of {last.asked} within the minute that the protocol promises."
        )
    return {
        "words": words,
        "series": series.of(waits, {"A minute": 60}, stand_out=[name for name, wait in waits if (wait or 0) > 60]),
        "columns": ("Week of", "Asked", "Within a minute", "Half within, seconds", "Longest, seconds"),
        "rows": [
            (f"{w.begins:%-d %b}", w.asked, w.in_time, _whole(w.median_wait), _whole(w.longest_wait)) for w in found
        ],
    }


def _disagreements(found: tuple[Week, ...]) -> dict[str, object]:
    settled, disagreed = sum(w.settled for w in found), sum(w.disagreed for w in found)
    words = f"Officers did not follow the advice in {disagreed} of {settled} answered for in eight weeks."
    return {
        "words": words,
        "series": series.of(
            (f"{week.begins:%-d %b}", 100 * week.disagreed / week.settled if week.settled else None) for week in found
        ),
        "columns": ("Week of", "Answered for", "Not followed", "Per cent"),
        "rows": [
            (
                f"{w.begins:%-d %b}",
                w.settled,
                w.disagreed,
                f"{100 * w.disagreed / w.settled:.0f}" if w.settled else "none",
            )
            for w in found
        ],
    }


def _whole(seconds: float | None) -> str:
    return "none" if seconds is None else f"{seconds:.0f}"


def view(one: ConsultationView, now: datetime) -> dict[str, object]:
    """Return a question in words, with the clock of its answer."""
    due = reckoning.one("helpline_answer", at=one.requested_at, facts={})
    due_at = due.due_at if due else None
    state = "met" if one.answered_at else "late" if due_at and due_at < now else "running"
    if one.answered_at and due_at and one.answered_at > due_at:
        state = "late"
    return {
        "id": one.id,
        "href": reverse("contact:helpline_question", args=[one.id]),
        "about": one.about,
        "question": one.question,
        "callback": one.callback,
        "asked_by": one.requested_by_name,
        "asked_at": one.requested_at,
        "clock": ClockView("Answer", one.requested_at, due_at, state if not one.answered_at else "met"),
        "waited": (one.answered_at or now) - one.requested_at,
        "late": state == "late",
        "answered_at": one.answered_at,
        "adviser": one.adviser_name,
        "code": rulings.label("helpline_advice", one.advice_code, now) if one.advice_code else "",
        "advice": one.advice,
        "advised_at": one.advised_at,
        "agreed": {True: "Agreed with", False: "Not followed", None: ""}[one.agreed],
        "disagreement": one.disagreement,
        "outcome": one.outcome,
        "settled_by": one.settled_by_name,
    }


def on_incident(
    incident_id: uuid.UUID, found: tuple[ConsultationView, ...], typed: Typed, *, by: Actor, now: datetime
) -> dict[str, object]:
    """Return the helpline's part of an incident's page, with what was typed into it."""
    may = ASK_ADVICE in by.permissions
    shown = [
        {
            **view(one, now),
            "settle_href": reverse("contact:settle_consultation", args=[incident_id, one.id])
            if may and one.advised_at and not one.settled_at
            else "",
        }
        for one in found
    ]
    return {
        "shown": shown,
        "href": reverse("contact:consult", args=[incident_id]) if may else "",
        "about": typed.get("about"),
        "question": typed.get("helpline_question"),
        "callback": typed.get("callback"),
        "agreed": typed.get("agreed"),
        "disagreement": typed.get("disagreement"),
        "outcome": typed.get("consultation_outcome"),
        "yes_no": choices.YES_NO,
    }
