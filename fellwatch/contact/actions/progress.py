"""What happens to an incident after it is graded: lines in its log, a unit sent, arrival, delay, closing."""

import uuid
from collections.abc import Sequence
from datetime import datetime

from fellwatch.assessments.expecting import actions as expecting
from fellwatch.assessments.models import Form
from fellwatch.contact import checks, rulings
from fellwatch.contact.access import CONFIRM_DOWNGRADE, LOG, SUPERVISE
from fellwatch.contact.actions import steps
from fellwatch.contact.models import DeskItem, Handling, LowerGrade
from fellwatch.contact.values import Invalid
from fellwatch.duties import actions as duties
from fellwatch.foundation import access, audit, ids, once
from fellwatch.foundation.access import Actor
from fellwatch.records import actions as records
from fellwatch.records.models import Incident
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
        handling = _turn(incident_id)
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
        if _turn(incident_id).state == "on_scene":
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


def close(
    incident_id: uuid.UUID,
    *,
    by: Actor,
    now: datetime,
    result: str,
    closing_codes: Sequence[str],
    closing_qualifiers: Sequence[str],
    elsewhere: bool = False,
) -> None:
    """Close an incident with its result and codes. A protected qualifier stays unless a supervisor removes it.

    An incident of a protected type that somebody was promised to attend, and nobody did, takes a supervisor: to
    close it is to lower its grade. One closed `elsewhere` was answered for by another control room.
    Closed twice in the same words, it is closed once; other words are refused, naming whoever was first.
    """
    access.check(by, LOG, subject=("incident", str(incident_id)))
    with access.acting(by):
        handling = _turn(incident_id)
        if handling.state == "closed" and _closed_so(incident_id, result, closing_codes):
            return
        problems = _closing_problems(incident_id, by, now, result, closing_codes, closing_qualifiers)
        if not elsewhere and (unattended := _unattended(handling, by, now)):
            problems.setdefault("result", unattended)
        if problems:
            raise Invalid(problems)
        closed = records.close_incident(
            incident_id,
            by=by,
            now=now,
            result=result,
            closing_codes=closing_codes,
            closing_qualifiers=closing_qualifiers,
        )
        if not closed:
            raise Invalid({"result": "Somebody closed this while you were writing. Look at it again."})
        Handling.objects.filter(incident_id=incident_id).update(state="closed", updated_at=now)
        DeskItem.objects.filter(incident_id=incident_id).exclude(state="done").update(state="done", settled_at=now)
        LowerGrade.objects.filter(incident_id=incident_id, state="waiting").update(state="overtaken", decided_at=now)
        if handling.arrived_at is None:
            duties.replace("attendance", incident_id=incident_id, by=by, now=now)
        for owed in ("waiting_review", "desk_advice", "lower_grade_decision", "decline_review"):
            duties.replace(owed, incident_id=incident_id, by=by, now=now)
        expecting.look(incident_id, by=by, now=now)
        steps.line(incident_id, by=by, now=now, kind="closed", text=result)
        steps.tell_boards(incident_id, "closed")


def _closed_so(incident_id: uuid.UUID, result: str, codes: Sequence[str]) -> bool:
    stands = Incident.objects.get(id=incident_id)
    return (stands.result, stands.closing_codes) == (result, list(codes))


def _closing_problems(
    incident_id: uuid.UUID,
    by: Actor,
    now: datetime,
    result: str,
    codes: Sequence[str],
    qualifiers: Sequence[str],
) -> dict[str, str]:
    problems: dict[str, str] = {}
    wrong = checks.words_problem(result) or ("" if result.strip() else "Write what was done and what was found.")
    if wrong:
        problems["result"] = wrong
    if len(qualifiers) > checks.MOST_CODES or any(
        vocabulary.find(rulings.codes("nsir_qualifiers", now), code) is None for code in qualifiers
    ):
        problems["closing_qualifiers"] = "Choose qualifiers from the list."
    if not 0 < len(codes) <= checks.MOST_CODES or any(
        vocabulary.find(rulings.codes("nsir_closing", now), code) is None for code in codes
    ):
        problems["closing_codes"] = "Choose what this turned out to be."
    opened = Incident.objects.values_list("opening_qualifiers", flat=True).get(id=incident_id)
    lost = [q for q in opened if q not in qualifiers and _is_protected(q, now)]
    if lost and SUPERVISE not in by.permissions:
        words = ", ".join(rulings.label("nsir_qualifiers", q, now) for q in lost)
        problems["closing_qualifiers"] = f"A supervisor must agree before these are removed: {words}."
    return problems


def _unattended(handling: Handling, by: Actor, now: datetime) -> str:
    """Say why somebody may not close what nobody has attended; "" where they may."""
    settled = handling.state == "closed" or handling.attend_by is None or handling.arrived_at
    if settled or CONFIRM_DOWNGRADE in by.permissions:
        return ""
    types = ", ".join(rulings.protected_labels(handling.protected, now=now)).lower()
    if not types or Form.objects.filter(incident_id=handling.incident_id, submitted_at__isnull=False).exists():
        return ""
    return f"Nobody has been there yet, and this is {types}. Ask a supervisor to close it."


def _is_protected(code: str, now: datetime) -> bool:
    found = vocabulary.find(rulings.codes("nsir_qualifiers", now), code)
    return found is not None and found.says("protected")


def _turn(incident_id: uuid.UUID) -> Handling:
    """Wait for whoever is moving the same incident on, then return how it stands."""
    once.only(incident_id)
    return steps.require(incident_id)


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
