"""The hub's board, one contact, its steps, raising one, and what became of what somebody raised."""

import uuid
from datetime import datetime

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from fellwatch.foundation import access, clock, ids, paging
from fellwatch.foundation.accounts.reader import reader
from fellwatch.records import queries as records
from fellwatch.safeguarding.access import HUB, RAISE
from fellwatch.safeguarding.mash import actions, queries
from fellwatch.safeguarding.mash.values import NewContact
from fellwatch.safeguarding.pages import forms, hub_showing, hub_steps
from fellwatch.safeguarding.pages.cases import take
from fellwatch.safeguarding.pages.forms import Field, Option, Typed, as_id
from fellwatch.safeguarding.values import Invalid
from fellwatch.sharing import fields
from fellwatch.sharing import queries as sharing

CHILD, ADULT = Option("child", "A child"), Option("adult", "An adult")


@require_GET
def board(request: HttpRequest) -> HttpResponse:
    """Show the open contacts, a page at a time, what is due soonest first; by colour where asked. Neither hides one."""
    by, now, page = reader(request), clock.now(), paging.asked(request)
    colour = request.GET.get("colour", "")
    found = queries.board(by=by, now=now, colour=colour, page=page)
    keep = {"colour": colour} if colour else {}
    more = (page + 1) * queries.PAGE < found.total
    values = {
        "rows": [hub_showing.row(one, now) for one in found.shown],
        "total": found.total,
        "words": hub_showing.board_words(found) + paging.said(page, queries.PAGE, found.total, "most urgent"),
        "colours": hub_showing.chips(found.colours, colour),
        "as_at": now,
        **paging.ways(reverse("safeguarding:hub"), page, more=more, **keep),
    }
    return render(request, "safeguarding/hub.html", values)


@require_GET
def contact(request: HttpRequest, id: uuid.UUID) -> HttpResponse:
    """Show one contact."""
    by, now = reader(request), clock.now()
    with access.acting(by):
        seen = queries.contact(id, by=by, now=now)
        agencies = {one.code: one for one in sharing.agencies(by=by, now=now, closed=True)}
    return render(request, "safeguarding/hub_contact.html", hub_showing.contact(seen, agencies, by=by, now=now))


@require_http_methods(["GET", "POST"])
def step(request: HttpRequest, id: uuid.UUID, step: str) -> HttpResponse:
    """Take one step on a contact, on a page of its own; `of` names the thing within it."""
    by, now = reader(request), clock.now()
    access.check(by, HUB, subject=("contact", str(id)))
    with access.acting(by):
        seen = queries.contact(id, by=by, now=now)
        form = hub_steps.step(step, seen, as_id(request.GET.get("of", "")), by=by, now=now)
    if form is None:
        raise Http404
    back = {"href": reverse("safeguarding:hub_contact", args=[id]), "text": seen.row.reference}
    return take(request, form, by, now, back=back, to=back["href"])


@require_http_methods(["GET", "POST"])
def raise_it(request: HttpRequest, id: uuid.UUID) -> HttpResponse:
    """Tell the hub about somebody in an incident."""
    by, now = reader(request), clock.now()
    access.check(by, RAISE, subject=("incident", str(id)))
    with access.acting(by):
        incident = records.incident(id, by=by, now=now)
        people = {one.person.id: one.person for one in incident.parts}
        place = incident.place.id if incident.place else None
        home = records.household(place, by=by, on=clock.london_date(now)) if place else ()
        names = {str(one.id): one.name for one in people.values()} | {str(one.person_id): one.name for one in home}
        asked = _raise_fields(tuple(Option(code, name) for code, name in names.items()), incident.summary, now)
        said, problems = forms.known_now(asked, forms.typed(request)), {}
    if request.method == "POST":
        try:
            reference = actions.raise_contact(_new(id, said, names), by=by, now=now)
        except Invalid as wrong:
            problems = wrong.problems
        else:
            messages.success(request, f"The hub has it: {reference}. What it decides comes back to you.")
            return redirect("safeguarding:raised")
    values = {
        "reference": incident.reference,
        "incident_href": reverse("contact:incident", args=[id]),
        "fields": forms.filled(asked, said),
        "form_id": said.get("id") or ids.new(),
        "errors": forms.beside(problems),
    }
    return render(request, "safeguarding/hub_raise.html", values, status=422 if problems else 200)


def _new(incident_id: uuid.UUID, said: Typed, names: dict[str, str]) -> NewContact:
    person = as_id(said.get("person"))
    if person is None or said.get("person") not in names:
        raise Invalid({"person": "Choose whom you are worried about."})
    return NewContact(
        said.get("kind"), person, incident_id, said.get("colour"), said.get("concern"), said.get("immediate"),
        said.get("wishes"), said.get("basis"), said.get("basis_because"), said.id(),
    )  # fmt: skip


def _raise_fields(people: tuple[Option, ...], summary: str, now: datetime) -> tuple[Field, ...]:
    bases = tuple(Option(c.code, c.label) for c in fields.codes(fields.BASES, now).codes)
    colours = tuple(Option(c.code, c.label) for c in fields.codes(actions.COLOURS, now).codes)
    return (
        Field("person", "Whom are you worried about?", "choose", options=people),
        Field("kind", "Is that", "ask", options=(CHILD, ADULT)),
        Field("colour", "How urgent", "choose", "The hub looks at this again.", options=colours),
        Field("concern", "What you saw or heard, and what you fear", "area", value=summary, rows=4),
        Field("immediate", "What was done at once", "area", "Or that nothing could be.", rows=2),
        Field("wishes", "What they want to happen", "area", "In their own words, where they were asked.", rows=2),
        Field("basis", "On what basis", "choose", options=bases),
        Field(
            "basis_because", "If they did not agree, why they were not asked or why it is told anyway", "area", rows=2
        ),
    )


@require_GET
def raised(request: HttpRequest) -> HttpResponse:
    """Show what the reader raised, and what came of it."""
    by, now = reader(request), clock.now()
    access.check(by, RAISE)
    with access.acting(by):
        found = queries.raised(by=by)
        told = sharing.told_back(by=by)
    values = {"rows": [hub_showing.raised(one, now) for one in found], "told": told}
    return render(request, "safeguarding/hub_raised.html", values)
