"""Open what is missing and settle what has appeared. Steps of the actions that write incidents, people and forms."""

import uuid
from datetime import datetime

from fellwatch.assessments.asking import Parts
from fellwatch.assessments.expecting import gaps
from fellwatch.assessments.expecting.gaps import Piece
from fellwatch.duties import actions as duties
from fellwatch.duties.access import NOTE
from fellwatch.duties.models import Duty
from fellwatch.foundation import access, once
from fellwatch.foundation.access import Actor
from fellwatch.records.models import Incident

LOCK = uuid.UUID("5b0c6c2e-7d1f-5a43-9b7e-666565640006")
RUNNING = ("open", "late")
NOT_ASKED = "The incident no longer asks for it."


def begin(incident: Incident, parts: Parts, *, by: Actor, now: datetime) -> None:
    """Open what an incident made in this transaction calls for: nobody else sees it, and nothing is owed of it yet."""
    access.check(by, NOTE, subject=("incident", str(incident.id)))
    with access.acting(by):
        for piece in gaps.at_first(incident, parts):
            _owe(incident, piece, by=by, now=now, is_new=True)


def look(incident_id: uuid.UUID, *, by: Actor, now: datetime) -> None:
    """Look at what an incident calls for: each gap is owed by its owner from when it was reported, once.

    What has appeared is met, what is no longer asked for ends. Looked at twice, nothing is opened twice.
    """
    access.check(by, NOTE, subject=("incident", str(incident_id)))
    with access.acting(by):
        once.only(uuid.uuid5(LOCK, str(incident_id)))
        incident = Incident.objects.filter(id=incident_id).first()
        if incident is None:
            return
        owed = _owed(incident_id)
        called_for = list(gaps.pieces(incident))
        for piece in called_for:
            _settle(incident, piece, owed.get(piece.about), by=by, now=now)
        for about in set(owed) - {piece.about for piece in called_for}:
            if owed[about].state in RUNNING:
                duties.replace(owed[about].rule, incident_id=incident_id, about=about, by=by, now=now, reason=NOT_ASKED)


def sought(incident_id: uuid.UUID, person_id: uuid.UUID, *, by: Actor, now: datetime) -> None:
    """Say that an arrest was made or tried: the gap is closed for this suspect."""
    access.check(by, NOTE, subject=("incident", str(incident_id)))
    about = gaps.key(incident_id, gaps.ARREST, person_id)
    duties.meet(gaps.ARREST, incident_id=incident_id, about=about, by=by, now=now)


def _owed(incident_id: uuid.UUID) -> dict[uuid.UUID, Duty]:
    """Return the newest duty about each piece of an incident's work."""
    rows = Duty.objects.filter(incident_id=incident_id, rule__in=gaps.HERE).order_by("started_at")
    return {duty.about: duty for duty in rows if duty.about}


def _settle(incident: Incident, piece: Piece, before: Duty | None, *, by: Actor, now: datetime) -> None:
    running = before is not None and before.state in RUNNING
    if piece.is_there:
        if running:
            duties.meet(piece.rule, incident_id=incident.id, about=piece.about, by=by, now=now)
    elif before is None or before.state == "replaced":
        _owe(incident, piece, by=by, now=now, again=before is not None)


def _owe(
    incident: Incident, piece: Piece, *, by: Actor, now: datetime, again: bool = False, is_new: bool = False
) -> None:
    at = now if again or piece.facts else incident.received_at
    known = {**piece.facts, "instrument": piece.instrument, "because": piece.because}
    fact = duties.Fact(gaps.FACTS[piece.rule], at, known)
    about, whose = piece.about, piece.person_id
    duties.note(fact, by=by, now=now, incident_id=incident.id, person_id=whose, about=about, is_new=is_new)
