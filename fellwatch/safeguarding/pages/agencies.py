"""Partner agencies: what each may be told and until when, who signs in for it, and mail that did not arrive."""

import uuid
from collections.abc import Callable, Mapping
from datetime import date, datetime

from django.contrib import messages as said
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from fellwatch.foundation import access, clock, ids
from fellwatch.foundation.access import Actor
from fellwatch.foundation.accounts.reader import reader
from fellwatch.safeguarding.pages.forms import Option, Typed, as_id, typed
from fellwatch.sharing import actions, fields, queries
from fellwatch.sharing.access import MANAGE
from fellwatch.sharing.checks import Invalid
from fellwatch.sharing.people import queries as people
from fellwatch.sharing.values import AgencyView, MessageView

STATES = {
    "waiting": "Waits to be sent",
    "sent": "Sent",
    "held": "Held",
    "failed": "Failed",
    "bounced": "Came back",
    "refused": "Not sent: not safe",
}
ROLES = (
    Option("partner", "Reads and answers"),
    Option("partner_lead", "Also looks after colleagues"),
    Option("surveyor", "Rings victims for a survey"),
)
ASKED = ("name", "code", "kind", "in_hub", "telephone", "mailbox", "manager")
"""What is asked of a new agency, in the order of the page."""
INVITED = {"waiting": "waits", "used": "used", "withdrawn": "withdrawn", "past": "its time is over"}


@require_http_methods(["GET", "POST"])
def agencies(request: HttpRequest) -> HttpResponse:
    """Show every agency, those that may be told nothing first, and add one."""
    by, now = reader(request), clock.now()
    access.check(by, MANAGE)
    if request.method == "GET":
        return _list(request, by, now)
    was = typed(request)
    new = actions.NewAgency(
        was.get("code"), was.get("name"), was.get("kind"), was.get("telephone"), was.get("mailbox"),
        was.get("in_hub") == "yes", was.get("manager"),
    )  # fmt: skip
    try:
        actions.register_agency(new, by=by, now=now)
    except Invalid as wrong:
        return _list(request, by, now, wrong.problems)
    said.success(request, f"{new.name} is added. Note its agreement: until then it is told only what protects life.")
    return redirect("safeguarding:agency", new.code)


def _list(request: HttpRequest, by: Actor, now: datetime, problems: Mapping[str, str] | None = None) -> HttpResponse:
    with access.acting(by):
        found = queries.agencies(by=by, now=now, closed=True)
        undelivered = people.undelivered(by=by)
    rows = sorted(found, key=lambda one: (one.closed, one.agreement is not None, one.name))
    was, wrong = typed(request), problems or {}
    values = {
        "rows": [_row(one, now) for one in rows],
        "undelivered": undelivered,
        "kinds": [Option(one.code, one.label) for one in fields.codes(fields.KINDS, now).codes],
        "typed": {name: was.get(name) for name in ASKED},
        "errors": [{"text": wrong[name], "href": f"#{name}"} for name in ASKED if name in wrong],
    }
    return render(request, "safeguarding/agencies.html", values, status=422 if problems else 200)


def _row(one: AgencyView, now: datetime) -> dict[str, object]:
    held = one.agreement
    return {
        "code": one.code,
        "name": one.name,
        "kind": fields.label(fields.KINDS, one.kind, now),
        "closed": one.closed,
        "in_hub": one.in_hub,
        "telephone": one.telephone,
        "mailbox": one.mailbox,
        "manager": one.manager,
        "lapsed": one.lapsed,
        "agreement": held,
        "ends_soon": bool(held and held.state == "ends_soon"),
        "told": ", ".join(fields.label(fields.FIELDS, name, now).lower() for name in held.fields) if held else "",
    }


@require_GET
def agency(request: HttpRequest, code: str) -> HttpResponse:
    """Show one agency."""
    return _page(request, code)


