"""Whose record an account's holder has: a colleague or partner who is in the records like anybody."""

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from fellwatch.foundation import access, clock
from fellwatch.foundation.access import Actor
from fellwatch.meetings import actions, queries
from fellwatch.recognition.queries import Candidate, Query, who
from fellwatch.safeguarding.pages.forms import as_id
from fellwatch.safeguarding.pages.marac.door import staff
from fellwatch.safeguarding.values import Invalid


@require_http_methods(["GET", "POST"])
def holders(request: HttpRequest) -> HttpResponse:
    """Show whose record which account's holder has, and add one: choose the account, look for the person, say why."""
    by, now = staff(request), clock.now()
    problems: dict[str, str] = {}
    if request.method == "POST":
        user, person = as_id(request.POST.get("account", "")), as_id(request.POST.get("person", ""))
        try:
            if user is None or person is None:
                raise Invalid({"person-1": "Choose the account and the person."})
            actions.identify(user, person, request.POST.get("because", ""), by=by, now=now)
        except Invalid as wrong:
            problems = wrong.problems
        else:
            messages.success(request, "Recorded. What must be kept from that person is kept from this account.")
            return redirect("safeguarding:marac_holders")
    return _page(request, by, problems)


def _page(request: HttpRequest, by: Actor, problems: dict[str, str]) -> HttpResponse:
    said = request.POST if request.method == "POST" else request.GET
    name = said.get("name", "")[:200]
    with access.acting(by):
        listed = queries.holders(by=by)
        accounts = queries.accounts(by=by)
        found: tuple[Candidate, ...] = who(Query(name=name), by=by).candidates if name.strip() else ()
    values = {
        "holders": [
            {
                "name": account,
                "agency": agency,
                "person": person_name,
                "because": because,
                "person_href": reverse("shell:person", args=[person]),
                "end_href": reverse("safeguarding:marac_end_holder", args=[link]),
            }
            for link, account, agency, person, person_name, because in listed
        ],
        "accounts": [{"code": str(id), "text": f"{title}, {agency}"} for id, title, agency in accounts],
        "found": [
            {"code": str(one.person_id), "text": f"{one.name}, born {one.born} · {one.likelihood_words}"}
            for one in found
        ],
        "said": {field: said.get(field, "")[:4000] for field in ("account", "person", "because", "name")},
        "errors": [{"text": text, "href": f"#{field}"} for field, text in problems.items()],
    }
    return render(request, "marac/holders.html", values, status=422 if problems else 200)


@require_POST
def end_holder(request: HttpRequest, id: uuid.UUID) -> HttpResponse:
    """Say that an account's holder is somebody else after all."""
    try:
        actions.end_holder(id, request.POST.get("because", ""), by=staff(request), now=clock.now())
    except Invalid as wrong:
        messages.error(request, wrong.problems["because"])
    return redirect("safeguarding:marac_holders")
