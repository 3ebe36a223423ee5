"""Vulnerability questions in words: on the call as each is picked, and afterwards on a page of their own."""

import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from fellwatch.assessments import queries as assessed
from fellwatch.contact import actions, prompts, rulings
from fellwatch.contact.access import LOG
from fellwatch.contact.pages import choices
from fellwatch.contact.pages.choices import Choice
from fellwatch.contact.pages.typed import Typed, as_id, from_post
from fellwatch.contact.values import Invalid
from fellwatch.foundation import access, clock, ids
from fellwatch.foundation.accounts.reader import reader
from fellwatch.records import queries as records
from fellwatch.records.values import IncidentView, PartView
from fellwatch.rules.instruments import Question, QuestionKind


@dataclass(frozen=True)
class Asked:
    """One question as shown. With options it is answered by one tap, without them in words."""

    code: str
    text: str
    help: str
    options: tuple[Choice, ...]
    value: str


@dataclass(frozen=True)
class Vulnerability:
    """One vulnerability picked: what to do first, and what it asks."""

    text: str
    guidance: str
    questions: tuple[Asked, ...]


def picked(codes: Sequence[str], answers: Mapping[str, object], now: datetime) -> tuple[Vulnerability, ...]:
    """Return each vulnerability picked with its guidance and its questions."""
    brought = prompts.asked(codes, answers, clock.london_date(now))
    words = {code.code: code for code in choices.in_use("vulnerabilities", now)}
    return tuple(
        Vulnerability(
            words[code].label,
            words[code].guidance,
            tuple(asked(one, answers) for one in brought if one.section == code),
        )
        for code in codes
        if code in words
    )


def asked(question: Question, answers: Mapping[str, object]) -> Asked:
    """Return a question as it is shown, with what was answered."""
    plain = question.kind in {QuestionKind.TEXT, QuestionKind.TEXT_OR_NONE}
    options = () if plain else tuple(Choice(option.value, option.label) for option in question.options)
    hint = "" if question.help == question.do else question.help
    return Asked(question.id, question.label, hint, options, str(answers.get(question.id, "")))


@require_http_methods(["GET", "POST"])
def prompted(request: HttpRequest, id: uuid.UUID, person: uuid.UUID) -> HttpResponse:
    """Ask what somebody's vulnerabilities make it necessary to know, after the call."""
    by, now = reader(request), clock.now()
    access.check(by, LOG, subject=("incident", str(id)))
    if request.method == "GET":
        return _page(request, id, person, Typed(), now=now)
    typed = from_post(request.POST)
    if request.POST.get("do") == "look":
        return _page(request, id, person, typed, now=now)
    try:
        proposed = actions.answer_prompts(
            id,
            person,
            typed.beginning("prompt-"),
            by=by,
            now=now,
            vulnerabilities=typed.all("vulnerabilities"),
            id=as_id(typed.get("id")),
        )
    except Invalid as wrong:
        return _page(request, id, person, typed, now=now, problems=wrong.problems)
    return redirect(f"{reverse('contact:prompts', args=[id, person])}?kept={proposed}")


@require_POST
def put_marker(request: HttpRequest, id: uuid.UUID, person: uuid.UUID) -> HttpResponse:
    """Put on the marker that an answer suggests."""
    now = clock.now()
    try:
        actions.put_marker(id, person, request.POST.get("marker", ""), by=reader(request), now=now)
    except Invalid as wrong:
        return _page(request, id, person, Typed(), now=now, problems=wrong.problems)
    return redirect("contact:prompts", id, person)


def _page(
    request: HttpRequest,
    id: uuid.UUID,
    person: uuid.UUID,
    typed: Typed,
    *,
    now: datetime,
    problems: Mapping[str, str] | None = None,
) -> HttpResponse:
    by = reader(request)
    with access.acting(by):
        incident = records.incident(id, by=by, now=now)
        kept = assessed.of_people(id, prompts.CORE, by=by).get(person, {})
    part = _part(incident, person)
    seen = [code for one in incident.parts if one.person.id == person for code in one.vulnerabilities]
    codes = tuple(dict.fromkeys((*seen, *typed.all("vulnerabilities"))))
    answers = {**kept, **typed.beginning("prompt-")}
    context = {
        "id": ids.new(),
        "name": part.person.name,
        "incident_href": reverse("contact:incident", args=[id]),
        "reference": incident.reference,
        "picked": picked(codes, answers, now),
        "codes": codes,
        "seen": seen,
        "groups": choices.groups("vulnerabilities", now),
        "markers": tuple(_suggested(part, seen, kept, now)),
        "marker_href": reverse("contact:put_marker", args=[id, person]),
        "progress": prompts.progress(codes, answers, clock.london_date(now)),
        "kept_grade": _kept(request, now),
        "errors": [{"text": text, "href": f"#{_field(name)}"} for name, text in (problems or {}).items()],
    }
    return render(request, "contact/prompts.html", context, status=422 if problems else 200)


def _field(name: str) -> str:
    return {"prompts": "vulnerabilities", "marker": "markers"}.get(name, name)


def _kept(request: HttpRequest, now: datetime) -> str:
    grade = request.GET.get("kept", "")
    labels = {code.code: code.label for code in rulings.codes("grades", now).codes}
    return labels.get(grade, "")


def _part(incident: IncidentView, person: uuid.UUID) -> PartView:
    found = next((part for part in incident.parts if part.person.id == person), None)
    if found is None:
        raise records.Missing("There is nobody such in this incident.")
    return found


def _suggested(part: PartView, codes: Sequence[str], kept: Mapping[str, object], now: datetime) -> Iterator[Choice]:
    standing = {marker.kind for marker in part.person.markers}
    for kind in sorted(prompts.markers(codes, kept, clock.london_date(now)) - standing):
        yield Choice(kind, rulings.label("marker_kinds", kind, now))
