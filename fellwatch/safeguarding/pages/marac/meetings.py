"""One meeting: called, its agenda, who comes, begun and closed; and its minutes, which are corrected, not composed."""

import uuid
from collections.abc import Mapping
from datetime import datetime, timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from fellwatch.foundation import access, clock
from fellwatch.foundation.access import Actor
from fellwatch.meetings import actions, queries
from fellwatch.meetings.access import ARRANGE, CHAIR
from fellwatch.meetings.values import AgendaLine, Called, Said
from fellwatch.safeguarding.marac import law
from fellwatch.safeguarding.marac import queries as marac
from fellwatch.safeguarding.pages.cases import take
from fellwatch.safeguarding.pages.forms import Field, Option, Step, Typed, watch
from fellwatch.safeguarding.pages.marac import showing
from fellwatch.safeguarding.pages.marac.door import staff
from fellwatch.safeguarding.values import Invalid
from fellwatch.sharing import queries as sharing

LENGTH = timedelta(hours=3)
AHEAD = timedelta(days=14)


@require_http_methods(["GET", "POST"])
def new_meeting(request: HttpRequest) -> HttpResponse:
    """Call a meeting."""
    by, now = staff(request), clock.now()
    access.check(by, ARRANGE)
    back = {"href": reverse("safeguarding:marac"), "text": "MARAC"}
    return take(request, _calling(by, now), by, now, back=back, to=back["href"])


def _calling(by: Actor, now: datetime) -> Step:
    names = {one.code: one.name for one in sharing.agencies(by=by)}
    begins = clock.london(now + AHEAD).replace(hour=9, minute=30, second=0, microsecond=0)

    def do(said: Typed, by: Actor, now: datetime) -> str:
        starts_at, ends_at = said.moment("starts_at"), said.moment("ends_at")
        invited = {code: names[code] for code in said.all("agencies") if code in names}
        new = Called(
            "marac",
            said.get("title") or "MARAC",
            starts_at,
            ends_at,
            said.get("place"),
            said.get("chair"),
            invited,
            law.agenda_due(starts_at),
            said.id(),
        )
        return reverse("safeguarding:marac_meeting", args=[actions.call(new, by=by, now=now)])

    return Step(
        "Call a meeting",
        "Call it, and invite them",
        (
            Field("title", "What it is called", hint="It stands in calendars: name nobody", value="MARAC"),
            *_when_and_where(begins, begins + LENGTH, ""),
            Field("chair", "Who chairs it"),
            Field(
                "agencies",
                "Who is invited",
                "many",
                options=tuple(Option(*one) for one in names.items()),
                values=tuple(names),
            ),
        ),
        do,
    )


def _when_and_where(begins: datetime, ends: datetime, place: str) -> tuple[Field, ...]:
    return (
        Field("starts_at", "Begins", "moment", value=watch(begins)),
        Field("ends_at", "Ends", "moment", value=watch(ends)),
        Field("place", "Where, or how to join", value=place),
    )


@require_http_methods(["GET", "POST"])
def move(request: HttpRequest, id: uuid.UUID) -> HttpResponse:
    """Change when or where a meeting is."""
    by, now = staff(request), clock.now()
    access.check(by, ARRANGE)
    found = queries.meeting(id, by=by)

    def do(said: Typed, by: Actor, now: datetime) -> None:
        starts_at, ends_at = said.moment("starts_at"), said.moment("ends_at")
        actions.move(id, starts_at, ends_at, said.get("place"), law.agenda_due(starts_at), by=by, now=now)

    form = Step(
        f"{found.title}: when and where",
        "Change it, and tell them",
        _when_and_where(found.starts_at, found.ends_at, found.place),
        do,
        "Every agency invited is mailed that something has changed. At another time each is asked anew who comes.",
    )
    back = {"href": reverse("safeguarding:marac_meeting", args=[id]), "text": found.title}
    return take(request, form, by, now, back=back, to=back["href"])


@require_GET
def meeting(request: HttpRequest, id: uuid.UUID) -> HttpResponse:
    """Show one meeting with its agenda."""
    return _page(request, id)


