"""A place's page: where it is and how exactly that is known, who lives there, what happened there."""

import uuid
from datetime import date, datetime

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from fellwatch.contact import access as contact
from fellwatch.contact import rulings
from fellwatch.contact import story as control_room
from fellwatch.foundation import access, clock
from fellwatch.foundation.access import Actor, can
from fellwatch.foundation.accounts.reader import reader
from fellwatch.orders import access as orders_access
from fellwatch.orders import queries as orders
from fellwatch.recognition import dates
from fellwatch.recognition.typed import Trouble
from fellwatch.records import queries as records
from fellwatch.records import story
from fellwatch.records.geography import places as geography
from fellwatch.records.geography.places import PlaceFacts
from fellwatch.records.values import MarkerView, PlaceView
from fellwatch.safeguarding.pages.showing import order as order_view
from fellwatch.shell import times
from fellwatch.shell.pages import happened
from fellwatch.shell.pages.life import resident

EXACTLY = {
    "postcode": "known from the postcode itself",
    "sector": "judged from the sector of the postcode: most addresses there, not surely this one",
    "outcode": "judged from the first half of the postcode alone: roughly",
    "unknown": "not known",
}


@require_GET
def place(request: HttpRequest, id: uuid.UUID) -> HttpResponse:
    """Show one place, and its household as of a day."""
    by, now = reader(request), clock.now()
    typed = request.GET.get("on", "").strip()[:40]
    day, problem = _day(typed, today=clock.london_date(now))
    with access.acting(by):
        seen = records.place(id, by=by, now=now)
        facts = geography.describe(seen.postcode)
        values = {
            **_here(id, by=by, now=now),
            "household": [resident(one) for one in records.household(id, by=by, on=day)],
        }
    values |= {
        "title": seen.address,
        "place": seen,
        "caption": " · ".join(part for part in (seen.district, f"{seen.area} area" if seen.area else "") if part),
        "lines": _lines(seen, facts),
        "warnings": [_warning(marker, now) for marker in seen.markers],
        "on": typed or f"{day:%d/%m/%Y}",
        "day": times.day(day),
        "errors": ({"text": problem, "href": "#on"},) if problem else (),
    }
    return render(request, "pages/place.html", values, status=400 if problem else 200)


def _here(place_id: uuid.UUID, *, by: Actor, now: datetime) -> dict[str, object]:
    incidents = story.incidents_of(by=by, place_id=place_id)
    opens = can(by, contact.READ).allowed
    grades = control_room.grades_of([past.id for past in incidents], by=by) if opens else {}
    binding = orders.at_place(place_id, by=by, now=now) if can(by, orders_access.READ).allowed else ()
    return {
        "orders": [order_view(one, by=by, now=now) for one in binding],
        "incidents": [
            happened.incident(past, len(incidents) - n, grades.get(past.id, ()), opens, now)
            for n, past in enumerate(incidents)
        ],
        "tied": [resident(one) for one in story.residents_ever(place_id, by=by)],
    }


def _day(typed: str, *, today: date) -> tuple[date, str]:
    """Read a whole day; anything else is today, with what is wrong and what to do."""
    if not typed:
        return today, ""
    read = dates.read(typed, today=today)
    if isinstance(read, Trouble):
        return today, "This is not a day. Write it like 3 August 2025 or 03/08/2025. Today is shown instead."
    if not (read.year and read.month and read.day):
        return today, "Give the whole day: day, month and year. Today is shown instead."
    return date(read.year, read.month, read.day), ""


def _lines(seen: PlaceView, facts: PlaceFacts) -> list[tuple[str, str]]:
    own = seen.force == settings.FELLWATCH_FORCE
    force = settings.FELLWATCH_FORCE_NAME if own else geography.name_of(seen.force) if seen.force else "not known"
    return [
        ("District", seen.district or "not known"),
        ("Policing area", seen.area or "not known"),
        ("Beat", f"{seen.beat}: attendance is reckoned by it"),
        ("Force", force),
        ("How exactly", f"{EXACTLY[facts.exactness].capitalize()}. {facts.because}".strip()),
    ]


def _warning(marker: MarkerView, now: datetime) -> dict[str, str]:
    return {
        "tone": "danger",
        "text": rulings.label("marker_kinds", marker.kind, now),
        "detail": marker.detail,
        "until": times.day(marker.expires_at) if marker.expires_at else "",
        "source": f"{marker.source}, {times.day(marker.from_at)}",
    }
