"""What waits for the MARAC: referrals, victims not reached, answers, actions, and the next meetings."""

import uuid
from datetime import datetime, timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from fellwatch.foundation import access, clock
from fellwatch.foundation.access import Actor
from fellwatch.meetings import actions as meetings
from fellwatch.meetings import queries as met
from fellwatch.meetings.access import ARRANGE
from fellwatch.meetings.values import ActionView
from fellwatch.safeguarding.marac import counting, life, queries
from fellwatch.safeguarding.marac.access import WRITE
from fellwatch.safeguarding.marac.values import Pair, ReferralRow
from fellwatch.safeguarding.pages.cases import take
from fellwatch.safeguarding.pages.forms import Field, Option, Step, Typed
from fellwatch.safeguarding.pages.marac import showing
from fellwatch.safeguarding.pages.marac.door import staff
from fellwatch.safeguarding.values import Invalid

ORDER = ("to_place", "to_triage", "accepted", "listed")
BACK = timedelta(days=1)


@require_GET
def board(request: HttpRequest) -> HttpResponse:
    """Show everything that waits; nothing leaves it by itself."""
    by, now = staff(request), clock.now()
    with access.acting(by):
        rows = queries.open_referrals(by=by)
        again = queries.unreferred(by=by, now=now)
        to_reach = queries.to_reach(by=by)
        asked, owed = met.waiting(by=by, now=now)
        coming = met.meetings("marac", by=by, since=now - BACK)
        count = counting.quarter(*counting.quarter_of(clock.london_date(now)), by=by)
        about = queries.told({one.matter_id for one in asked} | {one.matter_id for one in owed}, by=by)
        names = showing.agency_names(by, coming)
    late = [one for one in asked if one.late]
    overdue = [one for one in owed if one.overdue]
    shown = [showing.row(one, names, by, now) for one in rows]
    values = {
        "groups": [(state, [one for one in shown if one["state"] == state]) for state in ORDER],
        "states": {state: life.STATES[state] for state in ORDER},
        "again": [_pair(one) for one in again],
        "to_reach": [showing.row(one, names, by, now) for one in to_reach if one.state != "to_place"],
        "asked": [{**showing.research(one, names, by, now), "victim": _victim(about, one.matter_id)} for one in asked],
        "owed": [{**showing.action(one, names, by), "victim": _victim(about, one.matter_id)} for one in owed],
        "meetings": [showing.meeting(one) for one in coming],
        "quarter": count,
        "words": _words(len(rows), len(again), len(to_reach), len(late), len(overdue)),
        "may_write": WRITE in by.permissions,
        "may_arrange": ARRANGE in by.permissions,
    }
    return render(request, "marac/board.html", values)


def _words(waiting: int, again: int, to_reach: int, late: int, overdue: int) -> str:
    parts = ((waiting, "waiting"), (again, "not referred again"), (to_reach, "not reached"))
    said = [f"{n} {text}" for n, text in (*parts, (late, "answers late"), (overdue, "actions overdue")) if n]
    return ", ".join(said) or "Nothing waits"


def _victim(about: dict[uuid.UUID, ReferralRow], matter: uuid.UUID) -> str:
    return about[matter].victim if matter in about else ""


def _pair(one: Pair) -> dict[str, object]:
    return {
        "victim": one.victim,
        "perpetrator": one.perpetrator,
        "incident": one.incident,
        "incident_href": reverse("contact:incident", args=[one.incident_id]),
        "at": one.at,
        "last": one.last_referred,
        "until": one.flag_until,
        "href": f"{reverse('safeguarding:marac_refer', args=[one.victim_id])}?incident={one.incident_id}",
    }


@require_GET
def closed(request: HttpRequest) -> HttpResponse:
    """Show what was heard, turned down or withdrawn."""
    by, now = staff(request), clock.now()
    with access.acting(by):
        rows = queries.closed(by=by)
        names = showing.agency_names(by)
    return render(request, "marac/closed.html", {"rows": [showing.row(one, names, by, now) for one in rows]})


@require_POST
def chase(request: HttpRequest, id: uuid.UUID) -> HttpResponse:
    """Chase an agency that has not answered."""
    try:
        meetings.chase(id, by=staff(request), now=clock.now())
    except Invalid as wrong:
        messages.info(request, wrong.problems["chase"])
    else:
        messages.success(request, "Chased: it stands at the agency's own door.")
    return redirect("safeguarding:marac")


@require_http_methods(["GET", "POST"])
def action(request: HttpRequest, id: uuid.UUID) -> HttpResponse:
    """Write down what came of an action, for an agency that answered by telephone."""
    by, now = staff(request), clock.now()
    access.check(by, ARRANGE, subject=("action", str(id)))
    found = met.action(id, by=by, now=now)
    form = answering(found)
    back = {"href": reverse("safeguarding:marac"), "text": "MARAC"}
    return take(request, form, by, now, back=back, to=back["href"])


def answering(found: ActionView) -> Step:
    """Return the form in which somebody says what came of an action."""

    def do(said: Typed, by: Actor, now: datetime) -> None:
        meetings.answer_action(found.id, said.get("state"), said.get("answer"), by=by, now=now)

    options = (Option("done", "Done"), Option("not_possible", "Not possible"))
    return Step(
        found.words,
        "Record it",
        (
            Field("state", "What came of it?", "ask", options=options),
            Field("answer", "What was done and when, or why not and what instead", "area"),
        ),
        do,
        f"{found.reference} · due {found.due_date:%-d %B %Y}",
    )
