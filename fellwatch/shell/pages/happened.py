"""An earlier incident in words, with its grades and what moved each."""

from collections.abc import Sequence
from datetime import datetime

from django.urls import reverse

from fellwatch.contact import rulings
from fellwatch.contact.story import GradeStep
from fellwatch.records.values import PastIncident


def incident(
    past: PastIncident, number: int, grades: Sequence[GradeStep], opens: bool, now: datetime
) -> dict[str, object]:
    """Return one row of a table of incidents; its reference is a link for a reader who may open it."""
    return {
        "number": number,
        "at": past.received_at,
        "reference": past.reference,
        "href": reverse("contact:incident", args=[past.id]) if opens else "",
        "text": rulings.label("nsir_opening", past.opening_code, now),
        "qualifiers": ", ".join(rulings.label("nsir_qualifiers", q, now) for q in past.qualifiers),
        "steps": [_step(step, now) for step in grades],
    }


def _step(step: GradeStep, now: datetime) -> dict[str, object]:
    first = step.trigger == "first_contact"
    return {
        "grade": step.grade,
        "text": rulings.label("grades", step.grade, now),
        "at": step.at,
        "moved_by": "first contact" if first else rulings.label("regrade_triggers", step.trigger, now),
        "because": " ".join(step.because),
    }
