"""Decisions that keep police away or slow them down: agreeing to a lower grade, and whether police go at all."""

import uuid
from collections.abc import Mapping, Sequence
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from fellwatch.assessments import queries as assessed
from fellwatch.contact import actions, attending, decisions, queries, rulings
from fellwatch.contact.access import CONFIRM_DOWNGRADE, LOG, SUPERVISE
from fellwatch.contact.decisions import AttendanceView, LowerGradeView
from fellwatch.contact.pages import prompting
from fellwatch.contact.pages.typed import Typed, as_id, from_post
from fellwatch.contact.values import Invalid
from fellwatch.foundation import access, clock, ids
from fellwatch.foundation.access import Actor
from fellwatch.foundation.accounts.reader import reader
from fellwatch.records import queries as records
from fellwatch.rules.instruments import Question, Section

REVIEWS = {"agreed": "Agreed", "send": "Overturned: somebody is sent"}


@require_http_methods(["GET", "POST"])
def attendance(request: HttpRequest, id: uuid.UUID) -> HttpResponse:
    """Ask whether police must go, and record the decision."""
    by, now = reader(request), clock.now()
    access.check(by, LOG, subject=("incident", str(id)))
    if request.method == "GET":
        return _page(request, id, Typed(), now=now)
    typed = from_post(request.POST)
    answers = typed.beginning("ask-")
    try:
        actions.decide_attendance(id, request.POST.get("do", ""), answers, by=by, now=now, id=as_id(typed.get("id")))
    except Invalid as wrong:
        return _page(request, id, typed, now=now, problems=wrong.problems)
    return redirect("contact:attendance", id)


@require_POST
def review(request: HttpRequest, id: uuid.UUID, decision: uuid.UUID) -> HttpResponse:
    """Say as a supervisor whether a decision not to go is right."""
    typed = from_post(request.POST)
    try:
        actions.review_decline(
            decision,
            request.POST.get("do", ""),
            typed.get("review_because"),
            by=reader(request),
            now=clock.now(),
        )
    except Invalid as wrong:
        return _page(request, id, typed, now=clock.now(), problems=wrong.problems)
    return redirect("contact:attendance", id)


@require_POST
def escalate(request: HttpRequest, id: uuid.UUID, decision: uuid.UUID) -> HttpResponse:
    """Record to whom the requester's objection was taken."""
    typed = from_post(request.POST)
    try:
        actions.escalate_decline(
            decision,
            typed.get("escalated_to"),
            typed.get("escalated_because"),
            by=reader(request),
            now=clock.now(),
        )
    except Invalid as wrong:
        return _page(request, id, typed, now=clock.now(), problems=wrong.problems)
    return redirect("contact:attendance", id)


def _page(
    request: HttpRequest, id: uuid.UUID, typed: Typed, *, now: datetime, problems: Mapping[str, str] | None = None
) -> HttpResponse:
    by = reader(request)
    with access.acting(by):
        incident = records.incident(id, by=by, now=now)
        handled = queries.handled(id, by=by)
        made = decisions.attendance_of(id, by=by)
        versions = assessed.versions(attending.INSTRUMENT, id, by=by)
    answers = {**(versions[0].answers if versions else {}), **typed.beginning("ask-")}
    form = attending.form(now)
    context = {
        "id": ids.new(),
        "reference": incident.reference,
        "title_text": rulings.label("nsir_opening", incident.opening_code, now),
        "incident_href": reverse("contact:incident", args=[id]),
        "summary": incident.summary,
        "known": [rulings.label(attending.GROUNDS, code, now) for code in attending.implied(handled.flags, now)],
        "sections": _sections(form.instrument.sections, form.instrument.questions, answers),
        "made": [made_view(one, by, now) for one in made],
        "open": handled.state != "closed",
        "typed": {name: typed.get(name) for name in ("review_because", "escalated_to", "escalated_because")},
        "source": form.source,
        "confidence": form.confidence,
        "errors": [
            {"text": text, "href": f"#{_field(name, form.instrument.questions)}"}
            for name, text in (problems or {}).items()
        ],
    }
    return render(request, "contact/attendance.html", context, status=422 if problems else 200)


def _sections(
    sections: Sequence[Section], questions: Sequence[Question], answers: Mapping[str, object]
) -> list[object]:
    return [
        {
            "title": section.title,
            "questions": [prompting.asked(one, answers) for one in questions if one.section == section.id],
        }
        for section in sections
    ]


def _field(name: str, questions: Sequence[Question]) -> str:
    found = next((one for one in questions if one.id == name), None)
    if found is None:
        return name
    return f"ask-{name}-1" if found.options else f"ask-{name}"


def made_view(one: AttendanceView, by: Actor, now: datetime) -> dict[str, object]:
    """Return a decision on going in words, with the steps this reader may take."""
    may_review = SUPERVISE in by.permissions and one.stands and not one.review and one.by_id != by.id
    return {
        "words": "Police go" if one.decision == "attend" else "Police do not go",
        "because": one.because,
        "stands": one.stands,
        "by": one.by_name,
        "at": one.at,
        "area": rulings.label("attendance_areas", one.area, now) if one.area else "",
        "requester": one.requester,
        "who_will": one.who_will,
        "ended": one.ended_because if one.ended_at else "",
        "review": REVIEWS.get(one.review, ""),
        "review_because": one.review_because,
        "reviewed_by": one.reviewed_by_name,
        "reviewed_at": one.reviewed_at,
        "escalated_to": one.escalated_to,
        "escalated_because": one.escalated_because,
        "escalated_at": one.escalated_at,
        "review_href": reverse("contact:review_decline", args=[one.incident_id, one.id]) if may_review else "",
        "escalate_href": reverse("contact:escalate_decline", args=[one.incident_id, one.id])
        if one.stands and LOG in by.permissions
        else "",
        "href": reverse("contact:attendance", args=[one.incident_id]),
        "reference": one.reference,
        "title": rulings.label("nsir_opening", one.opening_code, now),
    }


def proposal_view(one: LowerGradeView, by: Actor, now: datetime, typed: str = "") -> dict[str, object]:
    """Return a lower grade proposed in words, with the steps this reader may take."""
    may = CONFIRM_DOWNGRADE in by.permissions and one.state == "waiting" and one.proposed_by_id != by.id
    return {
        "id": one.id,
        "from_grade": one.from_grade,
        "from_text": rulings.label("grades", one.from_grade, now),
        "to_grade": one.to_grade,
        "to_text": rulings.label("grades", one.to_grade, now),
        "reason": rulings.label("downgrade_reasons", one.reason_code, now),
        "rationale": one.rationale,
        "because": one.because,
        "by": one.proposed_by_name,
        "at": one.proposed_at,
        "typed": typed,
        "waits": one.state == "waiting",
        "state_text": {
            "waiting": "Waits for a supervisor. The grade stays until one agrees.",
            "agreed": f"Agreed by {one.decided_by_name}.",
            "refused": f"Refused by {one.decided_by_name}: {one.decided_because}",
            "overtaken": "Overtaken: the grade was changed meanwhile.",
        }[one.state],
        "agree_href": reverse("contact:agree_lower", args=[one.incident_id, one.id]) if may else "",
        "refuse_href": reverse("contact:refuse_lower", args=[one.incident_id, one.id]) if may else "",
        "href": f"{reverse('contact:incident', args=[one.incident_id])}#lower",
        "reference": one.reference,
        "title": rulings.label("nsir_opening", one.opening_code, now),
    }
