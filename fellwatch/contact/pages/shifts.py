"""The supervisor's view of a shift: what came, what waits, what was late, who holds what."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from fellwatch.contact import rulings
from fellwatch.contact.pages.boards import Chip, href_of
from fellwatch.contact.pages.typed import as_number
from fellwatch.contact.shift import Reached, shift
from fellwatch.foundation import clock, series
from fellwatch.foundation.accounts.reader import reader

LENGTHS = (8, 12, 24)
BEATS = {"urban": "Town", "rural": "Country"}


@require_GET
def view(request: HttpRequest) -> HttpResponse:
    """Show the last eight, twelve or twenty-four hours."""
    by = reader(request)
    now = clock.now()
    asked = as_number(request.GET.get("hours", "")) or LENGTHS[0]
    hours = asked if asked in LENGTHS else LENGTHS[0]
    found = shift(by=by, now=now, hours=hours)
    here = reverse("contact:shift")
    total = sum(count for _, count in found.came)
    busiest = max(found.came, key=lambda pair: pair[1])
    words = f"{total} came in {hours} hours"
    if total:
        words += f"; most, {busiest[1]}, in the hour from {clock.london(busiest[0]):%H:%M}"
    context = {
        "filters": [Chip(f"{n} hours", f"{here}?hours={n}", n == hours) for n in LENGTHS],
        "words": f"{words}.",
        "series": series.of((f"{clock.london(at):%H:%M}", count) for at, count in found.came),
        "hours_rows": [(f"{clock.london(at):%a %H:%M}", count) for at, count in found.came],
        "came": [(rulings.label("grades", grade, now), count) for grade, count in found.came_by_grade],
        "waits": [(rulings.label("grades", grade, now), count, late) for grade, count, late in found.waits],
        "reached": [_reached(one, rulings.label("grades", one.grade, now)) for one in found.reached],
        "holds": [
            {
                "unit": one.unit,
                "href": href_of(one.incident_id),  # type: ignore[arg-type]
                "reference": one.reference,
                "title": rulings.label("nsir_opening", one.opening_code, now),
                "place": one.place,
                "state": rulings.label("incident_statuses", one.state, now),
                "since": one.since,
            }
            for one in found.holds
        ],
        "decisions": found.decisions,
        "prompts": found.prompts,
        "reviews": found.reviews,
        "as_at": now,
    }
    return render(request, "contact/shift.html", context)


def _reached(one: Reached, grade: str) -> tuple[object, ...]:
    share = f"{one.in_time / one.reached:.0%}" if one.reached else "none"
    took = f"{one.median_minutes:.0f} min" if one.median_minutes is not None else "none"
    return (f"{grade}, {BEATS[one.beat].lower()}", one.reached, one.in_time, share, took)
