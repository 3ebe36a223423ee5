"""The grades of several incidents through time, for the pages of a person and a place."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from fellwatch.contact.access import READ
from fellwatch.contact.models import Grading
from fellwatch.foundation import access
from fellwatch.foundation.access import Actor


@dataclass(frozen=True)
class GradeStep:
    """One decision on a grade and what moved it."""

    at: datetime
    grade: str
    trigger: str
    because: tuple[str, ...]


@access.reads
def grades_of(incidents: Sequence[uuid.UUID], *, by: Actor) -> Mapping[uuid.UUID, tuple[GradeStep, ...]]:
    """Return each incident's grades, first to last. The caller logs whose incidents they are."""
    access.check(by, READ)
    found: dict[uuid.UUID, tuple[GradeStep, ...]] = {}
    for row in Grading.objects.filter(incident_id__in=incidents).order_by("number"):
        step = GradeStep(row.at, row.grade, row.trigger, tuple(row.because))
        found[row.incident_id] = (*found.get(row.incident_id, ()), step)
    return found