def _page(request: HttpRequest, id: uuid.UUID, problems: Mapping[str, str] | None = None) -> HttpResponse:
    by, now = staff(request), clock.now()
    with access.acting(by):
        found = queries.meeting(id, by=by)
        lines = queries.agenda(id, by=by)
        about = marac.told([line.matter_id for line in lines], by=by)
        names = showing.agency_names(by, [found])
        answers = queries.answered(id, by=by)
    agenda = [
        {
            "line": line,
            "case": showing.row(about[line.matter_id], names, by, now),
            "answers": "{} of {}".format(*answers.get(line.matter_id, (0, 0))),
        }
        for line in lines
        if line.matter_id in about
    ]
    values = {
        "title": found.title,
        "meeting": showing.meeting(found),
        "agenda": agenda,
        "minutes": sum(line.minutes for line in lines),
        "room": int((found.ends_at - found.starts_at).total_seconds() // 60),
        "next": next((line for line in lines if line.ended_at is None), None),
        "may_arrange": ARRANGE in by.permissions,
        "may_chair": bool({ARRANGE, CHAIR} & by.permissions),
        "errors": [{"text": text, "href": "#do"} for text in (problems or {}).values()],
    }
    return render(request, "marac/meeting.html", values, status=422 if problems else 200)


@require_POST
def change(request: HttpRequest, id: uuid.UUID) -> HttpResponse:
    """Send the agenda, begin, close or call off."""
    by, now = staff(request), clock.now()
    steps = {
        "send": actions.send_agenda,
        "begin": actions.begin,
        "finish": actions.finish,
        "call_off": actions.call_off,
    }
    step = steps.get(request.POST.get("do", ""))
    if step is None:
        return _page(request, id, {"do": "Choose what to do."})
    try:
        step(id, by=by, now=now)
    except Invalid as wrong:
        return _page(request, id, wrong.problems)
    if request.POST.get("do") == "begin" and (first := _next(id, by)):
        actions.begin_item(first.id, by=by, now=now)
        return redirect("safeguarding:marac_hearing", first.id)
    messages.success(request, "Recorded.")
    return redirect("safeguarding:marac_meeting", id)


def _next(id: uuid.UUID, by: Actor) -> AgendaLine | None:
    return next((line for line in queries.agenda(id, by=by) if line.ended_at is None), None)


@require_POST
def attendance(request: HttpRequest, id: uuid.UUID) -> HttpResponse:
    """Note who is there, all agencies at once."""
    by, now = staff(request), clock.now()
    with access.acting(by):
        for one in queries.meeting(id, by=by).attendance:
            state, name = request.POST.get(f"state-{one.agency}", ""), request.POST.get(f"name-{one.agency}", "")
            if state and (state, name) != (one.state, one.name):
                actions.attended(id, one.agency, state, name, by=by, now=now)
    messages.success(request, "Who is there was noted.")
    return redirect("safeguarding:marac_meeting", id)


@require_GET
def minutes(request: HttpRequest, id: uuid.UUID) -> HttpResponse:
    """Show the minutes as this reader may know them."""
    by, now = staff(request), clock.now()
    return render(request, "marac/minutes.html", minutes_of(id, by=by, now=now))


def minutes_of(id: uuid.UUID, *, by: Actor, now: datetime) -> dict[str, object]:
    """Return a meeting's minutes as plain values: each case with what was said, corrected and promised."""
    with access.acting(by):
        found = queries.meeting(id, by=by)
        cases = queries.minutes(id, by=by, now=now)
        about = marac.told([one.line.matter_id for one in cases], by=by)
        names = showing.agency_names(by, [found])
    return {
        "title": f"Minutes: {found.title}",
        "meeting": showing.meeting(found),
        "may_correct": bool({ARRANGE, CHAIR} & by.permissions) and found.state == "held",
        "cases": [
            {
                "number": one.line.number,
                "id": one.line.id,
                "reference": one.line.reference,
                "victim": about[one.line.matter_id].victim,
                "repeat": about[one.line.matter_id].repeat,
                "said": one.said,
                "versions": one.versions,
                "actions": [showing.action(action, names, by) for action in one.actions],
            }
            for one in cases
            if one.line.matter_id in about
        ],
    }


@require_http_methods(["GET", "POST"])
def correct(request: HttpRequest, id: uuid.UUID) -> HttpResponse:
    """Correct what the minutes say of one case."""
    by, now = staff(request), clock.now()
    found = queries.item(id, by=by, now=now)

    def do(said: Typed, by: Actor, now: datetime) -> None:
        words = Said(said.get("facts"), said.get("analysis"), said.get("decision"))
        actions.correct(id, words, said.get("because"), seen=said.number("seen"), by=by, now=now)

    last = found.said
    fields = (
        Field("facts", "Facts", "area", value=last.facts if last else "", rows=6),
        Field("analysis", "What they mean", "area", value=last.analysis if last else "", rows=4),
        Field("decision", "Decision", "area", value=last.decision if last else ""),
        Field("because", "What was wrong, and who said so", "area", rows=2),
    )
    form = Step(
        f"Correct the minutes: {found.line.reference}", "Correct them", fields, do, seen=last.version if last else 0
    )
    back = {"href": reverse("safeguarding:marac_minutes", args=[found.meeting.id]), "text": "Minutes"}
    return take(request, form, by, now, back=back, to=back["href"])
