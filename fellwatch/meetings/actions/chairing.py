"""Run a meeting: who is there, one case at a time, what was said, who promised what; and correct the minutes."""

import uuid
from datetime import datetime

from fellwatch.foundation import access, clock
from fellwatch.foundation.access import Actor
from fellwatch.meetings.access import ARRANGE, CHAIR
from fellwatch.meetings.actions import steps
from fellwatch.meetings.models import Action, Attendance, Item, Meeting, Minute
from fellwatch.meetings.values import Invalid, Promised, Said

NOT_RUNNING = "The meeting has not begun, or is over."


def _may_write(by: Actor) -> None:
    """Raise Refused unless they chair, or write for the chair."""
    access.check(by, ARRANGE if ARRANGE in by.permissions else CHAIR)


def begin(meeting_id: uuid.UUID, *, by: Actor, now: datetime) -> None:
    """Begin a meeting. Begun twice, it began once."""
    _may_write(by)
    with access.acting(by):
        found = steps.meeting(meeting_id)
        if found.state == "running":
            return
        if found.state not in {"planned", "sent"}:
            raise Invalid({"state": "This meeting is over."})
        Meeting.objects.filter(id=found.id).update(state="running", begun_at=now)
        steps.logged_meeting("begun", found, by=by)


def begin_item(item_id: uuid.UUID, *, by: Actor, now: datetime) -> None:
    """Begin with a case: its time runs from now. Begun twice, it began once."""
    _may_write(by)
    with access.acting(by):
        row = steps.item(item_id)
        if row.meeting.state != "running":
            raise Invalid({"facts": NOT_RUNNING})
        if Item.objects.filter(id=row.id, begun_at__isnull=True).update(begun_at=now):
            steps.logged("item_begun", row.matter, by=by)


def attended(meeting_id: uuid.UUID, agency: str, state: str, name: str, *, by: Actor, now: datetime) -> None:
    """Note whether an agency is there, and who for it."""
    _may_write(by)
    if state not in {"present", "absent", "apologies"}:
        raise Invalid({"state": "Say whether they are there."})
    with access.acting(by):
        found = steps.meeting(meeting_id)
        who = steps.storable(name, "name")
        row = Attendance.objects.filter(meeting=found, agency=agency).first()
        if row is None:
            raise Invalid({"state": "This agency is not invited."})
        Attendance.objects.filter(id=row.id).update(state=state, name=who or row.name, at=now)
        steps.logged_meeting("attended", found, by=by, agency=agency, state=state)


def write(item_id: uuid.UUID, said: Said, *, seen: int, by: Actor, now: datetime) -> int:
    """Write down what is said of a case while it is heard; return the version. Alike to the last one, none is added.

    Raises Invalid where somebody else wrote meanwhile: both texts are there to be joined.
    """
    _may_write(by)
    with access.acting(by):
        row = steps.item(item_id)
        if row.meeting.state != "running":
            raise Invalid({"facts": NOT_RUNNING})
        Item.objects.filter(id=row.id, begun_at__isnull=True).update(begun_at=now)
        return _version(row, said, "", seen, by=by, now=now)


def correct(item_id: uuid.UUID, said: Said, because: str, *, seen: int, by: Actor, now: datetime) -> int:
    """Correct the minutes of a case after the meeting, with why; every version is kept."""
    _may_write(by)
    why = steps.words(because, "because", "Say what was wrong, and who said so.", least=10)
    with access.acting(by):
        row = steps.item(item_id)
        if row.meeting.state != "held":
            raise Invalid({"because": "The meeting goes on: write in the chair's page."})
        return _version(row, said, why, seen, by=by, now=now)


def _version(row: Item, said: Said, because: str, seen: int, *, by: Actor, now: datetime) -> int:
    last = Minute.objects.filter(item=row).order_by("-version").first()
    number = last.version if last else 0
    texts = {field: steps.storable(getattr(said, field), field) for field in ("facts", "analysis", "decision")}
    if last and all(getattr(last, field) == text for field, text in texts.items()):
        return number
    if not last and not any(texts.values()):
        return 0
    if number != seen:
        raise Invalid(
            {"facts": f"{last.by_name if last else 'Somebody'} wrote meanwhile. Yours is kept below: join them."}
        )
    Minute.objects.create(item=row, version=number + 1, **texts, because=because, at=now, by_id=by.id, by_name=by.name)
    steps.logged("minuted", row.matter, by=by, version=number + 1)
    return number + 1


def promise(item_id: uuid.UUID, new: Promised, *, by: Actor, now: datetime) -> uuid.UUID:
    """Write down an action as it is spoken: what, which agency, by when. Sent twice, it stands once."""
    _may_write(by)
    what = steps.words(new.words, "words", "Say what will be done.", least=5)
    with access.acting(by):
        row = steps.item(item_id)
        if Action.objects.filter(id=new.id).exists():
            return new.id
        if new.agency not in row.meeting.agencies:
            raise Invalid({"agency": "Choose an agency that is invited: nobody else can take it."})
        if new.due_date < clock.london_date(now):
            raise Invalid({"due_date": "Give a day that lies ahead."})
        Action.objects.create(
            id=new.id, matter=row.matter, item=row, agency=new.agency, owner=steps.storable(new.owner, "owner"),
            words=what, due_date=new.due_date, set_at=now, set_by_name=by.name,
        )  # fmt: skip
        steps.logged("promised", row.matter, by=by, agency=new.agency)
    return new.id


def finish_item(item_id: uuid.UUID, *, by: Actor, now: datetime) -> uuid.UUID:
    """Finish with a case and return its matter. A case without a decision or an action is not finished."""
    _may_write(by)
    with access.acting(by):
        row = steps.item(item_id)
        if row.state == "heard":
            return row.matter_id
        if row.meeting.state != "running":
            raise Invalid({"facts": NOT_RUNNING})
        decided = Minute.objects.filter(item=row).exclude(decision="").exists()
        if not decided and not Action.objects.filter(item=row).exists():
            raise Invalid({"decision": "Write what was decided, or an action, before the next case."})
        Item.objects.filter(id=row.id).update(state="heard", ended_at=now, begun_at=row.begun_at or now)
        steps.logged("heard", row.matter, by=by, meeting=str(row.meeting_id))
        return row.matter_id


def finish(meeting_id: uuid.UUID, *, by: Actor, now: datetime) -> None:
    """Close a meeting. Cases that were not heard must be put on another one first."""
    _may_write(by)
    with access.acting(by):
        found = steps.meeting(meeting_id)
        if found.state != "running":
            raise Invalid({"state": NOT_RUNNING})
        left = Item.objects.filter(meeting=found, state="listed").count()
        if left:
            raise Invalid({"state": f"{left} not heard yet. Hear each, or put it back for the next meeting."})
        Meeting.objects.filter(id=found.id).update(state="held", ended_at=now, sequence=found.sequence + 1)
        steps.logged_meeting("held", found, by=by)
