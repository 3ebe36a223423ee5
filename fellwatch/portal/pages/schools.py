"""A school's own door: what it was told, opening it, answering; and what an education team is asked."""

import uuid
from collections.abc import Callable
from datetime import date

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from fellwatch.foundation import access, clock, paging
from fellwatch.foundation.access import Actor
from fellwatch.foundation.accounts.reader import reader
from fellwatch.records.queries import Missing
from fellwatch.safeguarding.encompass import actions, life, received, writing
from fellwatch.safeguarding.encompass.access import NAME
from fellwatch.safeguarding.encompass.values import EstablishmentView, Invalid, Received, Right

LONGEST = 8_000


@require_GET
def schools(request: HttpRequest) -> HttpResponse:
    """Show the notices to the reader's school; what each says stays closed until somebody opens it."""
    return _list(request)


@require_POST
def open_it(request: HttpRequest, id: uuid.UUID) -> HttpResponse:
    """Open a notice: the police know from now that the school knows."""
    try:
        actions.open_notice(id, by=reader(request), now=clock.now())
    except Missing as missing:
        raise Http404 from missing
    return redirect("portal:notice", id)


@require_GET
def notice(request: HttpRequest, id: uuid.UUID) -> HttpResponse:
    """Show one notice that has been opened."""
    return _page(request, id)


@require_POST
def acknowledge(request: HttpRequest, id: uuid.UUID) -> HttpResponse:
    """Say what is done for the child."""
    words = request.POST.get("answer", "")[:LONGEST]
    return _do(request, id, lambda by: actions.acknowledge(id, words, by=by, now=clock.now()), {"answer": words})


@require_POST
def dispute(request: HttpRequest, id: uuid.UUID) -> HttpResponse:
    """Say that the child is not at this school."""
    words = request.POST.get("words", "")[:LONGEST]
    return _do(request, id, lambda by: actions.dispute(id, words, by=by, now=clock.now()), {"words": words})


@require_POST
def name_school(request: HttpRequest, id: uuid.UUID) -> HttpResponse:
    """Answer where a child learns."""
    typed = {name: request.POST.get(name, "") for name in ("setting", "establishment")}
    right = Right(typed["setting"], _id(typed["establishment"]))
    return _do(request, id, lambda by: actions.name_school(id, right, by=by, now=clock.now()), typed)


@require_POST
def close(request: HttpRequest) -> HttpResponse:
    """Say that the school is closed on a day."""
    typed = {"day": request.POST.get("day", ""), "closed_words": request.POST.get("closed_words", "")[:LONGEST]}
    try:
        day = date.fromisoformat(typed["day"])
    except ValueError:
        return _list(request, typed, {"day": "Give the day."})
    try:
        actions.close_our_school(day, typed["closed_words"], by=reader(request), now=clock.now())
    except Invalid as wrong:
        problems = {{"words": "closed_words"}.get(name, name): text for name, text in wrong.problems.items()}
        return _list(request, typed, problems)
    messages.success(request, "Noted. What you have not opened is due on the next day you open.")
    return redirect("portal:schools")


def _list(
    request: HttpRequest, typed: dict[str, str] | None = None, problems: dict[str, str] | None = None
) -> HttpResponse:
    by, now = reader(request), clock.now()
    page = paging.asked(request)
    with access.acting(by):
        found, more = received.inbox(by=by, now=now, page=page)
        own, waits = received.own_school(by=by, now=now), received.waiting(by=by, now=now)
    values = {
        "rows": [_shown(one) for one in found],
        "waits": waits,
        **paging.ways(reverse("portal:schools"), page, more=more),
        "school": _school(own) if own else None,
        "day": (typed or {}).get("day") or f"{clock.london(now):%Y-%m-%d}",
        "closed_words": (typed or {}).get("closed_words", ""),
        "errors": _beside(problems),
    }
    return render(request, "portal/schools.html", values, status=422 if problems else 200)


def _page(
    request: HttpRequest, id: uuid.UUID, typed: dict[str, str] | None = None, problems: dict[str, str] | None = None
) -> HttpResponse:
    by, now = reader(request), clock.now()
    try:
        one = received.notice(id, by=by)
    except Missing as missing:
        raise Http404 from missing
    if not (one.opened_at or one.recalled_at or one.closed):
        return redirect("portal:schools")
    asks = one.asks and NAME in by.permissions
    every = received.schools(by=by, now=now) if asks else ()
    called = writing.labels(one.sent_at)
    values = {
        "one": _shown(one),
        "told": [(called.get(name, name), words) for name, words in one.contents.items()],
        "asks": asks,
        "settings": [{"code": code, "text": words} for code, words in life.SETTINGS.items()],
        "schools": [{"code": str(school), "text": name} for school, name in every],
        "typed": {"answer": one.answer, **(typed or {})},
        "errors": _beside(problems),
    }
    return render(request, "portal/notice.html", values, status=422 if problems else 200)


def _do(request: HttpRequest, id: uuid.UUID, act: Callable[[Actor], None], typed: dict[str, str]) -> HttpResponse:
    try:
        act(reader(request))
    except Missing as missing:
        raise Http404 from missing
    except Invalid as wrong:
        return _page(request, id, typed, wrong.problems)
    messages.success(request, "The police have this now. Thank you.")
    return redirect("portal:notice", id)


def _shown(one: Received) -> dict[str, object]:
    return {
        "receipt": one.receipt,
        "href": reverse("portal:notice", args=[one.id]),
        "open_href": reverse("portal:notice_open", args=[one.id]),
        "answer_href": reverse("portal:notice_answer", args=[one.id]),
        "dispute_href": reverse("portal:notice_dispute", args=[one.id]),
        "name_href": reverse("portal:notice_name", args=[one.id]),
        "asks": one.asks,
        "sent_at": one.sent_at,
        "due_at": one.due_at,
        "opened": one.opened_at is not None,
        "recalled": one.recalled_at is not None,
        "closed": one.closed,
        "disputed": one.disputed_at is not None,
        "more": bool(one.more_at and one.opened_at and one.more_at > one.opened_at),
        "answered": one.answered_at is not None,
        "answer": one.answer,
        "state": _state(one),
    }


def _state(one: Received) -> str:
    if one.recalled_at:
        return "Recalled by the police"
    if one.disputed_at:
        return "You said: not ours"
    if one.answered_at:
        return "Answered"
    if one.closed:
        return "Closed: no answer is needed"
    if one.opened_at is None:
        return "Not opened yet"
    return "Waits for your answer" if one.asks else "Opened"


def _school(own: EstablishmentView) -> dict[str, object]:
    return {
        "name": own.name,
        "council": own.kind == "council",
        "next": f"{own.next_days[0]:%A %-d %B}" if own.next_days else "",
        "shut": [f"{first:%a %-d %b}: {words}" for _, first, _, words in own.spells],
    }


def _beside(problems: dict[str, str] | None) -> list[dict[str, str]]:
    return [{"text": text, "href": f"#{name}"} for name, text in (problems or {}).items()]


def _id(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None
