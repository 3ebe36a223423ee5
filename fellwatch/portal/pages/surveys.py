"""The surveyor's door: whom to ring now, what came of it, what they said, and telling the team of a risk at once."""

import uuid
from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from fellwatch.foundation import access, clock, paging
from fellwatch.foundation.access import Actor
from fellwatch.foundation.accounts import roles
from fellwatch.foundation.accounts.reader import reader
from fellwatch.recognition import phones
from fellwatch.rules import surveys as rule
from fellwatch.rules.surveys import OPTIONS, Survey
from fellwatch.safeguarding.pages.cases import take
from fellwatch.safeguarding.pages.forms import Field, Option, Step, Typed
from fellwatch.surveys import actions, law, life, queries
from fellwatch.surveys.access import ASK
from fellwatch.surveys.values import CallView

DANGER = "If they are in danger now, ring 999 first."
LIST = "Whom to ring"


@require_GET
def surveys(request: HttpRequest) -> HttpResponse:
    """Show a page of whom to ring now and whom later, and what the last calls came to.

    A number shows only while it is safe.
    """
    (by, now), page = _surveyor(request), paging.asked(request)
    end = (page + 1) * queries.PAGE
    with access.acting(by):
        total, found = queries.to_ring(by=by, cut=slice(page * queries.PAGE, end))
        done = queries.done(by=by)
    rows = [_row(one, now) for one in found]
    values = {
        "ring": [row for row in rows if not row["why_not"]],
        "not_now": [row for row in rows if row["why_not"]],
        "done": [_row(one, now) for one in done],
        "total": total,
        "said": paging.said(page, queries.PAGE, total, "rung longest ago"),
        **paging.ways(reverse("portal:surveys"), page, more=end < total),
    }
    return render(request, "portal/surveys.html", values)


@require_GET
def line(request: HttpRequest, id: uuid.UUID) -> HttpResponse:
    """Show one line: whom to ask for, where, and what may be done with it now."""
    by, now = _surveyor(request)
    seen = queries.call(id, by=by)
    values = {"one": _row(seen, now), "say_first": _survey(seen, now).say_first, "danger": DANGER}
    return render(request, "portal/survey_line.html", values)


@require_http_methods(["GET", "POST"])
def ring(request: HttpRequest, id: uuid.UUID) -> HttpResponse:
    """Record a call."""
    by, now = _surveyor(request)
    seen = queries.call(id, by=by)
    return _step(request, id, _ringing(seen, now), by, now)


def _ringing(seen: CallView, now: datetime) -> Step:
    def do(said: Typed, by: Actor, now: datetime) -> str:
        actions.attempt(seen.id, said.get("result"), said.get("words"), by=by, now=now, id=said.id())
        to = "portal:survey_answers" if said.get("result") == "answered" else "portal:survey"
        return reverse(to, args=[seen.id])

    row, why = _row(seen, now), _why_not(seen, now)
    return Step(
        f"A call to {row['name']}",
        "Record the call",
        (
            Field("result", "What came of it", "choose", options=tuple(Option(*one) for one in life.RESULTS.items())),
            Field("words", "If somebody else answered: what they said, and what you said", "area"),
        ),
        do,
        why or f"Ring {row['number']} and ask for {row['name']}. Never leave a message.",
        warns=bool(why),
    )


@require_http_methods(["GET", "POST"])
def answers(request: HttpRequest, id: uuid.UUID) -> HttpResponse:
    """Write down what somebody answers."""
    by, now = _surveyor(request)
    seen = queries.call(id, by=by)
    return _step(request, id, _answering(seen, now), by, now)


def _answering(seen: CallView, now: datetime) -> Step:
    survey = _survey(seen, now)

    def do(said: Typed, by: Actor, now: datetime) -> None:
        actions.answer(seen.id, {one.id: said.get(one.id) for one in survey.questions}, by=by, now=now)

    fields = tuple(
        Field(one.id, one.text, "choose", options=tuple(Option(*answer) for answer in OPTIONS[one.kind]))
        if one.kind in OPTIONS
        else Field(one.id, one.text, "area", "In their words. No names, no places.")
        for one in survey.questions
    )
    return Step(
        f"What {seen.name or 'they'} answered",
        "Keep the answers",
        fields,
        do,
        "Every question may be left unanswered. The police do not learn who said what. "
        "A risk is told apart, on the line's own page.",
    )


@require_http_methods(["GET", "POST"])
def disclose(request: HttpRequest, id: uuid.UUID) -> HttpResponse:
    """Tell the safeguarding team of a risk."""
    by, now = _surveyor(request)
    seen = queries.call(id, by=by)

    def do(said: Typed, by: Actor, now: datetime) -> None:
        actions.disclose(seen.id, said.get("words"), by=by, now=now, id=said.id())

    words = Field("words", "What they told you", "area", "As nearly as you can in their words", rows=5)
    told = f"The safeguarding team reads it today and knows whom it is about. Tell them that you pass it on. {DANGER}"
    return _step(request, id, Step("Somebody is at risk", "Tell the team now", (words,), do, told, warns=True), by, now)


@require_http_methods(["GET", "POST"])
def withdraw(request: HttpRequest, id: uuid.UUID) -> HttpResponse:
    """Take somebody's answers back."""
    by, now = _surveyor(request)
    seen = queries.call(id, by=by)

    def do(said: Typed, by: Actor, now: datetime) -> None:
        actions.withdraw(seen.id, by=by, now=now)

    lede = "They no longer agree. What they answered is destroyed; it cannot be brought back."
    return _step(request, id, Step("Take the answers back", "Destroy the answers", (), do, lede, warns=True), by, now)


def _step(request: HttpRequest, id: uuid.UUID, form: Step, by: Actor, now: datetime) -> HttpResponse:
    back = {"href": reverse("portal:survey", args=[id]), "text": "The line"}
    return take(request, form, by, now, back=back, to=back["href"])


def _row(one: CallView, now: datetime) -> dict[str, object]:
    why = _why_not(one, now)
    hours = f"{one.from_time:%H:%M} to {one.to_time:%H:%M}" if one.from_time and one.to_time else "any hour"
    return {
        "id": one.id,
        "reference": one.reference,
        "group": _survey(one, now).label,
        "name": one.name,
        "number": "" if why else phones.spoken(one.number),
        "hours": hours,
        "why_not": why,
        "tried": one.tried,
        "last_at": one.last_at,
        "state": one.state,
        "state_words": life.STATES[one.state],
        "href": reverse("portal:survey", args=[one.id]),
        "may_answer": one.state == "reached",
        "may_withdraw": one.state in {"reached", "answered"},
        "may_tell": one.tried > 0,
    }


def _why_not(one: CallView, now: datetime) -> str:
    if one.state == "reached":
        return ""
    if one.state != "waiting":
        return f"{life.STATES[one.state]}."
    return rule.why_not_ring(_survey(one, now), one.tried, clock.london(now).time(), one.from_time, one.to_time)


def _survey(one: CallView, now: datetime) -> Survey:
    found = law.survey(one.group, now)
    assert found is not None
    return found


def _surveyor(request: HttpRequest) -> tuple[Actor, datetime]:
    """Return who asks and the time, after whoever may no longer be rung was taken off their list."""
    by, now = reader(request), clock.now()
    access.check(by, ASK)
    gone = actions.refresh(by.agency, by=roles.system("surveys"), now=now)
    if gone:
        messages.info(request, f"{gone} on your list may no longer be rung, and stand there no longer.")
    return by, now
