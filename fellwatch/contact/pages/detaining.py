"""A detention under section 135 or 136 on an incident: used, arrived, moved, extended, ended."""

import uuid
from collections.abc import Callable, Mapping
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from fellwatch.contact import actions, crisis, helpline
from fellwatch.contact.access import DETAIN
from fellwatch.contact.actions.detaining import ExtensionRefused, Held
from fellwatch.contact.detention import Authority, Extension
from fellwatch.contact.pages import choices, moments
from fellwatch.contact.pages.choices import Choice
from fellwatch.contact.pages.crisis import held_view
from fellwatch.contact.pages.typed import Typed, as_id, as_number, from_post
from fellwatch.contact.values import Invalid
from fellwatch.foundation import access, clock, ids
from fellwatch.foundation.access import Actor
from fellwatch.foundation.accounts.reader import reader
from fellwatch.records import queries as records

FIELDS = (
    *("person", "section", "in_a_home", "grounds", "not_consulted", "detained_at"),
    *("place", "arrived_at", "authority_rank", "authority_name", "authority_because"),
    *("extended_at", "extension_doctor", "extension_reason", "extension_hours", "extension_rank", "extension_name"),
    *("outcome", "outcome_text", "ended_at"),
)
SECTIONS = (Choice("136", "Section 136"), Choice("135", "Section 135 (1), by warrant"))

Step = Callable[[Typed, Actor, datetime], object]


@require_http_methods(["GET", "POST"])
def detention(request: HttpRequest, id: uuid.UUID) -> HttpResponse:
    """Show who is held on an incident; record that somebody is."""
    access.check(reader(request), DETAIN, subject=("incident", str(id)))
    if request.method == "GET":
        return _page(request, id, Typed())

    def detain(typed: Typed, by: Actor, now: datetime) -> None:
        held = Held(
            incident_id=id,
            person_id=as_id(typed.get("person")) or uuid.UUID(int=0),
            section=typed.get("section"),
            at=_moment(typed, "detained_at", now),
            grounds=typed.get("grounds"),
            in_a_home=typed.get("in_a_home"),
            not_consulted=typed.get("not_consulted"),
            id=as_id(typed.get("id")) or ids.new(),
        )
        actions.detain(held, by=by, now=now)

    return _do(request, id, detain)


@require_POST
def place(request: HttpRequest, id: uuid.UUID, detention: uuid.UUID) -> HttpResponse:
    """Note arrival at a place of safety."""

    def bring(typed: Typed, by: Actor, now: datetime) -> None:
        authority = Authority(*(typed.get(f"authority_{part}") for part in ("rank", "name", "because")))
        at = _moment(typed, "arrived_at", now)
        actions.bring_to_place(detention, as_id(typed.get("place")), at, authority, by=by, now=now)

    return _do(request, id, bring)


@require_POST
def extend(request: HttpRequest, id: uuid.UUID, detention: uuid.UUID) -> HttpResponse:
    """Extend a detention; a reason that gives away a gap is refused, and the gap is logged."""
    by, now, typed = reader(request), clock.now(), from_post(request.POST)
    try:
        asked = Extension(
            signed_at=_moment(typed, "extended_at", now),
            doctor=typed.get("extension_doctor"),
            reason=typed.get("extension_reason"),
            hours=as_number(typed.get("extension_hours")) or 0,
            approver=Authority(typed.get("extension_rank"), typed.get("extension_name")),
        )
        actions.extend(detention, asked, by=by, now=now)
    except ExtensionRefused as refused:
        actions.note_gap_behind(refused, by=by, now=now)
        return _page(request, id, typed, refused.problems)
    except Invalid as wrong:
        return _page(request, id, typed, wrong.problems)
    return redirect("contact:detention", id)


@require_POST
def end(request: HttpRequest, id: uuid.UUID, detention: uuid.UUID) -> HttpResponse:
    """End a detention with what followed."""

    def finish(typed: Typed, by: Actor, now: datetime) -> None:
        at = _moment(typed, "ended_at", now)
        actions.end_detention(detention, typed.get("outcome"), typed.get("outcome_text"), at, by=by, now=now)

    return _do(request, id, finish)


def _moment(typed: Typed, field: str, now: datetime) -> datetime:
    found = moments.read(typed.get(field), now)
    if found is None:
        raise Invalid({field: "Give a day and a time."})
    return found


def _do(request: HttpRequest, id: uuid.UUID, step: Step) -> HttpResponse:
    typed = from_post(request.POST)
    try:
        step(typed, reader(request), clock.now())
    except Invalid as wrong:
        return _page(request, id, typed, wrong.problems)
    return redirect("contact:detention", id)


def _page(request: HttpRequest, id: uuid.UUID, typed: Typed, problems: Mapping[str, str] | None = None) -> HttpResponse:
    by, now = reader(request), clock.now()
    with access.acting(by):
        incident = records.incident(id, by=by, now=now)
        found = crisis.detentions_of(id, by=by, now=now)
        asked = helpline.of_incident(id, by=by)
        where = crisis.places(by=by)
    running = {one.person_id for one in found if one.ended_at is None}
    people = {part.person.id: part.person.name for part in incident.parts if part.person.id not in running}
    context = {
        "id": ids.new(),
        "reference": incident.reference,
        "incident_href": reverse("contact:incident", args=[id]),
        "held": [{**held_view(one, by, now), **_hrefs(id, one.id)} for one in found],
        "people": [Choice(str(person), name) for person, name in people.items()],
        "consulted": next((f"{one.adviser_name}: {one.advice}" for one in asked if one.advised_at), ""),
        "places": [Choice(str(one.id), f"{one.name} ({one.free} free)") for one in where],
        "sections": SECTIONS,
        "yes_no": choices.YES_NO,
        "ranks": choices.choices("police_ranks", now),
        "reasons": choices.choices("detention_extension_reasons", now),
        "outcomes": choices.choices("detention_outcomes", now),
        "typed": {name: typed.get(name) for name in FIELDS},
        "now_typed": moments.typed(now),
        "errors": [{"text": text, "href": f"#{_field(name)}"} for name, text in (problems or {}).items()],
    }
    return render(request, "contact/detention.html", context, status=422 if problems else 200)


def _field(name: str) -> str:
    return "in_a_home-1" if name == "in_a_home" else name


def _hrefs(incident: uuid.UUID, detention: uuid.UUID) -> dict[str, str]:
    return {
        f"{what}_href": reverse(f"contact:detention_{what}", args=[incident, detention])
        for what in ("place", "extend", "end")
    }
