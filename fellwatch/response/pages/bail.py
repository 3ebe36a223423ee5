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
from fellwatch.response.values import Came, NewAppointment, NewExtension, NewRelease, NewVariation

MOST = 20


def conditions(typed: Typed) -> tuple[tuple[str, str], ...]:
    """Read the conditions of bail that were typed, as (code, words)."""
    pairs = [(typed.get(f"condition-{n}"), typed.get(f"condition_words-{n}")) for n in range(MOST)]
    return tuple((code, said) for code, said in pairs if code or said)


APPOINTED = ("answer_at", "station", "exception", "appoint_because")
EXTENDED = "extended_"
"""What the fields of an extension begin with: its form stands on the page beside that of another day."""


def appointment(typed: Typed, id: uuid.UUID | None = None, which: str = "") -> NewAppointment:
    """Read when and where bail is to be answered, as typed."""
    at, station, exception, because = (f"{which}{name}" for name in APPOINTED)
    said = typed.get(station), typed.get(exception), typed.get(because)
    return NewAppointment(typed.moment(at), *said, id or ids.new())


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
            appointment(typed),
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
            appointment(typed, which=EXTENDED),
            typed.id() or ids.new(),
        )
        actions.extend(which or ids.new(), new, by=by, now=now)

    fields = {
        "rank": "extension_rank",
        "authorised_by": "extension_by",
        "because": "extension_because",
        **{name: f"{EXTENDED}{name}" for name in APPOINTED},
    }
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
def appoint(request: HttpRequest, id: uuid.UUID, person: uuid.UUID) -> HttpResponse:
    """Appoint another day to answer bail."""

    def do(typed: Typed, by: Actor, now: datetime) -> None:
        actions.appoint(typed.id("release") or ids.new(), appointment(typed, typed.id()), by=by, now=now)

    return suspects.take_step(request, id, person, do)


@require_POST
def came(request: HttpRequest, id: uuid.UUID, person: uuid.UUID) -> HttpResponse:
    """Record that somebody on bail came, or was arrested for not coming."""

    def do(typed: Typed, by: Actor, now: datetime) -> None:
        new = Came(typed.moment("came_at"), typed.get("came_how"), typed.get("came_words"))
        actions.came(typed.id("release") or ids.new(), new, by=by, now=now)

    return suspects.take_step(request, id, person, do)


@require_POST
def missed(request: HttpRequest, id: uuid.UUID, person: uuid.UUID) -> HttpResponse:
    """Record that somebody did not answer bail."""

    def do(typed: Typed, by: Actor, now: datetime) -> None:
        actions.did_not_come(typed.id("release") or ids.new(), typed.get("missed_words"), by=by, now=now)

    return suspects.take_step(request, id, person, do)


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
