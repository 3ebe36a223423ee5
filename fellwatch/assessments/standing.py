"""Let the row of a form say what its newest version comes to, whoever recorded it and from where. A step."""

import uuid
from datetime import datetime
from typing import Any

from fellwatch.assessments.instruments import Edition
from fellwatch.assessments.models import Assessment, Form
from fellwatch.foundation.access import Actor
from fellwatch.records.queries import Missing
from fellwatch.rules.instruments import Instrument


def is_form(instrument: Instrument) -> bool:
    """Whether copies of it are handed in and reviewed: those about a person are."""
    return instrument.about != "incident"


def keep(edition: Edition, stored: Assessment, incident_id: uuid.UUID, *, by: Actor, now: datetime) -> None:
    """Open the form with its first version; with each later one, a form handed in is open again."""
    if not is_form(edition.instrument):
        return
    stands = {
        "number": stored.number,
        "grade": stored.grade,
        "score": stored.score,
        "flags": stored.flags,
        "complete": stored.complete,
        "changed_at": now,
    }
    which: dict[str, Any] = {"instrument": edition.id, "incident_id": incident_id, "person_id": stored.person_id}
    form, opened = Form.objects.get_or_create(
        **which,
        defaults={
            "instrument_version": edition.number,
            "opened_at": now,
            "opened_by_id": by.id,
            "opened_by_name": by.name,
            **stands,
        },
    )
    if not opened:
        state = "returned" if form.state == "returned" else "open"
        Form.objects.filter(id=form.id).update(**stands, state=state)


def require(form_id: uuid.UUID) -> Form:
    """Return a form, or raise Missing: the same for none and for one that is hidden."""
    form = Form.objects.filter(id=form_id).select_related("incident").first()
    if form is None:
        raise Missing("There is no such form, or the record is restricted.")
    return form
