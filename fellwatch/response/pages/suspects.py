"""One suspect of an incident: arrest or the reason why not, bail and its end with the working, charge, end."""

import uuid
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from fellwatch.foundation import access, clock, ids
from fellwatch.foundation.access import Actor
from fellwatch.records import queries as records
from fellwatch.records.queries import Missing
from fellwatch.response import access as response
from fellwatch.response import actions, checks, queries
from fellwatch.response.pages import words
from fellwatch.response.pages.reviewing import reason
from fellwatch.response.pages.typed import Problems, Step, Typed, errors, local, reader, take
from fellwatch.response.values import NewExtension, NewRelease, SuspectView

CONDITIONS = 4
"""Conditions that one form takes; more are added by another release form."""
RADIOS = ("kind", "agrees", "ended_as")


@require_GET
def suspect(request: HttpRequest, id: uuid.UUID, person: uuid.UUID) -> HttpResponse:
    """Show a suspect and what may be done now."""
    return _page(request, id, person, Typed(), {})


@require_POST
def arrest(request: HttpRequest, id: uuid.UUID, person: uuid.UUID) -> HttpResponse:
    """Record an arrest."""

    def do(typed: Typed, by: Actor, now: datetime) -> None:
        at = typed.moment("arrested_at")
        checks.stop(checks.moment("arrested_at", at, now, "Say when the arrest was made, day and time."))
        actions.arrest(id, person, arrested_at=at or now, offence=typed.get("offence"), by=by, now=now)

    return _do(request, id, person, do)


@require_POST
def release(request: HttpRequest, id: uuid.UUID, person: uuid.UUID) -> HttpResponse:
    """Release on bail or under investigation."""

    def do(typed: Typed, by: Actor, now: datetime) -> None:
        at = typed.moment("released_at")
        checks.stop(checks.moment("released_at", at, now, "Say when they were released, day and time."))
        pairs = [(typed.get(f"condition-{n}"), typed.get(f"condition_words-{n}")) for n in range(CONDITIONS)]
        new = NewRelease(
            typed.get("kind"),
            at or now,
            typed.get("rank"),
            typed.get("authorised_by"),
            typed.get("because"),
            tuple((code, said) for code, said in pairs if code or said),
            typed.get("victim_view"),
            typed.get("victim_not_asked"),
            typed.id() or ids.new(),
        )
        actions.release(_id(id, person, by, now), new, by=by, now=now)

    return _do(request, id, person, do)


@require_POST
def extend(request: HttpRequest, id: uuid.UUID, person: uuid.UUID) -> HttpResponse:
    """Extend bail by a stage."""

    def do(typed: Typed, by: Actor, now: datetime) -> None:
        at, which = typed.moment("authorised_at"), typed.id("release")
        checks.stop(checks.moment("authorised_at", at, now, "Say when it was authorised, day and time."))
        new = NewExtension(
            typed.get("stage"),
            at or now,
            typed.get("extension_rank"),
            typed.get("extension_by"),
            typed.get("extension_because"),
            typed.get("representations"),
            typed.id() or ids.new(),
        )
        actions.extend(which or ids.new(), new, by=by, now=now)

    fields = {"rank": "extension_rank", "authorised_by": "extension_by", "because": "extension_because"}
    return _do(request, id, person, do, fields)


@require_POST
def charge(request: HttpRequest, id: uuid.UUID, person: uuid.UUID) -> HttpResponse:
    """Record a charge."""

    def do(typed: Typed, by: Actor, now: datetime) -> None:
        at = typed.moment("charged_at")
        checks.stop(checks.moment("charged_at", at, now, "Say when the charge was made, day and time."))
        actions.charge(_id(id, person, by, now), charged_at=at or now, by=by, now=now)

    return _do(request, id, person, do)


