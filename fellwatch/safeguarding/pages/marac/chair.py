"""The chair's page: one case at a time, facts apart from what they mean, actions as spoken, time left, next."""

import uuid
from collections.abc import Mapping
from datetime import date, datetime, timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from fellwatch.foundation import access, clock, ids
from fellwatch.foundation.access import Actor
from fellwatch.meetings import actions, queries
from fellwatch.meetings.values import ItemView, Promised, Said
from fellwatch.safeguarding.marac import actions as marac
from fellwatch.safeguarding.marac import queries as referrals
from fellwatch.safeguarding.pages.forms import Typed, typed
from fellwatch.safeguarding.pages.marac import showing
from fellwatch.safeguarding.pages.marac.door import staff
from fellwatch.safeguarding.values import Invalid

DAYS = (("T", 1, "Tomorrow"), ("W", 7, "In a week"), ("F", 14, "In a fortnight"), ("M", 28, "In four weeks"))
"""The key that chooses it, how many days, and its words."""


@require_http_methods(["GET", "POST"])
def hearing(request: HttpRequest, id: uuid.UUID) -> HttpResponse:
    """Show one case on the projector; save what is said of it, and go on to the next."""
    by, now = staff(request), clock.now()
    if request.method == "GET":
        return _page(request, id, Typed(), {})
    said = typed(request)
    words = Said(said.get("facts"), said.get("analysis"), said.get("decision"))
    try:
        actions.write(id, words, seen=said.number("seen"), by=by, now=now)
        if said.get("do") == "next":
            return _go_on(id, by, now)
    except Invalid as wrong:
        return _page(request, id, said, wrong.problems)
    return redirect("safeguarding:marac_hearing", id)


def _go_on(id: uuid.UUID, by: Actor, now: datetime) -> HttpResponse:
    marac.heard(id, by=by, now=now)
    meeting = queries.item(id, by=by, now=now).meeting.id
    left = next((line for line in queries.agenda(meeting, by=by) if line.ended_at is None), None)
    if left is None:
        return redirect("safeguarding:marac_meeting", meeting)
    actions.begin_item(left.id, by=by, now=now)
    return redirect("safeguarding:marac_hearing", left.id)


@require_POST
def begin(request: HttpRequest, id: uuid.UUID) -> HttpResponse:
    """Hear a case now, out of its turn."""
    by, now = staff(request), clock.now()
    try:
        actions.begin_item(id, by=by, now=now)
    except Invalid:
        return redirect("safeguarding:marac_meeting", queries.item(id, by=by, now=now).meeting.id)
    return redirect("safeguarding:marac_hearing", id)


@require_POST
def promise(request: HttpRequest, id: uuid.UUID) -> HttpResponse:
    """Write down an action as it is spoken."""
    by, now, said = staff(request), clock.now(), typed(request)
    try:
        day = said.day_or_none("due_date") or _in_days(said, now)
        new = Promised(said.get("agency"), said.get("words"), day, said.get("owner"), said.id())
        actions.promise(id, new, by=by, now=now)
    except Invalid as wrong:
        return _page(request, id, said, wrong.problems)
    return redirect(f"{reverse('safeguarding:marac_hearing', args=[id])}#words")


def _in_days(said: Typed, now: datetime) -> date:
    days = said.number("days")
    if days not in {number for _, number, _ in DAYS}:
        raise Invalid({"days-1": "Choose by when, or give a day."})
    return clock.london_date(now + timedelta(days=days))


def _page(request: HttpRequest, id: uuid.UUID, said: Typed, problems: Mapping[str, str]) -> HttpResponse:
    by, now = staff(request), clock.now()
    with access.acting(by):
        found = queries.item(id, by=by, now=now)
        seen = referrals.referral(found.line.matter_id, by=by)
        names = showing.agency_names(by, [found.meeting])
        others = [line for line in queries.agenda(found.meeting.id, by=by) if line.id != id]
    values = {
        **_case(found, names, by, now),
        "title": seen.row.victim,
        "case": showing.row(seen.row, names, by, now),
        "told": showing.told({k: v for k, v in seen.told.items() if k not in {"victim_name", "perpetrator_name"}}),
        "met": [one for one in showing.criteria(seen) if one["met"]],
        "contacts": [
            {"at": one.at, "reached": one.reached, "words": one.words, "engaged": showing.ENGAGED[one.engaged]}
            for one in seen.contacts
        ],
        "others": [{"href": reverse("safeguarding:marac_hearing", args=[line.id]), "line": line} for line in others],
        "said": _texts(found, said),
        "action": said,
        "form_id": said.get("id") or ids.new(),
        "days": DAYS,
        "errors": [{"text": text, "href": f"#{name}"} for name, text in problems.items()],
    }
    return render(request, "marac/chair.html", values, status=422 if problems else 200)


def _case(found: ItemView, names: Mapping[str, str], by: Actor, now: datetime) -> dict[str, object]:
    line = found.line
    begun = line.begun_at or now
    ends = begun + timedelta(minutes=line.minutes)
    return {
        "line": line,
        "of": found.of,
        "meeting": showing.meeting(found.meeting),
        "running": found.meeting.state == "running",
        "clock": showing.clock_of("Time for this case", begun, ends, now, done=line.ended_at is not None),
        "research": [showing.research(one, names, by, now) for one in found.research],
        "earlier": [showing.action(one, names, by) for one in found.earlier],
        "actions": [showing.action(one, names, by) for one in found.actions],
        "invited": [(one.agency, one.title) for one in found.meeting.attendance],
    }


def _texts(found: ItemView, said: Typed) -> dict[str, object]:
    """What stands in the three fields: what was typed and could not be kept, else the newest version."""
    last = found.said
    typed_here = bool({"facts", "analysis", "decision"} & set(said.fields))
    return {
        "seen": last.version if last else 0,
        **{
            name: said.get(name) if typed_here else getattr(last, name) if last else ""
            for name in ("facts", "analysis", "decision")
        },
        "by": last.by_name if last else "",
        "at": last.at if last else None,
    }
