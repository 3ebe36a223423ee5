"""Put a referral on an agenda, ask the agencies what they know, and note that it was heard."""

import uuid
from collections.abc import Sequence
from datetime import datetime

from fellwatch.foundation import access, clock
from fellwatch.foundation.access import Actor
from fellwatch.meetings import actions as meetings
from fellwatch.meetings import queries
from fellwatch.safeguarding.marac import law
from fellwatch.safeguarding.marac.access import READ, WRITE
from fellwatch.safeguarding.marac.actions import placing, steps
from fellwatch.safeguarding.marac.models import MaracReferral
from fellwatch.safeguarding.marac.values import Invalid


def list_on(referral_id: uuid.UUID, meeting_id: uuid.UUID, *, by: Actor, now: datetime) -> None:
    """Put a referral on a meeting's agenda and ask every agency invited what it knows."""
    access.check(by, WRITE)
    with access.acting(by):
        placing.recheck(referral_id, by=by, now=now)
        row = steps.turn(referral_id)
        if row.state not in {"accepted", "listed"}:
            raise Invalid({"meeting": "This is not accepted yet, or was heard."})
        rule = law.conference(clock.london_date(now))
        meeting = queries.meeting(meeting_id, by=by)
        meetings.add_item(meeting_id, row.matter_id, rule.minutes_a_case, by=by, now=now)
        if row.state == "accepted":
            steps.move(row, steps.step(row, "list"), "meeting")
        steps.tell(row, "listed", f"{meeting.title}, {clock.london(meeting.starts_at):%-d %B %Y}.", by=by, at=now)
        steps.logged("listed", row, by=by, meeting=str(meeting_id))
        ask_agencies(referral_id, meeting.agencies, by=by, now=now)


def ask_agencies(referral_id: uuid.UUID, agencies: Sequence[str], *, by: Actor, now: datetime) -> int:
    """Ask agencies what they know; return how many are newly asked. Each has the days of the partnership's rule."""
    access.check(by, WRITE)
    with access.acting(by):
        row = steps.turn(referral_id)
        due = law.due(law.RESEARCH, now)
        return meetings.ask_research(row.matter_id, agencies, due.at, due.version, by=by, now=now)


def put_back(referral_id: uuid.UUID, meeting_id: uuid.UUID, because: str, *, by: Actor, now: datetime) -> None:
    """Take a referral off an agenda; it waits for the next one."""
    access.check(by, WRITE)
    why = steps.words(because, "because", "Say why it waits, and what protects until then.", least=10)
    with access.acting(by):
        row = steps.turn(referral_id)
        meetings.put_back(meeting_id, row.matter_id, by=by, now=now)
        steps.move(row, steps.step(row, "put_back"), "because")
        steps.tell(row, "put_back", why, by=by, at=now)
        steps.logged("put_back", row, by=by)


def heard(item_id: uuid.UUID, *, by: Actor, now: datetime) -> None:
    """Finish with a case in a meeting, and note on its referral that it was heard."""
    access.check(by, READ)
    with access.acting(by):
        matter = meetings.finish_item(item_id, by=by, now=now)
        row = MaracReferral.objects.filter(matter_id=matter).select_related("matter").first()
        if row is None or row.state != "listed":
            return
        steps.move(row, steps.step(row, "hear_now"), "decision", heard_date=clock.london_date(now))
        steps.tell(row, "heard", "Heard at the meeting.", by=by, at=now)
        steps.logged("heard", row, by=by)
