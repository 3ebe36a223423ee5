"""Taking a call: the screen, its fragments, its draft and the moment it is sent."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from fellwatch.assessments.instruments import edition
from fellwatch.contact import actions, checks, facts, home, knowledge, listening, queries, rulings
from fellwatch.contact.access import LOG
from fellwatch.contact.pages import around, changing, choices, knowing, prompting, reading
from fellwatch.contact.pages.told import Told
from fellwatch.contact.pages.typed import Typed, TypedPerson, from_draft, from_post
from fellwatch.contact.values import Invalid
from fellwatch.duties import reckoning
from fellwatch.foundation import access, clock, ids
from fellwatch.foundation.access import Actor
from fellwatch.foundation.accounts.reader import reader
from fellwatch.records import queries as records
from fellwatch.rules import instruments
from fellwatch.rules.facts import INCIDENT_FACTS
from fellwatch.rules.instruments import CONSIDERED_NONE

OLDEST = timedelta(hours=12)
STATED = ("crime_disclosed", "crime_which", "safeguarding_considered", "safeguarding_what")


@dataclass(frozen=True)
class CallFrame:
    """The call's own line: where it is kept and where its fragments come from."""

    id: uuid.UUID
    reference: str
    channel_text: str
    number: str
    received_at: datetime
    saved_at: datetime | None
    draft_number: int
    save_href: str
    draft_href: str
    known_href: str
    grade_href: str
    heard_href: str


@require_GET
def new_call(request: HttpRequest) -> HttpResponse:
    """Open a call of its own, so that a reload comes back to it."""
    access.check(reader(request), LOG)
    return redirect("contact:call", ids.new())


@require_http_methods(["GET", "POST"])
def call(request: HttpRequest, id: uuid.UUID) -> HttpResponse:
    """Show a call as far as it has got; take in what was typed; send it."""
    by, now = reader(request), clock.now()
    access.check(by, LOG)
    if request.method == "GET":
        kept = queries.draft(id, by=by)
        return _screen(request, id, from_draft(kept), by=by, now=now, saved=now if kept else None)
    do = request.POST.get("do", "look")
    typed = changing.changed(from_post(request.POST), do, by=by, now=now)
    if do == "send":
        return _send(request, id, typed, by=by, now=now)
    problems = _keep(id, typed, by=by, now=now)
    if problems:
        return _screen(request, id, typed, by=by, now=now, saved=None, problems=problems)
    if do == "keep":
        return redirect("contact:board")
    if request.headers.get("HX-Request"):
        return _part(request, id, typed, do, by=by, now=now)
    return _screen(request, id, typed, by=by, now=now, saved=now)


@require_POST
def draft(request: HttpRequest, id: uuid.UUID) -> HttpResponse:
    """Keep what is typed, without a page."""
    now = clock.now()
    try:
        kept = actions.keep_draft(id, dict(from_post(request.POST).fields), by=reader(request), now=now)
    except Invalid as wrong:
        return JsonResponse({"problems": wrong.problems}, status=409)
    return JsonResponse({"saved_at": now.isoformat(), "sent": not kept})


def _keep(id: uuid.UUID, typed: Typed, *, by: Actor, now: datetime) -> dict[str, str]:
    """Keep what is typed; return what is wrong where it cannot be kept here."""
    try:
        actions.keep_draft(id, dict(typed.fields), by=by, now=now)
    except Invalid as wrong:
        return wrong.problems
    return {}


@require_http_methods(["GET", "POST"])
def known(request: HttpRequest, id: uuid.UUID) -> HttpResponse:
    """Return the panel of what is known, for what is typed now."""
    by, now = reader(request), clock.now()
    access.check(by, LOG)
    told = _told(request, id, by, now)
    panel, _ = knowing.panel(from_post(request.POST or request.GET), by=by, now=now, told=told)
    frame = {"known_href": reverse("contact:known", args=[id])}
    return render(request, "contact/known.html", {"known": panel, "choices": choices.of_a_call(now), "call": frame})


@require_http_methods(["GET", "POST"])
def grade(request: HttpRequest, id: uuid.UUID) -> HttpResponse:
    """Return the grade proposed for what is typed now."""
    by, now = reader(request), clock.now()
    access.check(by, LOG)
    typed = from_post(request.POST or request.GET)
    context = {
        "proposal": _proposal(id, typed, _told(request, id, by, now), by=by, now=now),
        "choices": choices.of_a_call(now),
        "values": _values(typed),
        "errors": (),
    }
    return render(request, "contact/grade.html", context)


