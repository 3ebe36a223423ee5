"""Response by month: each measure as a picture in words with its table, the national figure beside."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from fellwatch.foundation import clock, series
from fellwatch.foundation.accounts.reader import reader
from fellwatch.measures import queries
from fellwatch.measures.queries import Measure


@require_GET
def response(request: HttpRequest) -> HttpResponse:
    """Show every measure of response by month."""
    by = reader(request)
    found = queries.response_monthly(by=by, now=clock.now())
    values = {"measures": [_shown(one) for one in found.measures], "kept": found.kept}
    return render(request, "measures/monthly.html", values)


def _shown(one: Measure) -> dict[str, object]:
    indicator, points = one.indicator, list(zip(one.months, one.values, strict=True))
    return {
        "id": indicator.id,
        "title": indicator.title,
        "means": indicator.means,
        "words": _words(one),
        "source": one.national_source,
        "series": series.of(
            ((f"{month.first_date:%b %Y}", value) for month, value in points),
            {} if one.national is None else {"national": one.national},
        ),
        "columns": ("Month", indicator.part_words, indicator.whole_words, "Per cent"),
        "rows": [
            (
                f"{month.first_date:%b %Y}",
                getattr(month, indicator.part),
                getattr(month, indicator.whole),
                "none" if value is None else f"{value:.1f}",
            )
            for month, value in points
        ]
        + ([] if one.national is None else [("National", "", "", f"{one.national:.1f}")]),
    }


def _words(one: Measure) -> str:
    known = [(month, value) for month, value in zip(one.months, one.values, strict=True) if value is not None]
    if not known:
        return "Nothing was counted in these months."
    month, value = known[-1]
    part, whole = getattr(month, one.indicator.part), getattr(month, one.indicator.whole)
    beside = "" if one.national is None else f"; the national figure is {one.national:.1f} per cent"
    return f"{month.first_date:%B %Y}: {part} of {whole}, {value:.1f} per cent{beside}."
