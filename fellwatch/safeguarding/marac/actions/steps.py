"""Steps that the actions on a referral share: finding it, moving it on, its story, the log."""

import uuid
from datetime import datetime

from fellwatch.foundation import audit, once
from fellwatch.foundation.access import Actor
from fellwatch.meetings.actions.steps import words
from fellwatch.records.queries import Missing
from fellwatch.safeguarding.marac import life
from fellwatch.safeguarding.marac.models import MaracEvent, MaracReferral
from fellwatch.safeguarding.marac.values import Invalid

__all__ = ["logged", "move", "tell", "turn", "words"]

MOVED = "Somebody has moved this on while you were writing. Look at it again; what you wrote is kept below."


def turn(referral_id: uuid.UUID) -> MaracReferral:
    """Wait for whoever changes the same referral, then return it; Missing for none and for one kept apart."""
    once.only(referral_id)
    found = MaracReferral.objects.filter(id=referral_id).select_related("matter").first()
    if found is None:
        raise Missing("There is no such referral, or it is not yours to see.")
    return found


def move(referral: MaracReferral, state: str | None, field: str, **values: object) -> None:
    """Move a referral on; Invalid beside the field where it may not be now, or somebody was first."""
    moved = state and MaracReferral.objects.filter(
        id=referral.id, state=referral.state, version=referral.version
    ).update(state=state, version=referral.version + 1, **values)
    if not moved:
        raise Invalid({field: MOVED})
    referral.refresh_from_db()


def step(referral: MaracReferral, name: str) -> str | None:
    """Return the state that a step of its life leads to."""
    return life.after(referral.state, name)


def tell(referral: MaracReferral, kind: str, said: str, *, by: Actor, at: datetime) -> None:
    """Add a line to the story."""
    MaracEvent.objects.create(referral=referral, at=at, kind=kind, words=said, by_id=by.id, by_name=by.name)


def logged(
    sentence: str, referral: MaracReferral, *, by: Actor, action: audit.Action = "alteration", **detail: object
) -> None:
    """Put a change into the log, naming everybody the referral shows."""
    audit.record(
        by=by,
        action=action,
        sentence=f"marac.{sentence}",
        subject=("matter", referral.matter_id),
        people=referral.matter.people,
        detail=detail,
    )
