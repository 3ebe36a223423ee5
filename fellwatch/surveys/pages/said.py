"""What victims said in their own words, the themes in it, and what is changed because of it."""

import uuid
from datetime import datetime, timedelta

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from fellwatch.foundation import access, clock, paging
from fellwatch.foundation.access import Actor
from fellwatch.foundation.accounts.reader import reader
from fellwatch.rules.surveys import Survey
from fellwatch.safeguarding.pages.cases import take
from fellwatch.safeguarding.pages.forms import Field, Option, Step, Typed
from fellwatch.surveys import actions, law, queries
from fellwatch.surveys.access import CODE
from fellwatch.surveys.actions.changing import NewChange
from fellwatch.surveys.values import ChangeView, SaidView

QUARTER = timedelta(days=91)


@require_GET
def said(request: HttpRequest, group: str) -> HttpResponse:
    """Show what people of a group said, a page at a time, what nobody has read first."""
    by, now, page = reader(request), clock.now(), paging.asked(request)
    access.check(by, CODE)
    survey = _survey(group, now)
    end = (page + 1) * queries.PAGE
    found = queries.said(group, by=by, now=now, cut=slice(page * queries.PAGE, end))
    rows = [
        {
            "words": one.words,
            "themes": [law.label(law.THEMES, code, now) for code in one.themes],
            "read_by": one.read_by_name,
            "href": reverse("surveys:mark", args=[group, one.id]),
        }
        for one in found.shown
    ]
    values = {
        "label": survey.label,
        "rows": rows,
        "total": found.total,
        "unread": found.unread,
        "said": paging.said(page, queries.PAGE, found.total, "first"),
        **paging.ways(reverse("surveys:said", args=[group]), page, more=end < found.total),
    }
    return render(request, "surveys/said.html", values)


@require_http_methods(["GET", "POST"])
def mark(request: HttpRequest, group: str, id: uuid.UUID) -> HttpResponse:
    """Mark the themes in what somebody said."""
    by, now = reader(request), clock.now()
    access.check(by, CODE)
    _survey(group, now)
    found = queries.one_said(id, group, by=by, now=now)
    back = {"href": reverse("surveys:said", args=[group]), "text": "In their own words"}
    return take(request, _marking(found, now), by, now, back=back, to=back["href"])


def _marking(one: SaidView, now: datetime) -> Step:
    def do(typed: Typed, by: Actor, now: datetime) -> None:
        actions.mark_themes(one.id, typed.all("themes"), by=by, now=now)

    themes = tuple(Option(code.code, code.label) for code in law.codes(law.THEMES, now))
    return Step(
        "Themes in what was said",
        "These are in it",
        (Field("themes", "Tick every theme that is in it", "many", options=themes, values=one.themes),),
        do,
        one.words,
    )


@require_http_methods(["GET", "POST"])
def new_change(request: HttpRequest, group: str) -> HttpResponse:
    """Note what is to change because of what victims of a group said."""
    by, now = reader(request), clock.now()
    access.check(by, CODE)
    survey = _survey(group, now)
    back = {"href": reverse("surveys:overview"), "text": "Victims' voice"}
    return take(request, _changing(survey, now), by, now, back=back, to=back["href"])


def _changing(survey: Survey, now: datetime) -> Step:
    def do(typed: Typed, by: Actor, now: datetime) -> None:
        new = NewChange(
            survey.group, typed.get("theme"), typed.get("words"), typed.get("owner"), typed.day_or_none("due_date"),
            typed.id(),
        )  # fmt: skip
        actions.add_change(new, by=by, now=now)

    themes = tuple(Option(code.code, code.label) for code in law.codes(law.THEMES, now))
    until = (clock.london_date(now) + QUARTER).isoformat()
    return Step(
        f"What changes: {survey.label.lower()}",
        "Note it",
        (
            Field("theme", "Because victims speak of", "choose", options=themes),
            Field("words", "What will be different", "area"),
            Field("owner", "Who sees to it", hint="A person and their post"),
            Field("due_date", "Done by", "day", value=until),
        ),
        do,
    )


@require_http_methods(["GET", "POST"])
def finish(request: HttpRequest, id: uuid.UUID) -> HttpResponse:
    """Say that a change was made."""
    by, now = reader(request), clock.now()
    access.check(by, CODE)
    found = next((one for one in queries.changes(by=by) if one.id == id), None)
    if found is None:
        raise Http404
    back = {"href": reverse("surveys:overview"), "text": "Victims' voice"}
    return take(request, _finishing(found), by, now, back=back, to=back["href"])


def _finishing(one: ChangeView) -> Step:
    def do(typed: Typed, by: Actor, now: datetime) -> None:
        actions.finish_change(one.id, typed.get("words"), by=by, now=now)

    words = Field("words", "What shows that it is different now", "area")
    return Step("It is done", "It is done", (words,), do, one.words, facts=(("Who sees to it", one.owner),))


def _survey(group: str, now: datetime) -> Survey:
    found = law.survey(group, now)
    if found is None:
        raise Http404
    return found
