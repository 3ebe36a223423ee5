"""Bail before charge: given, extended, varied, standing still while the prosecutor decides."""

import uuid
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from fellwatch.foundation import ids
from fellwatch.foundation.access import Actor
from fellwatch.response import actions, checks
from fellwatch.response.pages import suspects
from fellwatch.response.pages.typed import Typed
from fellwatch.response.values import NewExtension, NewRelease, NewVariation

MOST = 20


def conditions(typed: Typed) -> tuple[tuple[str, str], ...]:
    """Read the conditions of bail that were typed, as (code, words)."""
    pairs = [(typed.get(f"condition-{n}"), typed.get(f"condition_words-{n}")) for n in range(MOST)]
    return tuple((code, said) for code, said in pairs if code or said)


@require_POST
def release(request: HttpRequest, id: uuid.UUID, person: uuid.UUID) -> HttpResponse:
    """Release on bail or under investigation."""

    def do(typed: Typed, by: Actor, now: datetime) -> None:
        at = typed.moment("released_at")
        checks.stop(checks.moment("released_at", at, now, "Say when they were released, day and time."))
        new = NewRelease(
            typed.get("kind"),
            at or now,
            typed.get("rank"),
            typed.get("authorised_by"),
            typed.get("because"),
            conditions(typed),
            typed.get("victim_view"),
            typed.get("victim_not_asked"),
            typed.get("here") == "yes",
            typed.id() or ids.new(),
        )
        actions.release(suspects.id_of(id, person, by, now), new, by=by, now=now)

    return suspects.take_step(request, id, person, do)


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
    return suspects.take_step(request, id, person, do, fields)


@require_POST
def vary(request: HttpRequest, id: uuid.UUID, person: uuid.UUID) -> HttpResponse:
    """Vary what bail asks."""

    def do(typed: Typed, by: Actor, now: datetime) -> None:
        at = typed.moment("varied_at")
        checks.stop(checks.moment("varied_at", at, now, "Say when it was varied, day and time."))
        new = NewVariation(
            at or now,
            typed.get("vary_by"),
            typed.get("vary_because"),
            conditions(typed),
            typed.get("vary_view"),
            typed.get("vary_not_asked"),
            typed.get("here") == "yes",
            typed.id() or ids.new(),
        )
        actions.vary(typed.id("release") or ids.new(), new, by=by, now=now)

    fields = {
        "authorised_by": "vary_by",
        "because": "vary_because",
        "victim_view": "vary_view",
        "victim_not_asked": "vary_not_asked",
    }
    return suspects.take_step(request, id, person, do, fields)


@require_POST
def send(request: HttpRequest, id: uuid.UUID, person: uuid.UUID) -> HttpResponse:
    """Send the file to the prosecutor."""

    def do(typed: Typed, by: Actor, now: datetime) -> None:
        at = typed.moment("sent_at")
        checks.stop(checks.moment("sent_at", at, now, "Say when the file went, day and time."))
        release = typed.id("release") or ids.new()
        actions.send_to_prosecutor(release, sent_at=at or now, by=by, now=now, id=typed.id())

    return suspects.take_step(request, id, person, do)


@require_POST
def answered(request: HttpRequest, id: uuid.UUID, person: uuid.UUID) -> HttpResponse:
    """Record what the prosecutor answered."""

    def do(typed: Typed, by: Actor, now: datetime) -> None:
        at, said = typed.moment("answered_at"), typed.get("prosecutor_words")
        checks.stop(checks.moment("answered_at", at, now, "Say when the answer came, day and time."))
        release = typed.id("release") or ids.new()
        actions.prosecutor_answered(release, typed.get("answer"), answered_at=at or now, words=said, by=by, now=now)

    return suspects.take_step(request, id, person, do, {"words": "prosecutor_words"})
