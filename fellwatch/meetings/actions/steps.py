"""Steps that the actions on meetings share: finding, waiting one's turn, checking words, the log, telling agencies."""

import uuid

from procrastinate.contrib.django import app

from fellwatch.foundation import audit, once, plain
from fellwatch.foundation.access import Actor
from fellwatch.meetings.models import Item, Matter, Meeting
from fellwatch.meetings.values import Invalid
from fellwatch.records.queries import Missing

SHORTEST, LONGEST = 3, 10_000
TELL = "meetings.tell"
CALLED, MOVED, CALLED_OFF = "meeting", "meeting_moved", "meeting_off"
"""What agencies are told of a meeting, as the messages are called."""
GONE = "There is no such case, or it is not yours to see."


def words(text: str, field: str, ask: str, *, least: int = SHORTEST) -> str:
    """Return words as they are kept, or raise Invalid beside the field with what to write."""
    found = text.strip()
    if len(found) < least:
        raise Invalid({field: ask})
    return storable(found, field)


def storable(text: str, field: str) -> str:
    """Return words that may be empty, or raise Invalid where they cannot be stored."""
    if wrong := plain.problem(text, LONGEST):
        raise Invalid({field: wrong})
    return text.strip()


def matter(matter_id: uuid.UUID) -> Matter:
    """Wait for whoever changes the same matter, then return it; Missing for none and for one that is kept apart."""
    once.only(matter_id)
    found = Matter.objects.filter(id=matter_id).first()
    if found is None:
        raise Missing(GONE)
    return found


def meeting(meeting_id: uuid.UUID) -> Meeting:
    """Wait for whoever changes the same meeting, then return it."""
    once.only(meeting_id)
    found = Meeting.objects.filter(id=meeting_id).first()
    if found is None:
        raise Missing("There is no such meeting, or you are not invited to it.")
    return found


def item(item_id: uuid.UUID) -> Item:
    """Wait for whoever writes of the same case in a meeting, then return it."""
    once.only(item_id)
    found = Item.objects.filter(id=item_id).select_related("meeting", "matter").first()
    if found is None:
        raise Missing(GONE)
    return found


def logged(sentence: str, about: Matter, *, by: Actor, action: audit.Action = "alteration", **detail: object) -> None:
    """Put a change of a matter into the log, naming everybody it shows."""
    audit.record(
        by=by,
        action=action,
        sentence=f"meetings.{sentence}",
        subject=("matter", about.id),
        people=about.people,
        detail=detail,
    )


def logged_meeting(
    sentence: str, about: Meeting, *, by: Actor, action: audit.Action = "alteration", **detail: object
) -> None:
    """Put a change of a meeting itself into the log."""
    audit.record(
        by=by,
        action=action,
        sentence=f"meetings.{sentence}",
        subject=("meeting", about.id),
        detail={"kind": about.kind, **detail},
    )


def tell(about: Meeting, kind: str) -> None:
    """Have the people of every agency asked to a meeting told of this change of it, after this commits."""
    app.configure_task(TELL).defer(meeting=str(about.id), kind=kind, change=about.sequence)
