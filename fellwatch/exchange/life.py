"""The life of a handover: what may follow what, and in which words."""

from collections.abc import Mapping

WORDS: Mapping[str, str] = {
    "waiting": "Not there yet",
    "reached": "There, not answered yet",
    "accepted": "Taken over",
    "refused": "Refused",
    "returned": "Sent back for more",
    "withdrawn": "Withdrawn",
}
STATES = tuple(WORDS)

NEXT: Mapping[str, frozenset[str]] = {
    "waiting": frozenset({"reached", "accepted", "refused", "returned", "withdrawn"}),
    "reached": frozenset({"accepted", "refused", "returned", "withdrawn"}),
    "returned": frozenset({"waiting", "reached", "withdrawn"}),
    "accepted": frozenset(),
    "refused": frozenset(),
    "withdrawn": frozenset(),
}
"""From each state, those that may follow."""

ANSWERS: Mapping[str, str] = {
    "accepted": "We take this over",
    "refused": "This is not ours",
    "returned": "We cannot act on it yet: say what is missing",
}

REASONS: Mapping[str, str] = {
    "moved": "They have moved out of our area",
    "not_here": "They never lived here",
    "wrong_person": "This is about somebody else",
    "too_little": "It says too little to act on",
    "unsafe": "Acting on it as written would put somebody at risk",
}
"""Why something is refused or returned. The words that go with a code are always needed too."""
