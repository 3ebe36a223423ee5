"""The life of a contact, as data, and the words for it."""

from collections.abc import Mapping

CONTACT: Mapping[str, Mapping[str, str]] = {
    "received": {"screen": "screened", "decide": "decided"},
    "screened": {"screen": "screened", "decide": "decided"},
    "decided": {"reopen": "screened"},
}
STATES = tuple(CONTACT)
OPEN = ("received", "screened")

WORDS: Mapping[str, str] = {
    "received": "Not looked at yet",
    "screened": "Being worked on",
    "decided": "Decided",
}
WORSE: Mapping[str, int] = {"red": 3, "amber": 2, "green": 1, "blue": 0}


def after(state: str, step: str) -> str | None:
    """Return the state a step leads to, or None where it may not be taken now."""
    return CONTACT[state].get(step)
