"""A file goes to the prosecutor and comes back; bail's time stands still meanwhile, and its conditions hold."""

import uuid
from datetime import datetime

from fellwatch.assessments.values import Invalid
from fellwatch.foundation import access, ids
from fellwatch.foundation.access import Actor
from fellwatch.response import checks
from fellwatch.response.access import RESPOND
from fellwatch.response.actions import bail_orders, steps
from fellwatch.response.actions.bail import BAIL, pause_clock, resume_clock
from fellwatch.response.models import ProsecutorWait, Release

STILL = "The prosecutor's charging decision is awaited: its time stands still."


def send_to_prosecutor(
    release_id: uuid.UUID, *, sent_at: datetime, by: Actor, now: datetime, id: uuid.UUID | None = None
) -> None:
    """Say that a charging decision is awaited: from then no time of bail runs. Sent twice, it stands once."""
    access.check(by, RESPOND)
    checks.stop(checks.moment("sent_at", sent_at, now, "Say when the file went to the prosecutor."))
    with steps.turn(release_id, by=by):
        release = _running(release_id, "sent_at")
        open_wait = release.waits.filter(answered_at__isnull=True).first()
        if open_wait and (open_wait.id == id or open_wait.sent_at == sent_at):
            return
        if open_wait:
            raise Invalid({"sent_at": "The prosecutor has it already. Record the answer first."})
        if sent_at < release.released_at:
            raise Invalid({"sent_at": "Bail had not begun by then: no time of it could stand still."})
        if release.ends_at and sent_at >= release.ends_at:
            raise Invalid({"sent_at": "Bail had run out by then. Nothing stands still that has ended."})
        last = release.waits.order_by("-answered_at").first()
        if last and last.answered_at and sent_at < last.answered_at:
            raise Invalid({"sent_at": "The prosecutor had it until later than that. Look at the times before."})
        pause_clock(release, by=by, now=now, reason=STILL)
        ProsecutorWait.objects.create(
            id=id or ids.new(), release_id=release_id, sent_at=sent_at, at=now, by_id=by.id, by_name=by.name
        )
        Release.objects.filter(id=release_id).update(ends_at=None, working=[STILL])
        bail_orders.last_until(release, None, STILL, by=by, now=now)
        suspect = release.suspect
        steps.logged(suspect.incident_id, "sent_to_prosecutor", by=by, people=[suspect.person_id])


def prosecutor_answered(
    release_id: uuid.UUID, answer: str, *, answered_at: datetime, words: str, by: Actor, now: datetime
) -> None:
    """Record the answer: bail runs on from it, by as much as was left. Said twice alike, it stands once."""
    access.check(by, RESPOND)
    checks.stop(
        checks.moment("answered_at", answered_at, now, "Say when the prosecutor answered."),
        checks.code("answer", "charging_answers", answer, now, "Choose what the prosecutor answered."),
        checks.words("words", words, "Say what was asked for or decided, and by which prosecutor."),
    )
    with steps.turn(release_id, by=by):
        release = _running(release_id, "answered_at")
        if release.waits.filter(answered_at=answered_at, answer=answer).exists():
            return
        wait = release.waits.filter(answered_at__isnull=True).first()
        if wait is None:
            raise Invalid({"answered_at": "The prosecutor has no file of this. Record first when it was sent."})
        if answered_at <= wait.sent_at:
            raise Invalid({"answered_at": "This is before the file was sent."})
        ProsecutorWait.objects.filter(id=wait.id).update(
            answered_at=answered_at, answer=answer, words=words.strip(), answered_by_name=by.name
        )
        resume_clock(release, wait.id, by=by, now=now)
        suspect = release.suspect
        steps.logged(suspect.incident_id, "prosecutor_answered", by=by, people=[suspect.person_id], answer=answer)


def _running(release_id: uuid.UUID, field: str) -> Release:
    release = steps.row(Release, release_id)
    if release.kind != BAIL or release.ended_at:
        raise Invalid({field: "There is no bail here that runs."})
    return release
