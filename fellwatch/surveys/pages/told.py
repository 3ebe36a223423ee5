"""What surveyors told the team: risks that were disclosed, calls that a wrong person answered, each with its clock."""

import uuid
from datetime import datetime, time

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from fellwatch.duties import queries as duties
from fellwatch.foundation import access, clock
from fellwatch.foundation.access import Actor
from fellwatch.foundation.accounts.reader import reader
from fellwatch.orders.values import Invalid
from fellwatch.recognition import phones
from fellwatch.safeguarding.pages import showing as marks
from fellwatch.safeguarding.pages.cases import take
from fellwatch.safeguarding.pages.forms import Field, Option, Step, Typed
from fellwatch.surveys import actions, law, queries
from fellwatch.surveys.actions.settling import ENDED, PUT_RIGHT
from fellwatch.surveys.values import SafeAgain, ToldView

KINDS = {"disclosure": "A risk was told", "wrong_person": "Somebody else answered"}
AGAIN = {PUT_RIGHT: "They have said anew how a call is safe", ENDED: "Nobody rings them again"}


@require_GET
def told(request: HttpRequest) -> HttpResponse:
    """Show what waits for the team, oldest first, then the last that were ended."""
    by, now = reader(request), clock.now()
    with access.acting(by):
        found = queries.told(by=by)
        clocks = {one.about: one for one in duties.about([one.id for one in found], by=by)}
    rows = [
        {
            "title": f"{KINDS[one.kind]}: {one.name}",
            "person_href": reverse("shell:person", args=[one.person_id]),
            "incident": one.incident_reference,
            "incident_href": reverse("contact:incident", args=[one.incident_id]),
            "words": one.words,
            "reference": one.reference,
            "at": one.at,
            "by": f"{one.by_name}, {one.agency}",
            "open": one.settled_at is None,
            "clock": marks.clock(clocks[one.id], now) if one.id in clocks else None,
            "outcome": _outcome(one, now),
            "href": reverse("surveys:settle", args=[one.id]),
        }
        for one in found
    ]
    return render(request, "surveys/told.html", {"rows": rows, "open": sum(bool(row["open"]) for row in rows)})


def _outcome(one: ToldView, now: datetime) -> str:
    if one.settled_at is None:
        return ""
    label = AGAIN.get(one.outcome) or law.label(law.OUTCOMES, one.outcome, now)
    return f"{label}. {one.outcome_words} {one.settled_by_name}, {clock.london(one.settled_at):%-d %b %Y %H:%M}"


@require_http_methods(["GET", "POST"])
def settle(request: HttpRequest, id: uuid.UUID) -> HttpResponse:
    """Act on what was told, on a page of its own."""
    by, now = reader(request), clock.now()
    seen = queries.one_told(id, by=by)
    back = {"href": reverse("surveys:told"), "text": "Told by surveyors"}
    if request.method == "GET" and seen.settled_at:
        messages.info(request, f"{seen.settled_by_name} has ended this.")
        return redirect(back["href"])
    form = _disclosed(seen, now) if seen.kind == "disclosure" else _wrong(seen)
    return take(request, form, by, now, back=back, to=back["href"])


def _disclosed(seen: ToldView, now: datetime) -> Step:
    def do(said: Typed, by: Actor, now: datetime) -> None:
        actions.settle(seen.id, said.get("outcome"), said.get("words"), by=by, now=now)

    outcomes = tuple(Option(one.code, one.label) for one in law.codes(law.OUTCOMES, now))
    return Step(
        f"A risk was told: {seen.name}",
        "It is acted on",
        (
            Field("outcome", "What came of it", "choose", options=outcomes),
            Field("words", "What was done, by whom", "area"),
        ),
        do,
        facts=_facts(seen),
    )


def _wrong(seen: ToldView) -> Step:
    def do(said: Typed, by: Actor, now: datetime) -> None:
        if said.get("again") not in AGAIN:
            raise Invalid({"again-1": "Say whether somebody may ring them again."})
        again = _safe_again(said) if said.get("again") == PUT_RIGHT else None
        actions.put_right(seen.id, again, said.get("words"), by=by, now=now)

    options = tuple(Option(*one) for one in AGAIN.items())
    return Step(
        f"Somebody else answered: {seen.name}",
        "Put it right",
        (
            Field("again", "May somebody ring them again?", "ask", options=options),
            Field("number", "The number that they said is safe", hint="Only where they may be rung again"),
            Field("from_time", "Safe from", hint="Such as 09:30; leave both empty for any hour"),
            Field("to_time", "Safe until"),
            Field("to_date", "Ask anew from", "day", "The day on which this is out of date"),
            Field("words", "What was done, and how you know that it was them", "area"),
        ),
        do,
        "Speak to them in another way that is safe before anybody rings again. Nobody can ring them until you do.",
        facts=_facts(seen),
        warns=True,
    )  # fmt: skip


def _facts(seen: ToldView) -> tuple[tuple[str, str], ...]:
    at = f"{clock.london(seen.at):%-d %b %Y %H:%M}"
    return (
        ("Told", seen.words),
        ("By", f"{seen.by_name}, {seen.agency}, {at}"),
        ("Incident", seen.incident_reference),
    )


def _safe_again(said: Typed) -> SafeAgain:
    start, end = _time(said, "from_time"), _time(said, "to_time")
    return SafeAgain(_number(said.get("number")), start, end, said.day_or_none("to_date"))


def _time(said: Typed, name: str) -> time | None:
    if not said.get(name):
        return None
    try:
        return time.fromisoformat(said.get(name).replace(".", ":"))
    except ValueError:
        raise Invalid({name: "Give a time of day, such as 09:30."}) from None


def _number(text: str) -> str:
    """Read a telephone number; anything else is none."""
    read = phones.read(text)
    return read if isinstance(read, str) else ""
