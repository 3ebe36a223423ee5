"""What happens to an incident after it is graded: lines in its log, a unit sent, arrival, delay."""

import uuid
from collections.abc import Sequence
from datetime import datetime

from fellwatch.contact import checks, rulings
from fellwatch.contact.access import LOG
from fellwatch.contact.actions import steps
from fellwatch.contact.models import Handling
from fellwatch.contact.values import Invalid
from fellwatch.duties import actions as duties
from fellwatch.foundation import access, audit, ids, once
from fellwatch.foundation.access import Actor
from fellwatch.rules import vocabulary

LONGEST_UNIT = 40


def add_line(
    incident_id: uuid.UUID,
    text: str,
    *,
    by: Actor,
    now: datetime,
    kind: str = "note",
    id: uuid.UUID | None = None,
) -> None:
    """Add to the running log. Sent twice under one id, it stands once; other words under that id are refused."""
    access.check(by, LOG, subject=("incident", str(incident_id)))
    checks.require_words(text, "text", "Write what happened or what was said.")
    line_id, said = id or ids.new(), text.strip()
    with access.acting(by):
        steps.require(incident_id)
        once.only(line_id)
        if steps.sent_before(incident_id, line_id, said):
            return
        steps.line(incident_id, by=by, now=now, kind=kind, text=said, id=line_id)
        if not steps.sent_before(incident_id, line_id, said):
            raise Invalid({"text": steps.TAKEN})
        _logged(incident_id, "contact.line_added", by=by)
        steps.tell_boards(incident_id, "line")


def assign(incident_id: uuid.UUID, unit: str, *, by: Actor, now: datetime) -> None:
    """Send a unit. Sending the one already sent changes nothing."""
    access.check(by, LOG, subject=("incident", str(incident_id)))
    checks.require_words(unit, "unit", "Give the call sign of the unit you are sending.", LONGEST_UNIT)
    with access.acting(by):
        handling = steps.turn(incident_id)
        if handling.unit == unit.strip() and handling.state == "assigned":
            return
        _move(
            incident_id,
            ("graded", "assigned"),
            by=by,
            now=now,
            what="assigned",
            state="assigned",
            unit=unit.strip(),
            assigned_at=now,
        )
        steps.line(incident_id, by=by, now=now, kind="assigned", text=f"{unit.strip()} sent.")


def arrive(incident_id: uuid.UUID, *, by: Actor, now: datetime) -> None:
    """Note that somebody is there; the attendance duty is met, or met late. Noted twice, it stands once."""
    access.check(by, LOG, subject=("incident", str(incident_id)))
    with access.acting(by):
        if steps.turn(incident_id).state == "on_scene":
            return
        _move(
            incident_id,
            ("graded", "assigned"),
            by=by,
            now=now,
            what="on_scene",
            state="on_scene",
            arrived_at=now,
        )
        duties.meet("attendance", incident_id=incident_id, by=by, now=now)
        duties.meet("waiting_review", incident_id=incident_id, by=by, now=now)
        steps.line(incident_id, by=by, now=now, kind="on_scene", text="On scene.")


def record_delay(incident_id: uuid.UUID, reason: str, *, by: Actor, now: datetime) -> None:
    """Record why nobody has come, apart from the grade. The same reason said again changes nothing."""
    access.check(by, LOG, subject=("incident", str(incident_id)))
    if vocabulary.find(rulings.codes("delays", now), reason) is None:
        raise Invalid({"delay": "Choose what has gone wrong."})
    with access.acting(by):
        once.only(incident_id)
        if steps.require_open(incident_id, "delay").delay_reason == reason:
            return
        Handling.objects.filter(incident_id=incident_id).update(delay_reason=reason, updated_at=now)
        steps.line(
            incident_id,
            by=by,
            now=now,
            kind="delay",
            text=f"Delay: {rulings.label('delays', reason, now)}. The grade stays as it is.",
        )
        _logged(incident_id, "contact.delay_recorded", by=by)
        steps.tell_boards(incident_id, "delay")


def _move(
    incident_id: uuid.UUID, states: Sequence[str], *, by: Actor, now: datetime, what: str, **values: object
) -> None:
    moved = Handling.objects.filter(incident_id=incident_id, state__in=states).update(updated_at=now, **values)
    if not moved:
        raise Invalid({"state": "Somebody has already moved this on. Look at it again."})
    _logged(incident_id, f"contact.{what}", by=by)
    steps.tell_boards(incident_id, what)


def _logged(incident_id: uuid.UUID, sentence: str, *, by: Actor) -> None:
    audit.record(by=by, action="alteration", sentence=sentence, subject=("incident", incident_id))
