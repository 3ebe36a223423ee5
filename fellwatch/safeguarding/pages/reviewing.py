"""The central team's queue, the review of one form, and the change of who owns its risk."""

import uuid
from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from fellwatch.assessments import access as assessments
from fellwatch.assessments import actions
from fellwatch.assessments import queries as forms
from fellwatch.assessments.expecting import queries as expecting
from fellwatch.assessments.expecting.queries import Gap
from fellwatch.assessments.values import Invalid
from fellwatch.duties import queries as duties
from fellwatch.foundation import access, clock, paging
from fellwatch.foundation.access import Actor
from fellwatch.foundation.accounts.reader import reader
from fellwatch.safeguarding.access import REVIEW
from fellwatch.safeguarding.pages import review_showing as showing
from fellwatch.safeguarding.pages.forms import Typed, typed
from fellwatch.safeguarding.review import known, queries
from fellwatch.safeguarding.review.values import MISSING, QUEUES, SECOND, Waiting

BESIDE = 12
RADIOS = ("outcome",)
SAID = {
    "accepted": "Accepted.",
    "regraded": "Graded anew. The officer's own grade stays beside it; the officer and the owner are told why.",
    "returned": "Sent back. It is on the officer's handheld and desk with your reasons.",
}


@require_GET
def queue(request: HttpRequest) -> HttpResponse:
    """Show one queue by risk and age, the length of every queue, and the proof that nothing is in none."""
    by, now = reader(request), clock.now()
    chosen = request.GET.get("queue", SECOND)
    name, team = chosen if chosen in QUEUES else SECOND, request.GET.get("team", "")
    page, size = paging.asked(request), queries.PAGE
    with access.acting(by):
        first, rows, gaps = page * size, tuple[Waiting, ...](), tuple[Gap, ...]()
        if name == MISSING:
            sums, gaps = queries.sums(by=by), expecting.missing(by=by, now=now, first=first, limit=size)
        else:
            sums, rows = queries.counted_and_waiting(name, by=by, now=now, first=first, limit=size, team=team)
    length = sums.teams.get(team, {}).get(name, 0) if team and name != MISSING else sums.queues[name]
    keep = {"queue": name, **({"team": team} if team else {})}
    values = {
        "queue": name,
        "chips": showing.chips(sums, name, team),
        "team_chips": showing.team_chips(sorted(one for one in sums.teams if one), name, team),
        "proof": showing.proof(sums),
        "rows": [showing.waiting(one, now) for one in rows],
        "gaps": [showing.gap(one) for one in gaps],
        "words": showing.QUEUE_WORDS[name],
        "length": length,
        "page_words": paging.said(page, size, length, "first"),
        **paging.ways(reverse("safeguarding:review"), page, more=(page + 1) * size < length, **keep),
    }
    return render(request, "safeguarding/review.html", values)


@require_http_methods(["GET", "POST"])
def review(request: HttpRequest, id: uuid.UUID) -> HttpResponse:
    """Show a form between its queue and the thread of its person's risk; decide about it."""
    by, now = reader(request), clock.now()
    access.check(by, REVIEW, subject=("form", str(id)))
    if request.method == "GET":
        return _page(request, id, Typed(), {}, by, now)
    said = typed(request)
    looked = actions.Looked(
        outcome=said.get("outcome"),
        seen=said.number("seen"),
        grade=said.get("grade"),
        note=said.get("note"),
        reasons={
            name.removeprefix("reason-"): {
                "code": said.get(name),
                "words": said.get(name.replace("reason-", "why-", 1)),
            }
            for name in said.fields
            if name.startswith("reason-")
        },
    )
    try:
        actions.look_at(id, looked, by=by, now=now)
    except Invalid as wrong:
        return _page(request, id, said, wrong.problems, by, now)
    messages.success(request, SAID[looked.outcome])
    return redirect("safeguarding:review")


@require_POST
def own(request: HttpRequest, id: uuid.UUID) -> HttpResponse:
    """Give a risk to another owner, with the reason that the officer and both teams read."""
    by, now, said = reader(request), clock.now(), typed(request)
    try:
        actions.change_owner(id, said.get("owner"), said.get("because"), by=by, now=now)
    except Invalid as wrong:
        return _page(request, id, said, wrong.problems, by, now)
    messages.success(request, "The owner is changed. The officer reads why.")
    return redirect("safeguarding:review_form", id)


def _page(
    request: HttpRequest, id: uuid.UUID, said: Typed, problems: dict[str, str], by: Actor, now: datetime
) -> HttpResponse:
    with access.acting(by):
        found = forms.form(id, by=by)
        sent_back = next((one for one in reversed(found.reviews) if one.outcome == "returned"), None)
        beside = queries.waiting(SECOND, by=by, now=now, limit=BESIDE)
        values = {
            "form": found,
            "title": f"{found.title}: {found.person_name}",
            "shown": showing.form(found, now),
            "sections": showing.sections(
                found,
                forms.answers_at(found, sent_back.number, by=by) if sent_back else {},
                forms.last_time(found, by=by),
                said,
            ),
            "sent_back": sent_back,
            "beside": [showing.waiting(one, now) for one in beside],
            "thread": showing.thread(known.thread(found.person_id, by=by, now=now), now) if found.person_id else None,
            "duties": [showing.duty(one, now) for one in duties.about([id], by=by, running=True)],
            "codes": showing.codes("return_reasons", now),
            "owners": showing.codes("risk_owners", now),
            "may_decide": found.state == SECOND and assessments.SECOND in by.permissions,
            "may_own": bool(found.owner) and assessments.SECOND in by.permissions,
            "typed": said,
            "scene_href": reverse("contact:incident", args=[found.incident_id]),
            "person_href": reverse("shell:person", args=[found.person_id]) if found.person_id else "",
            "errors": [
                {"text": text, "href": f"#{name}{'-1' if name in RADIOS else ''}"} for name, text in problems.items()
            ],
        }
    return render(request, "safeguarding/review_form.html", values, status=422 if problems else 200)
