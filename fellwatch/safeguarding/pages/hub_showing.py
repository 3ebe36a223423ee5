"""Contacts with the hub in the words that pages show."""

from collections.abc import Mapping
from datetime import datetime

from django.urls import reverse

from fellwatch.duties.queries import DutyView, Running
from fellwatch.foundation import clock
from fellwatch.foundation.access import Actor
from fellwatch.safeguarding.mash import actions, life
from fellwatch.safeguarding.mash.queries import Board, is_late
from fellwatch.safeguarding.mash.values import ContactRow, ContactView, DiscussionView, HubEventView, RaisedRow
from fellwatch.safeguarding.pages import showing
from fellwatch.sharing import fields
from fellwatch.sharing import life as sent_life
from fellwatch.sharing.values import AgencyView, ReferralView

COLOURS = {"red": "Red", "amber": "Amber", "green": "Green", "blue": "Blue"}
STATES = {
    "sent": "not opened yet",
    "opened": "opened, no answer yet",
    "accepted": "taken",
    "declined": "declined",
    "answered": "answered",
    "completed": "completed",
    "recalled": "taken back",
}
RUNNING = ("open", "late")
KINDS = {"research": "Asked", "referral": "Passed on", "discussion": "Invited"}
STORY = {
    "received": "Received",
    "screened": "Screened",
    "asked": "Asked",
    "passed": "Passed on to",
    "invited": "Invited",
    "chased": "Reminded",
    "escalated": "Taken higher",
    "recalled": "Taken back",
    "excluded": "Somebody excluded",
    "discussion_called": "Strategy discussion called",
    "discussion_held": "Strategy discussion held",
    "discussion_not_held": "Strategy discussion not held",
    "decided": "Decided",
    "reopened": "Opened again",
}


def row(one: ContactRow, now: datetime) -> dict[str, object]:
    """Return one line of the board: who, the clock, and the one reason why it stands where it stands."""
    return {
        "href": reverse("safeguarding:hub_contact", args=[one.id]),
        "reference": one.reference,
        "person": named(one),
        "kind": one.kind,
        "colour": one.colour,
        "colour_text": COLOURS[one.colour],
        "state": life.WORDS[one.state],
        "clock": clock_of(one.clock, now) if one.clock else None,
        "reason": reason(one, now),
        "danger": bool(one.late_from) or bool(one.clock and is_late(one.clock, now)),
        "answers": f"{one.answered} of {one.asked} have answered" if one.asked else "nobody asked yet",
        "raised_by": ", ".join(part for part in (one.raised_by_name, one.raised_by_team) if part),
        "received_at": one.received_at,
    }


def clock_of(one: Running, now: datetime) -> dict[str, object]:
    """Return the time by which the hub decides, as a bar with words."""
    late = is_late(one, now)
    soon = bool(one.warn_at and one.warn_at < now)
    state = "unknown" if one.trouble else "late" if late else "soon" if soon else "running"
    return {"name": "To decide", "from_at": one.started_at, "due_at": one.due_at, "state": state}


def named(one: ContactRow) -> str:
    """Return who it is about, with their age."""
    return f"{one.person_name}, {one.age}" if one.age is not None else f"{one.person_name}, age not known"


def reason(one: ContactRow, now: datetime) -> str:
    """Say in one sentence why it stands here."""
    if one.late_from:
        return f"No answer in time from {', '.join(one.late_from)}: take it to whoever answers for it."
    if one.clock and is_late(one.clock, now):
        return "Past its time: decide, or say what is missing."
    if one.state == "received":
        return "Nobody has looked at it yet."
    if one.waits_for:
        soon = f"; the first is due {clock.london(one.next_due):%a %-d %b %H:%M}" if one.next_due else ""
        return f"Waits for {', '.join(one.waits_for)}{soon}."
    return "Every answer is here: decide." if one.asked else "Ask the agencies, or decide."


def board_words(found: Board) -> str:
    """Count what is open."""
    return f"{found.open:,} open, {found.new:,} not looked at yet, {found.overdue:,} with an answer overdue"


def chips(counts: Mapping[str, int], chosen: str) -> list[dict[str, object]]:
    """Return the colours as filters with their counts; the counts add up to all that is open."""
    return [
        {
            "text": f"{text} {counts.get(code, 0):,}",
            "href": "?" if code == chosen else f"?colour={code}",
            "on": code == chosen,
        }
        for code, text in COLOURS.items()
    ]


def contact(seen: ContactView, agencies: Mapping[str, AgencyView], *, by: Actor, now: datetime) -> dict[str, object]:
    """Return everything that a contact's page shows."""
    owed = {duty.about: duty for duty in sorted(seen.duties, key=lambda duty: duty.started_at)}
    is_open = seen.row.state in life.OPEN
    own = next((duty for duty in seen.duties if duty.rule == actions.SCREENING and duty.state in RUNNING), None)
    return {
        "one": row(seen.row, now),
        "own": showing.clock(own, now) if own else None,
        "seen": seen,
        "is_open": is_open,
        "basis": fields.label(fields.BASES, seen.basis, now),
        "level": fields.label(actions.LEVELS, seen.level, now) if seen.level else "",
        "decision": fields.label(actions.DECISIONS, seen.decision, now) if seen.decision else "",
        "without": ", ".join(agencies[code].name for code in seen.without if code in agencies),
        "incident_href": reverse("contact:incident", args=[seen.incident_id]) if seen.incident_id else "",
        "person_href": reverse("shell:person", args=[seen.row.person_id]),
        "sent": [_sent(one, owed.get(one.id), seen, is_open, now) for one in seen.sent],
        "discussions": [_discussion(one, owed.get(one.id), seen, agencies, now) for one in seen.discussions],
        "story": [_event(one, now) for one in seen.events],
        "steps": _steps(seen, is_open),
    }


