"""The life of a notice, as data: its states, which of them mean that somebody at the school knows, and their words."""

from collections.abc import Mapping

KNOWS = ("opened", "acknowledged", "told", "handed")
"""Somebody who can look after the child that morning has been told."""
OPEN = ("decide", "held", "sent", "elsewhere")
"""Nobody knows yet."""
OVER = ("answered", "recalled", "outside")
STATES = (*OPEN, *KNOWS, *OVER)

WORDS: Mapping[str, str] = {
    "decide": "Waits for a decision",
    "held": "Held",
    "sent": "Sent, not opened",
    "elsewhere": "For another force",
    "opened": "Opened by the school",
    "acknowledged": "Acknowledged",
    "told": "Told by telephone",
    "handed": "Handed to the other force",
    "answered": "Answered: the school is known",
    "recalled": "Recalled",
    "outside": "Outside the duty",
}

STEPS: Mapping[str, tuple[str, ...]] = {
    "decide": ("place", "recall"),
    "held": ("release", "telephone", "place", "recall"),
    "sent": ("telephone", "place", "again", "returned", "recall"),
    "elsewhere": ("hand", "place", "recall"),
    "opened": ("place", "recall"),
    "acknowledged": ("place", "recall"),
    "told": ("place", "recall"),
    "handed": ("recall",),
    "outside": ("place",),
}
"""What the team may do with a notice, the likeliest first; the rest are over."""

MAILS: Mapping[str, str] = {
    "": "No mail",
    "queued": "Mail on its way",
    "sent": "Mail handed over",
    "delayed": "Mail server does not answer: tried again by itself",
    "failed": "Mail could not be sent",
    "held": "No mail server is set up here: the portal alone",
    "bounced": "Mail came back",
    "none": "No mail address is held",
}
KINDS: Mapping[str, str] = {
    "school": "School",
    "college": "College",
    "council": "Authority's education team",
}
DAYS: Mapping[str, str] = {"term": "Term", "inset": "Inset day", "closed": "Closed"}
SETTINGS: Mapping[str, str] = {
    "school": "On a school's roll",
    "home_educated": "Educated at home",
    "no_roll": "On no roll",
    "nursery": "In a nursery",
}
