"""How to reach somebody safely: what holds, the most dangerous first; a question before one rings; what held before."""

import uuid
from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from fellwatch.foundation import access, clock
from fellwatch.foundation.access import Actor
from fellwatch.foundation.accounts.reader import reader
from fellwatch.orders.values import Invalid
from fellwatch.records import queries as records
from fellwatch.safeguarding.pages.cases import take
from fellwatch.safeguarding.pages.forms import Field, Option, Step, Typed, as_id, typed
from fellwatch.sharing.access import REACH, READ, SAY_REACH
from fellwatch.sharing.checks import Invalid as Wrong
from fellwatch.sharing.reach import actions, checks, queries, telling, words
from fellwatch.sharing.reach.values import SAYS, WAYS, NewRule, Rule
from fellwatch.shell.pages import elsewhere

WAY = tuple(Option(code, text) for code, text in WAYS.items())
SOURCE = tuple(Option(code, text) for code, text in SAYS.items())
SAFE = (Option("yes", "It is safe"), Option("no", "It is not safe"))


@require_http_methods(["GET", "POST"])
def reach(request: HttpRequest, id: uuid.UUID) -> HttpResponse:
    """Show the register of one person; posted, answer whether one number or address may be used now."""
    by, now = reader(request), clock.now()
    access.check(by, REACH, subject=("person", str(id)))
    was = typed(request)
    asked, answer, problems = was if request.method == "POST" else None, None, {}
    with access.acting(by):
        seen = records.person(id, by=by, now=now)
        if seen.id != id and request.method == "GET":
            return redirect("shell:reach", seen.id)
        id = seen.id  # What was typed before they were found to be another is not lost.
        if asked:
            problems = _unasked(asked)
            answer = None if problems else queries.asked(id, asked.get("way"), asked.get("to"), by=by, now=now)
        found = queries.of(id, by=by)
        said = elsewhere.said(id, by=by, now=now)
        told = telling.told(id, by=by)
    may = SAY_REACH in by.permissions
    values = {
        "title": f"How to reach {seen.name}",
        "back": {"href": reverse("shell:person", args=[id]), "text": seen.name},
        "person": id,
        "lines": words.lines(found, now),
        "nobody": words.NOBODY,
        "before": [(words.line(one, now), words.ended(one)) for one in found if one.over],
        "elsewhere": said,
        "say_href": reverse("shell:say_reach", args=[id]) if may else "",
        "told": told,
        "share_href": reverse("shell:share_reach", args=[id]) if may and READ in by.permissions else "",
        "ways": WAY,
        "typed": {name: was.get(name) for name in ("way", "to")},
        "answer": answer,
        "errors": [{"text": text, "href": f"#{name}"} for name, text in problems.items()],
    }
    return render(request, "pages/reach.html", values, status=422 if problems else 200)


def _unasked(was: Typed) -> dict[str, str]:
    if was.get("way") not in WAYS:
        return {"way": "Choose the way."}
    wrong = checks.address_problem(was.get("way"), was.get("to"))
    return {"to": wrong} if wrong else {}


@require_http_methods(["GET", "POST"])
def say(request: HttpRequest, id: uuid.UUID) -> HttpResponse:
    """Note what was said of one way to reach somebody, or of a way that is said anew."""
    by, now = reader(request), clock.now()
    access.check(by, SAY_REACH, subject=("person", str(id)))
    replaces = as_id(request.GET.get("replaces", ""))
    with access.acting(by):
        seen = records.person(id, by=by, now=now)
        if seen.id != id and request.method == "GET":
            return redirect("shell:say_reach", seen.id)
        id = seen.id
        before = _standing(id, replaces, by) if replaces else None
        code = request.GET.get("said", "")
        said = elsewhere.said(id, by=by, now=now) if code else ()
    taken = next((one.words for one in said if one.code == code), "")
    to = reverse("shell:reach", args=[id])
    back = {"href": to, "text": f"How to reach {seen.name}"}
    return take(request, _form(id, seen.name, before, taken), by, now, back=back, to=to)


