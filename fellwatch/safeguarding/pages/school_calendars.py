"""The schools that can be told: who is told there, what its agreement lets it be told, on which days it meets."""

import re
import uuid
from datetime import date, datetime, time

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from fellwatch.foundation import access, clock
from fellwatch.foundation.access import Actor
from fellwatch.foundation.accounts.reader import reader
from fellwatch.safeguarding.encompass import actions, life, queries
from fellwatch.safeguarding.encompass.values import EstablishmentView, Invalid, NewEstablishment, NewSpell
from fellwatch.safeguarding.pages import school_showing
from fellwatch.safeguarding.pages.cases import take
from fellwatch.safeguarding.pages.forms import Field, Option, Step, Typed

MORE = (Option("voice", "What the child said"), Option("demeanour", "How the child was"))
DAY = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")


@require_GET
def places(request: HttpRequest) -> HttpResponse:
    """Show every school, those that something is missing of first."""
    by, now = reader(request), clock.now()
    rows = [school_showing.school(one, now) for one in queries.establishments(by=by, now=now)]
    rows.sort(key=lambda one: not one["troubles"])
    lacking = sum(bool(one["troubles"]) for one in rows)
    return render(request, "safeguarding/school_places.html", {"rows": rows, "lacking": lacking})


@require_GET
def school(request: HttpRequest, id: uuid.UUID) -> HttpResponse:
    """Show one school with its calendar."""
    by, now = reader(request), clock.now()
    shown = school_showing.school(queries.establishment(id, by=by, now=now), now)
    steps = [{"href": reverse("safeguarding:school_edit", args=[id, code]), "text": words} for code, words in _STEPS]
    return render(request, "safeguarding/school.html", {"title": shown["name"], "school": shown, "steps": steps})


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, id: uuid.UUID, step: str) -> HttpResponse:
    """Correct a school, add days to its calendar, or close it for a day."""
    by, now = reader(request), clock.now()
    seen = queries.establishment(id, by=by, now=now)
    build = {"days": _days, "close": _close, "contact": _contact}.get(step)
    if build is None:
        raise Http404
    here = reverse("safeguarding:school", args=[id])
    return take(request, build(seen, now), by, now, back={"href": here, "text": seen.name}, to=here)


@require_http_methods(["GET", "POST"])
def close_many(request: HttpRequest) -> HttpResponse:
    """Close several schools at once, as a storm does."""
    by, now = reader(request), clock.now()
    with access.acting(by):
        every = queries.establishments(by=by, now=now, kinds=("school", "college"))
    options = tuple(Option(str(one.id), one.name) for one in every)

    def do(said: Typed, by: Actor, now: datetime) -> None:
        ids = [uuid.UUID(one) for one in said.all("establishments") if one in {o.code for o in options}]
        first = day(said, "first_date")
        actions.close_days(ids, first, day(said, "last_date", first), said.get("words"), by=by, now=now)

    fields = (*_closing(now), Field("establishments", "Which schools", "many", options=options))
    form = Step(
        "Schools are closed", "They are closed", fields, do, "Notices they have not opened wait for the next day."
    )
    back = {"href": reverse("safeguarding:school_places"), "text": "Schools"}
    return take(request, form, by, now, back=back, to=back["href"])


_STEPS = (
    ("days", "Add a term or an inset day"),
    ("close", "It is closed on a day"),
    ("contact", "Correct who is told, and the agreement"),
)


def _days(seen: EstablishmentView, now: datetime) -> Step:
    def do(said: Typed, by: Actor, now: datetime) -> None:
        first = day(said, "first_date")
        kind = said.get("kind")
        if kind not in life.DAYS:
            raise Invalid({"kind-1": "Say what these days are."})
        spell = NewSpell(kind, first, day(said, "last_date", first), said.get("words"))
        actions.add_days(seen.id, [spell], by=by, now=now)

    kinds = tuple(Option(code, words) for code, words in life.DAYS.items())
    fields = (
        Field("kind", "What these days are", "ask", options=kinds),
        Field("first_date", "First day", hint="Such as 2/11/2026"),
        Field("last_date", "Last day", hint="Left empty: that one day"),
        Field("words", "What it is called"),
    )
    return Step("Add days to the calendar", "Add them", fields, do, "Give each half of a term its own line.")


def _close(seen: EstablishmentView, now: datetime) -> Step:
    def do(said: Typed, by: Actor, now: datetime) -> None:
        first = day(said, "first_date")
        actions.close_days([seen.id], first, day(said, "last_date", first), said.get("words"), by=by, now=now)

    lede = "Notices it has not opened are due on the next day it opens."
    return Step(f"{seen.name} is closed", "It is closed", _closing(now), do, lede)


def _closing(now: datetime) -> tuple[Field, ...]:
    today = f"{clock.london(now):%-d/%-m/%Y}"
    return (
        Field("first_date", "First day", value=today, hint="Such as 2/11/2026"),
        Field("last_date", "Last day", hint="Left empty: that one day"),
        Field("words", "Why"),
    )


def _contact(seen: EstablishmentView, now: datetime) -> Step:
    def do(said: Typed, by: Actor, now: datetime) -> None:
        new = NewEstablishment(
            name=said.get("name"), agency=seen.agency, kind=seen.kind, lead_name=said.get("lead_name"),
            email=said.get("email"), second_email=said.get("second_email"), telephone=said.get("telephone"),
            starts=_time(said, "starts"), agreed=tuple(o.code for o in MORE if o.code in said.all("agreed")),
            agreed_until=day(said, "agreed_until") if said.get("agreed_until") else None, districts=seen.districts,
            closed_date=day(said, "closed_date") if said.get("closed_date") else None,
        )  # fmt: skip
        actions.keep(new, by=by, now=now)

    fields = (
        Field("name", "Name", value=seen.name),
        Field("lead_name", "Safeguarding lead", value=seen.lead_name),
        Field("email", "Mail", value=seen.email, hint="Mail says only that something waits."),
        Field("second_email", "Mail of a deputy", value=seen.second_email, hint="Tried when the first comes back."),
        Field("telephone", "Telephone before school", value=seen.telephone),
        Field("starts", "School begins at", value=f"{seen.starts:%H:%M}" if seen.starts else "", hint="Such as 08:45"),
        Field("agreed", "Its agreement also lets it be told", "many", options=MORE, values=seen.agreed),
        Field("agreed_until", "The agreement holds until", value=_said(seen.agreed_until), hint="Such as 31/8/2027"),
        Field("closed_date", "Closed for good from", value=_said(seen.closed_date), hint="Left empty while it is open"),
    )
    return Step("Who is told there", "Keep this", fields, do)


def day(said: Typed, name: str, otherwise: date | None = None) -> date:
    """Read a day as people write it, or raise Invalid beside its field; empty is the other day, where there is one."""
    if otherwise and not said.get(name):
        return otherwise
    found = DAY.fullmatch(said.get(name))
    try:
        return date(int(found[3]), int(found[2]), int(found[1])) if found else date.fromisoformat(said.get(name))
    except ValueError:
        raise Invalid({name: "Write the day such as 2/11/2026."}) from None


def _time(said: Typed, name: str) -> time | None:
    if not said.get(name):
        return None
    try:
        return time.fromisoformat(said.get(name))
    except ValueError:
        raise Invalid({name: "Write the time such as 08:45."}) from None


def _said(day: date | None) -> str:
    return f"{day:%-d/%-m/%Y}" if day else ""
