"""What a notice says: only what the rule lets this recipient be told, in short plain words, and no address."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from fellwatch.assessments.instruments import edition
from fellwatch.foundation import clock, policy
from fellwatch.records.models import Incident, Person, Residence
from fellwatch.records.queries import full_name
from fellwatch.records.values import PartialDate
from fellwatch.rules import school_notices
from fellwatch.rules.instruments import CONSIDERED_NONE
from fellwatch.rules.school_notices import SchoolNotices
from fellwatch.safeguarding.encompass.finding import FORM, Found
from fellwatch.safeguarding.encompass.models import Establishment

RULE = "operation_encompass"
SAFETY = (
    "Do not raise this with a parent, a carer or the child's friends, and do not show it to them: whoever is feared "
    "may hear of it. Look after the child as you would anyway. If the child says something that worries you, follow "
    "your own safeguarding procedure and tell the police with the reference above."
)
THERE = {"was there": "There", "lives there": "Lives there; not known whether the child was there"}
NOT_SAID = "Not known whether the child was there"


def contents(
    rule: SchoolNotices, to: str, who: Establishment | None, incident: Incident, found: Found, reference: str
) -> tuple[dict[str, str], list[str]]:
    """Return what may be said to a recipient of a kind, and the names of what was held back."""
    said = {name: words for name, words in _everything(incident, found, reference).items() if words}
    on = clock.london_date(incident.received_at)
    may = [one.id for one in school_notices.may_say(rule, to, agreed(who, on))]
    held_back = [name for name in said if name not in may]
    return {name: said[name] for name in may if name in said}, held_back


def agreed(who: Establishment | None, on: date) -> frozenset[str] | None:
    """Return what an agreement in force on a day lets an establishment be told; None where none is in force."""
    if who is None or who.agreed_until is None or who.agreed_until < on:
        return None
    return frozenset(who.agreed)


def labels(at: datetime) -> Mapping[str, str]:
    """Return the words of what may be told, as the rule of a time has them."""
    found = policy.parsed(RULE, clock.london_date(at), SchoolNotices)
    return {one.id: one.label for one in found.fields}


def _everything(incident: Incident, found: Found, reference: str) -> dict[str, str]:
    person, answers = found.person, found.answers
    at = clock.london(incident.occurred_at or incident.received_at)
    hurt = " The child was hurt." if answers.get("injured") == "yes" else ""
    return {
        "child": full_name(person.names.all()),
        "born": str(PartialDate(person.birth_year, person.birth_month, person.birth_day)),
        "reference": reference,
        "when": f"{at:%A %-d %B %Y}, about {at:%H:%M}",
        "where": _where(incident, person),
        "present": _label("where", answers) or THERE.get(found.linked_by, NOT_SAID),
        "happened": f"Police were told of domestic abuse between adults in the child's life.{hurt}",
        "voice": _words(answers, "said"),
        "demeanour": "; ".join(
            text for text in (_label("demeanour", answers), _words(answers, "demeanour_seen")) if text
        ),
        "safety": SAFETY,
    }


def _where(incident: Incident, person: Person) -> str:
    """Say home or not: an address may be where somebody has fled to."""
    if incident.place_id is None:
        return "Place not known"
    home = Residence.objects.filter(person_id=person.id, place_id=incident.place_id, kind="home", to_date__isnull=True)
    return "At the child's home" if home.exists() else "Not at the child's home"


def _label(question: str, answers: Mapping[str, Any]) -> str:
    """Return the words of what was chosen, in the form's own newest edition."""
    said = answers.get(question)
    chosen = said if isinstance(said, list) else [said] if said else []
    if not chosen:
        return ""
    asked = next(one for one in edition(FORM, clock.london_date(clock.now())).instrument.library if one.id == question)
    labels = {option.value: option.label for option in asked.options}
    return ", ".join(labels.get(str(one), "") for one in chosen if labels.get(str(one)))


def _words(answers: Mapping[str, Any], question: str) -> str:
    said = answers.get(question)
    return said.strip() if isinstance(said, str) and said != CONSIDERED_NONE else ""
