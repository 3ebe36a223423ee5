"""One incident from the door: who is in the house, which forms it asks for, evidence, victims, crimes, what is owed."""

import uuid
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from fellwatch.duties import queries as duties
from fellwatch.foundation import access, clock, ids, policy, reasons
from fellwatch.foundation.access import Actor
from fellwatch.foundation.accounts.reader import reader
from fellwatch.records import queries as records
from fellwatch.records.values import IncidentView, PartialDate
from fellwatch.response import access as response
from fellwatch.response import actions, checks, queries
from fellwatch.response.pages import standing, words
from fellwatch.response.pages.typed import Problems, Step, Typed, errors, local, take
from fellwatch.response.values import Member, Move, NewClip, NewExhibit, Scene
from fellwatch.sharing.reach.values import HOW

RADIOS = ("role",)
AT_HOME = ("child_present", "child_resident", "dependant")


@require_GET
def scene(request: HttpRequest, id: uuid.UUID) -> HttpResponse:
    """Show the incident."""
    return _page(request, id, Typed(), {})


@require_POST
def household(request: HttpRequest, id: uuid.UUID) -> HttpResponse:
    """Link somebody of the house."""
    return do(
        request,
        id,
        lambda typed, by, now: actions.add_to_household(id, _member(typed), by=by, now=now),
        {"name": "forenames"},
    )


def _member(typed: Typed) -> Member:
    year, month = typed.number("born_year") or None, typed.number("born_month") or None
    return Member(
        role=typed.get("role"),
        person_id=typed.id("known"),
        forenames=typed.get("forenames"),
        surname=typed.get("surname"),
        description=typed.get("looks"),
        born=PartialDate(year, month if year else None),
        relationship=typed.get("relationship"),
        related_to=typed.id("related_to"),
        lives_there=typed.get("role") in AT_HOME or typed.get("lives_there") == "yes",
        id=typed.id() or ids.new(),
    )


@require_POST
def clip(request: HttpRequest, id: uuid.UUID) -> HttpResponse:
    """Store a recording's reference, or why there is none."""

    def add(typed: Typed, by: Actor, now: datetime) -> None:
        new = NewClip(
            typed.get("reference"),
            typed.get("device"),
            typed.moment("started_at"),
            typed.moment("stopped_at"),
            typed.get("not_used_because"),
            typed.id() or ids.new(),
        )
        actions.add_clip(id, new, by=by, now=now)

    return do(request, id, add)


@require_POST
def exhibit(request: HttpRequest, id: uuid.UUID) -> HttpResponse:
    """Store a thing seized."""

    def add(typed: Typed, by: Actor, now: datetime) -> None:
        at = typed.moment("seized_at")
        checks.stop(checks.moment("seized_at", at, now, "Say when you seized it, day and time."))
        new = NewExhibit(
            typed.get("exhibit_reference"),
            typed.get("description"),
            at or now,
            typed.get("seized_where"),
            typed.get("seal"),
            typed.id() or ids.new(),
        )
        actions.add_exhibit(id, new, by=by, now=now)

    return do(request, id, add, {"reference": "exhibit_reference"})


@require_POST
def move(request: HttpRequest, id: uuid.UUID, exhibit: uuid.UUID) -> HttpResponse:
    """Add a step to an exhibit's continuity."""
    fields = {name: f"{name}-{exhibit}" for name in ("to_whom", "moved_at", "moved_seal")}

    def go(typed: Typed, by: Actor, now: datetime) -> None:
        at = typed.moment(fields["moved_at"])
        checks.stop(checks.moment("moved_at", at, now, "Say when it changed hands, day and time."))
        step = Move(typed.get(fields["to_whom"]), at or now, typed.get(fields["moved_seal"]), typed.id() or ids.new())
        actions.move_exhibit(exhibit, step, by=by, now=now)

    return do(request, id, go, fields)


def do(request: HttpRequest, id: uuid.UUID, step: Step, fields: dict[str, str] | None = None) -> HttpResponse:
    """Take one step at an incident; what is wrong is shown on its page beside its field."""
    names = fields or {}

    def page(typed: Typed, problems: Problems) -> HttpResponse:
        return _page(request, id, typed, {names.get(name, name): text for name, text in problems.items()})

    return take(request, step, page, lambda: redirect("response:scene", id))


