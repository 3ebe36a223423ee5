"""One incident: what is known, how it is graded, what is owed, its log, and everything that can be done to it."""

import uuid
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from fellwatch.assessments import queries as assessments
from fellwatch.contact import actions, closing, crisis, decisions, helpline, home, prompts, queries
from fellwatch.contact.access import DETAIN, LOG
from fellwatch.contact.actions.grades import DowngradeRefused, note_refusal
from fellwatch.contact.pages import choices, deciding, doing, live, referring, showing
from fellwatch.contact.pages import helpline as asking
from fellwatch.contact.pages.crisis import held_view
from fellwatch.contact.pages.typed import Typed, as_id, as_number, from_post
from fellwatch.contact.values import Invalid, Overtaken, Reassessment
from fellwatch.duties import queries as duties
from fellwatch.foundation import access, clock, ids
from fellwatch.foundation.access import Actor
from fellwatch.foundation.accounts.reader import reader
from fellwatch.records import queries as records
from fellwatch.rules.facts import DANGER_FACTS
from fellwatch.sharing import queries as sharing
from fellwatch.sharing.access import READ as SHARED
from fellwatch.sharing.access import REFER
from fellwatch.sharing.reach import showing as reaching

Step = Callable[[Typed, Actor, datetime], object]


@require_GET
def incident(request: HttpRequest, id: uuid.UUID) -> HttpResponse:
    """Show one incident."""
    return _page(request, id, Typed())


@require_POST
def add_line(request: HttpRequest, id: uuid.UUID) -> HttpResponse:
    """Add to the running log."""
    return _do(
        request,
        id,
        "entry",
        lambda typed, by, now: actions.add_line(id, typed.get("entry"), by=by, now=now, id=as_id(typed.get("id"))),
    )


@require_POST
def ask_advice(request: HttpRequest, id: uuid.UUID) -> HttpResponse:
    """Ask the help desk."""
    return _do(
        request,
        id,
        "question",
        lambda typed, by, now: actions.ask_advice(id, typed.get("question"), by=by, now=now, id=as_id(typed.get("id"))),
    )


@require_POST
def advise(request: HttpRequest, id: uuid.UUID) -> HttpResponse:
    """Give advice, asked or not."""
    return _do(
        request,
        id,
        "advice",
        lambda typed, by, now: actions.advise(
            id,
            typed.get("advice"),
            by=by,
            now=now,
            advice_id=as_id(typed.get("answers")),
            id=as_id(typed.get("id")),
        ),
    )


@require_POST
def settle_advice(request: HttpRequest, id: uuid.UUID, advice: uuid.UUID) -> HttpResponse:
    """Say what was done with advice."""

    def settle(typed: Typed, by: Actor, now: datetime) -> None:
        outcome, reason = typed.get(f"outcome-{advice}"), typed.get(f"reason-{advice}")
        actions.settle_advice(id, advice, outcome, by=by, now=now, reason=reason)

    fields = {"outcome": f"outcome-{advice}", "outcome_reason": f"reason-{advice}"}
    return _do(request, id, f"outcome-{advice}", settle, fields)


@require_POST
def consult(request: HttpRequest, id: uuid.UUID) -> HttpResponse:
    """Ask the mental-health helpline."""
    return _do(
        request,
        id,
        "helpline_question",
        lambda typed, by, now: actions.consult(
            id,
            typed.get("about"),
            typed.get("helpline_question"),
            by=by,
            now=now,
            callback=typed.get("callback"),
            id=as_id(typed.get("id")),
        ),
    )


@require_POST
def settle_consultation(request: HttpRequest, id: uuid.UUID, consultation: uuid.UUID) -> HttpResponse:
    """Say whether the helpline's advice was followed, and what came of it."""

    def settle(typed: Typed, by: Actor, now: datetime) -> None:
        agreed = {"yes": True, "no": False}.get(typed.get("agreed"))
        actions.settle_consultation(
            consultation,
            agreed,
            by=by,
            now=now,
            disagreement=typed.get("disagreement"),
            outcome=typed.get("consultation_outcome"),
        )

    return _do(request, id, "agreed", settle, {"agreed": "agreed-1"})


