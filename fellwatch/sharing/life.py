"""The lives of what is sent, as data: from each state, what may be done and where it leads.

A referral is taken or declined, and completed; research is answered; an invitation to talk is taken or declined.
Whatever it is, it may be taken back.
"""

from collections.abc import Mapping

REFERRAL: Mapping[str, Mapping[str, str]] = {
    "sent": {"open": "opened", "recall": "recalled"},
    "opened": {"accept": "accepted", "decline": "declined", "recall": "recalled"},
    "accepted": {"complete": "completed", "recall": "recalled"},
    "declined": {"recall": "recalled"},
    "completed": {"recall": "recalled"},
    "recalled": {},
}
RESEARCH: Mapping[str, Mapping[str, str]] = {
    "sent": {"open": "opened", "recall": "recalled"},
    "opened": {"answer": "answered", "decline": "declined", "recall": "recalled"},
    "answered": {"recall": "recalled"},
    "declined": {"recall": "recalled"},
    "recalled": {},
}
DISCUSSION: Mapping[str, Mapping[str, str]] = {
    "sent": {"open": "opened", "recall": "recalled"},
    "opened": {"accept": "accepted", "decline": "declined", "recall": "recalled"},
    "accepted": {"recall": "recalled"},
    "declined": {"recall": "recalled"},
    "recalled": {},
}
KINDS: Mapping[str, Mapping[str, Mapping[str, str]]] = {
    "referral": REFERRAL,
    "research": RESEARCH,
    "discussion": DISCUSSION,
}
STATES = tuple(dict.fromkeys((*REFERRAL, *RESEARCH, *DISCUSSION)))
WAITING = ("sent", "opened")
"""States in which the agency has still to answer."""

ANSWERS: Mapping[str, str] = {
    "accepted": "referral_accepted",
    "declined": "referral_declined",
    "answered": "research_answered",
}


def after(kind: str, state: str, step: str) -> str | None:
    """Return the state a step leads to, or None where it may not be taken now."""
    return KINDS[kind][state].get(step)


def may(kind: str, state: str) -> tuple[str, ...]:
    """Return the steps that may be taken now."""
    return tuple(KINDS[kind][state])
