"""What the rules ask about an incident, from its record: the forms it asks for, whose rights are enhanced."""

import uuid
from datetime import datetime

from fellwatch.foundation import clock, policy
from fellwatch.records.models import Incident, IncidentPerson
from fellwatch.rules import forms, vocabulary
from fellwatch.rules.forms import Asked, Forms
from fellwatch.rules.vocabulary import Vocabulary


def known(incident: Incident) -> dict[str, object]:
    """Return the facts that an incident's codes, qualifiers and people give."""
    day = clock.london_date(incident.received_at)
    parts = list(IncidentPerson.objects.filter(incident_id=incident.id).values_list("role", "vulnerabilities"))
    seen = sorted({code for _, codes in parts for code in codes})
    said = {
        "nsir_opening": [incident.opening_code],
        "nsir_qualifiers": [*incident.opening_qualifiers, *incident.closing_qualifiers],
        "vulnerabilities": seen,
    }
    implied = {
        fact for name, codes in said.items() for fact in vocabulary.implied(policy.parsed(name, day, Vocabulary), codes)
    }
    return {
        **dict.fromkeys(implied, "yes"),
        "opening_code": incident.opening_code,
        "qualifiers": list(incident.opening_qualifiers),
        "person_roles": sorted({role for role, _ in parts}),
        "vulnerabilities": seen,
    }


def forms_asked(incident: Incident) -> tuple[Asked, ...]:
    """Return the forms that an incident asks for, about whom."""
    rule = policy.parsed("forms_at_the_door", clock.london_date(incident.received_at), Forms)
    parts = IncidentPerson.objects.filter(incident_id=incident.id).order_by("role", "person_id")
    people = tuple((str(person), role) for person, role in parts.values_list("person_id", "role"))
    return forms.asked(rule, known(incident), people)


def is_domestic(incident: Incident) -> bool:
    """Whether anything said of the incident makes it domestic abuse: every victim then has enhanced rights."""
    return known(incident).get("domestic") == "yes"


def is_enhanced(incident: Incident) -> bool:
    """Whether victims have enhanced rights: of domestic abuse, hate, sexual offences, stalking, exploitation."""
    said = known(incident)
    kinds = ("domestic", "hate", "sexual_offence", "stalking", "honour_based", "exploitation", "child_victim")
    return any(said.get(kind) == "yes" for kind in kinds)


def day(at: datetime) -> str:
    """Return a day as people say it."""
    return f"{clock.london(at):%-d %b %Y}"


def person_ids(asked: tuple[Asked, ...]) -> set[uuid.UUID]:
    """Return everybody whom the forms asked for are about."""
    return {uuid.UUID(one.person) for one in asked}