@require_POST
def end(request: HttpRequest, id: uuid.UUID, person: uuid.UUID) -> HttpResponse:
    """End the case without charge."""

    def do(typed: Typed, by: Actor, now: datetime) -> None:
        suspect_id, said = _id(id, person, by, now), typed.get("end_because")
        actions.end_case(suspect_id, ended_as=typed.get("ended_as"), because=said, by=by, now=now)

    return _do(request, id, person, do, {"because": "end_because"})


@require_POST
def review(request: HttpRequest, id: uuid.UUID, person: uuid.UUID) -> HttpResponse:
    """Look at a decision not to arrest."""

    def do(typed: Typed, by: Actor, now: datetime) -> None:
        checks.stop({} if typed.get("agrees") else {"agrees": "Say whether you agree."})
        agrees, said = typed.get("agrees") == "yes", typed.get("review_words")
        actions.review_no_arrest(_id(id, person, by, now), agrees=agrees, words=said, by=by, now=now)

    return _do(request, id, person, do, {"words": "review_words"})


def _id(incident_id: uuid.UUID, person: uuid.UUID, by: Actor, now: datetime) -> uuid.UUID:
    """Return the suspect's record; where nothing is said of them yet, an arrest or its refusal comes first."""
    found = _find(incident_id, person, by, now)
    if found.id is None:
        checks.stop({"released_at": "Record the arrest, or hand in what was done, first."})
    return found.id or ids.new()


def _find(incident_id: uuid.UUID, person: uuid.UUID, by: Actor, now: datetime) -> SuspectView:
    held = queries.scene(incident_id, by=by, now=now)
    found = next((one for one in held.suspects if one.person_id == person), None)
    if found is None:
        raise Missing("There is no such suspect in this incident, or the record is restricted.")
    return found


def _do(
    request: HttpRequest, id: uuid.UUID, person: uuid.UUID, step: Step, fields: dict[str, str] | None = None
) -> HttpResponse:
    names = fields or {}

    def page(typed: Typed, problems: Problems) -> HttpResponse:
        return _page(request, id, person, typed, {names.get(name, name): text for name, text in problems.items()})

    return take(request, step, page, lambda: redirect("response:suspect", id, person))


def _page(request: HttpRequest, id: uuid.UUID, person: uuid.UUID, typed: Typed, problems: Problems) -> HttpResponse:
    by, now = reader(request), clock.now()
    with access.acting(by):
        seen = records.incident(id, by=by, now=now)
        found = _find(id, person, by, now)
    running = next((one for one in reversed(found.releases) if not one.ended_at), None)
    over = bool(found.charged_at or found.ended_as)
    context = {
        "found": found,
        "incident": seen,
        "no_arrest": reason(found.no_arrest_reason, now) if found.no_arrest_reason else "",
        "running": running,
        "releases": [{"row": one, "kind": words.KINDS[one.kind]} for one in found.releases],
        "ended": words.ENDS.get(found.ended_as, ""),
        "over": over,
        "may": response.RESPOND in by.permissions,
        "may_review": response.SUPERVISE in by.permissions and found.no_arrest_reason and not found.reviewed_at,
        "kinds": words.options(words.KINDS),
        "ranks": words.options(words.RANKS),
        "rank_words": words.RANKS,
        "conditions": words.codes("bail_conditions", now),
        "condition_rows": range(CONDITIONS),
        "ends": words.options(words.ENDS),
        "yes_no": words.options({"yes": "Agree", "no": "Do not agree"}),
        "href": {
            name: reverse(f"response:{name}", args=[id, person])
            for name in ("arrest", "release", "extend", "charge", "end", "no_arrest")
        },
        "typed": typed,
        "posted": dict.fromkeys(typed.fields, True),
        "new_id": typed.get("id") or ids.new(),
        "now_local": local(now),
        "back": {"href": reverse("response:scene", args=[id]), "text": f"Log {seen.reference}"},
        "errors": errors(problems, RADIOS),
    }
    return render(request, "response/suspect.html", context, status=422 if problems else 200)
