"""Which agencies may read how somebody is reached: let one, with the reason, and end it."""

import uuid
from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from fellwatch.foundation import access, clock
from fellwatch.foundation.access import Actor
from fellwatch.foundation.accounts.reader import reader
from fellwatch.orders.values import Invalid
from fellwatch.records import queries as records
from fellwatch.safeguarding.pages.cases import take
from fellwatch.safeguarding.pages.forms import Field, Option, Step, Typed
from fellwatch.sharing import queries as sharing
from fellwatch.sharing.access import READ, SAY_REACH
from fellwatch.sharing.checks import Invalid as Wrong
from fellwatch.sharing.reach import telling


@require_http_methods(["GET", "POST"])
def share(request: HttpRequest, id: uuid.UUID) -> HttpResponse:
    """Let an agency read it from now."""
    by, now = reader(request), clock.now()
    for needed in (SAY_REACH, READ):
        access.check(by, needed, subject=("person", str(id)))
    with access.acting(by):
        seen = records.person(id, by=by, now=now)
        listed = [one for one in sharing.agencies(by=by, now=now) if telling.may_be_told(one, now)]
    to = reverse("shell:reach", args=[seen.id])

    def do(said: Typed, by: Actor, now: datetime) -> None:
        try:
            telling.share(seen.id, said.get("agency"), said.get("because"), by=by, now=now)
        except Wrong as wrong:
            raise Invalid(wrong.problems) from wrong

    form = Step(
        f"Let an agency read how to reach {seen.name}",
        "Let them read it",
        (
            Field("agency", "Which agency", "choose", options=tuple(Option(one.code, one.name) for one in listed)),
            Field("because", "Why they must know it", "area"),
        ),
        do,
        "They read all that stands, and each change, until you end it. Nobody there who is feared, or close, reads it.",
    )
    return take(request, form, by, now, back={"href": to, "text": f"How to reach {seen.name}"}, to=to)


@require_POST
def unshare(request: HttpRequest, id: uuid.UUID, share: uuid.UUID) -> HttpResponse:
    """End that an agency may read it."""
    telling.unshare(id, share, by=reader(request), now=clock.now())
    messages.success(request, "Ended. They read nothing of it from now.")
    return redirect("shell:reach", id)
