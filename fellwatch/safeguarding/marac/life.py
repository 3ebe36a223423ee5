"""The life of a referral, as data: from each state, what may be done and where it leads."""

from collections.abc import Mapping

LIFE: Mapping[str, Mapping[str, str]] = {
    "to_place": {"place": "placed", "withdraw": "withdrawn"},
    "to_triage": {"hear": "accepted", "turn_down": "not_heard", "withdraw": "withdrawn"},
    "accepted": {"list": "listed", "withdraw": "withdrawn"},
    "listed": {"hear_now": "heard", "put_back": "accepted", "withdraw": "withdrawn"},
    "heard": {},
    "not_heard": {"reopen": "accepted"},
    "withdrawn": {},
}
"""`place` leads to `to_triage` or `accepted`, as the rule on whose referrals are triaged says."""

STATES: Mapping[str, str] = {
    "to_place": "Who is meant: to be said",
    "to_triage": "Waiting for the panel",
    "accepted": "To be put on an agenda",
    "listed": "On an agenda",
    "heard": "Heard",
    "not_heard": "Not heard: triaged out",
    "withdrawn": "Withdrawn",
}

STORY: Mapping[str, str] = {
    "referred": "Referred",
    "placed": "Who is meant",
    "repeat": "A repeat",
    "triaged": "Panel",
    "accepted": "Accepted",
    "listed": "Put on an agenda",
    "put_back": "Taken off an agenda",
    "reached": "Victim reached",
    "not_reached": "Victim not reached",
    "adviser": "Adviser's service",
    "heard": "Heard",
    "withdrawn": "Withdrawn",
}


def after(state: str, step: str) -> str | None:
    """Return the state a step leads to, or None where it may not be taken now."""
    return LIFE[state].get(step)