@require_POST
def settle_desk(request: HttpRequest, id: uuid.UUID) -> HttpResponse:
    """Finish with an incident on the desk's queue."""

    def review(typed: Typed, by: Actor, now: datetime) -> None:
        agreed = {"yes": True, "no": False}.get(typed.get("agreed_grade"))
        actions.review_desk(id, agreed, typed.get("missed"), by=by, now=now, id=as_id(typed.get("id")))

    return _do(request, id, "advice", review, {"agreed_grade": "agreed_grade-1"})


@require_POST
def assign(request: HttpRequest, id: uuid.UUID) -> HttpResponse:
    """Send a unit."""
    return _do(request, id, "unit", lambda typed, by, now: actions.assign(id, typed.get("unit"), by=by, now=now))


@require_POST
def arrive(request: HttpRequest, id: uuid.UUID) -> HttpResponse:
    """Note that somebody is there."""
    return _do(request, id, "unit", lambda typed, by, now: actions.arrive(id, by=by, now=now))


@require_POST
def delay(request: HttpRequest, id: uuid.UUID) -> HttpResponse:
    """Record why nobody has come."""
    return _do(
        request,
        id,
        "delay",
        lambda typed, by, now: actions.record_delay(id, typed.get("delay"), by=by, now=now),
    )


@require_POST
def close(request: HttpRequest, id: uuid.UUID) -> HttpResponse:
    """Close the incident with its result and codes."""

    def shut(typed: Typed, by: Actor, now: datetime) -> None:
        actions.close(
            id,
            by=by,
            now=now,
            result=typed.get("result"),
            closing_codes=[code for code in typed.all("closing_codes") if code],
            closing_qualifiers=typed.all("closing_qualifiers"),
            crime_reference=typed.get("crime_reference"),
            reasons=doing.reasons(typed),
        )

    return _do(request, id, "result", shut)


@require_POST
def regrade(request: HttpRequest, id: uuid.UUID) -> HttpResponse:
    """Look at the grade again; both versions stay."""
    by, now, typed = reader(request), clock.now(), from_post(request.POST)
    look = Reassessment(
        incident_id=id,
        id=as_id(typed.get("id")) or ids.new(),
        seen=as_number(typed.get("seen")) or 0,
        trigger=typed.get("trigger"),
        grade=typed.get("grade"),
        reason_code=typed.get("reason_code"),
        rationale=typed.get("rationale"),
        dangers={code: typed.get(f"danger-{code}") for code in DANGER_FACTS if typed.get(f"danger-{code}")},
        thrive=_thrive_again(id, typed, by=by),
        said=typed.get("said"),
    )
    try:
        actions.reassess(look, by=by, now=now)
    except DowngradeRefused as refused:
        if refused.proposable:
            return _propose(request, id, typed, refused, now=now)
        note_refusal(refused, by=by, now=now)
        return _page(request, id, typed, refused.problems)
    except Overtaken as overtaken:
        said = f"{overtaken} Look at it, and decide again; your words are kept below."
        return _page(request, id, typed, {"grade": said})
    except Invalid as wrong:
        return _page(request, id, typed, wrong.problems)
    return redirect("contact:incident", id)


def _propose(
    request: HttpRequest, id: uuid.UUID, typed: Typed, refused: DowngradeRefused, *, now: datetime
) -> HttpResponse:
    """Put a lower grade before a supervisor, who alone may agree to it."""
    try:
        actions.propose_lower(refused, by=reader(request), now=now)
    except Invalid as wrong:
        return _page(request, id, typed, wrong.problems)
    messages.info(request, "Proposed. A supervisor must agree; until then the grade stays as it is.")
    return redirect("contact:incident", id)


@require_POST
def agree_lower(request: HttpRequest, id: uuid.UUID, proposal: uuid.UUID) -> HttpResponse:
    """Agree to a lower grade that somebody proposed."""

    def agree(typed: Typed, by: Actor, now: datetime) -> None:
        try:
            actions.agree_lower(proposal, by=by, now=now)
        except Overtaken as overtaken:
            raise Invalid({"lower": f"{overtaken} Nothing was changed."}) from overtaken

    return _do(request, id, "lower", agree)


@require_POST
def refuse_lower(request: HttpRequest, id: uuid.UUID, proposal: uuid.UUID) -> HttpResponse:
    """Refuse a lower grade, with the reason."""
    field = f"because-{proposal}"
    return _do(
        request,
        id,
        field,
        lambda typed, by, now: actions.refuse_lower(proposal, typed.get(field), by=by, now=now),
    )


