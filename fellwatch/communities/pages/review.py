"""Pairs that a model is not sure of, side by side: the same, two people, or not sure."""

import uuid
from typing import Literal, get_args

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from fellwatch.communities import actions, queries
from fellwatch.communities.pages import showing
from fellwatch.communities.values import Overtaken
from fellwatch.foundation import clock
from fellwatch.foundation.accounts.reader import reader

Said = Literal["same", "different", "not_sure"]
DONE = {"same": "Joined to {0}.", "different": "Kept apart from {0}.", "not_sure": "Left for another look."}


@require_GET
def next_pair(request: HttpRequest) -> HttpResponse:
    """Show the pair that says most, or that there is none."""
    found = queries.next_pair(by=reader(request), now=clock.now())
    if found is None:
        return render(request, "communities/none.html", {})
    return _show(request, showing.pair(found))


@require_http_methods(["GET", "POST"])
def pair(request: HttpRequest, id: uuid.UUID) -> HttpResponse:
    """Show one pair, or take what a reviewer says of it and go on to the next."""
    by, now = reader(request), clock.now()
    found = queries.pair(id, by=by, now=now)
    if request.method != "POST":
        return _show(request, showing.pair(found))
    said = request.POST.get("verdict", "")
    if said not in get_args(Said):
        wrong = ({"text": "Say whether they are the same.", "href": "#same"},)
        return _show(request, {**showing.pair(found), "errors": wrong}, status=400)
    try:
        actions.decide(id, said, by=by, now=now)  # type: ignore[arg-type]
        messages.success(request, DONE[said].format(found.person.name))
    except Overtaken as first:
        messages.warning(request, str(first))
    return redirect("communities:review")


def _show(request: HttpRequest, values: dict[str, object], status: int = 200) -> HttpResponse:
    back = {"text": "Partner records", "href": reverse("communities:overview")}
    return render(request, "communities/pair.html", {**values, "back": back}, status=status)
