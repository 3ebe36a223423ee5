"""One form at a desk: the same definition that the handheld asks, saved as often as need be, then handed in."""

import json
import uuid
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from fellwatch.assessments import actions as assessments
from fellwatch.assessments import queries as found
from fellwatch.assessments import telling
from fellwatch.assessments.access import WRITE
from fellwatch.assessments.instruments import Edition, edition_of
from fellwatch.assessments.values import Disputed, Filled, FormView, Invalid
from fellwatch.foundation import access, clock, ids
from fellwatch.foundation.access import Actor
from fellwatch.foundation.accounts.reader import reader
from fellwatch.records import queries as records
from fellwatch.records.queries import Missing
from fellwatch.records.values import IncidentView
from fellwatch.response import actions, escalating, queries
from fellwatch.response.known import RISK
from fellwatch.response.pages import words
from fellwatch.response.pages.typed import Problems, Typed, errors, from_post
from fellwatch.rules import instruments, judgement
from fellwatch.rules.instrument_wire import as_data
from fellwatch.rules.instruments import CONSIDERED_NONE, Question, QuestionKind

CHOICES = (QuestionKind.YES_NO, QuestionKind.CHOICE)

TO_SUPERVISOR = "Your supervisor is asked to review it before the shift ends."


@require_http_methods(["GET", "POST"])
def form(request: HttpRequest, id: uuid.UUID, instrument: str, person: uuid.UUID) -> HttpResponse:
    """Show one form about one person; save what was answered, or hand it in."""
    by, now = reader(request), clock.now()
    access.check(by, WRITE, subject=("incident", str(id)))
    typed = from_post(request) if request.method == "POST" else Typed()
    with access.acting(by):
        seen = records.incident(id, by=by, now=now)
        stands = found.find_form(instrument, id, person, by=by)
    edition = edition_of(instrument, clock.london_date(seen.received_at))
    if not _is_about(seen, person):
        raise Missing("There is nobody such in this incident, or the record is restricted.")
    if request.method == "GET":
        return _page(request, seen, person, edition, stands, stands.answers if stands else {}, {})
    said = answers(edition, typed)
    filled = Filled(id, instrument, said, person, typed.number("seen"), "desk", id=typed.id() or ids.new())
    try:
        form_id = assessments.save(filled, by=by, now=now)
    except Disputed as apart:
        shown = {**apart.theirs, **said}
        return _page(request, seen, person, edition, stands, shown, apart.problems, number=apart.number)
    except Invalid as wrong:
        return _page(request, seen, person, edition, stands, said, wrong.problems, number=typed.number("seen"))
    if typed.get("do") != "hand_in":
        messages.success(request, "Saved. Nothing is handed in yet.")
        return redirect("response:form", id, instrument, person)
    stands = found.form(form_id, by=by)
    try:
        actions.hand_in(form_id, seen=stands.number, by=by, now=now)
    except Invalid as wrong:
        return _page(request, seen, person, edition, stands, stands.answers, wrong.problems)
    handed = found.form(form_id, by=by)
    owner = telling.owner(handed.owner, handed.owner_because, now) if handed.owner else ""
    reviewer = "The central team looks at it again." if handed.state == "second" else TO_SUPERVISOR
    messages.success(request, f"Handed in. {reviewer} {owner}".strip())
    return redirect("response:scene", id)


def _is_about(seen: IncidentView, person: uuid.UUID) -> bool:
    return any(part.person.id == person for part in seen.parts)


def answers(edition: Edition, typed: Typed) -> dict[str, Any]:
    """Read the answers of a form from its fields; an empty one takes an earlier answer back."""
    said: dict[str, Any] = {}
    for question in edition.instrument.questions:
        said[question.id] = _answer(question, typed)
        if question.words:
            said[question.words_id] = typed.get(question.words_id)
    return said


def _answer(question: Question, typed: Typed) -> object:
    if question.kind is QuestionKind.MULTI:
        return typed.all(question.id)
    given = typed.get(question.id)
    if question.kind is QuestionKind.TEXT_OR_NONE and not given and typed.get(f"none-{question.id}"):
        return CONSIDERED_NONE
    return given