def _send(request: HttpRequest, id: uuid.UUID, typed: Typed, *, by: Actor, now: datetime) -> HttpResponse:
    problems = reading.problems(typed, now=now)
    received_at = _received(id, now)
    call = reading.call(typed, id=id, received_at=received_at, now=now)
    try:
        if problems:
            raise Invalid({**checks.problems(call, now=now), **problems})
        logged = actions.log_incident(call, by=by, now=now)
    except Invalid as wrong:
        lost = _keep(id, typed, by=by, now=now)
        problems = {**wrong.problems, **lost}
        return _screen(request, id, typed, by=by, now=now, saved=None if lost else now, problems=problems)
    return redirect("contact:incident", logged.incident_id)


def _received(id: uuid.UUID, now: datetime) -> datetime:
    """Return when the call began: a version 7 id carries its millisecond."""
    began = (int(id) >> 80) / 1000
    fresh = id.version == 7 and 0 <= now.timestamp() - began < OLDEST.total_seconds()
    return datetime.fromtimestamp(began, tz=now.tzinfo) if fresh else now


def _told(request: HttpRequest, id: uuid.UUID, by: Actor, now: datetime) -> Told:
    """Return what the log holds as shown on this call's screen, as the panel carries it."""
    return Told.read(request.POST.get("told", ""), call=id, by=by, now=now)


def _part(request: HttpRequest, id: uuid.UUID, typed: Typed, do: str, *, by: Actor, now: datetime) -> HttpResponse:
    """Return the part of the screen that a button changed: where it is, or who is in it."""
    if do.startswith("where-"):
        context = {"values": _values(typed), "choices": choices.of_a_call(now), "errors": ()}
        return render(request, "contact/where.html", context)
    _, found = knowing.panel(typed, by=by, now=now, told=_told(request, id, by, now))
    return render(request, "contact/people.html", _people_context(typed, found, by=by, now=now))


def _screen(
    request: HttpRequest,
    id: uuid.UUID,
    typed: Typed,
    *,
    by: Actor,
    now: datetime,
    saved: datetime | None,
    problems: dict[str, str] | None = None,
) -> HttpResponse:
    with access.acting(by):
        panel, found = knowing.panel(typed, by=by, now=now, told=_told(request, id, by, now))
        context = {
            "call": _frame(id, typed, saved, now),
            "answers_a_post": request.method == "POST",
            "values": _values(typed),
            "choices": choices.of_a_call(now),
            "yes_no": choices.YES_NO_UNKNOWN,
            "answers3": choices.YES_NO_UNKNOWN,
            "dangers": _dangers(typed, now),
            "thrive": _thrive(typed, now),
            "known": panel,
            "proposal": _proposal(id, typed, found, by=by, now=now),
            "errors": _errors(problems or {}),
            "heard": listening.heard(id, by=by, now=now),
            **_people_context(typed, found, by=by, now=now),
        }
    return render(request, "contact/call.html", context, status=422 if problems else 200)


def _frame(id: uuid.UUID, typed: Typed, saved: datetime | None, now: datetime) -> CallFrame:
    def href(name: str) -> str:
        return reverse(f"contact:{name}", args=[id])

    return CallFrame(
        id=id,
        reference="",
        channel_text=rulings.label("channels", typed.get("channel", "999"), now),
        number=typed.get("caller_number"),
        received_at=_received(id, now),
        saved_at=saved,
        draft_number=0,
        save_href=href("call"),
        draft_href=href("draft"),
        known_href=href("known"),
        grade_href=href("grade"),
        heard_href=href("heard"),
    )


SINGLE = (
    "caller_name",
    "caller_number",
    "caller_born",
    "caller_home",
    "address",
    "postcode",
    "opening_code",
    "summary",
    "safe_contact",
    "safety_advice",
    "reassess_when",
    "grade",
    "grade_reason",
)


def _values(typed: Typed) -> dict[str, object]:
    return {
        **{name: typed.get(name) for name in SINGLE},
        "channel": typed.get("channel", "999"),
        "qualifiers": typed.all("qualifiers"),
    }


def _dangers(typed: Typed, now: datetime) -> list[dict[str, object]]:
    return [
        {
            "code": code.code,
            "text": code.label,
            "guidance": code.guidance,
            "key": code.attributes.get("key", ""),
            "value": typed.get(f"danger-{code.code}"),
        }
        for code in choices.in_use("danger_questions", now)
    ]


