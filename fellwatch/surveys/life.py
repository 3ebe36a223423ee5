"""The life of a line on a surveyor's list, as data: from each state, what a call may come to and where it leads."""

from collections.abc import Mapping

RESULTS: Mapping[str, str] = {
    "answered": "They answered and have agreed to be asked",
    "no_answer": "Nobody answered: no message was left",
    "wrong_person": "Somebody else answered",
    "refused": "They asked not to be rung",
}
STATES: Mapping[str, str] = {
    "waiting": "To be rung",
    "reached": "Agreed: answers to come",
    "answered": "Answered",
    "refused": "Asked not to be rung",
    "withdrawn": "Took their answers back",
    "spent": "Rung as often as may be, without an answer",
    "stopped": "Somebody else answered: the team looks at it",
    "unsafe": "A call is no longer safe",
    "ended": "Ended by the team",
}
AFTER: Mapping[str, str] = {
    "answered": "reached",
    "no_answer": "waiting",
    "wrong_person": "stopped",
    "refused": "refused",
}
OPEN = ("waiting", "reached")
"""States in which the surveyor has something to do."""
COUNTED = ("answered", "refused", "withdrawn", "spent")
"""States that a response rate is a share of: those who could be asked, to the end."""
