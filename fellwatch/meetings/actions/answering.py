"""What an agency says for itself: what it knows, what came of what it promised, who comes."""

import uuid
from datetime import datetime

from fellwatch.foundation import access, once
from fellwatch.foundation.access import Actor
from fellwatch.meetings.access import ARRANGE, TAKE_PART
from fellwatch.meetings.actions import steps
from fellwatch.meetings.models import Action, Attendance, Research
from fellwatch.meetings.values import Invalid
from fellwatch.records.queries import Missing

LEAST = 10


def _may_write(by: Actor) -> None:
    """Raise Refused unless they answer for an agency, or write down what an agency answered by telephone."""
    access.check(by, ARRANGE if ARRANGE in by.permissions else TAKE_PART)


def answer_research(research_id: uuid.UUID, known: str, facts: str, analysis: str, *, by: Actor, now: datetime) -> None:
    """Answer what the agency knows. Not known is an answer; known needs what. Answered again, the newest stands."""
    _may_write(by)
    if known not in {"known", "not_known"}:
        raise Invalid({"known-1": "Say whether your records know any of them."})
    least = LEAST if known == "known" else 0
    said = steps.words(facts, "facts", "Say what your records show, with dates.", least=least)
    meaning = steps.storable(analysis, "analysis")
    with access.acting(by):
        once.only(research_id)
        row = Research.objects.filter(id=research_id).select_related("matter").first()
        if row is None:
            raise Missing(steps.GONE)
        changed = {"known": known, "facts": said, "analysis": meaning, "answered_by_name": by.name}
        Research.objects.filter(id=row.id).update(answered_at=row.answered_at or now, **changed)
        late = row.due_at is not None and now > row.due_at
        steps.logged("researched", row.matter, by=by, agency=row.agency, late=late, again=row.answered_at is not None)


def answer_action(action_id: uuid.UUID, state: str, answer: str, *, by: Actor, now: datetime) -> None:
    """Say that an action is done, with what shows it, or that it is not possible and why. Said twice alike, once."""
    _may_write(by)
    if state not in {"done", "not_possible"}:
        raise Invalid({"answer": "Say whether it is done."})
    ask = (
        "Say what was done and when, so that it can be shown." if state == "done" else "Say why not, and what instead."
    )
    said = steps.words(answer, "answer", ask, least=LEAST)
    with access.acting(by):
        once.only(action_id)
        row = Action.objects.filter(id=action_id).select_related("matter").first()
        if row is None:
            raise Missing(steps.GONE)
        if (row.state, row.answer) == (state, said):
            return
        if row.state != "open":
            raise Invalid({"answer": f"{row.answered_by_name} has answered this. What you wrote is kept below."})
        changed = Action.objects.filter(id=row.id, state="open").update(
            state=state, answer=said, answered_at=now, answered_by_name=by.name
        )
        if not changed:
            raise Missing(steps.GONE)
        steps.logged(f"action_{state}", row.matter, by=by, agency=row.agency)


def say_coming(meeting_id: uuid.UUID, state: str, name: str, *, by: Actor, now: datetime) -> None:
    """Say who comes for the agency, or send apologies."""
    access.check(by, TAKE_PART)
    if state not in {"coming", "apologies"}:
        raise Invalid({"name": "Say whether somebody comes."})
    who = steps.words(name, "name", "Write the name of who comes, or of who sends apologies.")
    with access.acting(by):
        found = steps.meeting(meeting_id)
        if found.state in {"held", "called_off"}:
            raise Invalid({"name": "This meeting is over, or was called off."})
        changed = Attendance.objects.filter(meeting=found, agency=by.agency).update(state=state, name=who, at=now)
        if not changed:
            raise Missing("Your agency is not invited to this meeting.")
        steps.logged_meeting("said_coming", found, by=by, state=state)
