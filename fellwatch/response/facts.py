"""What the rules ask about an incident, from its record: the forms it asks for, whose rights are enhanced."""

import uuid
from collections.abc import Sequence
from datetime import datetime

from fellwatch.assessments.asking import forms_asked, known
from fellwatch.foundation import clock, policy
from fellwatch.records.models import Incident
from fellwatch.rules import vocabulary
from fellwatch.rules.forms import Asked
from fellwatch.rules.vocabulary import Vocabulary

__all__ = ["codes_are_domestic", "day", "forms_asked", "is_domestic", "is_enhanced", "known", "person_ids"]


def is_domestic(incident: Incident) -> bool:
    """Whether anything said of the incident makes it domestic abuse: every victim then has enhanced rights."""
    return known(incident).get("domestic") == "yes"


def codes_are_domestic(opening: str, qualifiers: Sequence[str], at: datetime) -> bool:
    """Whether these codes alone say that an incident of a day is domestic."""
    day = clock.london_date(at)
    said = (("nsir_opening", [opening]), ("nsir_qualifiers", list(qualifiers)))
    return any("domestic" in vocabulary.implied(policy.parsed(name, day, Vocabulary), codes) for name, codes in said)


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
