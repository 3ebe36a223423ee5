"""One referral: why it is here, what is told, what the agencies know, what was promised, and who is kept out."""

import uuid

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from fellwatch.foundation import access, clock
from fellwatch.meetings import queries as met
from fellwatch.meetings.access import ARRANGE
from fellwatch.meetings.values import RulingView
from fellwatch.safeguarding.marac import life, queries
from fellwatch.safeguarding.marac.values import ContactView, ReferralRow, ReferralView
from fellwatch.safeguarding.pages.cases import take
from fellwatch.safeguarding.pages.marac import case_steps, showing
from fellwatch.safeguarding.pages.marac.door import staff
from fellwatch.sharing.reach import showing as reaching


@require_GET
def case(request: HttpRequest, id: uuid.UUID) -> HttpResponse:
    """Show one referral."""
    by, now = staff(request), clock.now()
    with access.acting(by):
        seen = queries.referral(id, by=by)
        promised = met.of_matter(id, by=by, now=now)
        asked = met.research_of(id, by=by, now=now)
        minutes = met.minutes_of(id, by=by)
        names = showing.agency_names(by)
        namesakes = met.namesakes(id, by=by) if ARRANGE in by.permissions else ()
        before = queries.referral(seen.repeat_of, by=by).row if seen.repeat_of else None
        reach = reaching.part(seen.victim_id, seen.row.victim, by=by, now=now)
    line = showing.row(seen.row, names, by, now)
    values = {
        "title": f"{seen.row.victim}",
        "case": line,
        "reach": reach,
        "seen": seen,
        "steps": [{"text": text, "href": _step(id, step)} for step, text in case_steps.offered(seen, by)],
        "criteria": showing.criteria(seen),
        "rule": showing.rule_words(seen),
        "told": showing.told(seen.told),
        "consent": showing.CONSENT[seen.consent],
        "basis": showing.basis(seen.basis, now),
        "research": [showing.research(one, names, by, now) for one in asked],
        "actions": [showing.action(one, names, by) for one in promised],
        "minutes": [(showing.meeting(meeting), said) for meeting, said in minutes],
        "contacts": [_contact(one) for one in seen.contacts],
        "story": _story(seen),
        "namesakes": [{**_namesake(id, one), "agency": showing.agency(names, one.agency, by)} for one in namesakes],
        "before": _before(before) if before else None,
        "panel": ", ".join(showing.agency(names, one, by) for one in seen.panel),
    }
    return render(request, "marac/case.html", values)


def _step(id: uuid.UUID, step: str) -> str:
    return reverse("safeguarding:marac_step", args=[id, step])


def _contact(one: ContactView) -> dict[str, object]:
    engaged = showing.ENGAGED[one.engaged]
    return {"at": one.at, "reached": one.reached, "engaged": engaged, "words": one.words, "by": one.by_name}


def _namesake(id: uuid.UUID, one: RulingView) -> dict[str, object]:
    href = f"{_step(id, 'rule')}?account={one.user_id}"
    return {"name": one.name, "kept": one.kept, "because": one.because, "by": one.by_name, "href": href}


def _before(row: ReferralRow) -> dict[str, object]:
    href = reverse("safeguarding:marac_case", args=[row.id])
    return {"reference": row.reference, "at": row.referred_at, "href": href}


def _story(seen: ReferralView) -> list[dict[str, object]]:
    return [
        {"at": at, "title": life.STORY.get(kind, kind), "text": words, "by": who, "kind": "", "points": []}
        for at, kind, words, who in reversed(seen.story)
    ]


@require_http_methods(["GET", "POST"])
def case_step(request: HttpRequest, id: uuid.UUID, step: str) -> HttpResponse:
    """Take one step of a referral, on a page of its own."""
    by, now = staff(request), clock.now()
    with access.acting(by):
        seen = queries.referral(id, by=by)
        form = case_steps.step(step, seen, request, by=by, now=now)
    if form is None:
        raise Http404
    back = {"href": reverse("safeguarding:marac_case", args=[id]), "text": seen.row.victim}
    if request.method == "GET" and step not in {name for name, _ in case_steps.offered(seen, by)} | {"rule"}:
        messages.info(request, "This cannot be done now: the referral has moved on, or it is not yours to do.")
        return redirect(back["href"])
    return take(request, form, by, now, back=back, to=back["href"])