def _page(request: HttpRequest, id: uuid.UUID, typed: Typed, problems: Problems) -> HttpResponse:
    by, now = reader(request), clock.now()
    with access.acting(by):
        seen = records.incident(id, by=by, now=now)
        held = queries.scene(id, by=by, now=now)
        owed = duties.of_incident(id, by=by)
        lives = records.household(seen.place.id, by=by, on=clock.london_date(now)) if seen.place else ()
    whose: dict[uuid.UUID | None, str] = {part.person.id: part.person.name for part in seen.parts}
    shown = [{**words.duty(one), "whose": whose.get(one.person_id, "")} for one in owed]
    troubles = reasons.repeated((f"{one['name']} {one['whose']}".strip(), str(one["because"])) for one in shown)
    shared = reasons.repeated((_needed(one), one.reason) for one in held.needs)
    context: dict[str, Any] = {
        "seen": seen,
        "title": checks.label("nsir_opening", seen.opening_code, now),
        "held": held,
        "needs": [_need(one, id, shared) for one in held.needs],
        "reasons": shared.items(),
        "victims": (stand := standing.victims(seen, held, owed, by=by, now=now)),
        "suspects": [_suspect(one, id) for one in held.suspects],
        "people": _people(seen, now),
        "crimes": _crimes(held),
        "exhibits": [_exhibit(one, id) for one in held.exhibits],
        "duties": [{**one, "because": "" if one["because"] in troubles else one["because"]} for one in shown],
        "troubles": troubles.items(),
        "unlinked": _unlinked(seen, lives),
        "members": words.options(words.MEMBERS),
        "related": [{"code": str(one.id), "text": one.name} for one in stand],
        "reached_by": words.options(HOW),
        "stances": words.options(words.STANCES),
        "yes_no": words.options({"yes": "Yes", "no": "No"}),
        "href": lambda name: reverse(f"response:{name}", args=[id]),
        "may": response.RESPOND in by.permissions,
        "typed": typed,
        "posted": dict.fromkeys(typed.fields, True),
        "new_id": typed.get("id") or ids.new(),
        "now_local": local(now),
        "errors": errors(problems, [*RADIOS, *(name for one in stand for name in one.radios)]),
    }
    return render(request, "response/scene.html", context, status=422 if problems else 200)


def _needed(one: Any) -> str:
    return f"{one.title}: {one.person_name}"


def _need(one: Any, incident_id: uuid.UUID, shared: Collection[str]) -> dict[str, object]:
    """Return one form that is asked for; a reason that several share stands above them all."""
    reason = "" if one.reason in shared else one.reason
    grade = f" {words.GRADES.get(one.grade, one.grade)} risk." if one.grade else ""
    back = [f"Returned to you because: {' '.join(one.returned)}"] if one.returned else []
    return {
        "text": _needed(one),
        "href": reverse("response:form", args=[incident_id, one.instrument, one.person_id]),
        "hint": " ".join(said for said in (f"{reason}{grade}", *back, one.regraded, one.owner) if said).strip(),
        "status": words.STATES[one.state] if one.required or one.state != "not_begun" else "If needed",
        "done": one.state in {"accepted", "second", "settled"} or (one.state == "not_begun" and not one.required),
    }


def _suspect(one: Any, incident_id: uuid.UUID) -> dict[str, object]:
    if one.charged_at:
        standing = "Charged"
    elif one.ended_as:
        standing = words.ENDS.get(one.ended_as, one.ended_as)
    elif one.releases and not one.releases[-1].ended_at:
        due = one.releases[-1].appointed
        missed = due and due.missed_at and not due.came_at
        standing = "Did not answer bail" if missed else words.KINDS[one.releases[-1].kind]
    elif one.arrested_at:
        standing = "Arrested"
    else:
        standing = "Not arrested" if one.no_arrest_reason else "Nothing said yet"
    href = reverse("response:suspect", args=[incident_id, one.person_id])
    return {"name": one.name, "standing": standing, "href": href, "ends_at": _ends(one)}


def _ends(one: Any) -> datetime | None:
    running = [release.ends_at for release in one.releases if release.ends_at and not release.ended_at]
    return running[-1] if running else None


def _people(seen: IncidentView, now: datetime) -> list[dict[str, object]]:
    """Return everybody once, with every part they have."""
    day = clock.london_date(now)
    roles: dict[uuid.UUID, list[str]] = {}
    for part in seen.parts:
        roles.setdefault(part.person.id, []).append(checks.label("person_roles", part.role, now))
    people = {part.person.id: part.person for part in seen.parts}
    return [
        {
            "id": id,
            "name": people[id].name,
            "age": people[id].born.age_on(day),
            "roles": said,
            "unnamed": people[id].unnamed,
            "name_href": reverse("response:name", args=[seen.id, id]),
        }
        for id, said in roles.items()
    ]


def _unlinked(seen: IncidentView, lives: Sequence[Any]) -> list[dict[str, str]]:
    """Return who is known to live there and is not linked yet, to be linked by one choice."""
    linked = {part.person.id for part in seen.parts}
    return [
        {"code": str(one.person_id), "text": f"{one.name}{f', {one.age}' if one.age is not None else ''}"}
        for one in lives
        if one.person_id not in linked
    ]


def _crimes(held: Scene) -> list[dict[str, object]]:
    titles = {rule.id: rule.title for rule in policy.rulebook().of_kind("instrument")}
    return [
        {"row": one, "told_by": words.told_by(one.told_by, titles), "href": reverse("response:crime", args=[one.id])}
        for one in held.crimes
    ]


def _exhibit(one: Any, incident_id: uuid.UUID) -> dict[str, object]:
    return {"row": one, "href": reverse("response:move", args=[incident_id, one.id])}
