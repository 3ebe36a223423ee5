"""Handovers between forces: the list, one of them, and a new one looked at as they will see it before it goes."""

import uuid
from collections.abc import Mapping
from datetime import datetime, timedelta

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from fellwatch.duties import queries as duties
from fellwatch.exchange import actions, contents, queries
from fellwatch.exchange.access import SEND
from fellwatch.exchange.values import HandoverView, Invalid, NewHandover
from fellwatch.foundation import access, clock, ids, paging
from fellwatch.foundation.access import Actor
from fellwatch.foundation.accounts.reader import reader
from fellwatch.records import queries as records
from fellwatch.safeguarding import handing, papers, writing
from fellwatch.safeguarding.pages import forms, handover_showing, handover_steps, showing
from fellwatch.safeguarding.pages.cases import take
from fellwatch.safeguarding.pages.forms import Field, Option, Typed

YEAR = timedelta(days=365)
MONTH = timedelta(days=30)


@require_GET
def handovers(request: HttpRequest) -> HttpResponse:
    """Show the handovers still open, either way, and those of the last month, a page at a time; ours to do first."""
    by, now, page = reader(request), clock.now(), paging.asked(request)
    with access.acting(by):
        found = queries.listed(by=by, since=now - MONTH, page=page)
        running: dict[uuid.UUID | None, list[duties.DutyView]] = {}
        for duty in duties.owed([one.id for one in found.shown], by=by):
            running.setdefault(duty.about, []).append(duty)
        counted = queries.counted(by=by, since=now - YEAR)
        peers = queries.peers(by=by)
    said = paging.said(page, queries.PAGE, found.total, "most urgent")
    more = (page + 1) * queries.PAGE < found.total
    values = {
        "rows": [handover_showing.listed(one, running.get(one.id, []), now) for one in found.shown],
        "words": f"{found.total:,} open or of the last month, {found.ours:,} for us to act on{said}",
        "total": found.total,
        "measures": handover_showing.measured(counted),
        "peers": handover_showing.peers(peers),
        "connected": sum(one.connected for one in peers),
        **paging.ways(reverse("safeguarding:handovers"), page, more=more),
    }
    return render(request, "safeguarding/handovers.html", values)


@require_GET
def handover(request: HttpRequest, id: uuid.UUID) -> HttpResponse:
    """Show one handover: what was told, every message with its proof, and what may be done now."""
    by, now = reader(request), clock.now()
    with access.acting(by):
        seen = queries.handover(id, by=by)
        clocks = duties.about([id], by=by)
    values = {
        "title": f"{seen.name}, {handover_showing.between(seen)}",
        "one": handover_showing.listed(seen, clocks, now),
        "seen": seen,
        "reason": handover_steps.reason_of(seen),
        "told": handover_showing.told(seen, now),
        "story": handover_showing.story(seen),
        "duties": [showing.clock(duty, now) for duty in clocks],
        "steps": _offered(seen, by),
        "incident_href": reverse("contact:incident", args=[seen.incident_id]) if seen.incident_id else "",
        "person_href": reverse("shell:person", args=[seen.person_id]) if seen.person_id else "",
    }
    return render(request, "safeguarding/handover.html", values)


def _offered(seen: HandoverView, by: Actor) -> list[dict[str, str]]:
    steps = [
        {"href": reverse("safeguarding:handover_step", args=[seen.id, code]), "text": handover_steps.LABELS[code]}
        for code in handover_steps.offered(seen, by)
    ]
    if seen.direction == "sent" and seen.state == "returned" and SEND in by.permissions:
        more = {"href": reverse("safeguarding:handover_more", args=[seen.id]), "text": "Say more, and send it again"}
        return [more, *steps]
    return steps


@require_http_methods(["GET", "POST"])
def handover_step(request: HttpRequest, id: uuid.UUID, step: str) -> HttpResponse:
    """Take one step of a handover, on a page of its own."""
    by, now = reader(request), clock.now()
    with access.acting(by):
        seen = queries.handover(id, by=by)
        form = handover_steps.step(step, seen, by=by, now=now)
    if form is None:
        raise Http404
    to = reverse("safeguarding:handover", args=[id])
    if request.method == "GET" and step not in handover_steps.offered(seen, by):
        messages.info(request, "This cannot be done now: it has moved on, or it is not yours to do.")
        return redirect(to)
    return take(request, form, by, now, back={"href": to, "text": seen.name}, to=to)


@require_GET
def handover_pdf(request: HttpRequest, id: uuid.UUID) -> HttpResponse:
    """Return the pack for secure mail."""
    by, now = reader(request), clock.now()
    with access.acting(by):
        values = writing.handover(queries.handover(id, by=by), by=by, now=now)
    named = {"Content-Disposition": f'inline; filename="handover-{id}.pdf"'}
    return HttpResponse(papers.pdf("handover", values), content_type="application/pdf", headers=named)


