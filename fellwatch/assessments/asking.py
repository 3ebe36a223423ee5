"""What the rules ask about an incident, from its record: the forms it asks for, and about whom."""

import uuid
from collections.abc import Sequence

from fellwatch.foundation import clock, policy
from fellwatch.records.actions import Part
from fellwatch.records.models import Incident, IncidentPerson
from fellwatch.rules import forms, vocabulary
from fellwatch.rules.forms import Asked, Forms
from fellwatch.rules.vocabulary import Vocabulary

AT_THE_DOOR = "forms_at_the_door"
Parts = Sequence[tuple[uuid.UUID, str, Sequence[str]]]
"""Everybody's part in an incident: who, in which role, with which vulnerabilities."""


def parts_of(incident: Incident) -> Parts:
    """Return everybody's part in an incident, by role."""
    parts = IncidentPerson.objects.filter(incident_id=incident.id).order_by("role", "person_id")
    return list(parts.values_list("person_id", "role", "vulnerabilities"))


def parts_given(parts: Sequence[Part]) -> Parts:
    """Return the parts with which an incident was stored, as `parts_of` would read them back: each once, by role."""
    first = {(part.role, part.person_id): part.vulnerabilities for part in reversed(parts)}
    return [(person, role, list(first[role, person])) for role, person in sorted(first)]


def known(incident: Incident, parts: Parts | None = None) -> dict[str, object]:
    """Return the facts that an incident's codes, qualifiers and people give."""
    day = clock.london_date(incident.received_at)
    parts = parts_of(incident) if parts is None else parts
    seen = sorted({code for *_, codes in parts for code in codes})
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
        "person_roles": sorted({role for _, role, _ in parts}),
        "vulnerabilities": seen,
    }


def forms_asked(incident: Incident, rule: str = AT_THE_DOOR, parts: Parts | None = None) -> tuple[Asked, ...]:
    """Return the forms that a rule asks for at an incident, and about whom."""
    found = policy.parsed(rule, clock.london_date(incident.received_at), Forms)
    parts = parts_of(incident) if parts is None else parts
    return forms.asked(found, known(incident, parts), tuple((str(person), role) for person, role, _ in parts))
