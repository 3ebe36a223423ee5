"""Choose whom to ask, and see who was chosen, who was not and why."""

import uuid
from datetime import datetime, timedelta

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from fellwatch.foundation import access, clock, paging
from fellwatch.foundation.access import Actor
from fellwatch.foundation.accounts.reader import reader
from fellwatch.rules import surveys as rule
from fellwatch.rules.surveys import Survey
from fellwatch.safeguarding.pages.cases import take
from fellwatch.safeguarding.pages.forms import Field, Option, Step, Typed
from fellwatch.sharing import queries as sharing
from fellwatch.surveys import actions, law, life, queries
from fellwatch.surveys.access import CHOOSE
from fellwatch.surveys.pages import showing
from fellwatch.surveys.values import NewSelection

MONTH = timedelta(days=30)
BACK = {"text": "Victims' voice"}


@require_http_methods(["GET", "POST"])
def choose(request: HttpRequest, group: str) -> HttpResponse:
    """Choose victims of a group and put them on an agency's list."""
    by, now = reader(request), clock.now()
    access.check(by, CHOOSE)
    survey = law.survey(group, now)
    if survey is None:
        raise Http404
    back = {**BACK, "href": reverse("surveys:overview")}
    return take(request, _choosing(survey, by, now), by, now, back=back, to=back["href"])


def _choosing(survey: Survey, by: Actor, now: datetime) -> Step:
    asks = [one for one in sharing.agencies(by=by, now=now) if one.kind in survey.agency_kinds]
    until = clock.london_date(now) - timedelta(days=survey.wait_days)

    def do(said: Typed, by: Actor, now: datetime) -> str:
        new = NewSelection(
            survey.group, said.get("agency"), said.day_or_none("from_date"), said.day_or_none("to_date"),
            said.number("most"), said.id(),
        )  # fmt: skip
        return reverse("surveys:selection", args=[actions.choose(new, by=by, now=now)])

    return Step(
        f"Choose whom to ask: {survey.label.lower()}",
        "Choose them",
        (
            Field("agency", "Who rings them", "choose", options=tuple(Option(one.code, one.name) for one in asks),
                  value=asks[0].code if len(asks) == 1 else ""),
            Field("from_date", "Reported from", "day", value=(until - MONTH).isoformat()),
            Field("to_date", "Until, not included", "day", value=until.isoformat()),
            Field("most", "How many at most", hint="More than that are drawn by lot", value="40"),
        ),
        do,
        "Everybody who was found is looked at. Whoever is left out is counted under each reason.",
        tuple(one.label for one in survey.exclusions),
        "Left out",
    )  # fmt: skip


@require_GET
def selection(request: HttpRequest, id: uuid.UUID) -> HttpResponse:
    """Show one selection: who is asked and how far that is, and how many are not, by reason."""
    by, now, page = reader(request), clock.now(), paging.asked(request)
    with access.acting(by):
        row = queries.selection(id, by=by)
        lines, more = queries.asked(id, by=by, cut=_page(page))
    values = {
        "one": showing.selection(row, now),
        "lines": [
            {
                "reference": line.reference,
                "name": line.name,
                "person_href": reverse("shell:person", args=[line.person_id]),
                "incident": line.incident_reference,
                "incident_href": reverse("contact:incident", args=[line.incident_id]),
                "state": life.STATES[line.state],
                "because": line.because,
                "calls": [(a.at, life.RESULTS[a.result], a.by_name) for a in line.attempts],
            }
            for line in lines
        ],
        **paging.ways(reverse("surveys:selection", args=[id]), page, more=more),
    }
    return render(request, "surveys/selection.html", values)


@require_GET
def left_out(request: HttpRequest, id: uuid.UUID) -> HttpResponse:
    """Show who of a selection is not asked and why, all of them or those left out for one reason."""
    by, now, page, reason = reader(request), clock.now(), paging.asked(request), request.GET.get("reason", "")
    with access.acting(by):
        row = queries.selection(id, by=by)
        if reason and reason not in row.reasons:
            raise Http404
        rows, more = queries.left_out(id, by=by, reason=reason, cut=_page(page))
    survey = law.survey(row.group, now)
    assert survey is not None
    values = {
        "one": showing.selection(row, now),
        "reason": rule.words(survey, reason) if reason else "",
        "total": row.reasons[reason] if reason else row.found - row.asked - row.not_drawn,
        "rows": [
            {
                "name": out.name,
                "person_href": reverse("shell:person", args=[out.person_id]),
                "incident": out.incident_reference,
                "incident_href": reverse("contact:incident", args=[out.incident_id]),
                "reasons": [rule.words(survey, code) for code in out.reasons],
            }
            for out in rows
        ],
        **paging.ways(
            reverse("surveys:left_out", args=[id]), page, more=more, **({"reason": reason} if reason else {})
        ),
    }
    return render(request, "surveys/left_out.html", values)


def _page(page: int) -> slice:
    return slice(page * queries.PAGE, (page + 1) * queries.PAGE)
