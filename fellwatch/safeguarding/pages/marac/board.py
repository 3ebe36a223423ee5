"""What waits for the MARAC: referrals, victims not reached, answers, actions, and the next meetings."""

import uuid
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from fellwatch.foundation import access, clock, paging
from fellwatch.foundation.access import Actor
from fellwatch.meetings import actions as meetings
from fellwatch.meetings import queries as met
from fellwatch.meetings.access import ARRANGE
from fellwatch.meetings.values import ActionView, MeetingView, Owing
from fellwatch.safeguarding.marac import counting, life, queries
from fellwatch.safeguarding.marac.values import Pair
from fellwatch.safeguarding.pages.cases import take
from fellwatch.safeguarding.pages.forms import Field, Option, Step, Typed
from fellwatch.safeguarding.pages.marac import showing
from fellwatch.safeguarding.pages.marac.door import staff
from fellwatch.safeguarding.values import Invalid

HEADINGS = {
    **{state: life.STATES[state] for state in queries.OPEN},
    "asked": "Answers that agencies owe",
    "to_reach": "Victims nobody has reached",
    "owed": "Actions not done",
}
OWED = ("asked", "owed")
SHOWN = 5
"""Lines of each list on the board: what to begin with."""
PAGE = 50
"""Lines on a page of one list."""
BACK = timedelta(days=1)


@require_GET
def board(request: HttpRequest) -> HttpResponse:
    """Show what waits, the most urgent of each list; or a page of one list. Nothing leaves it by itself."""
    by, now = staff(request), clock.now()
    if "part" in request.GET:
        return _part(request, by, now)
    with access.acting(by):
        again = queries.unreferred(by=by, now=now)
        coming = met.meetings("marac", by=by, since=now - BACK)
        lists, counts, owing = _lists(dict.fromkeys(HEADINGS, slice(SHOWN)), coming, by, now)
        count = counting.quarter(*counting.quarter_of(clock.london_date(now)), by=by)
    waiting = sum(counts[state] for state in queries.OPEN)
    values = {
        "states": queries.OPEN,
        "headings": HEADINGS,
        "lists": lists,
        "counts": counts,
        "rest": {name: _rest(name, counts[name]) for name in HEADINGS},
        "again": [_pair(one) for one in again],
        "meetings": [showing.meeting(one) for one in coming],
        "quarter": count,
        "words": _words(waiting, len(again), counts["to_reach"], owing.late, owing.overdue),
        "may_arrange": ARRANGE in by.permissions,
    }
    return render(request, "marac/board.html", values)


def _part(request: HttpRequest, by: Actor, now: datetime) -> HttpResponse:
    """Show one page of one list."""
    part, page = request.GET["part"], paging.asked(request)
    if part not in HEADINGS:
        raise Http404
    first = page * PAGE
    with access.acting(by):
        coming = met.meetings("marac", by=by, since=now - BACK)
        lists, counts, _ = _lists({part: slice(first, first + PAGE)}, coming, by, now)
    rows, here = lists[part], reverse("safeguarding:marac")
    values = {
        "part": part,
        "heading": HEADINGS[part],
        "rows": rows,
        "words": f"{first + 1:,} to {first + len(rows):,} of {counts[part]:,}"
        if rows
        else f"None here: there are {counts[part]:,}.",
        "here": f"?part={part}&page={page}",
        "may_arrange": ARRANGE in by.permissions,
        **paging.ways(here, page, more=first + len(rows) < counts[part], part=part),
    }
    return render(request, "marac/part.html", values)


Lists = dict[str, list[dict[str, object]]]


def _lists(
    cuts: Mapping[str, slice], coming: Sequence[MeetingView], by: Actor, now: datetime
) -> tuple[Lists, dict[str, int], Owing]:
    """Return a cut of each list as it is shown, how many stand in each in all, and what agencies owe."""
    rows, counts = queries.waiting(by=by, cuts={name: cut for name, cut in cuts.items() if name not in OWED})
    owing = met.owing(
        queries.open_matters(by=by) if "asked" in cuts else (),
        by=by,
        now=now,
        cuts={name: cut for name, cut in cuts.items() if name in OWED},
    )
    victims = queries.victims({one.matter_id for one in owing.asked} | {one.matter_id for one in owing.owed}, by=by)
    names = showing.agency_names(by, coming)
    lists: Lists = {name: [showing.row(one, names, by, now) for one in some] for name, some in rows.items()}
    lists["asked"] = [
        {**showing.research(one, names, by, now), "victim": victims.get(one.matter_id, "")} for one in owing.asked
    ]
    lists["owed"] = [{**showing.action(one, names, by), "victim": victims.get(one.matter_id, "")} for one in owing.owed]
    return lists, {**counts, **owing.counts}, owing


def _rest(name: str, count: int) -> dict[str, str] | None:
    """Return the way to all of a list of which the board shows the beginning."""
    if count <= SHOWN:
        return None
    words = f"{count:,} in all; the {SHOWN} most urgent are shown."
    return {"words": words, "href": f"{reverse('safeguarding:marac')}?part={name}", "text": "Show all"}


def _words(waiting: int, again: int, to_reach: int, late: int, overdue: int) -> str:
    parts = ((waiting, "waiting"), (again, "not referred again"), (to_reach, "not reached"))
    said = [f"{n:,} {text}" for n, text in (*parts, (late, "answers late"), (overdue, "actions overdue")) if n]
    return ", ".join(said) or "Nothing waits"


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
    here = request.GET.urlencode()
    return redirect(f"{reverse('safeguarding:marac')}{'?' if here else ''}{here}")


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