def _thrive(typed: Typed, now: datetime) -> dict[str, object]:
    instrument = edition("thrive", clock.london_date(now)).instrument
    answers = reading.thrive(typed, now=now)
    elements = [
        {
            "code": q.id,
            "letter": q.label[0],
            "title": q.label,
            "hint": q.help,
            "value": typed.get(f"thrive-{q.id}"),
            "none": answers.get(q.id) == CONSIDERED_NONE,
            "answered": q.id in answers,
        }
        for q in instruments.asked(instrument, answers)
        if q.section == "elements"
    ]
    answered = sum(1 for element in elements if element["answered"])
    return {
        "elements": elements,
        "words": f"{answered} of {len(elements)} answered",
        **{name: typed.get(name) for name in STATED},
    }


def _people_context(typed: Typed, found: knowledge.Known, *, by: Actor, now: datetime) -> dict[str, object]:
    children = around.children_words(found)
    chosen = [row.person_id for row in typed.people if row.person_id]
    shown = records.people(chosen, by=by, now=now, because="contact.call_people_read") if chosen else {}
    homes = home.of_people(chosen, by=by) if chosen else {}
    return {
        "people": [{**_person(row, shown, now), "home": _home(row, homes)} for row in typed.people],
        "choices": choices.of_a_call(now),
        "children_words": f"Children at this address: {children}" if children else "",
    }


def _home(row: TypedPerson, homes: Mapping[uuid.UUID, home.Home]) -> str:
    """Say whose area somebody's home is in, where it is not ours."""
    found = homes.get(row.person_id) if row.person_id else None
    return found.words if found and found.away else ""


def _person(row: TypedPerson, shown: dict, now: datetime) -> dict[str, object]:  # type: ignore[type-arg]
    person = shown.get(row.person_id)
    age = person.born.age_on(clock.london_date(now)) if person else None
    codes = [c for c in choices.in_use("vulnerabilities", now) if c.code in row.vulnerabilities]
    return {
        "person_id": row.person_id,
        "name": person.name if person else row.name,
        "age": "" if age is None else str(age),
        "role": row.role,
        "vulnerabilities": row.vulnerabilities,
        "vulnerability_words": ", ".join(code.label for code in codes),
        "prompts": prompting.picked([code.code for code in codes], row.prompts, now),
        "warnings": [rulings.label("marker_kinds", m.kind, now) for m in person.markers] if person else [],
    }


def _proposal(
    id: uuid.UUID, typed: Typed, found: knowledge.Known | Told, *, by: Actor, now: datetime
) -> dict[str, object] | None:
    """Propose a grade from what is typed and known, looked up where it is not; None until anything has been said."""
    said = typed.get("opening_code") or any(name.startswith("danger-") for name in typed.fields)
    if not said:
        return None
    if isinstance(found, Told):
        _, found = knowing.panel(typed, by=by, now=now, told=found)
    asked = facts.of_call(reading.call(typed, id=id, received_at=now, now=now), found, now=now)
    proposal = rulings.propose(asked, now=now)
    version = rulings.grading_version(now)
    labels = {code.code: code.label for code in choices.in_use("danger_questions", now)}
    attend = reckoning.one("attendance", at=now, facts={"grade": proposal.grade, "beat": "urban"})
    return {
        "code": proposal.grade,
        "text": rulings.label("grades", proposal.grade, now),
        "because": proposal.because,
        "not_lower": proposal.not_lower_because,
        "questions": [
            {"text": labels.get(q.fact, INCIDENT_FACTS[q.fact].meaning), "could": rulings.label("grades", q.grade, now)}
            for q in proposal.find_out[:3]
        ],
        "attend_by": attend.due_at if attend else None,
        "rule": f"{rulings.GRADING} version {version.number}",
        "confidence": str(version.confidence),
    }


def _errors(problems: dict[str, str]) -> list[dict[str, str]]:
    return [{"text": text, "href": f"#{_field(name)}"} for name, text in problems.items()]


def _field(name: str) -> str:
    if name.startswith("thrive."):
        question = name.removeprefix("thrive.")
        return (
            f"{question}-1"
            if question in {"crime_disclosed", "safeguarding_considered"}
            else (question if question in STATED or question in SINGLE else f"thrive-{question}")
        )
    return {"place_id": "address", "id": "summary"}.get(name, name.partition(".")[0])
