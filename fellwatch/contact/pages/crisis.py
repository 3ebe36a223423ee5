"""Places of safety, who is held, gaps in crisis care by the hour, and the protocol they are measured against."""

import uuid
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from fellwatch.contact import actions, crisis, protocol, rulings
from fellwatch.contact.access import HELPLINE, NOTE_GAP, READ, SUPERVISE
from fellwatch.contact.crisis import DetentionView, Gap, SafePlace
from fellwatch.contact.pages import choices, moments
from fellwatch.contact.pages.boards import ClockView
from fellwatch.contact.pages.typed import Typed, as_number, from_post
from fellwatch.contact.values import Invalid
from fellwatch.foundation import access, clock, series
from fellwatch.foundation.access import Actor
from fellwatch.foundation.accounts.reader import reader
from fellwatch.rules.protocols import review_due

LATELY = timedelta(days=14)
SOON = timedelta(hours=4)


@require_GET
def places(request: HttpRequest) -> HttpResponse:
    """Show where there is room, who is held until when, and what was missing."""
    return _page(request, Typed())


@require_POST
def add_place(request: HttpRequest) -> HttpResponse:
    """Put a place of safety on the board."""
    typed = from_post(request.POST)
    return _do(
        request,
        typed,
        lambda by, now: actions.add_place(
            typed.get("name"), typed.get("kind"), as_number(typed.get("beds")), typed.get("telephone"), by=by, now=now
        ),
    )


@require_POST
def room(request: HttpRequest, id: uuid.UUID) -> HttpResponse:
    """Say how much room a place has."""
    typed = from_post(request.POST)
    free, closed = as_number(typed.get(f"free-{id}")), typed.get(f"closed-{id}")
    return _do(request, typed, lambda by, now: actions.set_room(id, free, closed, by=by, now=now))


@require_POST
def note_gap(request: HttpRequest) -> HttpResponse:
    """Log what was missing in an hour."""
    typed = from_post(request.POST)

    def note(by: Actor, now: datetime) -> None:
        at = moments.read(typed.get("hour"), now)
        if at is None:
            raise Invalid({"hour": "Give the day and the hour."})
        actions.note_gap(typed.get("gap"), at, typed.get("detail"), by=by, now=now)

    return _do(request, typed, note)


@require_POST
def escalate_gap(request: HttpRequest, id: uuid.UUID) -> HttpResponse:
    """Record to whom a gap was taken."""
    typed = from_post(request.POST)
    to, answer = typed.get(f"to-{id}"), typed.get(f"answer-{id}")
    return _do(request, typed, lambda by, now: actions.escalate_gap(id, to, answer, by=by, now=now))


def _do(request: HttpRequest, typed: Typed, step: object) -> HttpResponse:
    by, now = reader(request), clock.now()
    try:
        step(by, now)  # type: ignore[operator]
    except Invalid as wrong:
        return _page(request, typed, wrong.problems)
    messages.success(request, "Recorded.")
    return redirect("contact:places")


def _page(request: HttpRequest, typed: Typed, problems: Mapping[str, str] | None = None) -> HttpResponse:
    by, now = reader(request), clock.now()
    access.check(by, NOTE_GAP)
    with access.acting(by):
        found = crisis.places(by=by)
        held = crisis.held(by=by, now=now) if READ in by.permissions else ()
        gaps = crisis.gaps(by=by, since=now - LATELY)
    signed = protocol.standing(now)
    context = {
        "places": [_place(one, typed, by, now) for one in found],
        "free": sum(one.free for one in found if one.kind != "police_station"),
        "held": [held_view(one, by, now) for one in held],
        "sees_held": READ in by.permissions,
        "gaps": [_gap(one, typed, now) for one in gaps],
        "unescalated": sum(1 for one in gaps if not one.escalated_at),
        "hours": _hours(gaps, now),
        "protocol": _protocol(gaps, now),
        "may_add": bool({HELPLINE, SUPERVISE} & by.permissions),
        "kinds": choices.choices("places_of_safety", now),
        "gap_kinds": choices.choices("protocol_gaps", now),
        "ladder": [choices.Choice(who, who) for who in signed.escalates_to] if signed else [],
        "typed": {name: typed.get(name) for name in ("name", "kind", "beds", "telephone", "gap", "detail")},
        "hour": typed.get("hour") or moments.typed(now.replace(minute=0)),
        "errors": [{"text": text, "href": f"#{name}"} for name, text in (problems or {}).items()],
    }
    return render(request, "contact/places.html", context, status=422 if problems else 200)


def _place(one: SafePlace, typed: Typed, by: Actor, now: datetime) -> dict[str, object]:
    may = bool({HELPLINE, SUPERVISE} & by.permissions)
    return {
        "id": one.id,
        "name": one.name,
        "kind": rulings.label("places_of_safety", one.kind, now),
        "telephone": one.telephone,
        "beds": one.beds,
        "free": one.free,
        "words": f"Closed: {one.closed_because}" if one.closed_because else f"{one.free} of {one.beds} free",
        "open": one.free > 0,
        "changed_at": one.changed_at,
        "changed_by": one.changed_by_name,
        "href": reverse("contact:room", args=[one.id]) if may else "",
        "typed_free": typed.get(f"free-{one.id}") or str(one.free),
        "typed_closed": typed.get(f"closed-{one.id}") or one.closed_because,
    }