def _step(seen: ContactView, code: str, of: object = None) -> str:
    href = reverse("safeguarding:hub_step", args=[seen.row.id, code])
    return f"{href}?of={of}" if of else href


def _steps(seen: ContactView, is_open: bool) -> list[dict[str, object]]:
    share = [
        {"text": text, "href": reverse("safeguarding:hub_share", args=[seen.row.id, kind]), "first": False}
        for kind, text in (("research", "Ask what agencies know"), ("referral", "Pass it to an agency"))
    ]
    if not is_open:
        return [share[1], {"text": "Open it again", "href": _step(seen, "reopen"), "first": False}]
    ready = seen.row.state == "screened" and seen.row.asked and not seen.row.waits_for
    return [
        {"text": "Set the colour", "href": _step(seen, "screen"), "first": seen.row.state == "received"},
        {**share[0], "first": seen.row.state == "screened" and not seen.row.asked},
        {"text": "Call a strategy discussion", "href": _step(seen, "discussion"), "first": False},
        {"text": "Decide", "href": _step(seen, "decide"), "first": bool(ready)},
        share[1],
        {"text": "Exclude somebody", "href": _step(seen, "exclude"), "first": False},
    ]


def _sent(
    one: ReferralView, duty: DutyView | None, seen: ContactView, is_open: bool, now: datetime
) -> dict[str, object]:
    waits = one.state in sent_life.WAITING
    answers = fields.FINDINGS if one.state == "answered" else fields.DECLINES
    return {
        "agency": one.agency,
        "kind": one.kind,
        "kind_text": KINDS[one.kind],
        "state": one.state,
        "state_text": STATES[one.state],
        "receipt": one.receipt,
        "sent_at": one.sent_at,
        "sent_by": one.sent_by_name,
        "opened_at": one.opened_at,
        "opened_by": one.opened_by_name,
        "clock": showing.clock(duty, now) if duty and waits else None,
        "answer_text": fields.label(answers, one.answer_code, now) if one.answer_code else "",
        "answer": one.answer,
        "answered_at": one.answered_at,
        "answered_by": one.answered_by_name,
        "outcome_text": fields.label(fields.OUTCOMES, one.outcome_code, now) if one.outcome_code else "",
        "outcome": one.outcome,
        "completed_by": one.completed_by_name,
        "completed_at": one.completed_at,
        "told": [(fields.label(fields.FIELDS, name, now), text) for name, text in one.contents.items()],
        "withheld": ", ".join(fields.label(fields.FIELDS, name, now).lower() for name in one.withheld),
        "basis": fields.label(fields.BASES, one.basis, now),
        "necessity": one.necessity,
        "proportionality": one.proportionality,
        "recalled_because": one.recalled_because,
        "chase_href": _step(seen, "chase", one.id) if waits and is_open else "",
        "escalate_href": _step(seen, "escalate", one.id) if waits and is_open else "",
        "recall_href": _step(seen, "recall", one.id) if one.state != "recalled" else "",
    }


def _discussion(
    one: DiscussionView, duty: DutyView | None, seen: ContactView, agencies: Mapping[str, AgencyView], now: datetime
) -> dict[str, object]:
    return {
        "one": one,
        "clock": showing.clock(duty, now) if duty and one.held_at is None else None,
        "took_part": ", ".join(agencies[code].name for code in one.took_part if code in agencies),
        "hold_href": "" if one.held_at else _step(seen, "hold", one.id),
    }


def _event(one: HubEventView, now: datetime) -> dict[str, object]:
    was, to = one.detail.get("from"), one.detail.get("to")
    words = one.words
    if one.kind == "screened" and was and to:
        words = f"{COLOURS[str(was)]} to {COLOURS[str(to)].lower()}. {words}" if was != to else f"Stays {to}. {words}"
    if one.kind == "decided":
        decision = fields.label(actions.DECISIONS, str(one.detail.get("decision", "")), now)
        without = one.detail.get("without")
        words = f"{decision}. {words}" + (f" Without waiting: {without}" if without else "")
    return {"title": STORY[one.kind], "words": words.strip(), "at": one.at, "by": one.by_name}


def raised(one: RaisedRow, now: datetime) -> dict[str, object]:
    """Return one line of what somebody raised."""
    return {
        "reference": one.reference,
        "person": one.person_name,
        "colour_text": COLOURS[one.colour],
        "state": life.WORDS[one.state],
        "received_at": one.received_at,
        "decision": fields.label(actions.DECISIONS, one.decision, now) if one.decision and one.decided_at else "",
        "because": one.because if one.decided_at else "",
        "decided_by": one.decided_by_name,
        "decided_at": one.decided_at,
    }
