"""One suspect of an incident: arrest or the reason why not, bail and its end with the working, charge, end."""

import uuid
from collections.abc import Mapping, Sequence
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from fellwatch.foundation import access, clock, ids
from fellwatch.foundation.access import Actor
from fellwatch.foundation.accounts.reader import reader
from fellwatch.orders import access as orders_access
from fellwatch.orders import queries as orders
from fellwatch.orders import standing
from fellwatch.orders.values import OrderView
from fellwatch.records import queries as records
from fellwatch.records.queries import Missing
from fellwatch.response import access as response
from fellwatch.response import actions, checks, queries
from fellwatch.response.pages import words
from fellwatch.response.pages.reviewing import reason
from fellwatch.response.pages.typed import Problems, Step, Typed, errors, local, take
from fellwatch.response.values import NewAttempt, SuspectView

CONDITIONS = 6
"""Conditions that one form takes; a form that varies them has room for two more than stand."""
STEPS = (
    "arrest",
    "try_arrest",
    "release",
    "extend",
    "vary",
    "appoint",
    "came",
    "missed",
    "send",
    "answered",
    "charge",
    "end",
    "reopen",
    "no_arrest",
)
Binding = Mapping[uuid.UUID, Sequence[OrderView]]
"""The orders that bind somebody, by the release they stand behind."""
RADIOS = ("kind", "agrees", "ended_as", "answer", "came_how")


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

    return take_step(request, id, person, do)


@require_POST
def attempt(request: HttpRequest, id: uuid.UUID, person: uuid.UUID) -> HttpResponse:
    """Record a try to arrest that failed."""

    def do(typed: Typed, by: Actor, now: datetime) -> None:
        new = NewAttempt(
            typed.moment("tried_at"), typed.get("tried_where"), typed.get("tried_words"), typed.id() or ids.new()
        )
        actions.try_arrest(id, person, new, by=by, now=now)

    return take_step(request, id, person, do)


@require_POST
def charge(request: HttpRequest, id: uuid.UUID, person: uuid.UUID) -> HttpResponse:
    """Record a charge."""

    def do(typed: Typed, by: Actor, now: datetime) -> None:
        at = typed.moment("charged_at")
        checks.stop(checks.moment("charged_at", at, now, "Say when the charge was made, day and time."))
        actions.charge(id_of(id, person, by, now), charged_at=at or now, by=by, now=now)

    return take_step(request, id, person, do)


@require_POST
def end(request: HttpRequest, id: uuid.UUID, person: uuid.UUID) -> HttpResponse:
    """End the case without charge."""

    def do(typed: Typed, by: Actor, now: datetime) -> None:
        suspect_id, said = id_of(id, person, by, now), typed.get("end_because")
        actions.end_case(suspect_id, ended_as=typed.get("ended_as"), because=said, by=by, now=now)

    return take_step(request, id, person, do, {"because": "end_because"})


@require_POST
def review(request: HttpRequest, id: uuid.UUID, person: uuid.UUID) -> HttpResponse:
    """Look at a decision not to arrest."""

    def do(typed: Typed, by: Actor, now: datetime) -> None:
        checks.stop({} if typed.get("agrees") else {"agrees": "Say whether you agree."})
        agrees, said = typed.get("agrees") == "yes", typed.get("review_words")
        actions.review_no_arrest(id_of(id, person, by, now), agrees=agrees, words=said, by=by, now=now)

    return take_step(request, id, person, do, {"words": "review_words"})


@require_POST
def reopen(request: HttpRequest, id: uuid.UUID, person: uuid.UUID) -> HttpResponse:
    """Open a case again that ended without charge."""

    def do(typed: Typed, by: Actor, now: datetime) -> None:
        actions.reopen(id_of(id, person, by, now), because=typed.get("reopen_because"), by=by, now=now)

    return take_step(request, id, person, do)


def id_of(incident_id: uuid.UUID, person: uuid.UUID, by: Actor, now: datetime) -> uuid.UUID:
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


