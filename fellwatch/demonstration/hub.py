"""The safeguarding hub of the invented county: contacts at each stage, and a few months of decided ones.

Opened by the rooms' own actions under fixed identifiers, so that beginning again adds nothing.
"""

import uuid
from collections.abc import Mapping
from datetime import datetime, timedelta

from fellwatch.demonstration import cast
from fellwatch.demonstration.identifiers import named
from fellwatch.foundation import access, clock
from fellwatch.foundation.access import Actor
from fellwatch.records.models import IncidentPerson
from fellwatch.records.values import PartialDate
from fellwatch.safeguarding.mash import actions, carrying, queries, sharing
from fellwatch.safeguarding.mash.models import HubContact
from fellwatch.safeguarding.mash.values import NewContact, Sending
from fellwatch.sharing import actions as partners
from fellwatch.sharing import fields

ANSWER = (("fellshire-children", "cora"), ("fellshire-adults", "otis"), ("fellshire-health", "heath"))
"""Who answers for each agency that the hub asks."""
CONCERNS = (
    ("red", "Found alone in the kitchen at two in the morning; the stove was on and nobody woke."),
    ("amber", "Hides when a voice is raised. A bruise on the arm, and no two people explain it alike."),
    ("amber", "Has not eaten since yesterday and asks the officer not to tell. The fridge is empty."),
    ("green", "Misses school most Mondays after shouting at the weekend."),
    ("amber", "Forgets whom she has let in. Money has gone from the tin again this month."),
    ("green", "The house is cold and the letters lie unopened; says that he manages."),
)
ANSWERS = (
    ("open", "Open to us since the summer. The worker saw them on the third and was worried then already."),
    ("closed", "Known two years ago after a referral from school; closed when the family moved away and came back."),
    ("not_known", "Both systems searched, by name and by address."),
)
BASIS_WHY = "Asking first would have put them at risk that night."
WHY = "They may have seen this person lately and know what the police cannot see."
MUCH = "Only what is needed to look; earlier calls are left out."
FORTNIGHTS = 9


def fill(officer: Actor, hub: Actor, agencies: Mapping[str, Actor], now: datetime) -> int:
    """Open the contacts, each as if at its own time; return how many there are."""
    people = _people(hub, now, 6 + FORTNIGHTS * 2)
    steps = (_new, _screened, _asked, _absent, _answered, _passed)
    for number, (person, incident, kind) in enumerate(people):
        contact = uuid.UUID(named(f"hub/{number}"))
        with access.acting(hub):
            if HubContact.objects.filter(id=contact).exists():
                continue
        ago = timedelta(minutes=40 + 170 * number) if number < 6 else timedelta(days=4 + 7 * (number - 5))
        new = _contact(contact, person, incident, kind, number)
        actions.raise_contact(new, by=officer, now=now - ago)
        step = steps[number] if number < 6 else _decided
        step(new, number, hub, agencies, now - ago, now)
    return len(people)


