"""Open the calls still being dealt with, by `contact`'s own actions: clocks, queues and grades are theirs."""

import uuid
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from fellwatch.contact import actions as contact
from fellwatch.contact.values import Call, DraftPerson
from fellwatch.demonstration.rows import LiveCall
from fellwatch.foundation.access import Actor

Progress = Callable[[int, int], None]


def open_calls(calls: Sequence[LiveCall], *, by: Actor, now: datetime, progress: Progress | None = None) -> int:
    """Log each call as if at its own time, with what was done since; return how many were new."""
    new = 0
    for number, call in enumerate(calls):
        logged = contact.log_incident(_call(call), by=by, now=min(call.received_at + timedelta(seconds=75), now))
        if not logged.again:
            new += 1
            _since(call, by=by, now=now)
        if progress:
            progress(number + 1, len(calls))
    return new


def _call(call: LiveCall) -> Call:
    return Call(
        id=uuid.UUID(call.id), channel=call.channel, opening_code=call.opening_code,
        received_at=call.received_at,
        summary=call.summary, qualifiers=call.qualifiers, caller_number=call.caller_number,
        place_id=uuid.UUID(call.place_id) if call.place_id else None, dangers=call.dangers,
        thrive=call.thrive,
        people=tuple(
            DraftPerson(role, uuid.UUID(person), vulnerabilities=vulnerabilities)
            for person, role, vulnerabilities in call.people
        ),
    )  # fmt: skip


def _since(call: LiveCall, *, by: Actor, now: datetime) -> None:
    incident = uuid.UUID(call.id)
    for minutes, what, words in call.steps:
        at = min(call.received_at + timedelta(minutes=minutes + 1.5), now)
        match what:
            case "assign":
                contact.assign(incident, words, by=by, now=at)
            case "arrive":
                contact.arrive(incident, by=by, now=at)
            case "ask":
                contact.ask_advice(incident, words, by=by, now=at)
            case _:
                contact.add_line(incident, words, by=by, now=at)
