"""A person's page: the risk thread, what holds now, who and what is around them, and who looked."""

import uuid
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from fellwatch.contact import access as contact
from fellwatch.contact import story as control_room
from fellwatch.duties import access as duties
from fellwatch.duties import queries as owed
from fellwatch.foundation import access, clock, plain
from fellwatch.foundation.access import Actor, can, permissions
from fellwatch.foundation.accounts.reader import reader
from fellwatch.foundation.audit import chain
from fellwatch.orders import access as orders_access
from fellwatch.orders import queries as orders
from fellwatch.recognition import restricting
from fellwatch.recognition.restricting import Unrestrictable
from fellwatch.records import queries as records
from fellwatch.records import story
from fellwatch.records.values import Resident
from fellwatch.safeguarding.pages.showing import considering
from fellwatch.safeguarding.pages.showing import order as order_view
from fellwatch.sharing.reach import showing as reaching
from fellwatch.shell.pages import life, log, made_of, restriction
from fellwatch.shell.pages.owed import duty_view

LOOKS = 50
LONGEST = 2000


@require_GET
def person(request: HttpRequest, id: uuid.UUID) -> HttpResponse:
    """Show one person. Everybody shown with them is named in the log."""
    return _page(request, id)


@require_POST
def restrict(request: HttpRequest, id: uuid.UUID) -> HttpResponse:
    """Put a record in a compartment, or lift that, with a reason that stays."""
    by, now, typed = reader(request), clock.now(), _typed(request)
    try:
        if request.POST.get("do") == "lift":
            changed = restricting.lift(id, typed["reason"], by=by, now=now)
        else:
            asked = restricting.Asked(typed["compartment"], typed["reason"], bool(typed["with_incidents"]))
            changed = restricting.restrict(id, asked, by=by, now=now)
    except Unrestrictable as problem:
        errors = tuple({"text": text, "href": f"#{field}"} for field, text in problem.problems.items())
        return _page(request, id, errors=errors, typed=typed, status=400)
    messages.success(request, "Done. The reason stays with the record." if changed else "It was so already.")
    return redirect("shell:person", id)


def _led_on(request: HttpRequest, id: uuid.UUID) -> HttpResponse:
    """Take an earlier address to who it was found to be."""
    messages.info(request, "The record you asked for was found to be this person.")
    return redirect("shell:person", id)


def _phones(
    id: uuid.UUID, reach: Mapping[str, Any] | None, *, by: Actor, now: datetime
) -> Sequence[tuple[str, str, bool]]:
    """Return their numbers, each with what the register of safe contact says of it."""
    rules = reach["rules"] if reach else ()
    held = records.phones_of(id, by=by)
    return [(number, *reaching.ringing(rules, number, recorded, now)) for number, recorded in held]


def _at_home(place_id: uuid.UUID, by: Actor, now: datetime) -> Sequence[Resident]:
    return records.household(place_id, by=by, on=clock.london_date(now), most=life.MOST_AT_HOME)


def _typed(request: HttpRequest) -> dict[str, str]:
    fields = ("compartment", "reason", "with_incidents")
    return {field: plain.marked(request.POST.get(field, ""))[:LONGEST] for field in fields}


def _page(
    request: HttpRequest,
    id: uuid.UUID,
    *,
    errors: tuple[dict[str, str], ...] = (),
    typed: dict[str, str] | None = None,
    status: int = 200,
) -> HttpResponse:
    by, now = reader(request), clock.now()
    with access.acting(by):
        seen = records.person(id, by=by, now=now)
        if seen.id != id:
            return _led_on(request, seen.id)
        incidents = story.incidents_of(by=by, person_id=id)
        known = [past.id for past in incidents]
        reach = reaching.part(id, seen.name, by=by, now=now)
        facts = life.Facts(
            person=seen,
            incidents=incidents,
            grades=control_room.grades_of(known, by=by) if can(by, contact.READ).allowed else {},
            markers=story.markers_ever(id, by=by),
            addresses=story.addresses_of([past.place_id for past in incidents if past.place_id], by=by),
            around=story.around(id, by=by),
            homes=story.homes(id, by=by),
            household=_at_home(seen.place_id, by, now) if seen.place_id else (),
            phones=_phones(id, reach, by=by, now=now),
        )
        running = owed.running_for(id, known, by=by) if can(by, duties.READ).allowed else ()
        binding = orders.about_person(id, by=by, now=now) if can(by, orders_access.READ).allowed else ()
        kept = story.restrictions_of(id, by=by)
        made = made_of.shown(id, by=by)
        ids = (id, *(one.person_id for one in made["earlier"]))
        looked = chain.lines(by=by, people=ids, limit=LOOKS) if can(by, permissions.READ_LOG).allowed else None
    values = {
        **life.shown(facts, by=by, now=now),
        "duties": [duty_view(duty, now) for duty in running],
        "orders": [order_view(one, by=by, now=now) for one in binding],
        "reach": reach,
        "considering": considering(id, by=by),
        "looked": None if looked is None else [log.row(line) for line in looked],
        "made_of": made,
        "restriction": restriction.shown(seen.compartment, kept, by=by, now=now),
        "errors": errors,
        "typed": typed or {},
    }
    return render(request, "pages/person.html", values, status=status)
