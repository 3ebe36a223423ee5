"""Bail that runs in the invented county: somebody comes tomorrow, somebody else did not come this morning."""

from datetime import datetime, timedelta
from uuid import UUID

from fellwatch.demonstration import cast
from fellwatch.demonstration.after_the_call import closed
from fellwatch.demonstration.identifiers import named
from fellwatch.foundation import access
from fellwatch.foundation.access import Actor
from fellwatch.response import actions as response
from fellwatch.response.models import Release, Suspect
from fellwatch.response.values import NewAppointment, NewRelease

STATION = "Skelmoss police station"
COMES = timedelta(hours=20)
MISSED = timedelta(hours=-4)
"""When each of the two was to answer bail, from now."""


def fill(*, by: Actor, now: datetime) -> int:
    """Arrest and bail two suspects as if three weeks ago; return how many. Filled twice, it is filled once."""
    with access.acting(by):
        found = _not_arrested(now)
    for number, (suspect, due) in enumerate(zip(found, (COMES, MISSED), strict=False)):
        id = UUID(named(f"bail/{number}"))
        with access.acting(by):
            begun = Release.objects.filter(id=id).exists()
        if not begun:
            _bail(id, suspect, now + due, by=by, now=now)
    return min(len(found), 2)


def _not_arrested(now: datetime) -> list[Suspect]:
    """Return two who left a month ago or more before anybody came, the newest first; not the story's suspect."""
    ago = now - timedelta(days=30)
    ours = {UUID(named(f"suspect/{incident_id}")) for incident_id, received_at, _ in closed(now) if received_at < ago}
    rows = Suspect.objects.filter(no_arrest_reason="not_there", charged_at=None, ended_as="")
    newest = rows.exclude(person_id=cast.MARC.id).order_by("-at").iterator()
    found: dict[UUID, Suspect] = {}
    for one in newest:
        if one.id in ours:
            found.setdefault(one.person_id, one)
        if len(found) == 2:
            break
    return list(found.values())


def _bail(id: UUID, suspect: Suspect, due_at: datetime, *, by: Actor, now: datetime) -> None:
    arrested_at = now - timedelta(days=21)
    released_at = arrested_at + timedelta(hours=11)
    where, who = suspect.incident_id, suspect.person_id
    response.arrest(where, who, arrested_at=arrested_at, offence="Assault", by=by, now=arrested_at)
    new = NewRelease(
        "bail",
        released_at,
        "inspector",
        "Insp 2 Jo Pass",
        "To keep him from her while the telephone is examined.",
        (("no_contact", "Her, directly or through others"),),
        "Wants him kept away.",
        answer=NewAppointment(
            due_at, STATION, "decision_sooner", "The telephone comes back from examination within three weeks."
        ),
        id=id,
    )
    response.release(suspect.id, new, by=by, now=released_at)
    if due_at < now:
        said = "Not at the desk by eleven; his telephone is off; nobody answers at his home."
        response.did_not_come(id, said, by=by, now=now - timedelta(hours=2))
