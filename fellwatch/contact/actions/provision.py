"""What the protocol promises, by the hour: room in places of safety, and gaps logged and taken higher."""

import uuid
from datetime import datetime

from fellwatch.contact import checks, rulings
from fellwatch.contact.access import HELPLINE, NOTE_GAP, SUPERVISE
from fellwatch.contact.models import PlaceOfSafety, Shortfall
from fellwatch.contact.protocol import promise_broken
from fellwatch.contact.values import Invalid
from fellwatch.foundation import access, audit, ids
from fellwatch.foundation.access import Actor
from fellwatch.records.queries import Missing
from fellwatch.rules import vocabulary

MOST_BEDS = 99


def add_place(
    name: str, kind: str, beds: int | None, telephone: str, *, by: Actor, now: datetime, id: uuid.UUID | None = None
) -> None:
    """Put a place of safety on the board. One of that name stands once."""
    access.check(by, HELPLINE if HELPLINE in by.permissions else SUPERVISE)
    checks.require_words(name, "name", "Give its name.", checks.LONGEST_NAME)
    if vocabulary.find(rulings.codes("places_of_safety", now), kind) is None:
        raise Invalid({"kind": "Choose what kind of place it is."})
    if beds is None or not 0 <= beds <= MOST_BEDS:
        raise Invalid({"beds": f"Give the number of beds, from 0 to {MOST_BEDS}."})
    if problem := checks.words_problem(telephone, checks.LONGEST_NUMBER):
        raise Invalid({"telephone": problem})
    with access.acting(by):
        if PlaceOfSafety.objects.filter(name=name.strip()).exists():
            raise Invalid({"name": "A place of that name is on the board already."})
        PlaceOfSafety.objects.create(
            id=id or ids.new(), name=name.strip(), kind=kind, beds=beds, free=beds, telephone=telephone.strip(),
            changed_at=now, changed_by_name=by.name,
        )  # fmt: skip
        _logged("contact.place_of_safety_added", ("place_of_safety", name.strip()), by=by)


def set_room(place_id: uuid.UUID, free: int | None, closed_because: str, *, by: Actor, now: datetime) -> None:
    """Say how many beds are free at a place, or why it is closed. No bed free anywhere is logged as a gap."""
    access.check(by, HELPLINE if HELPLINE in by.permissions else SUPERVISE)
    field = f"free-{place_id}"
    if problem := checks.words_problem(closed_because, checks.LONGEST_LINE):
        raise Invalid({f"closed-{place_id}": problem})
    with access.acting(by):
        place = PlaceOfSafety.objects.filter(id=place_id).first()
        if place is None:
            raise Missing("There is no such place of safety.")
        if free is None or not 0 <= free <= place.beds:
            raise Invalid({field: f"Give a number from 0 to {place.beds}."})
        PlaceOfSafety.objects.filter(id=place_id).update(
            free=0 if closed_because.strip() else free,
            closed_because=closed_because.strip(),
            changed_at=now,
            changed_by_name=by.name,
        )
        _logged("contact.room_changed", ("place_of_safety", place.id), by=by)
        if not PlaceOfSafety.objects.filter(free__gt=0).exclude(kind="police_station").exists():
            _note("no_place", now, "No bed was free at any place of safety.", None, by=by, now=now)


def note_gap(
    kind: str, at: datetime, detail: str, *, by: Actor, now: datetime, incident_id: uuid.UUID | None = None
) -> None:
    """Log that something the protocol promises was not there in an hour. The same hour is logged once."""
    access.check(by, NOTE_GAP)
    if vocabulary.find(rulings.codes("protocol_gaps", now), kind) is None:
        raise Invalid({"gap": "Choose what was missing."})
    checks.require_words(detail, "detail", "Write who was asked, and what they said.", checks.LONGEST_LINE)
    if at > now + checks.SLACK:
        raise Invalid({"hour": "This hour is in the future."})
    with access.acting(by):
        _note(kind, at, detail.strip(), incident_id, by=by, now=now)


def _note(kind: str, at: datetime, detail: str, incident_id: uuid.UUID | None, *, by: Actor, now: datetime) -> None:
    hour = at.replace(minute=0, second=0, microsecond=0)
    same = Shortfall.objects.filter(kind=kind, hour_at=hour)
    if (same.filter(incident_id=incident_id) if incident_id else same.filter(incident=None)).exists():
        return
    Shortfall.objects.create(
        kind=kind, hour_at=hour, detail=detail, incident_id=incident_id, duty=promise_broken(kind, now),
        noted_at=now, noted_by_id=by.id, noted_by_name=by.name,
    )  # fmt: skip
    _logged("contact.gap_noted", ("gap", kind), by=by)


def escalate_gap(gap_id: uuid.UUID, to: str, answer: str, *, by: Actor, now: datetime) -> None:
    """Record to whom a gap was taken, and what they said."""
    access.check(by, NOTE_GAP)
    checks.require_words(to, f"to-{gap_id}", "Choose to whom it was taken.", checks.LONGEST_NAME)
    if problem := checks.words_problem(answer, checks.LONGEST_LINE):
        raise Invalid({f"answer-{gap_id}": problem})
    with access.acting(by):
        gap = Shortfall.objects.filter(id=gap_id).first()
        if gap is None:
            raise Missing("There is no such gap.")
        Shortfall.objects.filter(id=gap_id).update(
            escalated_at=now, escalated_to=to.strip(), escalated_by_name=by.name, answer=answer.strip()
        )
        _logged("contact.gap_escalated", ("gap", gap.id), by=by)


def _logged(sentence: str, subject: tuple[str, object], *, by: Actor) -> None:
    audit.record(by=by, action="alteration", sentence=sentence, subject=subject)