@require_http_methods(["GET", "POST"])
def new_handover(request: HttpRequest, incident: uuid.UUID, person: uuid.UUID) -> HttpResponse:
    """Hand somebody in an incident over to the force of their home."""
    by, now = reader(request), clock.now()
    access.check(by, SEND, subject=("incident", str(incident)))
    with access.acting(by):
        found = records.incident(incident, by=by, now=now)
        part = next((one for one in found.parts if one.person.id == person), None)
        if part is None:
            raise Http404
        home = handing.home_of(person, by=by)
        known = handing.suggested(found, part, by=by, now=now) if request.method == "GET" else {}
    said = forms.typed(request) if request.method == "POST" else _first(known, home)
    new = _read(said, incident, person, ids.new())
    back = {"href": reverse("contact:incident", args=[incident]), "text": found.reference}
    return _write(request, new, said, f"Hand over {part.person.name}", home.because, back, by, now)


@require_http_methods(["GET", "POST"])
def handover_more(request: HttpRequest, id: uuid.UUID) -> HttpResponse:
    """Say more in a handover that came back, and send it again."""
    by, now = reader(request), clock.now()
    access.check(by, SEND, subject=("handover", str(id)))
    with access.acting(by):
        seen = queries.handover(id, by=by)
    if seen.incident_id is None or seen.person_id is None or seen.state != "returned":
        return redirect("safeguarding:handover", id)
    known = {f"tell-{code}": [text] for code, text in seen.contents.items()}
    first = Typed({**known, "force": [seen.force], "necessity": [seen.necessity]})
    said = forms.typed(request) if request.method == "POST" else first
    new = _read(said, seen.incident_id, seen.person_id, id, fixed=True)
    back = {"href": reverse("safeguarding:handover", args=[id]), "text": seen.name}
    asked = f"{seen.force_name} asks for more: {seen.answer}"
    return _write(request, new, said, f"Say more about {seen.name}", asked, back, by, now)


def _first(known: Mapping[str, str], home: handing.Home) -> Typed:
    return Typed({**{f"tell-{code}": [text] for code, text in known.items()}, "force": [home.force]})


def _read(said: Typed, incident: uuid.UUID, person: uuid.UUID, id: uuid.UUID, *, fixed: bool = False) -> NewHandover:
    told = {name.removeprefix("tell-"): said.get(name) for name in said.fields if name.startswith("tell-")}
    made = id if fixed else forms.as_id(said.get("id")) or id
    return NewHandover(
        said.get("force"), incident, person, said.get("necessity"), {k: v for k, v in told.items() if v}, made
    )


def _write(
    request: HttpRequest,
    new: NewHandover,
    said: Typed,
    title: str,
    lede: str,
    back: Mapping[str, str],
    by: Actor,
    now: datetime,
) -> HttpResponse:
    """Show the form, or what they will see, or send it; what is wrong is beside its field, and what was typed stays."""
    with access.acting(by):
        peers = queries.peers(by=by)
    names = {one.force: one.name for one in peers}
    problems = _problems(new, names, now) if request.method == "POST" else {}
    do = said.get("do")
    if do == "send" and not problems:
        try:
            sent = actions.hand_over(new, by=by, now=now)
        except Invalid as wrong:
            problems = wrong.problems
        else:
            messages.success(request, "Handed over. Their receipt shows here when it is there.")
            return redirect("safeguarding:handover", sent)
    values = {
        "title": title,
        "lede": lede,
        "back": back,
        "id": new.id,
        "fields": _fields(said, now),
        "force": Field(
            "force", "Force of their home", "choose", options=tuple(map(Option, names, names.values())), value=new.force
        ),
        "to_name": names.get(new.force, ""),
        "necessity": new.necessity,
        "preview": do == "preview" and not problems,
        "told": [(contents.label(code, now), text) for code, text in new.contents.items()],
        "hidden": [*((f"tell-{code}", text) for code, text in new.contents.items())],
        "errors": forms.beside(problems),
    }
    return render(request, "safeguarding/handover_new.html", values, status=422 if problems else 200)


def _problems(new: NewHandover, names: Mapping[str, str], now: datetime) -> dict[str, str]:
    unknown = {} if new.force in names else {"force": "Choose the force of their home."}
    return contents.problems(new.contents, new.necessity, now) | unknown


def _fields(said: Typed, now: datetime) -> list[Field]:
    return [
        Field(
            f"tell-{one.code}",
            one.label if one.says("must") else f"{one.label} (if it helps)",
            "area" if one.says("long") else "text",
            value=said.get(f"tell-{one.code}"),
        )
        for one in contents.fields(now)
    ]
