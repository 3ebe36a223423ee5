"""The MARAC at a partner's door: refer, say what you know, reach the victim, do what you promised, read the minutes."""

import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from fellwatch.foundation import access, clock, paging
from fellwatch.foundation.access import Actor
from fellwatch.foundation.accounts.reader import reader
from fellwatch.meetings import actions as meetings
from fellwatch.meetings import queries as met
from fellwatch.meetings.access import TAKE_PART
from fellwatch.meetings.values import ResearchView
from fellwatch.safeguarding import papers
from fellwatch.safeguarding.marac import queries
from fellwatch.safeguarding.pages.cases import take
from fellwatch.safeguarding.pages.forms import Field, Option, Step, Typed
from fellwatch.safeguarding.pages.marac import board, case_steps, printing, referring, showing
from fellwatch.safeguarding.pages.marac.meetings import minutes_of
from fellwatch.sharing.reach import words

BACK = timedelta(days=120)
PAGE = 50
"""Cases of an agenda on a page, more than a day's meeting hears; or lines on a page of one list."""
SHOWN = 5
"""Lines of each list on the first page: what to begin with."""


Names = Mapping[str, str]


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """Show the most urgent of what the reader's agency owes, and its meetings; or a page of one of these lists."""
    by, now, page, part = _partner(request), clock.now(), paging.asked(request), request.GET.get("part", "")
    if part and part not in LISTS:
        raise Http404
    cut = slice(page * PAGE, (page + 1) * PAGE) if part else slice(SHOWN)
    with access.acting(by):
        coming, _ = met.invited("marac", by=by, now=now, since=now - BACK, cut=slice(SHOWN))
        names = showing.agency_names(by, coming)
        lists = {name: LISTS[name](cut, names, by, now) for name in ((part,) if part else LISTS)}
    here = reverse("portal:marac")
    values = {
        "part": part,
        "lists": lists,
        "page_words": paging.said(page, PAGE, lists[part].count, "first") if part else "",
        "rest": {name: f"{here}?part={name}" for name, one in lists.items() if one.more and not part},
        "shown": SHOWN,
        **(paging.ways(here, page, more=lists[part].more, part=part) if part else {}),
    }
    return render(request, "portal/marac.html", values)


@dataclass(frozen=True)
class _List:
    """A cut of a list as it is shown, how many there are in all (0: nobody counted), and whether more follow."""

    rows: list[dict[str, object]]
    count: int
    more: bool


def _asked(cut: slice, names: Names, by: Actor, now: datetime) -> _List:
    found, count = met.asked_of(by.agency, queries.open_matters(by=by), by=by, now=now, cut=cut)
    victims = queries.victims([one.matter_id for one in found], by=by)
    rows = [{**showing.research(one, names, by, now), "victim": victims[one.matter_id]} for one in found]
    return _List(rows, count, cut.stop < count)


def _owed(cut: slice, names: Names, by: Actor, now: datetime) -> _List:
    found, count = met.owed_by(by.agency, by=by, now=now, cut=cut)
    victims = queries.victims([one.matter_id for one in found], by=by)
    rows = [{**showing.action(one, names, by), "victim": victims[one.matter_id]} for one in found]
    return _List(rows, count, cut.stop < count)


def _to_reach(cut: slice, names: Names, by: Actor, now: datetime) -> _List:
    found, count = queries.to_reach(by.agency, by=by, cut=cut)
    return _List([showing.row(one, names, by, now) for one in found], count, cut.stop < count)


def _meetings(cut: slice, names: Names, by: Actor, now: datetime) -> _List:
    found, more = met.invited("marac", by=by, now=now, since=now - BACK, cut=cut)
    return _List([showing.meeting(one) for one in found], 0, more)


def _made(cut: slice, names: Names, by: Actor, now: datetime) -> _List:
    found, more = queries.made_by(by.agency, by=by, cut=cut)
    return _List([showing.row(one, names, by, now) for one in found], 0, more)


LISTS: Mapping[str, Callable[[slice, Names, Actor, datetime], _List]] = {
    "asked": _asked,
    "to_reach": _to_reach,
    "owed": _owed,
    "meetings": _meetings,
    "made": _made,
}


@require_http_methods(["GET", "POST"])
def refer(request: HttpRequest) -> HttpResponse:
    """Refer somebody."""
    by, now = _partner(request), clock.now()
    return _step(request, referring.partner_form(now, reverse("portal:marac")), by, now)


@require_GET
def case(request: HttpRequest, id: uuid.UUID) -> HttpResponse:
    """Show one case as far as the agency may know it."""
    by, now = _partner(request), clock.now()
    with access.acting(by):
        seen = queries.referral(id, by=by)
        asked = met.research_of(id, by=by, now=now)
        promised = met.of_matter(id, by=by, now=now)
        minutes = met.minutes_of(id, by=by)
    names = showing.agency_names(by, [meeting for meeting, _ in minutes])
    values = {
        "title": seen.row.victim,
        "case": showing.row(seen.row, names, by, now),
        "told": showing.told(seen.told),
        "research": [showing.research(one, names, by, now) for one in asked],
        "actions": [(showing.action(one, names, by), one.agency == by.agency) for one in promised],
        "minutes": [(showing.meeting(meeting), said) for meeting, said in minutes],
        "contacts": [
            {"at": one.at, "reached": one.reached, "words": one.words, "by": one.by_name} for one in seen.contacts
        ],
        "advises": seen.row.adviser == by.agency,
        "ours": seen.row.agency == by.agency,
    }
    return render(request, "portal/marac_case.html", values)


