"""What an agency was sent, in the words its pages show."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from fellwatch.sharing import fields, life
from fellwatch.sharing.queries import RecallView, ReferralView

STATES = {
    "sent": "Not opened yet",
    "opened": "Waits for your answer",
    "accepted": "You took this: say what came of it",
    "declined": "Declined",
    "answered": "Answered",
    "completed": "Completed",
}
COMES = {"opened": "Say whether you come", "accepted": "You come", "declined": "You do not come"}
KINDS = {"referral": "Referral", "research": "Question from the hub", "discussion": "Invitation to talk"}


@dataclass(frozen=True)
class Option:
    """One code to choose, with its words."""

    code: str
    text: str


def options(name: str, now: datetime) -> list[Option]:
    """Return a list's codes as options."""
    return [Option(one.code, one.label) for one in fields.codes(name, now).codes]


def state_text(one: ReferralView) -> str:
    """Say how it stands, for the agency."""
    return COMES.get(one.state, STATES[one.state]) if one.kind == "discussion" else STATES[one.state]


def view(one: ReferralView, now: datetime, *, told: bool) -> dict[str, object]:
    """Return what was sent; `told` shows also what it tells."""
    answer_list = fields.FINDINGS if one.kind == "research" and one.state == "answered" else fields.DECLINES
    return {
        "href": reverse("portal:referral", args=[one.id]),
        "open_href": reverse("portal:open", args=[one.id]),
        "answer_href": reverse("portal:answer", args=[one.id]),
        "complete_href": reverse("portal:complete", args=[one.id]),
        "kind": one.kind,
        "kind_text": KINDS[one.kind],
        "receipt": one.receipt,
        "state": one.state,
        "state_text": state_text(one),
        "may": life.may(one.kind, one.state),
        "sent_at": one.sent_at,
        "sent_by": one.sent_by_name,
        "clock": _clock(one, now),
        "basis": fields.label(fields.BASES, one.basis, now),
        "necessity": one.necessity if told else "",
        "proportionality": one.proportionality if told else "",
        "told": told_fields(one, now) if told else [],
        "answer": one.answer,
        "answer_text": fields.label(answer_list, one.answer_code, now) if one.answer_code else "",
        "answered_by": one.answered_by_name,
        "answered_at": one.answered_at,
        "outcome": one.outcome,
        "outcome_text": fields.label(fields.OUTCOMES, one.outcome_code, now) if one.outcome_code else "",
        "completed_by": one.completed_by_name,
        "completed_at": one.completed_at,
    }


def _clock(one: ReferralView, now: datetime) -> dict[str, object] | None:
    """Return the time to answer while it runs; None where nobody waits for one, or nothing sets a time."""
    if one.due_at is None or one.state not in life.WAITING:
        return None
    state = "late" if one.due_at < now else "running"
    return {"name": "Answer", "from_at": one.sent_at, "due_at": one.due_at, "state": state}


def told_fields(one: ReferralView, now: datetime) -> list[tuple[str, str]]:
    """Return what was told, field by field, in the rulebook's order."""
    labels = {code.code: code.label for code in fields.codes(fields.FIELDS, now).codes}
    order = {name: place for place, name in enumerate(labels)}
    told = sorted(one.contents.items(), key=lambda pair: order.get(pair[0], len(order)))
    return [(labels.get(name, name), text) for name, text in told]


def recall(one: RecallView, now: datetime) -> dict[str, object]:
    """Return what was taken back, without anything that it told."""
    return {
        "receipt": one.receipt,
        "reason": fields.label(fields.RECALLS, one.reason, now),
        "was_opened": one.was_opened,
        "at": one.at,
        "by": one.by_name,
        "confirmed_at": one.confirmed_at,
        "confirmed_by": one.confirmed_by_name,
        "confirm_href": reverse("portal:confirm", args=[one.id]),
    }
