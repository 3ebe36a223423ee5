"""An agency's lead looks after its people; whoever is invited joins."""

import uuid
from collections.abc import Mapping

from django.contrib import messages
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from fellwatch.foundation import access, clock
from fellwatch.foundation.accounts import roles
from fellwatch.foundation.accounts.models import User
from fellwatch.foundation.accounts.reader import reader
from fellwatch.sharing import actions, queries
from fellwatch.sharing.access import LEAD
from fellwatch.sharing.checks import Invalid
from fellwatch.sharing.people import queries as staff

ROLES = {
    "partner": "Reads and answers",
    "partner_lead": "Also looks after colleagues",
    "surveyor": "Rings victims for a survey",
}
STATES = {"waiting": "Waits", "used": "Used", "withdrawn": "Withdrawn", "past": "Its time is over"}
BACKEND = "django.contrib.auth.backends.ModelBackend"


@require_GET
def people(request: HttpRequest) -> HttpResponse:
    """Show who signs in for the agency and who is invited."""
    return _page(request)


@require_POST
def invite(request: HttpRequest) -> HttpResponse:
    """Invite a colleague."""
    by, post = reader(request), request.POST
    try:
        actions.invite(
            by.agency, post.get("name", ""), post.get("mail", ""), post.get("role", ""), by=by, now=clock.now()
        )
    except Invalid as wrong:
        return _page(request, wrong.problems)
    messages.success(request, "The invitation is on its way. Its link works once, for seven days.")
    return redirect("portal:people")


@require_POST
def withdraw(request: HttpRequest, id: uuid.UUID) -> HttpResponse:
    """Withdraw an invitation."""
    actions.withdraw_invitation(id, by=reader(request), now=clock.now())
    messages.success(request, "The invitation works no longer.")
    return redirect("portal:people")


@require_POST
def leave(request: HttpRequest, id: uuid.UUID) -> HttpResponse:
    """End a colleague's access at once."""
    try:
        actions.leave(id, by=reader(request), now=clock.now())
    except Invalid as wrong:
        return _page(request, wrong.problems)
    messages.success(request, "They are out: nothing opens for them any more.")
    return redirect("portal:people")


def _page(request: HttpRequest, problems: Mapping[str, str] | None = None) -> HttpResponse:
    by, now = reader(request), clock.now()
    access.check(by, LEAD)
    with access.acting(by):
        found = staff.members(by=by, agency=by.agency)
        invited = staff.invitations(by=by, agency=by.agency, now=now)
        agency = queries.agency(by=by, now=now)
    values = {
        "agency": agency,
        "members": [(one, one.user_id == by.id) for one in found],
        "invitations": [(one, STATES[one.state]) for one in invited],
        "roles": [{"code": code, "text": text} for code, text in ROLES.items()],
        "typed": {name: request.POST.get(name, "") for name in ("name", "mail", "role")},
        "errors": [{"text": text, "href": f"#{name}"} for name, text in (problems or {}).items()],
    }
    return render(request, "portal/people.html", values, status=422 if problems else 200)


@sensitive_post_parameters("password", "again")
@require_http_methods(["GET", "POST"])
def join(request: HttpRequest, secret: str) -> HttpResponse:
    """Make the account of whoever holds the link, and sign them in."""
    door, now = roles.system("portal"), clock.now()
    found = staff.invited(secret, by=door, now=now)
    problems: Mapping[str, str] = {}
    typed = {name: request.POST.get(name, "") for name in ("username", "password", "again")}
    if request.method == "POST":
        try:
            user_id = actions.join(secret, *typed.values(), by=door, now=now)
        except Invalid as wrong:
            problems = wrong.problems
        else:
            login(request, User.objects.get(id=user_id), backend=BACKEND)
            return redirect("portal:inbox")
    values = {
        "name": found.name,
        "until": found.expires_at,
        "username": typed["username"],
        "errors": [{"text": text, "href": f"#{name}"} for name, text in problems.items()],
    }
    return render(request, "portal/join.html", values, status=422 if problems else 200)
