"""Crimes that wait for a decision, the soonest due first; the decision on one; how it ended."""

import uuid
from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from fellwatch.duties import queries as duties
from fellwatch.foundation import access, clock, ids, paging, policy
from fellwatch.foundation.access import Actor
from fellwatch.foundation.accounts.reader import reader
from fellwatch.response import actions, checks, queries
from fellwatch.response.access import DECIDE_CRIME, REFUSE_CRIME
from fellwatch.response.actions import charging_time
from fellwatch.response.pages import words
from fellwatch.response.pages.typed import Problems, Typed, errors, take
from fellwatch.response.values import CrimeRow, Decision


@require_GET
def waiting(request: HttpRequest) -> HttpResponse:
    """Show what waits for a decision."""
    by, now, page = reader(request), clock.now(), paging.asked(request)
    access.check(by, DECIDE_CRIME)
    with access.acting(by):
        rows = [_row(one, now) for one in queries.crimes_waiting(by=by, page=page)]
        total, late = queries.crimes_counted(by=by, now=now)
    more = total > (page + 1) * queries.PAGE
    values = {
        "rows": rows,
        "total": total,
        "late": late,
        "said": paging.said(page, queries.PAGE, total, "soonest due"),
        **paging.ways(reverse("response:crimes"), page, more=more),
    }
    return render(request, "response/crimes.html", values)


def _row(one: CrimeRow, now: datetime) -> dict[str, object]:
    titles = {rule.id: rule.title for rule in policy.rulebook().of_kind("instrument")}
    due = one.due_at
    return {
        "row": one,
        "href": reverse("response:crime", args=[one.id]),
        "told_by": words.told_by(one.told_by, titles),
        "name": "Decide",
        "from_at": one.heard_at,
        "due_at": due,
        "state": "unknown" if due is None else "late" if due < now else "running",
    }


@require_GET
def crime(request: HttpRequest, id: uuid.UUID) -> HttpResponse:
    """Show one crime, and what may be decided about it."""
    return _page(request, id, Typed(), {})


@require_POST
def decide(request: HttpRequest, id: uuid.UUID) -> HttpResponse:
    """Record the crime, or say on what it is none."""

    def do(typed: Typed, by: Actor, now: datetime) -> None:
        decision = Decision(
            recorded=typed.get("decision") == "record",
            offence=typed.get("offence"),
            crime_number=typed.get("crime_number"),
            owner=typed.get("owner"),
            because=typed.get("because"),
            source=typed.get("source"),
            flags=tuple(typed.all("flags")),
            id=typed.id() or ids.new(),
        )
        actions.decide(id, decision, by=by, now=now)
        messages.success(request, "Decided. The 24-hour clock has stopped.")

    return take(request, do, lambda t, p: _page(request, id, t, p), lambda: redirect("response:crimes"))


@require_POST
def ask_none(request: HttpRequest, id: uuid.UUID) -> HttpResponse:
    """Ask the registrar to decide that it is no crime."""

    def do(typed: Typed, by: Actor, now: datetime) -> None:
        because, source = typed.get("ask_because"), typed.get("ask_source")
        actions.ask_no_crime(id, because=because, source=source, by=by, now=now, id=typed.id())
        messages.success(request, "Asked. Until the registrar agrees, the crime waits to be recorded.")

    return take(request, do, lambda t, p: _page(request, id, t, p), lambda: redirect("response:crime", id))


@require_POST
def answer_none(request: HttpRequest, id: uuid.UUID) -> HttpResponse:
    """Agree that it is no crime, or refuse."""

    def do(typed: Typed, by: Actor, now: datetime) -> None:
        checks.stop({} if typed.get("agreed") else {"agreed": "Say whether you agree."})
        agreed, said = typed.get("agreed") == "yes", typed.get("answer_words")
        actions.answer_no_crime(typed.id("request") or ids.new(), agreed=agreed, words=said, by=by, now=now)

    return take(request, do, lambda t, p: _page(request, id, t, p), lambda: redirect("response:crime", id))


@require_POST
def statement(request: HttpRequest, id: uuid.UUID) -> HttpResponse:
    """Say when the victim's statement was made: the time to charge runs from it."""

    def do(typed: Typed, by: Actor, now: datetime) -> None:
        actions.statement_made(id, typed.moment("statement_at"), by=by, now=now)

    return take(request, do, lambda t, p: _page(request, id, t, p), lambda: redirect("response:crime", id))


@require_POST
def end(request: HttpRequest, id: uuid.UUID) -> HttpResponse:
    """Say how a recorded crime ended."""

    def do(typed: Typed, by: Actor, now: datetime) -> None:
        actions.end(id, typed.get("outcome"), words=typed.get("outcome_words"), by=by, now=now)

    def page(typed: Typed, problems: Problems) -> HttpResponse:
        here = {"words": "outcome_words"}
        return _page(request, id, typed, {here.get(name, name): text for name, text in problems.items()})

    return take(request, do, page, lambda: redirect("response:crime", id))


def _page(request: HttpRequest, id: uuid.UUID, typed: Typed, problems: Problems) -> HttpResponse:
    by, now = reader(request), clock.now()
    found = queries.crime(id, by=by)
    context = {
        **_row(found, now),
        "title": found.title,
        "may_decide": DECIDE_CRIME in by.permissions and found.decided is None,
        "may_refuse": REFUSE_CRIME in by.permissions and found.decided is None,
        "may_ask": DECIDE_CRIME in by.permissions
        and REFUSE_CRIME not in by.permissions
        and not (found.decided or found.asked_now),
        "yes_no": words.options({"yes": "Agree: it is not recorded", "no": "Refuse: it must be recorded"}),
        "ticked": "common_assault" in typed.all("flags") if typed.fields else found.crime == "assault",
        "limit": _limit(found, by),
        "may_end": DECIDE_CRIME in by.permissions and found.decided and found.decided.recorded,
        "may_change": REFUSE_CRIME in by.permissions and found.decided and found.decided.outcome,
        "outcomes": words.codes("crime_outcomes", now),
        "typed": typed,
        "new_id": typed.get("id") or ids.new(),
        "scene_href": reverse("response:scene", args=[found.incident_id]),
        "back": {"href": reverse("response:crimes"), "text": "Crimes that wait for a decision"},
        "errors": errors(problems, ("agreed",)),
    }
    return render(request, "response/crime.html", context, status=422 if problems else 200)


def _limit(found: CrimeRow, by: Actor) -> dict[str, object] | None:
    """Return the clock by which a common assault must be charged, as it runs now."""
    if not (found.decided and found.decided.limited):
        return None
    owed = duties.of_incident(found.incident_id, by=by)
    runs = charging_time.thing(found.id, found.decided.statement_at)
    mine = [one for one in owed if one.about == runs and one.state in {"open", "late", "met"}]
    return words.duty(mine[0]) if mine else None
