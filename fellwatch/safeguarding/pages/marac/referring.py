"""The form of a referral: from the police about somebody in the records, and from a partner by what it knows."""

import uuid
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from fellwatch.foundation import access, clock, policy
from fellwatch.foundation.access import Actor
from fellwatch.recognition import creating, index
from fellwatch.records.actions import NewPerson
from fellwatch.records.values import split_name
from fellwatch.rules.conferences import Conference
from fellwatch.rules.vocabulary import Code, Vocabulary
from fellwatch.safeguarding.marac import actions, checks, law
from fellwatch.safeguarding.marac.access import REFER
from fellwatch.safeguarding.marac.values import SAID, NewReferral
from fellwatch.safeguarding.pages import starting
from fellwatch.safeguarding.pages.cases import take
from fellwatch.safeguarding.pages.forms import Field, Option, Step, Typed, as_id
from fellwatch.safeguarding.pages.marac.door import staff
from fellwatch.safeguarding.pages.starting import Around
from fellwatch.sharing.reach import showing as reaching

YES_NO = (Option("yes", "Yes"), Option("no", "No"))
EQUALITY = {
    "ethnic_minority": "Of an ethnic minority",
    "lgbt": "Lesbian, gay, bisexual or trans",
    "disabled": "Has a disability",
    "male": "Is male",
    "aged_16_17": "Is 16 or 17",
}


@require_http_methods(["GET", "POST"])
def new_referral(request: HttpRequest, id: uuid.UUID) -> HttpResponse:
    """Refer somebody whose record this is, as the victim."""
    by, now = staff(request), clock.now()
    access.check(by, REFER, subject=("person", str(id)))
    with access.acting(by):
        around = starting.around(id, by, now)
        reach = reaching.said(around.person.id, by=by, now=now)
    incident = as_id(request.GET.get("incident", ""))
    form = police_form(around, incident, reach, now)
    back = {"href": reverse("shell:person", args=[around.person.id]), "text": around.person.name}
    return take(request, form, by, now, back=back, to=reverse("safeguarding:marac"))


def police_form(around: Around, incident: uuid.UUID | None, reach: Sequence[str], now: datetime) -> Step:
    """Return the form of an officer's referral: the victim is known, the perpetrator is chosen.

    Where the register says how to reach them it is told as it stands, and no number from elsewhere beside it.
    """

    def do(said: Typed, by: Actor, now: datetime) -> str:
        with access.acting(by):
            perpetrator, name = _perpetrator(said, around, by, now)
            new = read(said, {"victim_name": around.person.name, "perpetrator_name": name})
            found = _with_people(new, around, perpetrator, said)
            return reverse("safeguarding:marac_case", args=[actions.refer(found, by=by, now=now)])

    who = (
        Field("perpetrator", "Who did it", "choose", "People around them, and in their incidents", around.people),
        Field("perpetrator_named", "Somebody not on this list", hint="Full name. Search first: they may be known"),
    )
    born = str(around.person.born) if around.person.born.year else ""
    known = {
        "victim_born": born,
        "victim_address": around.person.address,
        "victim_phone": "" if reach else next(iter(around.person.phones), ""),
        "safe_contact": "\n".join(reach),
    }
    chosen = str(incident or "")
    from_incident = Field("incident", "Which incident it comes from", "choose", options=around.incidents, value=chosen)
    fields = (*who, from_incident, *_fields(now, ("victim_born", "victim_address", *_SAFE), known))
    return Step(
        f"Refer {around.person.name} to the MARAC",
        "Refer",
        fields,
        do,
        "Never tell the perpetrator, or anybody around them. Whether it is a repeat is found by itself.",
        criteria_words(now),
        points_head="Any one of these is enough",
    )


_SAFE = ("victim_phone", "safe_contact")


def _with_people(new: NewReferral, around: Around, perpetrator: uuid.UUID, said: Typed) -> NewReferral:
    incident = said.get("incident")
    known = {one.code for one in around.incidents}
    return replace(
        new,
        victim_id=around.person.id,
        perpetrators=(perpetrator,),
        incident_id=as_id(incident) if incident in known else None,
    )


def _perpetrator(said: Typed, around: Around, by: Actor, now: datetime) -> tuple[uuid.UUID, str]:
    """Return who was chosen and their name, or store somebody new by name."""
    names = {one.code: one.text for one in around.people}
    if said.get("perpetrator") in names:
        chosen = as_id(said.get("perpetrator"))
        assert chosen is not None
        return chosen, names[said.get("perpetrator")].split(",")[0]
    if not said.get("perpetrator_named"):
        raise checks.Invalid({"perpetrator": "Choose who did it, or write the name of somebody not listed."})
    forenames, surname = split_name(said.get("perpetrator_named")[:200])
    new = NewPerson(forenames, surname, source="safeguarding", id=uuid.uuid5(said.id(), "perpetrator"))
    creating.add(new, by=by, now=now)
    index.refresh([new.id])
    return new.id, said.get("perpetrator_named")[:200]


