"""Call a meeting, move it, put matters on its agenda, ask agencies what they know, chase them, send the agenda."""

import uuid
from collections.abc import Sequence
from datetime import date, datetime

from fellwatch.foundation import access, once
from fellwatch.foundation.access import Actor
from fellwatch.meetings.access import ARRANGE, BRING, CHAIR
from fellwatch.meetings.actions import steps
from fellwatch.meetings.models import Attendance, Item, Matter, Meeting, Research
from fellwatch.meetings.values import Called, Invalid

CLOSED = "This meeting is over. Put the case on the next one."


def _may_run(by: Actor) -> None:
    """Raise Refused unless they arrange meetings, or chair this one."""
    access.check(by, ARRANGE if ARRANGE in by.permissions else CHAIR)


def call(new: Called, *, by: Actor, now: datetime) -> uuid.UUID:
    """Call a meeting and invite its agencies; called twice under one id, once."""
    access.check(by, ARRANGE)
    problems = _when_and_where(new.starts_at, new.ends_at, new.place, now)
    if not new.agencies:
        problems["agencies"] = "Invite at least one agency."
    if len(new.chair.strip()) < steps.SHORTEST:
        problems["chair"] = "Say who chairs it."
    if problems:
        raise Invalid(problems)
    with access.acting(by):
        once.only(new.id)
        if Meeting.objects.filter(id=new.id).exists():
            return new.id
        made = Meeting.objects.create(
            id=new.id, kind=new.kind, title=new.title, starts_at=new.starts_at, ends_at=new.ends_at,
            place=steps.storable(new.place, "place"), chair=steps.storable(new.chair, "chair"),
            agencies=sorted(new.agencies), agenda_due_date=new.agenda_due,
        )  # fmt: skip
        Attendance.objects.bulk_create(
            Attendance(meeting=made, agency=code, title=title, at=now) for code, title in sorted(new.agencies.items())
        )
        steps.logged_meeting("called", made, by=by, agencies=len(new.agencies))
        steps.tell(made, steps.CALLED)
    return new.id


def _when_and_where(starts_at: datetime, ends_at: datetime, place: str, now: datetime) -> dict[str, str]:
    problems = {}
    if ends_at <= starts_at:
        problems["ends_at"] = "It must end after it begins."
    if starts_at <= now:
        problems["starts_at"] = "Give a time that lies ahead."
    if len(place.strip()) < steps.SHORTEST:
        problems["place"] = "Say where, or how to join."
    return problems


def move(
    meeting_id: uuid.UUID,
    starts_at: datetime,
    ends_at: datetime,
    place: str,
    agenda_due: date | None,
    *,
    by: Actor,
    now: datetime,
) -> None:
    """Change when or where a meeting is, before it begins, and tell its agencies. Changed to the same, nothing happens.

    At another time somebody else may come: what agencies said of that is asked anew.
    """
    access.check(by, ARRANGE)
    if problems := _when_and_where(starts_at, ends_at, place, now):
        raise Invalid(problems)
    where = steps.storable(place, "place")
    with access.acting(by):
        found = steps.meeting(meeting_id)
        if found.state not in {"planned", "sent"}:
            raise Invalid({"starts_at": "It has begun, or is over."})
        was = (found.starts_at, found.ends_at)
        if (*was, found.place) == (starts_at, ends_at, where):
            return
        found.sequence += 1
        Meeting.objects.filter(id=found.id).update(
            starts_at=starts_at, ends_at=ends_at, place=where, agenda_due_date=agenda_due, sequence=found.sequence
        )
        if was != (starts_at, ends_at):
            Attendance.objects.filter(meeting=found).update(state="invited", at=now)
        steps.logged_meeting("moved", found, by=by)
        steps.tell(found, steps.MOVED)


def call_off(meeting_id: uuid.UUID, *, by: Actor, now: datetime) -> None:
    """Call a meeting off that has nothing on its agenda, and tell its agencies."""
    access.check(by, ARRANGE)
    with access.acting(by):
        found = steps.meeting(meeting_id)
        if found.state not in {"planned", "sent"}:
            raise Invalid({"state": "It has begun, or is over."})
        if Item.objects.filter(meeting=found, state="listed").exists():
            raise Invalid({"state": "Cases are on its agenda: put each on another meeting first."})
        found.sequence += 1
        Meeting.objects.filter(id=found.id).update(state="called_off", sequence=found.sequence)
        steps.logged_meeting("called_off", found, by=by)
        steps.tell(found, steps.CALLED_OFF)