def _page(
    request: HttpRequest,
    seen: IncidentView,
    person: uuid.UUID,
    edition: Edition,
    stands: FormView | None,
    said: Mapping[str, Any],
    problems: Problems,
    number: int | None = None,
) -> HttpResponse:
    by, now = reader(request), clock.now()
    judged = judgement.judge(edition.instrument, said)
    returned = stands.reviews[-1] if stands and stands.state == "returned" and stands.reviews else None
    context = {
        "title": edition.title,
        "name": next(part.person.name for part in seen.parts if part.person.id == person),
        "edition": edition,
        "state": words.STATES[stands.state] if stands else "Not begun",
        "seen": (stands.number if stands else 0) if number is None else number,
        "new_id": ids.new(),
        "sections": _sections(edition, said, returned.reasons if returned else {}, by),
        "done": instruments.completeness(edition.instrument, said),
        "judged": judged if judged.shown and judged.scores else None,
        "supplements": _supplements(seen, person, edition, said),
        "returned": returned,
        "reasons": telling.reasons(returned.reasons, returned.at) if returned else {},
        "owner": telling.owner(stands.owner, stands.owner_because, now) if stands and stands.owner else "",
        "anew": stands.regraded if stands else None,
        "crimes": _crimes(seen, stands, by, now),
        "escalation": escalating.of([person], by=by, now=now).get(person) if edition.id in RISK else None,
        "definition": json.dumps(as_data(edition.instrument)).replace("<", "\\u003c"),
        "back": {"href": reverse("response:scene", args=[seen.id]), "text": f"Log {seen.reference}"},
        "errors": errors(problems, [one.id for one in edition.instrument.questions if one.kind in CHOICES]),
    }
    return render(request, "response/form.html", context, status=422 if problems else 200)


def _sections(
    edition: Edition, said: Mapping[str, Any], reasons: Mapping[str, Mapping[str, str]], by: Actor
) -> list[dict[str, object]]:
    """Return the form section by section, each question as it stands and with why it came back."""
    instrument = edition.instrument
    asked = {question.id for question in instruments.asked(instrument, said)}
    prompts = {name: text for (form, name), text in found.prompts_now(by=by).items() if form == edition.id}
    return [
        {
            "title": section.title,
            "questions": [
                _question(one, said, asked, reasons, prompts)
                for one in instrument.questions
                if one.section == section.id
            ],
        }
        for section in instrument.sections
    ]


def _question(
    question: Question,
    said: Mapping[str, Any],
    asked: set[str],
    reasons: Mapping[str, Mapping[str, str]],
    prompts: Mapping[str, str],
) -> dict[str, object]:
    given = said.get(question.id)
    number = f"{question.number}. " if question.number else ""
    optional = "" if question.required else " (if known)"
    return {
        "id": question.id,
        "label": f"{number}{question.label}{optional}",
        "help": f"{prompts[question.id]} {question.help}" if question.id in prompts else question.help,
        "kind": question.kind.value,
        "options": [{"code": one.value, "text": one.label} for one in question.options],
        "value": "" if given == CONSIDERED_NONE else given or "",
        "none": given == CONSIDERED_NONE,
        "words_id": question.words_id if question.words else "",
        "words": said.get(question.words_id, ""),
        "skipped": question.id not in asked,
        "longest": question.longest,
        "sent_back": reasons.get(question.id),
    }


def _supplements(
    seen: IncidentView, person: uuid.UUID, edition: Edition, said: Mapping[str, Any]
) -> list[dict[str, str]]:
    day = clock.london_date(seen.received_at)
    return [
        {
            "title": edition_of(one.instrument, day).title,
            "reason": one.reason,
            "href": reverse("response:form", args=[seen.id, one.instrument, person]),
        }
        for one in instruments.opened(edition.instrument, said)
    ]


def _crimes(seen: IncidentView, stands: FormView | None, by: Actor, now: datetime) -> list[str]:
    if stands is None:
        return []
    held = queries.scene(seen.id, by=by, now=now)
    return [one.title for one in held.crimes if any(t["instrument"] == stands.instrument for t in one.told_by)]


def changed(instrument: Any, form: FormView) -> Iterator[str]:
    """Yield the questions whose answers changed in the newest version."""
    for question in instrument.questions:
        if form.number > 1 and form.before.get(question.id) != form.answers.get(question.id):
            yield question.id
