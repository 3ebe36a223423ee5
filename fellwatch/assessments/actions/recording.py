"""Add a version of an assessment."""

import uuid
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from fellwatch.assessments import crimes, standing
from fellwatch.assessments.access import WRITE
from fellwatch.assessments.instruments import Edition
from fellwatch.assessments.models import Assessment
from fellwatch.foundation import access, audit, ids, rows
from fellwatch.foundation.access import Actor
from fellwatch.records import children
from fellwatch.rules import instruments


def record(
    edition: Edition,
    answers: Mapping[str, Any],
    *,
    by: Actor,
    now: datetime,
    trigger: str,
    incident_id: uuid.UUID,
    person_id: uuid.UUID | None = None,
    id: uuid.UUID | None = None,
    is_first: bool = False,
    is_new: bool = False,
    heard_at: datetime | None = None,
) -> Assessment:
    """Store answers as the next version, and every crime they disclose. Nothing earlier is touched.

    `is_first` spares looking for earlier versions, `is_new` (the incident was made in this transaction) also for what
    else was told of it; `heard_at` is when the answers were given, where that was earlier
    than now: the clock of a crime runs from then.
    """
    access.check(by, WRITE)
    with access.acting(by):
        earlier = 0 if is_first or is_new else _earlier(edition.id, incident_id, person_id)
        stored = Assessment(
            id=id or ids.new(),
            incident_id=incident_id,
            person_id=person_id,
            number=earlier + 1,
            trigger=trigger,
            **_answered(edition, answers),
            at=now,
            by_id=by.id,
            by_name=by.name,
        )
        rows.add([stored])
        _log(stored, by=by)
        standing.keep(edition, stored, incident_id, by=by, now=now)
        if standing.is_form(edition.instrument):
            children.look_for(incident_id)
        heard_at = heard_at or now
        crimes.disclose(edition, stored, incident_id, answers, by=by, now=now, heard_at=heard_at, is_new=is_new)
    return stored


def _earlier(instrument: str, incident_id: uuid.UUID, person_id: uuid.UUID | None) -> int:
    same = Assessment.objects.filter(instrument=instrument, incident_id=incident_id)
    return (same.filter(person_id=person_id) if person_id else same.filter(person__isnull=True)).count()


def _answered(edition: Edition, answers: Mapping[str, Any]) -> dict[str, Any]:
    """Return the answers with what the instrument makes of them; a column it does not declare stays empty."""
    done = instruments.completeness(edition.instrument, answers)
    projected: Mapping[str, Any] = instruments.projections(edition.instrument, answers)
    return {
        "instrument": edition.id,
        "instrument_version": edition.number,
        "variant": edition.variant,
        "answers": dict(answers),
        "complete": done.complete,
        "missing": [one.question for one in done.missing],
        "score": projected.get("score"),
        "grade": projected.get("grade") or "",
        "flags": list(projected.get("flags") or ()),
    }


def _log(stored: Assessment, *, by: Actor) -> None:
    said = {"instrument": stored.instrument, "version": stored.instrument_version, "number": stored.number}
    audit.record(
        by=by,
        action="collection",
        sentence="assessments.recorded",
        subject=("incident", stored.incident_id),
        people=[stored.person_id] if stored.person_id else [],
        detail={**said, "complete": stored.complete},
    )