def held_view(one: DetentionView, by: Actor, now: datetime) -> dict[str, object]:
    """Return a detention in words, with its clock."""
    ends = one.until_at
    late = ends is not None and ends < (one.ended_at or now)
    state = "late" if late else "met" if one.ended_at else "soon" if ends and ends - now < SOON else "running"
    rank = rulings.label("police_ranks", one.authority_rank, now) if one.authority_rank else ""
    return {
        "id": one.id,
        "name": one.name,
        "person_href": f"/people/{one.person_id}/",
        "reference": one.reference,
        "href": reverse("contact:detention", args=[one.incident_id]),
        "section": f"Section {one.section}",
        "detained_at": one.detained_at,
        "grounds": one.grounds,
        "by": one.by_name,
        "consulted": one.consulted,
        "not_consulted": one.not_consulted,
        "place": one.place,
        "place_id": one.place_id,
        "place_kind": rulings.label("places_of_safety", one.place_kind, now) if one.place_kind else "",
        "arrived_at": one.arrived_at,
        "moves": [f"{move['place']}" for move in one.moves],
        "authority": f"{rank} {one.authority_name}: {one.authority_because}" if one.authority_name else "",
        "clock": ClockView("The power ends", one.arrived_at or one.detained_at, ends, state),
        "extended": f"{one.extension_doctor}, {one.extension_hours} hours" if one.extended_at else "",
        "extension_approver": one.extension_approver,
        "ended_at": one.ended_at,
        "outcome": rulings.label("detention_outcomes", one.outcome, now) if one.outcome else "",
        "outcome_text": one.outcome_text,
        "may_extend": bool(one.arrived_at and not one.extended_at and not one.ended_at),
        "open": one.ended_at is None,
    }


def _gap(one: Gap, typed: Typed, now: datetime) -> dict[str, object]:
    signed = protocol.standing(now)
    duty = next((duty for duty in signed.duties if duty.id == one.duty), None) if signed else None
    who = next((s.name for s in signed.signatories if duty and s.id == duty.signatory), "") if signed else ""
    return {
        "id": one.id,
        "kind": rulings.label("protocol_gaps", one.kind, now),
        "hour_at": one.hour_at,
        "promise": f"{who}: {duty.words}" if duty else "",
        "detail": one.detail,
        "by": one.noted_by_name,
        "incident_href": reverse("contact:incident", args=[one.incident_id]) if one.incident_id else "",
        "escalated": f"Taken to {one.escalated_to} by {one.escalated_by_name}" if one.escalated_at else "",
        "escalated_at": one.escalated_at,
        "answer": one.answer,
        "href": reverse("contact:escalate_gap", args=[one.id]),
        "typed_to": typed.get(f"to-{one.id}"),
        "typed_answer": typed.get(f"answer-{one.id}"),
    }


def _hours(gaps: Sequence[Gap], now: datetime) -> dict[str, object]:
    """Return the gaps by hour of the day, drawn and as a table."""
    counted = Counter((clock.london(gap.hour_at).hour, gap.kind) for gap in gaps)
    totals = [sum(count for (hour, _), count in counted.items() if hour == at) for at in range(24)]
    kinds = [code.code for code in rulings.codes("protocol_gaps", now).codes if any(k == code.code for _, k in counted)]
    worst = max(range(24), key=lambda at: totals[at])
    words, busiest = "No gap was logged in fourteen days.", tuple[str, ...]()
    if gaps:
        busiest = (f"{worst:02d}:00",)
        words = f"Most gaps fell in the hour from {worst:02d}:00: {totals[worst]} of {len(gaps)} in fourteen days."
    return {
        "words": words,
        "series": series.of(((f"{at:02d}:00", totals[at]) for at in range(24)), stand_out=busiest),
        "columns": ("Hour", "All", *(rulings.label("protocol_gaps", kind, now) for kind in kinds)),
        "rows": [
            (f"{at:02d}:00", totals[at], *(counted.get((at, kind), 0) for kind in kinds))
            for at in range(24)
            if totals[at]
        ],
        "any": bool(gaps),
    }


def _protocol(gaps: Sequence[Gap], now: datetime) -> dict[str, object] | None:
    signed = protocol.standing(now)
    if signed is None:
        return None
    broken = Counter(gap.duty for gap in gaps if gap.duty)
    names = {one.id: one.name for one in signed.signatories}
    return {
        "review": f"{signed.review_date:%-d %B %Y}",
        "review_due": review_due(signed, clock.london_date(now)),
        "signatories": [(one.name, one.signed_by, f"{one.signed_date:%-d %B %Y}") for one in signed.signatories],
        "duties": [(names[duty.signatory], duty.words, broken.get(duty.id, 0)) for duty in signed.duties],
        "ladder": signed.escalates_to,
    }
