"""Steps that the actions on a contact share: finding it, moving it on, its story, its clocks, the log."""

import uuid
from collections.abc import Mapping
from datetime import datetime

from fellwatch.duties import actions as duties
from fellwatch.duties import queries as duty_queries
from fellwatch.foundation import audit, once, plain
from fellwatch.foundation.access import Actor
from fellwatch.records.queries import Missing
from fellwatch.safeguarding.mash import life
from fellwatch.safeguarding.mash.models import HubContact, HubEvent
from fellwatch.safeguarding.values import Invalid
from fellwatch.sharing.checks import LONGEST

MOVED = "Somebody has moved this on while you were writing. Look at it again; what you wrote is kept below."


def turn(contact_id: uuid.UUID) -> HubContact:
    """Wait for whoever changes the same contact, then return it as it stands; Missing for none and for hidden."""
    once.only(contact_id)
    found = HubContact.objects.filter(id=contact_id).first()
    if found is None:
        raise Missing("There is no such contact, or the record is restricted.")
    return found


def move(contact: HubContact, step: str, field: str, **values: object) -> None:
    """Move a contact on by a step of its life; Invalid where it may not be taken now."""
    state = life.after(contact.state, step)
    if state is None:
        raise Invalid({field: "This contact is decided. Reopen it first."})
    same = HubContact.objects.filter(id=contact.id, state=contact.state, version=contact.version)
    if not same.update(state=state, version=contact.version + 1, **values):
        raise Invalid({field: MOVED})


def open_still(contact: HubContact, field: str = "main") -> None:
    """Raise unless the hub has still to decide."""
    if contact.state not in life.OPEN:
        raise Invalid({field: "This contact is decided. Reopen it first."})


def require(field: str, text: str, words: str, shortest: int = 20) -> str:
    """Return what was said without blanks around it; Invalid where it is too short, too long or cannot be stored."""
    if wrong := plain.needed(text, words, LONGEST, shortest):
        raise Invalid({field: wrong})
    return text.strip()


def tell(
    contact: HubContact,
    kind: str,
    words: str,
    *,
    by: Actor,
    now: datetime,
    referral_id: uuid.UUID | None = None,
    detail: Mapping[str, object] | None = None,
) -> None:
    """Add a line to the story."""
    HubEvent.objects.create(
        contact_id=contact.id, kind=kind, at=now, words=words, referral_id=referral_id, detail=dict(detail or {}),
        by_id=by.id, by_name=by.name,
    )  # fmt: skip


def owe(
    contact: HubContact, *, fact: str, at: datetime, about: uuid.UUID, by: Actor, now: datetime, **known: str
) -> None:
    """Start what runs from a fact. It hangs on no incident, which might be hidden from the hub."""
    duties.note(duties.Fact(fact, at, known), by=by, now=now, person_id=contact.person_id, about=about)


def replace_all(about: uuid.UUID, reason: str, *, by: Actor, now: datetime) -> None:
    """End everything that still runs about one thing, because it is owed no longer."""
    for one in duty_queries.about([about], by=by, running=True):
        duties.replace(one.rule, about=about, by=by, now=now, reason=reason)


def logged(
    contact: HubContact, sentence: str, *, by: Actor, action: audit.Action = "alteration", **detail: object
) -> None:
    """Put one change into the log."""
    audit.record(
        by=by, action=action, sentence=f"safeguarding.{sentence}", subject=("contact", contact.id),
        people=[contact.person_id], detail=detail,
    )  # fmt: skip
