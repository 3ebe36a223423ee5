"""Every read of assessments."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from fellwatch.assessments.access import READ
from fellwatch.assessments.models import Assessment
from fellwatch.foundation import access
from fellwatch.foundation.access import Actor


@dataclass(frozen=True)
class AssessmentView:
    """One version as shown."""

    instrument: str
    instrument_version: int
    number: int
    trigger: str
    answers: Mapping[str, Any]
    complete: bool
    missing: tuple[str, ...]
    at: datetime
    by_name: str


@access.reads
def versions(instrument: str, incident_id: uuid.UUID, *, by: Actor) -> tuple[AssessmentView, ...]:
    """Return every version for an incident, newest first. The caller logs the read of the incident."""
    access.check(by, READ)
    rows = Assessment.objects.filter(instrument=instrument, incident_id=incident_id).order_by("-number")
    return tuple(
        AssessmentView(
            row.instrument,
            row.instrument_version,
            row.number,
            row.trigger,
            row.answers,
            row.complete,
            tuple(row.missing),
            row.at,
            row.by_name,
        )
        for row in rows
    )