def _people(hub: Actor, now: datetime, many: int) -> list[tuple[uuid.UUID, uuid.UUID, str]]:
    """Return people of domestic incidents, children first, each once, not those of the story."""
    found: dict[uuid.UUID, tuple[uuid.UUID, uuid.UUID, str]] = {}
    story = {uuid.UUID(person.id) for person in cast.PEOPLE}
    with access.acting(hub):
        parts = IncidentPerson.objects.filter(incident__opening_code="domestic_incident").select_related("person")
        children = parts.filter(role__in=("child_present", "child_resident")).order_by("id")[: many // 2]
        adults = parts.filter(role__in=("dependant", "victim")).order_by("id")[: many * 2]
        for part in _in_turn(list(children), list(adults)):
            born = part.person
            age = PartialDate(born.birth_year, born.birth_month, born.birth_day).age_on(clock.london_date(now))
            kind = "child" if age is not None and age < 18 else "adult"
            if part.person_id not in story:
                found.setdefault(part.person_id, (part.person_id, part.incident_id, kind))
    return list(found.values())[:many]


def _in_turn(children: list[IncidentPerson], adults: list[IncidentPerson]) -> list[IncidentPerson]:
    """Return two children for each adult, as long as there are both."""
    mixed = [one for place, adult in enumerate(adults) for one in (*children[place * 2 : place * 2 + 2], adult)]
    return [*mixed, *children[len(adults) * 2 :]]


def _contact(id: uuid.UUID, person: uuid.UUID, incident: uuid.UUID, kind: str, number: int) -> NewContact:
    colour, concern = CONCERNS[number % len(CONCERNS)]
    done = "Somebody they trust is with them."
    return NewContact(kind, person, incident, colour, concern, done, "", "safeguarding", BASIS_WHY, id)


def _new(new: NewContact, number: int, hub: Actor, agencies: Mapping[str, Actor], at: datetime, now: datetime) -> None:
    """Leave it as it came."""


def _screened(
    new: NewContact, number: int, hub: Actor, agencies: Mapping[str, Actor], at: datetime, now: datetime
) -> None:
    actions.screen(new.id, new.colour, "", "", by=hub, now=at + timedelta(minutes=20))


def _ask(
    new: NewContact, number: int, hub: Actor, codes: tuple[str, ...], at: datetime, kind: str = "research"
) -> dict[str, uuid.UUID]:
    known = {one.code for one in fields.codes(fields.FIELDS, at).codes}
    told = {"what_happened": new.concern, "asked": "What do you know of them, and who has it?"}
    told = {name: text for name, text in told.items() if name in known}
    key = uuid.UUID(named(f"hub/{number}/{kind}"))
    sharing.send(new.id, Sending(kind, codes, "safeguarding", "", WHY, MUCH, told, key), by=hub, now=at)
    return {code: uuid.uuid5(key, code) for code in codes}


def _answer(referral: uuid.UUID, by: Actor, carrier: Actor, at: datetime, number: int) -> None:
    code, words = ANSWERS[number % len(ANSWERS)]
    partners.open_referral(referral, by=by, now=at - timedelta(minutes=5))
    partners.answer_research(referral, code, words, by=by, now=at)
    carrying.carry_answer(referral, by=carrier)


def _asked(
    new: NewContact, number: int, hub: Actor, agencies: Mapping[str, Actor], at: datetime, now: datetime
) -> None:
    _screened(new, number, hub, agencies, at, now)
    sent = _ask(new, number, hub, tuple(agencies), at + timedelta(minutes=25))
    _answer(sent["fellshire-health"], agencies["fellshire-health"], _carrier(), at + timedelta(minutes=70), number)


def _absent(
    new: NewContact, number: int, hub: Actor, agencies: Mapping[str, Actor], at: datetime, now: datetime
) -> None:
    """Adult social care, outside the hub, has not answered a red question."""
    _screened(new, number, hub, agencies, at, now)
    actions.screen(new.id, "red", "Rang again: worse than it was told.", "", by=hub, now=at + timedelta(minutes=22))
    sent = _ask(new, number, hub, tuple(agencies), at + timedelta(minutes=25))
    for code in ("fellshire-children", "fellshire-health"):
        _answer(sent[code], agencies[code], _carrier(), at + timedelta(minutes=60), number + len(code))


def _answered(
    new: NewContact, number: int, hub: Actor, agencies: Mapping[str, Actor], at: datetime, now: datetime
) -> None:
    _screened(new, number, hub, agencies, at, now)
    sent = _ask(new, number, hub, tuple(agencies), at + timedelta(minutes=25))
    for place, code in enumerate(agencies):
        _answer(sent[code], agencies[code], _carrier(), at + timedelta(minutes=60 + 30 * place), number + place)


def _passed(
    new: NewContact, number: int, hub: Actor, agencies: Mapping[str, Actor], at: datetime, now: datetime
) -> None:
    _answered(new, number, hub, agencies, at, now)
    _ask(new, number, hub, ("fellshire-children",), at + timedelta(hours=3), "referral")


def _decided(
    new: NewContact, number: int, hub: Actor, agencies: Mapping[str, Actor], at: datetime, now: datetime
) -> None:
    """Ask two agencies and decide, now and then late: adult social care answers slowest."""
    slow = number % 4 == 0
    _screened(new, number, hub, agencies, at, now)
    codes = ("fellshire-children", "fellshire-adults")
    sent = _ask(new, number, hub, codes, at + timedelta(minutes=25))
    hours = {"fellshire-children": 1.5 if number % 5 else 5, "fellshire-adults": 30 if slow else 2.5}
    for place, code in enumerate(codes):
        _answer(sent[code], agencies[code], _carrier(), at + timedelta(hours=hours[code]), number + place)
    done = at + timedelta(hours=max(hours.values()) + 0.5)
    seen = queries.contact(new.id, by=hub, now=done)
    decision = ("assessment", "early_help", "signposted", "no_action")[number % 4]
    because = "From what the agencies know and what the officer saw, this is what is needed now."
    actions.decide(new.id, str(3 - number % 3), decision, because, "", seen=seen.version, by=hub, now=done)


def _carrier() -> Actor:
    from fellwatch.foundation.accounts import roles

    return roles.system("sharing")