@require_http_methods(["GET", "POST"])
def answer(request: HttpRequest, id: uuid.UUID) -> HttpResponse:
    """Say what the agency knows of a case."""
    by, now = _partner(request), clock.now()
    with access.acting(by):
        mine = [one for one in met.research_of(id, by=by, now=now) if one.agency == by.agency]
        seen = queries.referral(id, by=by)
    if not mine:
        raise Http404
    return _step(request, _answering(mine[0], showing.told(seen.told)), by, now, id)


def _answering(asked: ResearchView, told: list[tuple[str, str]]) -> Step:
    def do(said: Typed, by: Actor, now: datetime) -> None:
        meetings.answer_research(asked.id, said.get("known"), said.get("facts"), said.get("analysis"), by=by, now=now)

    options = (Option("known", "Yes"), Option("not_known", "No"))
    due = f"Due {clock.london(asked.due_at):%a %-d %b %H:%M}. " if asked.due_at else ""
    return Step(
        "What do your records show?",
        "Send the answer",
        (
            Field("known", "Do your records know any of them?", "ask", options=options, value=asked.known),
            Field("facts", "Facts, with dates", "area", "Only what your records show", value=asked.facts, rows=6),
            Field("analysis", "What you make of it", "area", "Apart from the facts", value=asked.analysis),
        ),
        do,
        f"{due}Look into your own records. Speak to nobody around the perpetrator.",
        facts=tuple(told),
    )


@require_http_methods(["GET", "POST"])
def reach(request: HttpRequest, id: uuid.UUID) -> HttpResponse:
    """Note an attempt to reach the victim."""
    by, now = _partner(request), clock.now()
    seen = queries.referral(id, by=by)
    if seen.row.adviser != by.agency:
        raise Http404
    told = tuple(words.sentence(one) for one in words.lines(queries.reach(id, by=by), now))
    return _step(request, case_steps.contact_form(seen, now, told), by, now, id)


@require_http_methods(["GET", "POST"])
def action(request: HttpRequest, id: uuid.UUID) -> HttpResponse:
    """Say what came of what the agency promised."""
    by, now = _partner(request), clock.now()
    found = met.action(id, by=by, now=now)
    if found.agency != by.agency:
        raise Http404
    return _step(request, board.answering(found), by, now)


@require_GET
def meeting(request: HttpRequest, id: uuid.UUID) -> HttpResponse:
    """Show a page of a meeting's agenda as the agency may know it, and who comes."""
    by, now, page = _partner(request), clock.now(), paging.asked(request)
    with access.acting(by):
        found = met.meeting(id, by=by)
        is_sent = found.state != "planned"
        lines = met.agenda(id, by=by, first=page * PAGE, limit=PAGE) if is_sent else ()
        about = queries.told([line.matter_id for line in lines], by=by)
    names = showing.agency_names(by, [found])
    shown = [(line, showing.row(about[line.matter_id], names, by, now)) for line in lines if line.matter_id in about]
    here, more = reverse("portal:marac_meeting", args=[id]), is_sent and (page + 1) * PAGE < found.cases
    ways = paging.ways(here, page, more=more)
    values = {"title": found.title, "meeting": showing.meeting(found), "agenda": shown, **ways}
    return render(request, "portal/marac_meeting.html", values)


@require_http_methods(["GET", "POST"])
def coming(request: HttpRequest, id: uuid.UUID) -> HttpResponse:
    """Say who comes for the agency, or send apologies."""
    by, now = _partner(request), clock.now()
    found = met.meeting(id, by=by)

    def do(said: Typed, by: Actor, now: datetime) -> str:
        meetings.say_coming(id, said.get("state"), said.get("name"), by=by, now=now)
        return reverse("portal:marac_meeting", args=[id])

    options = (Option("coming", "Somebody comes"), Option("apologies", "Nobody can: apologies"))
    fields = (Field("state", "Does somebody come?", "ask", options=options), Field("name", "Who"))
    return _step(request, Step(f"{found.title}: who comes?", "Say so", fields, do), by, now)


@require_GET
def minutes(request: HttpRequest, id: uuid.UUID) -> HttpResponse:
    """Show the minutes as the agency may know them."""
    by, now = _partner(request), clock.now()
    back = {"href": reverse("portal:marac_meeting", args=[id]), "text": "The meeting"}
    values = {**minutes_of(id, by=by, now=now), "back": back, "pdf": reverse("portal:marac_minutes_pdf", args=[id])}
    return render(request, "marac/minutes.html", values)


@require_GET
def minutes_pdf(request: HttpRequest, id: uuid.UUID) -> HttpResponse:
    """Return the minutes as a PDF file."""
    by, now = _partner(request), clock.now()
    return printing.file(f"minutes-{id}.pdf", papers.pdf("minutes", printing.minutes_values(id, by=by, now=now)))


@require_GET
def invitation(request: HttpRequest, id: uuid.UUID) -> HttpResponse:
    """Return the meeting for a calendar."""
    return printing.ics(request, id, reverse("portal:marac_meeting", args=[id]), by=_partner(request))


def _step(request: HttpRequest, form: Step, by: Actor, now: datetime, case: uuid.UUID | None = None) -> HttpResponse:
    href = reverse("portal:marac_case", args=[case]) if case else reverse("portal:marac")
    back = {"href": href, "text": "The case" if case else "MARAC"}
    return take(request, form, by, now, back=back, to=href)


def _partner(request: HttpRequest) -> Actor:
    by = reader(request)
    access.check(by, TAKE_PART)
    return by
