"""Where a case or an order begins: from somebody's page, one form each."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from fellwatch.foundation import access, clock
from fellwatch.foundation.access import Actor
from fellwatch.foundation.accounts.reader import reader
from fellwatch.orders import access as orders_access
from fellwatch.orders import actions as orders
from fellwatch.orders import law
from fellwatch.orders.values import NewOrder
from fellwatch.recognition import creating, index
from fellwatch.records import queries as records
from fellwatch.records import story
from fellwatch.records.actions import NewPerson
from fellwatch.records.values import PersonView, split_name
from fellwatch.safeguarding import actions, schemes
from fellwatch.safeguarding.access import WRITE
from fellwatch.safeguarding.pages.cases import take
from fellwatch.safeguarding.pages.forms import Field, Option, Step, Typed, as_id, chosen, terms, watch
from fellwatch.safeguarding.values import Invalid, NewNotice, NewRequest

MOST = 15
MADE_ELSEWHERE = ("police_bail", "dapo", "dvpo")


@dataclass(frozen=True)
class Around:
    """Somebody, who is around them, and the incidents they had a part in, as choices."""

    person: PersonView
    people: tuple[Option, ...]
    incidents: tuple[Option, ...]


@require_http_methods(["GET", "POST"])
def new_notice(request: HttpRequest, id: uuid.UUID) -> HttpResponse:
    """Consider a protection notice against somebody."""
    return _start(request, id, WRITE, _notice)


@require_http_methods(["GET", "POST"])
def new_request(request: HttpRequest, id: uuid.UUID) -> HttpResponse:
    """Open a disclosure request about somebody."""
    return _start(request, id, WRITE, _request)


@require_http_methods(["GET", "POST"])
def new_order(request: HttpRequest, id: uuid.UUID, kind: str) -> HttpResponse:
    """Record bail, or an order that a court made, so that patrol sees its conditions."""
    kind = kind if kind in MADE_ELSEWHERE else MADE_ELSEWHERE[0]
    return _start(request, id, orders_access.WRITE, lambda around, now: _order(around, kind, now))


def _start(
    request: HttpRequest, id: uuid.UUID, permission: str, build: Callable[[Around, datetime], Step]
) -> HttpResponse:
    by, now = reader(request), clock.now()
    access.check(by, permission, subject=("person", str(id)))
    with access.acting(by):
        around_them = around(id, by, now)
    form = build(around_them, now)
    back = {"href": reverse("shell:person", args=[around_them.person.id]), "text": around_them.person.name}
    return take(request, form, by, now, back=back, to=reverse("safeguarding:cases"))


def around(id: uuid.UUID, by: Actor, now: datetime) -> Around:
    """Return somebody with the people and incidents around them; the queries log whom they show."""
    person = records.person(id, by=by, now=now)
    past = story.incidents_of(by=by, person_id=person.id)[:MOST]
    ids = {tie.person_id for tie in story.around(person.id, by=by)}
    ids |= {other for one in past for other, _ in one.parts}
    near = records.people(sorted(ids - {person.id}), by=by, now=now, because="safeguarding.people_around_read")
    today = clock.london_date(now)
    people = sorted(near.values(), key=lambda one: (one.place_id != person.place_id, one.name))
    return Around(
        person,
        tuple(Option(str(one.id), f"{one.name}{_age(one, today)}") for one in people),
        tuple(Option(str(one.id), f"{one.reference}, {clock.london_date(one.received_at):%-d %b %Y}") for one in past),
    )


def _age(person: PersonView, today: date) -> str:
    age = person.born.age_on(today)
    return "" if age is None else f", {age}"


def _whom(label: str, around: Around) -> tuple[Field, Field]:
    return (
        Field("at_risk", label, "choose", "People around them, and in their incidents", around.people),
        Field("at_risk_name", "Somebody not on this list", hint="Full name. Search first: the person may be known"),
    )


def _at_risk(said: Typed, around: Around, by: Actor, now: datetime) -> uuid.UUID:
    """Return who was chosen, or store somebody new by name."""
    chosen_id = as_id(said.get("at_risk"))
    if chosen_id and str(chosen_id) in {one.code for one in around.people}:
        return chosen_id
    if not said.get("at_risk_name"):
        raise Invalid({"at_risk": "Choose who is at risk, or write the name of somebody not listed."})
    forenames, surname = split_name(said.get("at_risk_name")[:200])
    new = NewPerson(forenames, surname, source="safeguarding", id=uuid.uuid5(said.id(), "at risk"))
    with access.acting(by):
        creating.add(new, by=by, now=now)
        index.refresh([new.id])
    return new.id


def _incident(said: Typed, around: Around) -> uuid.UUID | None:
    wanted = said.get("incident")
    return as_id(wanted) if wanted in {one.code for one in around.incidents} else None


def _incidents(around: Around) -> Field:
    return Field("incident", "Which incident it comes from", "choose", "If it comes from one", around.incidents)


def _notice(around: Around, now: datetime) -> Step:
    regimes = law.regimes(clock.london_date(now))
    options = tuple(Option(one.kind, one.title) for one in regimes if one.available)

    def do(said: Typed, by: Actor, now: datetime) -> str:
        with access.acting(by):
            at_risk = _at_risk(said, around, by, now)
            home = records.person(at_risk, by=by, now=now).place_id
            new = NewNotice(said.get("scheme"), around.person.id, at_risk, _incident(said, around), home, said.id())
            return reverse("safeguarding:case", args=[actions.open_notice(new, by=by, now=now)])

    scheme = Field(
        "scheme", "Which notice", "choose", options=options, value=options[0].code if len(options) == 1 else ""
    )
    return Step(
        f"Consider a protection notice against {around.person.name}",
        "Open the case",
        (scheme, *_whom("Whom it would protect", around), _incidents(around)),
        do,
        "Charge or bail with conditions comes first. A notice is for when they do not protect.",
        tuple(
            f"{one.short}: {'can' if one.available else 'cannot'} be given here today. {one.because}" for one in regimes
        ),
    )


def _request(around: Around, now: datetime) -> Step:
    kinds = tuple(Option(one.code, one.title) for one in schemes.SCHEMES.values())
    routes = tuple(Option(code, text) for code, text in schemes.ROUTES.items())
    asked = Field(
        "asked_at", "When they first asked, or it came in", "moment", "Every limit runs from then.", value=watch(now)
    )
    dangers = (Option("yes", "Yes"), Option("no", "No"), Option("not_known", "Not known"))

    def do(said: Typed, by: Actor, now: datetime) -> str:
        asked_at = said.moment("asked_at")
        with access.acting(by):
            at_risk = _at_risk(said, around, by, now)
            new = NewRequest(
                said.get("scheme"), said.get("route"), around.person.id, at_risk, asked_at, said.get("applicant"),
                said.get("why"), said.get("safe_contact"), said.get("in_danger"), _incident(said, around), said.id(),
            )  # fmt: skip
            return reverse("safeguarding:case", args=[actions.open_request(new, by=by, now=now)])

    return Step(
        f"A disclosure request about {around.person.name}",
        "Open the request",
        (
            Field("scheme", "Which scheme", "choose", options=kinds, value="dvds"),
            Field("route", "Who asks", "choose", options=routes),
            *_whom("Who is at risk, or the child", around),
            asked,
            Field("applicant", "Who asks, and what they are to whoever is at risk", hint="Or which information came"),
            Field("why", "Why, in their words", "area"),
            Field("safe_contact", "How and when they can be reached without danger", "area", rows=2),
            Field("in_danger", "Is anybody in danger now?", "ask", options=dangers),
            _incidents(around),
        ),
        do,
        "In danger now: send a unit first. Whoever asks for somebody else is never told what is disclosed.",
    )  # fmt: skip


def _order(around: Around, kind: str, now: datetime) -> Step:
    on = clock.london_date(now)
    rule = law.rule(kind, on)

    def do(said: Typed, by: Actor, now: datetime) -> str:
        made_at, ends_at = said.moment("made_at"), said.moment_or_none("ends_at")
        if not said.get("made_by"):
            raise Invalid({"made_by": "Say which court, or which officer with rank."})
        with access.acting(by):
            at_risk = _at_risk(said, around, by, now)
            home = records.person(at_risk, by=by, now=now).place_id
            new = NewOrder(
                kind, around.person.id, (at_risk,), chosen(rule, said), said.get("made_by"), made_at, home,
                shared_home=True, days=said.number("days"), ends_at=ends_at, id=said.id(),
            )  # fmt: skip
            return reverse("safeguarding:order", args=[orders.make(new, by=by, now=now)])

    length = (
        Field("days", "For how many days", hint="14 to 28, the day it was made counted")
        if rule.length_under
        else Field("ends_at", "When it ends", "moment", "Leave it empty if no end was given")
    )
    return Step(
        f"{law.title(kind)}: {around.person.name}",
        "Record it",
        (
            Field("made_by", "Made by", hint="Court, or officer with rank"),
            Field("made_at", "When it was made", "moment", value=watch(now)),
            length,
            *_whom("Whom it protects", around),
            terms(rule),
        ),
        do,
        "The next officer sees its conditions on the pages of both people and of the address. Write no names in them.",
    )
