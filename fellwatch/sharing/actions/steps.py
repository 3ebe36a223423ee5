"""Steps that the actions on what was sent share."""

import uuid
from datetime import datetime

from django.db import connection
from procrastinate.contrib.django import app

from fellwatch.foundation import audit, once, plain
from fellwatch.foundation.access import Actor, Refused
from fellwatch.records.models import Person
from fellwatch.sharing import checks, life
from fellwatch.sharing.access import SAY_REACH
from fellwatch.sharing.checks import Invalid
from fellwatch.sharing.models import Referral
from fellwatch.sharing.queries import Missing

ANSWERED = "contact.carry_referral"
MATTER = "safeguarding.carry_answer"
"""The jobs by which the room that referred learns of an answer; named, as this package knows no room."""
TELL, TELL_BACK = "sharing.tell", "sharing.tell_back"


def turn(referral_id: uuid.UUID) -> Referral:
    """Wait for whoever changes the same referral, then return it; Missing for none and for another agency's."""
    once.only(referral_id)
    found = Referral.objects.filter(id=referral_id).first()
    if found is None:
        raise Missing("There is no such referral to your agency.")
    return found


def move(found: Referral, step: str, field: str, **values: object) -> str:
    """Move a referral on by a step of its life and return its new state; Invalid where it may not be taken now."""
    state = life.after(found.kind, found.state, step)
    if state is None:
        raise Invalid({field: _why_not(found)})
    moved = Referral.objects.filter(id=found.id, state=found.state).update(state=state, **values)
    if not moved:
        raise Invalid({field: "Somebody has moved this on. Look at it again; what you wrote is kept."})
    return state


def _why_not(found: Referral) -> str:
    if found.state == "sent":
        return "Open it first."
    if found.answered_at:
        return f"{found.answered_by_name} has answered this."
    return "This cannot be done now. Look at it again."


def require(field: str, words: str, said: str, shortest: int = 1) -> str:
    """Return what was said without blanks around it; Invalid where it is too short, too long or cannot be stored."""
    if wrong := plain.needed(said, words, checks.LONGEST, shortest):
        raise Invalid({field: wrong})
    return said.strip()


def logged(sentence: str, found: Referral, *, by: Actor, action: audit.Action = "alteration", **detail: object) -> None:
    """Put a change of a referral into the log, under its incident where it has one."""
    subject = ("incident", found.incident_id) if found.incident_id else ("referral", found.id)
    audit.record(
        by=by, action=action, sentence=f"sharing.{sentence}", subject=subject, people=[found.person_id], detail=detail
    )


def carry(found: Referral) -> None:
    """Have the receipt or answer carried to the room that referred, and to whoever sent it, after this commits."""
    app.configure_task(MATTER if found.about else ANSWERED).defer(referral=str(found.id))
    app.configure_task(TELL_BACK).defer(referral=str(found.id))


def tell(referral_id: uuid.UUID, kind: str, now: datetime) -> None:
    """Have the agency's people told that something waits, after this commits."""
    app.configure_task(TELL).defer(referral=str(referral_id), kind=kind)


def require_person(person_id: uuid.UUID, by: Actor) -> None:
    """Raise Missing for nobody the actor may see, Refused for whoever must never learn how they are reached."""
    if not Person.objects.filter(id=person_id).exists():
        raise Missing("There is no such person.")
    with connection.cursor() as cursor:
        cursor.execute("select sharing_unreached(%s::uuid)", [person_id])
        if cursor.fetchone()[0]:
            raise Refused(SAY_REACH, ("This record is not yours to write in.",), ("person", str(person_id)))
