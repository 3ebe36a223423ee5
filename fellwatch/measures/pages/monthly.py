"""Response by month: each measure as a picture in words with its table, the national figure beside."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from fellwatch.foundation import clock
from fellwatch.foundation.accounts.reader import reader
from fellwatch.measures import queries
from fellwatch.measures.queries import Measure


@require_GET
def response(request: HttpRequest) -> HttpResponse:
    """Show every measure of response by month."""
    by = reader(request)
    found = queries.response_monthly(by=by, now=clock.now())
    return render(request, "measures/monthly.html", {"measures": [_shown(one) for one in found]})


def _shown(one: Measure) -> dict[str, object]:
    known = [(month, value) for month, value in zip(one.months, one.values, strict=True) if value is not None]
    drawn = [value for _, value in known]
    indicator = one.indicator
    return {
        "id": indicator.id,
        "title": indicator.title,
        "means": indicator.means,
        "words": _words(one, drawn),
        "source": one.national_source,
        "series": {
            "names": [f"{month.first_date:%b %Y}" for month, _ in known],
            "values": drawn,
            "limits": {} if one.national is None else {"national": one.national},
            "signals": (),
        },
        "columns": ("Month", indicator.part_words, indicator.whole_words, "Per cent"),
        "rows": [
            (
                f"{month.first_date:%b %Y}",
                getattr(month, indicator.part),
                getattr(month, indicator.whole),
                "none" if value is None else f"{value:.1f}",
            )
            for month, value in zip(one.months, one.values, strict=True)
        ]
        + ([] if one.national is None else [("National", "", "", f"{one.national:.1f}")]),
    }


def _words(one: Measure, drawn: list[float]) -> str:
    if not drawn:
        return "Nothing was counted in these months."
    last = next(n for n in range(len(one.values) - 1, -1, -1) if one.values[n] is not None)
    month, value = one.months[last], drawn[-1]
    part, whole = getattr(month, one.indicator.part), getattr(month, one.indicator.whole)
    beside = "" if one.national is None else f"; the national figure is {one.national:.1f} per cent"
    return f"{month.first_date:%B %Y}: {part} of {whole}, {value:.1f} per cent{beside}."
