"""The hub's fortnight for the partners' meeting: as a page with pictures and tables, and as a PDF of the same."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from fellwatch.foundation import clock, series
from fellwatch.foundation.accounts.reader import reader
from fellwatch.safeguarding import papers
from fellwatch.safeguarding.mash import actions, figures
from fellwatch.safeguarding.mash.figures import FORTNIGHT, Pack, Point
from fellwatch.sharing import fields

Labelled = list[tuple[str, int]]


@require_GET
def page(request: HttpRequest) -> HttpResponse:
    """Show a fortnight."""
    pack = figures.fortnight(_first(request), by=reader(request))
    return render(request, "safeguarding/hub_figures.html", _shown(pack))


@require_GET
def pdf(request: HttpRequest) -> HttpResponse:
    """Return a fortnight as a PDF for the meeting."""
    pack = figures.fortnight(_first(request), by=reader(request))
    body = papers.pdf("hub", _paper(pack))
    named = {"Content-Disposition": f'inline; filename="hub-{pack.first_date}.pdf"'}
    return HttpResponse(body, content_type="application/pdf", headers=named)


def _first(request: HttpRequest) -> date:
    """Read which fortnight is asked for; anything else is the present one."""
    today = clock.london_date(clock.now())
    try:
        asked = date.fromisoformat(request.GET.get("from", ""))
    except ValueError:
        return figures.begins(today)
    return figures.begins(min(max(asked, figures.FIRST - timedelta(days=3650)), today))


def _shown(pack: Pack) -> dict[str, object]:
    later = pack.first_date + FORTNIGHT
    return {
        "pack": pack,
        "words": _words(pack),
        "earlier": pack.first_date - FORTNIGHT,
        "later": later if later <= clock.london_date(clock.now()) else None,
        "pdf_href": f"{reverse('safeguarding:hub_pdf')}?from={pack.first_date}",
        "decided": _trend(
            pack.trend, lambda p: p.decided_share, lambda p: (p.decided_in_time, p.decided), "Contacts decided"
        ),
        "asked": _trend(
            pack.trend, lambda p: p.asked_share, lambda p: (p.asked_in_time, p.asked), "Questions answered"
        ),
        **_labelled(pack),
    }


def _labelled(pack: Pack) -> dict[str, Labelled]:
    now = clock.now()
    return {
        "decisions": [(fields.label(actions.DECISIONS, code, now), number) for code, number in pack.decisions],
        "outcomes": [(fields.label(fields.OUTCOMES, code, now), number) for code, number in pack.outcomes],
        "declines": [(fields.label(fields.DECLINES, code, now), number) for code, number in pack.declines],
    }


def _trend(
    points: Sequence[Point],
    share: Callable[[Point], float | None],
    parts: Callable[[Point], tuple[int, int]],
    what: str,
) -> dict[str, object]:
    drawn = [(point, value) for point in points if (value := share(point)) is not None]
    words = f"{what}: none fell due in these fortnights."
    if drawn:
        point, value = drawn[-1]
        kept, due = parts(point)
        words = f"Fortnight of {point.first_date:%-d %b %Y}: {kept} of {due} in time, {value:.0f} per cent."
    return {
        "words": words,
        "series": series.of((f"{point.first_date:%-d %b}", value) for point, value in drawn),
        "columns": ("Fortnight of", "In time", "Fell due", "Per cent"),
        "rows": [(f"{point.first_date:%-d %b %Y}", *parts(point), f"{value:.0f}") for point, value in drawn],
    }


def _words(pack: Pack) -> dict[str, str]:
    came = sum(one.came for one in pack.colours)
    decided = sum(one.decided for one in pack.colours)
    asked, answered = sum(one.asked for one in pack.agencies), sum(one.answered for one in pack.agencies)
    return {
        "dates": f"{pack.first_date:%-d %b} to {pack.last_date:%-d %b %Y}",
        "lede": f"{came} contacts came and {decided} of them are decided. {asked} questions went to agencies and "
        f"{answered} are answered. Counted from what each partner did at its own door.",
        "without": f"{pack.without} decided without an answer that was asked for.",
        "talks": f"{pack.talks_called} strategy discussions called, {pack.talks_held} held.",
        "recalled": f"{pack.recalled} taken back; {pack.breaches} of those had gone wrong and were read; "
        f"{pack.unconfirmed} not yet confirmed as destroyed.",
    }


def _paper(pack: Pack) -> dict[str, object]:
    words, labelled = _words(pack), _labelled(pack)
    return {
        "title": "Safeguarding hub: performance",
        "force": settings.FELLWATCH_FORCE_NAME,
        "reference": words["dates"],
        "footer": "Counts only; no person is named.",
        "demonstration": settings.DEMONSTRATION,
        "lede": words["lede"],
        "colours": [
            [one.code.capitalize(), *(str(n) for n in (one.came, one.decided, one.in_time, one.late))]
            for one in pack.colours
        ],
        "agencies": [
            [
                one.name, str(one.asked), str(one.in_time), str(one.escalated), str(one.no_answer),
                "none" if one.hours is None else f"{one.hours}", str(one.passed), str(one.taken), str(one.completed),
            ]
            for one in pack.agencies
        ],
        "trend": [
            [
                f"{p.first_date:%-d %b %Y}",
                "none" if p.decided_share is None else f"{p.decided_share:.0f}",
                "none" if p.asked_share is None else f"{p.asked_share:.0f}",
            ]
            for p in pack.trend
        ],
        "lists": [
            [title, [f"{text}: {number}" for text, number in labelled[name]] or ["None."]]
            for title, name in (
                ("Decided", "decisions"), ("Outcomes told by agencies", "outcomes"),
                ("Why agencies declined", "declines"),
            )
        ],
        "notes": [words["without"], words["talks"], words["recalled"]],
    }  # fmt: skip
