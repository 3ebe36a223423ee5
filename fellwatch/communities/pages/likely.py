"""People who were added though the search found who they very likely are: make them one, or say that they are two."""

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from fellwatch.communities.pages import showing
from fellwatch.foundation import access, clock
from fellwatch.foundation.accounts.reader import reader
from fellwatch.records import clusters
from fellwatch.records import queries as records


@require_GET
def likely(request: HttpRequest) -> HttpResponse:
    """List them, the likeliest first."""
    by, now = reader(request), clock.now()
    with access.acting(by):
        found = clusters.likely(by=by)
        ids = [id for one in found for id in (one.person_id, one.other_id)]
        shown = records.people(ids, by=by, now=now, because="communities.likely_read")
    rows = [
        {
            "id": one.id,
            "new": shown[one.person_id],
            "known": shown[one.other_id],
            "likelihood": showing.percent(one.likelihood),
            "at": one.noted_at,
            "href": f"{reverse('communities:merge', args=[one.other_id])}?other={one.person_id}",
        }
        for one in found
        if one.person_id in shown and one.other_id in shown
    ]
    back = {"text": "Partner records", "href": reverse("communities:overview")}
    return render(request, "communities/likely.html", {"rows": rows, "back": back})


@require_POST
def apart(request: HttpRequest, id: uuid.UUID) -> HttpResponse:
    """Say that two of them are two people."""
    done = clusters.settle_likeness(id, by=reader(request), now=clock.now())
    messages.success(request, "Kept as two people." if done else "A colleague had said so already.")
    return redirect("communities:likely")
