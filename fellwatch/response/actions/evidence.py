"""Keep evidence findable: body-worn video by reference, or why there is none; exhibits with their continuity."""

import uuid
from datetime import datetime

from fellwatch.assessments.values import Invalid
from fellwatch.foundation import access
from fellwatch.foundation.access import Actor
from fellwatch.response import checks
from fellwatch.response.access import RESPOND
from fellwatch.response.actions import steps
from fellwatch.response.models import Clip, Exhibit, ExhibitMove
from fellwatch.response.values import Move, NewClip, NewExhibit


def add_clip(incident_id: uuid.UUID, clip: NewClip, *, by: Actor, now: datetime) -> None:
    """Store a recording's reference with its start and stop, or the reason why none was made."""
    access.check(by, RESPOND, subject=("incident", str(incident_id)))
    checks.stop(_wrong_clip(clip, now))
    with steps.turn(clip.id, by=by):
        steps.incident(incident_id)
        if steps.sent_before(Clip, clip.id, incident_id=incident_id, reference=clip.reference.strip()):
            return
        Clip.objects.create(
            id=clip.id,
            incident_id=incident_id,
            reference=clip.reference.strip(),
            device=clip.device.strip(),
            started_at=clip.started_at,
            stopped_at=clip.stopped_at,
            not_used_because=clip.not_used_because.strip(),
            at=now,
            by_id=by.id,
            by_name=by.name,
        )
        steps.logged(incident_id, "clip_added", by=by, used=bool(clip.reference.strip()))


def _wrong_clip(clip: NewClip, now: datetime) -> dict[str, str]:
    if clip.not_used_because.strip():
        if clip.reference.strip():
            return {"not_used_because": "Give the reference or the reason, not both."}
        return checks.short("not_used_because", clip.not_used_because)
    wrong = checks.words("reference", clip.reference, "Give the recording's reference, or say why there is none.", 120)
    wrong |= checks.moment("started_at", clip.started_at, now, "Say when it began.")
    wrong |= checks.short("device", clip.device, 60)
    if clip.stopped_at and clip.started_at and clip.stopped_at < clip.started_at:
        wrong["stopped_at"] = "It cannot stop before it began."
    return wrong


def add_exhibit(incident_id: uuid.UUID, exhibit: NewExhibit, *, by: Actor, now: datetime) -> None:
    """Store a thing seized under its reference; its continuity begins with whoever seized it."""
    access.check(by, RESPOND, subject=("incident", str(incident_id)))
    checks.stop(
        checks.words("reference", exhibit.reference, "Give your exhibit reference, such as RP/1.", 40),
        checks.words("description", exhibit.description, "Say what it is, so that nobody takes it for another."),
        checks.words("seized_where", exhibit.seized_where, "Say where you found it.", 200),
        checks.moment("seized_at", exhibit.seized_at, now, "Say when you seized it."),
        checks.short("seal", exhibit.seal, 60),
    )
    with steps.turn(exhibit.id, by=by):
        steps.incident(incident_id)
        reference = exhibit.reference.strip()
        if steps.sent_before(Exhibit, exhibit.id, incident_id=incident_id, reference=reference):
            return
        if Exhibit.objects.filter(incident_id=incident_id, reference=reference).exists():
            raise Invalid({"reference": f"{reference} stands already on this incident. Take your next number."})
        stored = Exhibit.objects.create(
            id=exhibit.id,
            incident_id=incident_id,
            reference=reference,
            description=exhibit.description.strip(),
            seized_at=exhibit.seized_at,
            seized_where=exhibit.seized_where.strip(),
            seal=exhibit.seal.strip(),
            at=now,
            by_id=by.id,
            by_name=by.name,
        )
        _move(stored, "where it was found", by.name, stored.seized_at, stored.seal, by=by, now=now, number=1)
        steps.logged(incident_id, "exhibit_added", by=by, reference=reference)


def move_exhibit(exhibit_id: uuid.UUID, move: Move, *, by: Actor, now: datetime) -> None:
    """Add a step to an exhibit's continuity: to whom, when, under which seal. It comes from whoever had it last."""
    access.check(by, RESPOND)
    checks.stop(
        checks.words("to_whom", move.to_whom, "Say who has it now, or in which store it lies.", 120),
        checks.moment("moved_at", move.moved_at, now, "Say when it changed hands."),
        checks.short("seal", move.seal, 60),
    )
    with steps.turn(exhibit_id, by=by):
        exhibit = steps.row(Exhibit, exhibit_id)
        if steps.sent_before(ExhibitMove, move.id, exhibit_id=exhibit_id, to_whom=move.to_whom.strip()):
            return
        last = ExhibitMove.objects.filter(exhibit_id=exhibit_id).order_by("-number")[0]
        if move.moved_at < last.moved_at:
            raise Invalid({"moved_at": f"{last.to_whom} had it later than that. Look at the steps before."})
        _move(
            exhibit,
            last.to_whom,
            move.to_whom.strip(),
            move.moved_at,
            move.seal.strip(),
            by=by,
            now=now,
            number=last.number + 1,
            id=move.id,
        )
        steps.logged(exhibit.incident_id, "exhibit_moved", by=by, reference=exhibit.reference)


def _move(
    exhibit: Exhibit,
    from_whom: str,
    to_whom: str,
    moved_at: datetime,
    seal: str,
    *,
    by: Actor,
    now: datetime,
    number: int,
    id: uuid.UUID | None = None,
) -> None:
    ExhibitMove.objects.create(
        **({"id": id} if id else {}),
        exhibit=exhibit,
        number=number,
        from_whom=from_whom,
        to_whom=to_whom,
        moved_at=moved_at,
        seal=seal,
        at=now,
        by_id=by.id,
        by_name=by.name,
    )
