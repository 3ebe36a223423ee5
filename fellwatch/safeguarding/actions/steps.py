"""Steps that the actions on a case share: finding it, moving it on, its story, the log."""

import uuid
from collections.abc import Mapping
from datetime import datetime

from fellwatch.duties import actions as duties
from fellwatch.duties.models import Duty
from fellwatch.foundation import audit, clock, once
from fellwatch.foundation.access import Actor
from fellwatch.orders.actions.steps import require_past, require_words
from fellwatch.records import earlier
from fellwatch.records.queries import Missing
from fellwatch.safeguarding import life
from fellwatch.safeguarding.models import Case, CaseEvent
from fellwatch.safeguarding.values import Invalid

__all__ = [
    "add",
    "logged",
    "move",
    "owe",
    "reference",
    "require_past",
    "require_people",
    "require_words",
    "settle_all",
    "tell",
    "turn",
]

MOVED = "Somebody has moved this on while you were writing. Look at it again; what you wrote is kept below."


def turn(case_id: uuid.UUID) -> Case:
    """Wait for whoever changes the same case, then return it as it stands; Missing for none and for hidden."""
    once.only(case_id)
    found = Case.objects.filter(id=case_id).select_related("subject", "at_risk").first()
    if found is None:
        raise Missing("There is no such case, or the record is restricted.")
    return found


def move(case: Case, step: str, field: str, **values: object) -> None:
    """Move a case on by a step of its life; Invalid where it may not be taken now."""
    state = life.after(case.scheme, case.state, step)
    if state is None:
        raise Invalid({field: MOVED})
    moved = Case.objects.filter(id=case.id, state=case.state, version=case.version).update(
        state=state, version=case.version + 1, **values
    )
    if not moved:
        raise Invalid({field: MOVED})


def add(values: Mapping[str, object], *, words: str, kind: str, at: datetime, by: Actor, now: datetime) -> Case:
    """Store a new case with the first line of its story."""
    case = Case.objects.create(opened_at=now, opened_by=by.id, opened_by_name=by.name, **values)
    tell(case, kind, words, at=at, by=by, now=now)
    logged(case, "opened", by=by, action="collection")
    return case


def require_people(subject_id: uuid.UUID, at_risk_id: uuid.UUID) -> tuple[uuid.UUID, uuid.UUID]:
    """Return both as they are known now; raise unless they are there, visible and two."""
    subject, at_risk = earlier.everybody([subject_id, at_risk_id])
    if subject == at_risk:
        raise Invalid({"at_risk": "Choose somebody else: nobody is protected from themselves by this power."})
    return subject, at_risk


def reference(scheme: str, id: uuid.UUID, at: datetime) -> str:
    """Return what a case is called in letters and on the telephone."""
    return f"{scheme.upper()}-A-{clock.london(at):%y%m%d}-{id.hex[-6:].upper()}"


def tell(
    case: Case,
    kind: str,
    words: str,
    *,
    at: datetime,
    by: Actor,
    now: datetime,
    detail: Mapping[str, object] | None = None,
) -> None:
    """Add a line to the story."""
    CaseEvent.objects.create(
        case_id=case.id, kind=kind, at=at, noted_at=now, words=words, detail=dict(detail or {}), by_id=by.id,
        by_name=by.name,
    )  # fmt: skip


def owe(case: Case, fact: str, at: datetime, *, by: Actor, now: datetime) -> None:
    """Start what runs from a fact about a case. It hangs on no incident, which might be hidden from the team."""
    duties.note(duties.Fact(fact, at), by=by, now=now, person_id=case.at_risk_id, about=case.id)


def settle_all(case: Case, *, by: Actor, now: datetime, reason: str) -> None:
    """End everything that still runs about a case, because the case is over."""
    for rule in set(Duty.objects.filter(about=case.id, state__in=["open", "late"]).values_list("rule", flat=True)):
        duties.replace(rule, about=case.id, by=by, now=now, reason=reason)


def logged(case: Case, sentence: str, *, by: Actor, action: audit.Action = "alteration", **detail: object) -> None:
    """Put one change into the log."""
    audit.record(
        by=by,
        action=action,
        sentence=f"safeguarding.{sentence}",
        subject=("case", case.id),
        people=[case.subject_id, case.at_risk_id],
        detail={"scheme": case.scheme, **detail},
    )
