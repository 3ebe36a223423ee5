"""Every write of the safeguarding room: notices to their authority, disclosure requests to their safety plan."""

from fellwatch.safeguarding.actions.authority import authorise, close, refuse, withdraw
from fellwatch.safeguarding.actions.disclosing import check, decide, meet, open_request, plan, tell
from fellwatch.safeguarding.actions.notices import ground, open_notice, say, send

__all__ = [
    "authorise",
    "check",
    "close",
    "decide",
    "ground",
    "meet",
    "open_notice",
    "open_request",
    "plan",
    "refuse",
    "say",
    "send",
    "tell",
    "withdraw",
]
