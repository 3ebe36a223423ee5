"""Tell agencies about a contact: choose whom and what, see exactly what each will see, send."""

import uuid
from collections.abc import Mapping, Sequence
from datetime import datetime

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from fellwatch.foundation import access, clock, ids
from fellwatch.foundation.access import Actor
from fellwatch.foundation.accounts.reader import reader
from fellwatch.safeguarding.access import HUB
from fellwatch.safeguarding.mash import queries
from fellwatch.safeguarding.mash import sharing as telling
from fellwatch.safeguarding.mash.values import ContactView, Sending, Told
from fellwatch.safeguarding.pages import forms, hub_steps
from fellwatch.safeguarding.pages.forms import Option, Typed, as_id
from fellwatch.safeguarding.values import Invalid
from fellwatch.sharing import fields
from fellwatch.sharing import queries as sharing
from fellwatch.sharing.values import AgencyView

TITLES = {
    "research": ("Ask what agencies know", "Ask them"),
    "referral": ("Pass it to an agency", "Pass it on"),
    "discussion": ("Invite agencies to the discussion", "Invite them"),
}
FIRST = {
    "research": ("name", "age", "concern", "asked"),
    "referral": ("name", "age", "address", "concern", "safe_contact"),
    "discussion": ("name", "age", "concern", "meeting"),
}
"""What is ticked to begin with: the least that such a thing needs."""


@require_http_methods(["GET", "POST"])
def share(request: HttpRequest, id: uuid.UUID, kind: str) -> HttpResponse:
    """Choose and write; look at what each agency will see; send to all of them or to none."""
    by, now = reader(request), clock.now()
    access.check(by, HUB, subject=("contact", str(id)))
    if kind not in TITLES:
        raise Http404
    said = forms.typed(request)
    sending, problems, told = _sending(kind, said), dict[str, str](), tuple[Told, ...]()
    if request.method == "POST" and said.get("do") != "change":
        told = telling.preview(id, sending, by=by, now=now)
        problems = _problems(told)
        if not problems and said.get("do") == "send":
            try:
                receipts = telling.send(id, sending, by=by, now=now)
            except Invalid as wrong:
                problems = dict(wrong.problems)
            else:
                messages.success(request, f"Sent. Receipts: {', '.join(receipts)}.")
                return redirect("safeguarding:hub_contact", id)
    return _page(request, id, kind, said, told, problems, by=by, now=now)


def _sending(kind: str, said: Typed) -> Sending:
    ticked = said.all("tell")
    return Sending(
        kind, said.all("agencies"), said.get("basis"), said.get("agreed"), said.get("necessity"),
        said.get("proportionality"), {name: said.get(f"tell-{name}") for name in ticked}, said.id(),
    )  # fmt: skip


def _problems(told: Sequence[Told]) -> dict[str, str]:
    """Gather what is wrong with each, beside its field; what concerns one agency names it."""
    if not told:
        return {"agencies": "Tick at least one agency."}
    found: dict[str, str] = {}
    for one in told:
        for name, words in one.problems.items():
            found.setdefault(
                "agencies" if name == "agency" else name, f"{one.name}: {words}" if name == "agency" else words
            )
    return found


def _page(
    request: HttpRequest,
    id: uuid.UUID,
    kind: str,
    said: Typed,
    told: Sequence[Told],
    problems: Mapping[str, str],
    *,
    by: Actor,
    now: datetime,
) -> HttpResponse:
    with access.acting(by):
        seen = queries.contact(id, by=by, now=now)
        agencies = sharing.agencies(by=by, now=now)
        begun = {} if said.fields else hub_steps.suggested(seen, by=by, now=now)
    title, button = TITLES[kind]
    preview = bool(told) and not problems
    named = {"agreed": "agreed-1", "contents": "tell"}
    values = {
        "title": title,
        "button": button,
        "kind": kind,
        "contact": seen.row,
        "back": {"href": reverse("safeguarding:hub_contact", args=[id]), "text": seen.row.reference},
        "agencies": [_agency(one, seen, said, kind) for one in agencies],
        "fields": _fields(said, begun, kind, now),
        "bases": hub_steps.options(fields.BASES, now),
        "yes_no": (Option("yes", "Yes"), Option("no", "No")),
        "typed": {
            "basis": said.get("basis") or seen.basis,
            "agreed": said.get("agreed"),
            "necessity": said.get("necessity"),
            "proportionality": said.get("proportionality"),
        },
        "basis_text": fields.label(fields.BASES, said.get("basis"), now) if preview else "",
        "form_id": as_id(said.get("id")) or ids.new(),
        "preview": preview,
        "told": [_told(one, now) for one in told],
        "errors": [{"text": text, "href": f"#{named.get(name, name)}"} for name, text in problems.items()],
    }
    return render(request, "safeguarding/hub_share.html", values, status=422 if problems else 200)


def _agency(one: AgencyView, seen: ContactView, said: Typed, kind: str) -> dict[str, object]:
    had = [
        sent for sent in seen.sent if sent.agency_code == one.code and sent.kind == kind and sent.state != "recalled"
    ]
    return {
        "code": one.code,
        "name": one.name,
        "where": "in the hub" if one.in_hub else "outside the hub: it has a clock of its own",
        "lapsed": one.lapsed,
        "had": f"told already, receipt {had[-1].receipt}" if had else "",
        "ticked": one.code in said.all("agencies") if said.fields else kind == "research" and one.in_hub and not had,
    }


def _fields(said: Typed, begun: Mapping[str, str], kind: str, now: datetime) -> list[dict[str, object]]:
    ticked = said.all("tell") if said.fields else FIRST[kind]
    return [
        {
            "code": one.code,
            "text": one.label,
            "value": said.get(f"tell-{one.code}") or begun.get(one.code, ""),
            "ticked": one.code in ticked,
        }
        for one in fields.codes(fields.FIELDS, now).codes
    ]


def _told(one: Told, now: datetime) -> dict[str, object]:
    labels = {code.code: code.label for code in fields.codes(fields.FIELDS, now).codes}
    return {
        "name": one.name,
        "told": [(labels[name], text) for name, text in one.contents.items()],
        "left_out": ", ".join(labels[name].lower() for name in one.left_out),
    }