def _page(request: HttpRequest, code: str, problems: Mapping[str, str] | None = None) -> HttpResponse:
    by, now = reader(request), clock.now()
    access.check(by, MANAGE, subject=("agency", code))
    with access.acting(by):
        found = next((one for one in queries.agencies(by=by, now=now, closed=True) if one.code == code), None)
        if found is None:
            raise Http404
        members = people.members(by=by, agency=code)
        invited = people.invitations(by=by, agency=code, now=now)
    was = typed(request)
    names = ("title", "from_date", "to_date", "signed_by", "name", "mail", "role", "person", "because", "user")
    values = {
        "one": _row(found, now),
        "members": members,
        "invitations": [(one, INVITED[one.state]) for one in invited],
        "may": [Option(c.code, c.label) for c in fields.allowed(found.kind, now)],
        "told": was.all("told") or (found.agreed or ()),
        "roles": ROLES,
        "accounts": [Option(str(one.user_id), one.name) for one in members if one.left_at is None],
        "typed": {name: was.get(name) for name in names},
        "form_id": was.get("id") or ids.new(),
        "errors": [{"text": text, "href": f"#{name}"} for name, text in (problems or {}).items()],
    }
    return render(request, "safeguarding/agency.html", values, status=422 if problems else 200)


Do = Callable[[str, Typed, Actor, datetime], None]


def _day(typed: Typed, name: str) -> date | None:
    try:
        return date.fromisoformat(typed.get(name))
    except ValueError:
        return None


def _agree(code: str, was: Typed, by: Actor, now: datetime) -> None:
    actions.agree(
        code, was.get("title"), _day(was, "from_date"), _day(was, "to_date"), was.all("told"), was.get("signed_by"),
        by=by, now=now, id=was.id(),
    )  # fmt: skip


def _invite(code: str, was: Typed, by: Actor, now: datetime) -> None:
    actions.invite(code, was.get("name"), was.get("mail"), was.get("role"), by=by, now=now)


def _leave(code: str, was: Typed, by: Actor, now: datetime) -> None:
    actions.leave(was.id(), by=by, now=now)


def _identify(code: str, was: Typed, by: Actor, now: datetime) -> None:
    person, user = as_id(was.get("person")), as_id(was.get("user"))
    if person is None:
        raise Invalid({"person": "Give the person's own number: it is in the address of their page."})
    if user is None:
        raise Invalid({"user": "Choose whose account it is."})
    actions.identify(user, person, was.get("because"), by=by, now=now)


def _close(code: str, was: Typed, by: Actor, now: datetime) -> None:
    actions.close_agency(code, by=by, now=now)


STEPS: Mapping[str, tuple[Do, str]] = {
    "agree": (_agree, "The agreement is noted."),
    "invite": (_invite, "The invitation is on its way. Its link works once, for seven days."),
    "leave": (_leave, "They are out: nothing opens for them any more."),
    "identify": (_identify, "What concerns this person and those close to them is closed to the account."),
    "close": (_close, "Nothing more is sent to this agency, and each of its people is out."),
}


@require_POST
def agency_step(request: HttpRequest, code: str, step: str) -> HttpResponse:
    """Take one step on an agency."""
    by = reader(request)
    access.check(by, MANAGE, subject=("agency", code))
    if step not in STEPS:
        raise Http404
    do, words = STEPS[step]
    try:
        do(code, typed(request), by, clock.now())
    except Invalid as wrong:
        return _page(request, code, wrong.problems)
    said.success(request, words)
    return redirect("safeguarding:agency", code)


@require_GET
def messages(request: HttpRequest) -> HttpResponse:
    """Show outgoing messages; first those that did not arrive."""
    by = reader(request)
    everything = request.GET.get("show") == "all"
    found = people.messages(by=by, troubled=not everything)
    values = {"rows": [(one, STATES[one.state], _again(one)) for one in found], "everything": everything}
    return render(request, "safeguarding/messages.html", values)


def _again(one: MessageView) -> bool:
    return one.state in {"failed", "bounced", "held"}


@require_POST
def message_again(request: HttpRequest, id: uuid.UUID) -> HttpResponse:
    """Send a message again, to a corrected mailbox where one is given."""
    actions.send_again(id, request.POST.get("address", ""), by=reader(request), now=clock.now())
    said.success(request, "It is sent again.")
    return redirect("safeguarding:messages")
