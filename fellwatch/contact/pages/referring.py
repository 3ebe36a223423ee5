"""A rapid referral from an incident: which agency, on what basis, exactly what it is told, and its receipt."""

import uuid
from collections.abc import Mapping, Sequence
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from fellwatch.contact import rulings
from fellwatch.contact.pages import around, choices
from fellwatch.contact.pages.choices import Choice
from fellwatch.contact.pages.typed import Typed, as_id, from_post
from fellwatch.foundation import access, clock, ids
from fellwatch.foundation.access import Actor
from fellwatch.foundation.accounts.reader import reader
from fellwatch.records import earlier
from fellwatch.records import queries as records
from fellwatch.records.values import IncidentView, PartView
from fellwatch.rules.vocabulary import Code
from fellwatch.sharing import actions, checks, fields, queries
from fellwatch.sharing.access import REFER
from fellwatch.sharing.queries import AgencyView, ReferralView
from fellwatch.sharing.reach import showing as reaching

STATES = {
    "sent": "Sent, not opened yet",
    "opened": "Opened, no answer yet",
    "accepted": "Taken",
    "declined": "Declined: ask another agency",
    "answered": "Answered",
    "completed": "Completed",
    "recalled": "Taken back",
}


@require_http_methods(["GET", "POST"])
def refer(request: HttpRequest, id: uuid.UUID) -> HttpResponse:
    """Choose whom and to whom; see what may be told; look at exactly what will be sent; send it."""
    by, now = reader(request), clock.now()
    access.check(by, REFER, subject=("incident", str(id)))
    if request.method == "GET":
        chosen = Typed({name: request.GET.getlist(name) for name in ("agency", "person")})
        return _page(request, id, chosen, now=now)
    typed, do = from_post(request.POST), request.POST.get("do")
    if do == "preview":
        return _page(request, id, typed, now=now, preview=True)
    try:
        actions.refer(_new(id, typed), by=by, now=now)
    except checks.Invalid as wrong:
        return _page(request, id, typed, now=now, problems=wrong.problems)
    return redirect(f"{reverse('contact:incident', args=[id])}#referrals")


def _new(incident_id: uuid.UUID, typed: Typed) -> checks.NewReferral:
    ticked = set(typed.all("tell"))
    told = {name: text for name, text in typed.beginning("tell-").items() if name in ticked}
    return checks.NewReferral(
        agency=typed.get("agency"),
        person_id=as_id(typed.get("person")) or uuid.UUID(int=0),
        incident_id=incident_id,
        basis=typed.get("basis"),
        necessity=typed.get("necessity"),
        contents=told,
        agreed=typed.get("agreed"),
        proportionality=typed.get("proportionality"),
        id=as_id(typed.get("id")) or ids.new(),
    )


def _page(
    request: HttpRequest,
    id: uuid.UUID,
    typed: Typed,
    *,
    now: datetime,
    preview: bool = False,
    problems: Mapping[str, str] | None = None,
) -> HttpResponse:
    by = reader(request)
    with access.acting(by):
        if whom := as_id(typed.get("person")):
            typed = typed.with_values(person=str(earlier.lead(whom)))
        incident = records.incident(id, by=by, now=now)
        listed = queries.agencies(by=by)
        agency = next((one for one in listed if one.code == typed.get("agency")), None)
        part = next((one for one in incident.parts if str(one.person.id) == typed.get("person")), None)
        suggested = _suggested(incident, part, by=by, now=now) if agency and part else {}
    new = _new(id, typed)
    if preview and agency and part:
        may = {one.code for one in _may(agency, now)}
        problems = checks.check(new, may, new.contents, now, lapsed=agency.lapsed)
    context = {
        "id": typed.get("id") or str(ids.new()),
        "reference": incident.reference,
        "incident_href": reverse("contact:incident", args=[id]),
        "agencies": [Choice(one.code, f"{one.name} ({fields.label(fields.KINDS, one.kind, now)})") for one in listed],
        "people": [Choice(str(p), name) for p, name in {o.person.id: o.person.name for o in incident.parts}.items()],
        "typed": {
            name: typed.get(name) for name in ("agency", "person", "basis", "necessity", "proportionality", "agreed")
        },
        "agency": agency,
        "chosen": bool(agency and part),
        "person_name": part.person.name if part else "",
        "fields": _fields(agency, typed, suggested, now) if agency else [],
        "withheld": _withheld(agency, now) if agency else [],
        "bases": [Choice(c.code, c.label) for c in fields.codes(fields.BASES, now).codes],
        "yes_no": choices.YES_NO,
        "preview": preview and not problems,
        "told": [(fields.label(fields.FIELDS, name, now), text) for name, text in new.contents.items()],
        "basis_text": fields.label(fields.BASES, typed.get("basis"), now) if typed.get("basis") else "",
        "errors": [{"text": text, "href": f"#{_field(name)}"} for name, text in (problems or {}).items()],
    }
    return render(request, "contact/refer.html", context, status=422 if problems else 200)


def _may(agency: AgencyView, now: datetime) -> tuple[Code, ...]:
    return fields.allowed(agency.kind, now, agency.agreed)