def _standing(id: uuid.UUID, rule: uuid.UUID, by: Actor) -> Rule:
    """Return a rule of this person that stands; what is replaced is shown as it was, and refused when it is sent."""
    found = next((one for one in queries.of(id, by=by) if one.id == rule), None)
    if found is None:
        raise Http404
    return found


def _form(id: uuid.UUID, name: str, before: Rule | None, taken: str) -> Step:
    def do(said: Typed, by: Actor, now: datetime) -> None:
        new = NewRule(
            id, said.get("channel"), said.get("allowed"), said.get("address"), said.get("said_by"),
            said.get("said_by_name"), said.get("because"), said.get("words"), said.get("password"),
            said.get("if_other"), said.get("kept_from"), said.get("from_time"), said.get("to_time"),
            said.get("from_date"), said.get("to_date"), before.id if before else None, said.id(),
        )  # fmt: skip
        try:
            actions.say(new, by=by, now=now)
        except Wrong as wrong:
            raise Invalid(wrong.problems) from wrong

    return Step(
        f"Say anew how to reach {name}" if before else f"Say how to reach {name}",
        "Note it",
        _fields(before, taken),
        do,
        "One number or address at a time. Every message and every call is held to it from now.",
        (words.line(before, clock.now()).text,) if before else (),
        points_head="It takes the place of this, which stays readable" if before else "",
    )


def _fields(before: Rule | None, taken: str) -> tuple[Field, ...]:
    def had(name: str) -> str:
        return str(getattr(before, name) or "") if before else ""

    def clocked(name: str) -> str:
        return had(name)[:5]

    allowed = {True: "yes", False: "no"}[before.allowed] if before else ""
    other = "Who you say you are, or that you have the wrong number"
    return (
        Field("channel", "Which way", "choose", options=WAY, value=had("channel")),
        Field("allowed", "Is it safe?", "ask", options=SAFE, value=allowed),
        Field(
            "address", "Number or address it is about", hint="Empty only for: not safe, whatever the number",
            value=words.place(before) if before else "",
        ),
        Field("from_time", "Safe only from", "time", "Empty for any hour", value=clocked("from_time")),
        Field("to_time", "until", "time", value=clocked("to_time")),
        Field("words", "In their words", "area", "Who else sees or hears it", value=had("words") or taken),
        Field("password", "A word to say first", hint="By which each knows that it is really the other",
              value=had("password")),
        Field("if_other", "If somebody else answers, say", "area", other, value=had("if_other"), rows=2),
        Field("kept_from", "Who must not hear of it", "area", "Names; whoever is feared is always kept out",
              value=had("kept_from"), rows=2),
        Field("said_by", "Who says so", "ask", options=SOURCE),
        Field("said_by_name", "If an agency: which, and who there"),
        Field("because", "If an officer: why", "area", rows=2),
        Field("from_date", "From which day", "day", "Empty for today"),
        Field("to_date", "Until which day", "day", "From that day on it must be asked again"),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def end(request: HttpRequest, id: uuid.UUID, rule: uuid.UUID) -> HttpResponse:
    """Take back a rule, with the reason."""
    by, now = reader(request), clock.now()
    access.check(by, SAY_REACH, subject=("person", str(id)))
    with access.acting(by):
        seen = records.person(id, by=by, now=now)
        held = _standing(id, rule, by)
    to = reverse("shell:reach", args=[id])

    def do(said: Typed, by: Actor, now: datetime) -> None:
        try:
            actions.end(rule, said.get("because"), by=by, now=now)
        except Wrong as wrong:
            raise Invalid(wrong.problems) from wrong

    form = Step(
        "This no longer holds",
        "Take it back",
        (Field("because", "Who took it back, or why it no longer holds", "area"),),
        do,
        words.line(held, now).text,
        ("It stays readable, with your reason.", "Nothing is said of this way from then: silence is a no."),
        warns=not held.allowed,
    )
    return take(request, form, by, now, back={"href": to, "text": f"How to reach {seen.name}"}, to=to)