def _thrive_again(id: uuid.UUID, typed: Typed, *, by: Actor) -> Mapping[str, object]:
    """Return the newest answers with what was said now laid over them; empty where nothing was said."""
    said = {name.removeprefix("again-"): typed.get(name) for name in typed.fields if name.startswith("again-")}
    said = {name: value for name, value in said.items() if value}
    versions = assessments.versions("thrive", id, by=by)
    return {**(versions[0].answers if versions else {}), **said} if said else {}


def _do(
    request: HttpRequest, id: uuid.UUID, field: str, step: Step, fields: Mapping[str, str] | None = None
) -> HttpResponse:
    """Take one step and come back; what is wrong is shown beside its field with what was typed."""
    by, now, typed = reader(request), clock.now(), from_post(request.POST)
    here = {"text": field, "question": field, "state": field, **(fields or {})}
    try:
        step(typed, by, now)
    except Invalid as wrong:
        return _page(request, id, typed, {here.get(name, name): text for name, text in wrong.problems.items()})
    return redirect("contact:incident", id)


def _page(request: HttpRequest, id: uuid.UUID, typed: Typed, problems: Mapping[str, str] | None = None) -> HttpResponse:
    by, now = reader(request), clock.now()
    with access.acting(by):
        seen = records.incident(id, by=by, now=now)
        handled = queries.handled(id, by=by)
        context: dict[str, Any] = showing.incident(
            seen,
            handled,
            assessments.versions("thrive", id, by=by),
            duties.of_incident(id, by=by),
            typed,
            assessments.of_people(id, prompts.CORE, by=by),
            by=by,
            now=now,
        )
        referred = sharing.of_incident(id, by=by) if SHARED in by.permissions else ()
        asked, held = helpline.of_incident(id, by=by), crisis.detentions_of(id, by=by, now=now)
        named = {part.person.id: part.person.name for part in seen.parts if part.role != "suspect"}
        reach = reaching.parts(named, by=by, now=now)
        context["closed_with"] = doing.closed_with(closing.notes(id, by=by), seen) if seen.closed_at else ()
        if context["progress"]:
            codes, kept = typed.all("closing_codes"), typed.all("closing_qualifiers") or seen.opening_qualifiers
            lacking = closing.missing(id, by=by, codes=[code for code in codes if code], qualifiers=kept)
            context["progress"]["lacking"] = [doing.lack(one, seen, typed, by) for one in lacking]
        lower, going = decisions.lower_grades_of(id, by=by), decisions.attendance_of(id, by=by)
    context["lower"] = [deciding.proposal_view(one, by, now, typed.get(f"because-{one.id}")) for one in lower]
    context["going"] = [deciding.made_view(one, by, now) for one in going[:1]]
    homes = home.of_people([part.person.id for part in seen.parts], by=by)
    for shown, part in zip(context["incident"]["people"], seen.parts, strict=True):
        there = homes.get(part.person.id)
        shown["home"] = there.words if there and there.away else ""
        shown["reach"] = reach.get(part.person.id)
    context["reviewing"] = {"agreed": typed.get("agreed_grade"), "missed": typed.get("missed"), "id": ids.new()}
    context["yes_no"] = choices.YES_NO
    context["referrals"] = referring.views(referred, now)
    context["refer_href"] = reverse("contact:refer", args=[id]) if REFER in by.permissions else ""
    # Rooms do not import each other: the permission of the hub's page is named as it is written.
    raises = "safeguarding.raise" in by.permissions
    context["raise_href"] = reverse("safeguarding:hub_raise", args=[id]) if raises else ""
    context["consulted"] = {**asking.on_incident(id, asked, typed, by=by, now=now), "id": ids.new()}
    context["held"] = [held_view(one, by, now) for one in held]
    context["detention_href"] = reverse("contact:detention", args=[id]) if DETAIN in by.permissions else ""
    context["attendance_href"] = reverse("contact:attendance", args=[id]) if LOG in by.permissions else ""
    context["errors"] = [{"text": text, "href": f"#{name}"} for name, text in (problems or {}).items()]
    context["closing_wrong"] = any(name.partition(".")[0] in doing.CLOSING for name in problems or {})
    context["stream_href"] = live.href(now)
    context["as_at"] = now
    return render(request, "contact/incident.html", context, status=422 if problems else 200)