def _field(name: str) -> str:
    return {"agreed": "agreed-1", "contents": "tell", "about": "main"}.get(name, name)


def _fields(agency: AgencyView, typed: Typed, suggested: Mapping[str, str], now: datetime) -> list[dict[str, object]]:
    ticked = set(typed.all("tell"))
    fresh = not typed.get("id")
    return [
        {
            "code": one.code,
            "text": one.label,
            "value": typed.get(f"tell-{one.code}") or (suggested.get(one.code, "") if fresh else ""),
            "ticked": one.code in ticked or (fresh and one.code == "name"),
        }
        for one in _may(agency, now)
    ]


def _withheld(agency: AgencyView, now: datetime) -> list[str]:
    may = {one.code for one in _may(agency, now)}
    return [one.label for one in fields.codes(fields.FIELDS, now).codes if one.code not in may]


def _suggested(incident: IncidentView, part: PartView | None, *, by: Actor, now: datetime) -> dict[str, str]:
    """Return what is known for each field, for whoever refers to cut down to what is needed."""
    if part is None:
        return {}
    person, on = part.person, clock.london_date(now)
    age = person.born.age_on(on)
    place = person.place_id or (incident.place.id if incident.place else None)
    there = records.household(place, by=by, on=on) if place else ()
    children = ", ".join(f"{one.name} ({one.age})" for one in there if around.is_child(one))
    suspects = ", ".join(one.person.name for one in incident.parts if one.role == "suspect")
    marked = incident.place.markers if incident.place else ()
    warnings = [rulings.label("marker_kinds", marker.kind, now) for marker in marked]
    reach = reaching.said(person.id, by=by, now=now)
    return {
        "name": person.name,
        "age": "" if age is None else str(age),
        # Where the register says how they are reached, no number from elsewhere stands beside it.
        "phone": "" if reach or not person.phones else person.phones[0],
        "safe_contact": "\n".join(reach),
        "address": person.address,
        "what_happened": incident.summary,
        "vulnerabilities": ", ".join(rulings.label("vulnerabilities", code, now) for code in part.vulnerabilities),
        "children": children,
        "suspect": suspects,
        "warnings": ", ".join(warnings),
    }


def may_recall(one: ReferralView) -> bool:
    """Say whether a referral can be taken back from the incident's page."""
    return one.state != "recalled" and one.about is None and one.incident_id is not None


def views(found: Sequence[ReferralView], now: datetime) -> list[dict[str, object]]:
    """Return referrals in words, for the incident's page."""
    return [
        {
            "agency": one.agency,
            "state": one.state,
            "state_text": STATES[one.state],
            "receipt": one.receipt,
            "basis": fields.label(fields.BASES, one.basis, now),
            "necessity": one.necessity,
            "told": [(fields.label(fields.FIELDS, name, now), text) for name, text in one.contents.items()],
            "withheld": ", ".join(fields.label(fields.FIELDS, name, now).lower() for name in one.withheld),
            "sent_by": one.sent_by_name,
            "sent_at": one.sent_at,
            "opened_by": one.opened_by_name,
            "opened_at": one.opened_at,
            "answer": one.answer,
            "answered_by": one.answered_by_name,
            "answered_at": one.answered_at,
            "outcome": one.outcome,
            "outcome_text": fields.label(fields.OUTCOMES, one.outcome_code, now) if one.outcome_code else "",
            "completed_by": one.completed_by_name,
            "completed_at": one.completed_at,
            "recall_href": reverse("contact:recall", args=[one.incident_id, one.id]) if may_recall(one) else "",
            "recalled_because": one.recalled_because,
        }
        for one in found
    ]


@require_http_methods(["GET", "POST"])
def recall(request: HttpRequest, id: uuid.UUID, referral: uuid.UUID) -> HttpResponse:
    """Take back what was sent, with why; what was typed is kept where that is not said."""
    by, now = reader(request), clock.now()
    access.check(by, REFER, subject=("referral", str(referral)))
    with access.acting(by):
        incident = records.incident(id, by=by, now=now)
        found = next((one for one in queries.of_incident(id, by=by) if one.id == referral), None)
    if found is None:
        raise queries.Missing("There is no such referral.")
    typed, problems = from_post(request.POST), {}
    if request.method == "POST":
        try:
            actions.recall(referral, typed.get("reason"), typed.get("because"), by=by, now=now)
        except checks.Invalid as wrong:
            problems = wrong.problems
        else:
            return redirect(f"{reverse('contact:incident', args=[id])}#referrals")
    values = {
        "agency": found.agency,
        "receipt": found.receipt,
        "opened_by": found.opened_by_name,
        "reference": incident.reference,
        "incident_href": reverse("contact:incident", args=[id]),
        "reasons": [Choice(c.code, c.label) for c in fields.codes(fields.RECALLS, now).codes],
        "typed": {name: typed.get(name) for name in ("reason", "because")},
        "errors": [{"text": text, "href": f"#{name}"} for name, text in problems.items()],
    }
    return render(request, "contact/recall.html", values, status=422 if problems else 200)