def widen(matter_id: uuid.UUID, agencies: Sequence[str], *, by: Actor) -> None:
    """Let more agencies know of a matter. A step of actions that say why; who brought it may, and who arranges."""
    access.check(by, BRING)
    with access.acting(by):
        about = steps.matter(matter_id)
        wider = sorted({*about.agencies, *agencies})
        if wider != sorted(about.agencies):
            Matter.objects.filter(id=about.id).update(agencies=wider)
            steps.logged("widened", about, by=by, action="disclosure", agencies=wider)


def add_item(meeting_id: uuid.UUID, matter_id: uuid.UUID, minutes: int, *, by: Actor, now: datetime) -> uuid.UUID:
    """Put a matter on an agenda, last: its agencies know of it from now. Put on twice, it stands once."""
    access.check(by, ARRANGE)
    with access.acting(by):
        found, about = steps.meeting(meeting_id), steps.matter(matter_id)
        if found.state not in {"planned", "sent", "running"}:
            raise Invalid({"meeting": CLOSED})
        standing = Item.objects.filter(meeting=found, matter=about).first()
        if standing:
            Item.objects.filter(id=standing.id, state="put_back").update(state="listed")
            return standing.id
        position = Item.objects.filter(meeting=found).count() + 1
        made = Item.objects.create(meeting=found, matter=about, position=position, minutes=minutes)
        widen(about.id, found.agencies, by=by)
        steps.logged("listed", about, by=by, meeting=str(found.id))
        return made.id


def put_back(meeting_id: uuid.UUID, matter_id: uuid.UUID, *, by: Actor, now: datetime) -> None:
    """Take a matter off an agenda before it is heard; what was written of it stays."""
    _may_run(by)
    with access.acting(by):
        found, about = steps.meeting(meeting_id), steps.matter(matter_id)
        if found.state not in {"planned", "sent", "running"}:
            raise Invalid({"meeting": CLOSED})
        if Item.objects.filter(meeting=found, matter=about, state="listed").update(state="put_back"):
            steps.logged("put_back", about, by=by, meeting=str(found.id))


def ask_research(
    matter_id: uuid.UUID,
    agencies: Sequence[str],
    due_at: datetime | None,
    rule_version: int,
    *,
    by: Actor,
    now: datetime,
) -> int:
    """Ask agencies what they know of a matter, and let them know of it; return how many are newly asked."""
    access.check(by, ARRANGE)
    if not agencies:
        raise Invalid({"agencies": "Tick which agencies to ask."})
    with access.acting(by):
        about = steps.matter(matter_id)
        widen(about.id, agencies, by=by)
        asked = set(Research.objects.filter(matter=about).values_list("agency", flat=True))
        new = sorted(set(agencies) - asked)
        Research.objects.bulk_create(
            Research(matter=about, agency=one, asked_at=now, due_at=due_at, rule_version=rule_version) for one in new
        )
        if new:
            steps.logged("research_asked", about, by=by, agencies=new)
        return len(new)


def chase(research_id: uuid.UUID, *, by: Actor, now: datetime) -> None:
    """Chase an agency that has not answered: it sees so at its own door, and so does the meeting."""
    access.check(by, ARRANGE)
    with access.acting(by):
        row = Research.objects.filter(id=research_id).select_related("matter").first()
        if row is None or row.answered_at is not None:
            raise Invalid({"chase": "They have answered meanwhile."})
        once.only(row.id)
        Research.objects.filter(id=row.id).update(chased_at=[*row.chased_at, now])
        steps.logged("chased", row.matter, by=by, agency=row.agency)


def send_agenda(meeting_id: uuid.UUID, *, by: Actor, now: datetime) -> None:
    """Send the agenda: it stands at each agency's own door, less what any reader must not know."""
    access.check(by, ARRANGE)
    with access.acting(by):
        found = steps.meeting(meeting_id)
        if found.state != "planned":
            raise Invalid({"state": "It was sent already, or the meeting is over."})
        if not Item.objects.filter(meeting=found, state="listed").exists():
            raise Invalid({"state": "Put a case on it first."})
        Meeting.objects.filter(id=found.id).update(state="sent", agenda_sent_at=now, sequence=found.sequence + 1)
        steps.logged_meeting("agenda_sent", found, by=by)