def take_step(
    request: HttpRequest, id: uuid.UUID, person: uuid.UUID, step: Step, fields: dict[str, str] | None = None
) -> HttpResponse:
    """Take one step with a suspect; what is wrong is shown on their page beside its field."""
    names = fields or {}

    def page(typed: Typed, problems: Problems) -> HttpResponse:
        return _page(request, id, person, typed, {names.get(name, name): text for name, text in problems.items()})

    return take(request, step, page, lambda: redirect("response:suspect", id, person))


def _page(request: HttpRequest, id: uuid.UUID, person: uuid.UUID, typed: Typed, problems: Problems) -> HttpResponse:
    by, now = reader(request), clock.now()
    with access.acting(by):
        seen = records.incident(id, by=by, now=now)
        found = _find(id, person, by, now)
        binding = _binding(found, by, now)
    values = {
        "found": found,
        "incident": seen,
        "no_arrest": reason(found.no_arrest_reason, now) if found.no_arrest_reason else "",
        "releases": [
            {"row": one, "kind": words.KINDS[one.kind], "orders": binding.get(one.id, ())} for one in found.releases
        ],
        "ended": words.ENDS.get(found.ended_as, ""),
        "over": bool(found.charged_at or found.ended_as),
        "reopened": [{**one, "ended": words.ENDS.get(one["ended_as"], one["ended_as"])} for one in found.reopenings],
        **_running(found, binding, typed, now),
        **_may(found, by),
        **_choices(now),
        "href": {name: reverse(f"response:{name}", args=[id, person]) for name in STEPS},
        "typed": typed,
        "posted": dict.fromkeys(typed.fields, True),
        "new_id": typed.get("id") or ids.new(),
        "now_local": local(now),
        "back": {"href": reverse("response:scene", args=[id]), "text": f"Log {seen.reference}"},
        "errors": errors(problems, RADIOS),
    }
    return render(request, "response/suspect.html", values, status=422 if problems else 200)


def _binding(found: SuspectView, by: Actor, now: datetime) -> Binding:
    """Return the orders that each release stands behind, for whoever may read orders."""
    if orders_access.READ not in by.permissions:
        return {}
    return {one.id: orders.of_case(one.id, by=by, now=now) for one in found.releases}


def _running(found: SuspectView, binding: Binding, typed: Typed, now: datetime) -> dict[str, object]:
    """Return the release that runs, if any, with its conditions as a form that varies them begins."""
    running = next((one for one in reversed(found.releases) if not one.ended_at), None)
    stand = running.codes if running else ()
    held = binding.get(running.id, ()) if running else ()
    at_home = any(said.place_id and said.ended_at is None for one in held for said in one.conditions)
    return {
        "running": running,
        "condition_rows": [
            (f"condition-{n}", f"condition_words-{n}", *(stand[n] if n < len(stand) else ("", "")))
            for n in range(max(CONDITIONS, len(stand) + 2))
        ],
        "here": typed.get("here") == "yes" if typed.fields else at_home,
        "last_day": actions.last_day(found.arrested_at) if found.arrested_at and not running else None,
        "passed": bool(running and running.appointed and running.appointed.answer_at <= now),
    }


def _may(found: SuspectView, by: Actor) -> dict[str, bool]:
    supervises = response.SUPERVISE in by.permissions
    return {
        "may": response.RESPOND in by.permissions,
        "may_reopen": supervises and bool(found.ended_as),
        "may_review": supervises and bool(found.no_arrest_reason) and not found.reviewed_at,
    }


def _choices(now: datetime) -> dict[str, object]:
    return {
        "kinds": words.options(words.KINDS),
        "ranks": words.options(words.RANKS),
        "rank_words": words.RANKS,
        "conditions": words.codes("bail_conditions", now),
        "exceptions": words.codes("answer_bail_exceptions", now),
        "power": standing.POWER,
        "came_ways": words.options(words.CAME),
        "answers": words.codes("charging_answers", now),
        "ends": words.options(words.ENDS),
        "yes_no": words.options({"yes": "Agree", "no": "Do not agree"}),
    }
