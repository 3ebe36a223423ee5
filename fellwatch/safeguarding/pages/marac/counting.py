"""The quarter in numbers, on a page and as a file."""

from datetime import date, timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from fellwatch.foundation import clock
from fellwatch.safeguarding.marac import counting
from fellwatch.safeguarding.marac.values import Return
from fellwatch.safeguarding.pages.marac.door import staff


@require_GET
def quarter(request: HttpRequest) -> HttpResponse:
    """Show a quarter's figures; names nobody."""
    first, until = _asked(request)
    found = counting.quarter(first, until, by=staff(request))
    before = counting.quarter_of(first - timedelta(days=1))[0]
    values = {
        "found": found,
        "lines": _beside(found, counting.quarter(before, first, by=staff(request))),
        "words": f"{first:%-d %B %Y} to {until - timedelta(days=1):%-d %B %Y}",
        "before": f"?from={before.isoformat()}",
        "after": f"?from={until.isoformat()}" if until <= clock.london_date(clock.now()) else "",
        "csv": f"{reverse('safeguarding:marac_quarter_csv')}?from={first.isoformat()}",
    }
    return render(request, "marac/quarter.html", values)


@require_GET
def quarter_csv(request: HttpRequest) -> HttpResponse:
    """Return a quarter's figures as a file."""
    first, until = _asked(request)
    body = counting.as_csv(counting.quarter(first, until, by=staff(request)))
    named = {"Content-Disposition": f'attachment; filename="marac-{first:%Y-%m}.csv"'}
    return HttpResponse(body, content_type="text/csv; charset=utf-8", headers=named)


def _beside(now: Return, before: Return) -> list[tuple[str, str, str]]:
    """Each figure with that of the quarter before."""
    old = {code: str(value) for code, _, value in (*before.lines, *before.share)}
    return [(label, str(value), old[code]) for code, label, value in (*now.lines, *now.share)]


def _asked(request: HttpRequest) -> tuple[date, date]:
    try:
        day = date.fromisoformat(request.GET.get("from", ""))
    except ValueError:
        day = clock.london_date(clock.now())
    return counting.quarter_of(day if 2000 <= day.year <= 2100 else clock.london_date(clock.now()))
