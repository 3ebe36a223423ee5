"""A supervisor's queue: forms that wait for review and decisions not to arrest; and the review of one form."""

import uuid
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from fellwatch.assessments import access as assessments
from fellwatch.assessments import actions
from fellwatch.assessments import queries as forms
from fellwatch.assessments.instruments import edition_of
from fellwatch.assessments.values import FormView
from fellwatch.duties import queries as duties
from fellwatch.foundation import access, clock
from fellwatch.foundation.access import Actor
from fellwatch.foundation.accounts.reader import reader
from fellwatch.response import checks, escalating, queries
from fellwatch.response.access import SUPERVISE
from fellwatch.response.known import RISK
from fellwatch.response.pages import words
from fellwatch.response.pages.forms import changed
from fellwatch.response.pages.typed import Problems, Typed, errors, take
from fellwatch.rules import instruments, judgement
from fellwatch.rules.instruments import Instrument, Question

ORDER = {"high": 0, "medium": 1, "standard": 2}


@require_GET
def waiting(request: HttpRequest) -> HttpResponse:
    """Show what waits for a supervisor, the highest risk first, then the oldest."""
    by, now = reader(request), clock.now()
    access.check(by, SUPERVISE)
    found = sorted(forms.waiting(by=by), key=lambda one: (ORDER.get(one.grade, 3), one.submitted_at or now))
    suspects = queries.unreviewed_suspects(by=by)
    return render(
        request,
        "response/review.html",
        {
            "forms": [
                {
                    "row": one,
                    "grade": words.GRADES.get(one.grade, ""),
                    "href": reverse("response:review_form", args=[one.id]),
                    "own": one.submitted_by_name == by.name,
                }
                for one in found
            ],
            "suspects": [
                {
                    "row": one,
                    "reason": reason(one.no_arrest_reason, now),
                    "href": reverse("response:suspect", args=[one.incident_id, one.person_id]),
                }
                for one in suspects
            ],
        },
    )


def reason(code: str, now: datetime) -> str:
    """Return a reason for not arresting, in the form's own words."""
    asked = edition_of("positive_action", clock.london_date(now)).instrument
    question = next(one for one in asked.questions if one.id == "no_arrest_reason")
    return words.answer(question, code)


@require_http_methods(["GET", "POST"])
def form(request: HttpRequest, id: uuid.UUID) -> HttpResponse:
    """Show one form as it was handed in; accept it, or send it back with reasons beside the answers."""
    access.check(reader(request), assessments.REVIEW)
    if request.method == "GET":
        return _page(request, id, Typed(), {})

    def review(typed: Typed, by: Actor, now: datetime) -> None:
        actions.review(
            id,
            typed.get("outcome"),
            seen=typed.number("seen"),
            by=by,
            now=now,
            reasons={
                name.removeprefix("reason-"): {
                    "code": typed.get(name),
                    "words": typed.get(name.replace("reason-", "why-", 1)),
                }
                for name in typed.fields
                if name.startswith("reason-")
            },
            note=typed.get("note"),
        )
        said = "Accepted." if typed.get("outcome") == "accepted" else "Sent back. The officer sees your reasons."
        messages.success(request, said)

    return take(request, review, lambda t, p: _page(request, id, t, p), lambda: redirect("response:review"))


def _page(request: HttpRequest, id: uuid.UUID, typed: Typed, problems: Problems) -> HttpResponse:
    by, now = reader(request), clock.now()
    found = forms.form(id, by=by)
    edition = edition_of(found.instrument, clock.london_date(found.received_at))
    judged = judgement.judge(edition.instrument, found.answers)
    context = {
        "form": found,
        "edition": edition,
        "state": words.STATES[found.state],
        "grade": words.GRADES.get(found.grade, ""),
        "judged": judged if judged.scores else None,
        "sections": _sections(edition.instrument, found, typed),
        "flags": _flags(edition.instrument, found),
        "codes": words.codes("return_reasons", now),
        "due": next(
            (
                words.duty(one)
                for one in duties.of_incident(found.incident_id, by=by)
                if one.about == id and one.rule == "supervisor_review" and one.state in {"open", "late"}
            ),
            None,
        ),
        "reviews": found.reviews,
        "escalation": escalating.of([found.person_id], by=by, now=now).get(found.person_id)
        if found.person_id and edition.id in RISK
        else None,
        "reason_words": {one.code: one.label for one in checks.codes("return_reasons", now).codes},
        "typed": typed,
        "may_review": found.state == "submitted",
        "back": {"href": reverse("response:review"), "text": "What waits for review"},
        "scene_href": reverse("response:scene", args=[found.incident_id]),
        "errors": errors(problems, ("outcome",)),
    }
    return render(request, "response/review_form.html", context, status=422 if problems else 200)


def _sections(instrument: Instrument, found: FormView, typed: Typed) -> list[dict[str, Any]]:
    asked = {one.id for one in instruments.asked(instrument, found.answers)}
    new = set(changed(instrument, found))
    return [
        {
            "title": section.title,
            "questions": [
                _shown(one, found, one.id in new, typed)
                for one in instrument.questions
                if one.section == section.id and one.id in asked
            ],
        }
        for section in instrument.sections
    ]


def _shown(question: Question, found: FormView, changed: bool, typed: Typed) -> dict[str, object]:
    return {
        "id": question.id,
        "label": f"{question.number}. {question.label}" if question.number else question.label,
        "answer": words.answer(question, found.answers.get(question.id)),
        "words": found.answers.get(question.words_id, ""),
        "changed": words.answer(question, found.before.get(question.id)) if changed else "",
        "reason": typed.get(f"reason-{question.id}"),
        "why": typed.get(f"why-{question.id}"),
    }


def _flags(instrument: Instrument, found: FormView) -> list[str]:
    labels = {flag.id: flag.label or flag.id for one in instrument.projections for flag in one.flags}
    return [labels.get(flag, flag) for flag in found.flags]