def partner_form(now: datetime, to: str) -> Step:
    """Return the form of a partner's referral: everybody by name, as far as the partner knows."""

    def do(said: Typed, by: Actor, now: datetime) -> str:
        actions.refer(read(said, {}), by=by, now=now)
        return to

    names = ("victim_name", "victim_born", "victim_address", *_SAFE)
    them = ("perpetrator_name", "perpetrator_born", "perpetrator_address")
    return Step(
        "Refer somebody to the MARAC",
        "Refer",
        _fields(now, (*names, *them), {}),
        do,
        "Never tell the perpetrator, or anybody around them. In danger now: ring 999 first.",
        criteria_words(now),
        points_head="Any one of these is enough",
    )


def criteria_words(now: datetime) -> tuple[str, ...]:
    """Return each criterion in one line, with the numbers of the partnership's rule and its source."""
    on = clock.london_date(now)
    rule, often = law.conference(on), law.escalation(on)[0].at_least
    numbers = {"visible_risk": f" {rule.ticks_at_least} or more.", "escalation": f" {often} times or more."}
    lines = [f"{one.label}: {one.help}{numbers.get(one.id, '')}" for one in rule.criteria]
    return (*lines, f"Source: {law.conference_version(on).source}.")


def read(said: Typed, known: dict[str, str]) -> NewReferral:
    """Read a referral as it was typed."""
    ticks = said.get("ticks")
    words = {name: said.get(name) for name in SAID if said.get(name)} | known
    return NewReferral(
        said=words,
        consent=said.get("consent"),
        aware=said.get("aware"),
        basis=said.get("basis"),
        basis_because=said.get("basis_because"),
        judgement=bool(said.get("judgement_because")),
        ticks=said.number("ticks") if ticks.isdecimal() else -1 if ticks else None,
        behaviour=said.get("behaviour"),
        happened_date=said.day_or_none("happened_date"),
        children=said.number("children_count"),
        equality=said.all("equality"),
        id=said.id(),
    )


def _fields(now: datetime, first: Sequence[str], known: dict[str, str]) -> tuple[Field, ...]:
    on = clock.london_date(now)
    hints = {
        "safe_contact": "Who else sees the telephone, when are they alone",
        "afraid_of": "Full names, each on a line. The case is kept from them",
        "not_safe": "Full names, each on a line. The case is kept from them",
    }
    long = {"safe_contact", "afraid_of", "not_safe", "children", "happened", "judgement_because", "wants"}

    def typed(name: str) -> Field:
        rows = 4 if name == "happened" else 2
        kind = "area" if name in long else "text"
        return Field(name, SAID[name], kind, hints.get(name, ""), value=known.get(name, ""), rows=rows)

    return (
        *(typed(name) for name in (*first, "relationship", "happened")),
        *_criteria(law.conference(on)),
        Field("children_count", "How many children live there or with them", hint="A number", value="0"),
        *(typed(name) for name in ("children", "afraid_of", "not_safe", "wants")),
        *_lawful(policy.parsed(checks.BASES, on, Vocabulary).codes),
        Field(
            "equality",
            "For the quarter's count, where the victim has said so",
            "many",
            options=tuple(Option(code, text) for code, text in EQUALITY.items()),
        ),
    )


def _criteria(rule: Conference) -> tuple[Field, ...]:
    """Return what decides whether the case belongs before the meeting."""
    behaviours = tuple(Option(one.id, one.label) for one in rule.behaviours)
    return (
        Field("behaviour", "What kind of thing happened", "choose", "It decides whether this is a repeat", behaviours),
        Field("happened_date", "When it last happened", "day"),
        Field(
            "judgement_because",
            "Professional judgement: why the danger is high",
            "area",
            "Leave it empty if you rely on another criterion",
        ),
        Field(
            "ticks",
            "Yes answers on the risk form",
            hint=f"A number; {rule.ticks_at_least} or more is visible high risk",
        ),
    )


def _lawful(bases: Sequence[Code]) -> tuple[Field, ...]:
    """Return what makes the sharing lawful, with the victim's agreement or without."""
    consents = (Option("yes", "Yes"), Option("no", "No"), Option("not_asked", "Not asked: not safe"))
    return (
        Field("consent", "Does the victim agree to this referral?", "ask", options=consents),
        Field("aware", "Does the victim know of it?", "ask", options=YES_NO),
        Field("basis", "Lawful basis", "choose", options=tuple(Option(one.code, one.label) for one in bases)),
        Field(
            "basis_because", "Why it is shared without their agreement", "area", "Not needed where they agree", rows=2
        ),
    )
