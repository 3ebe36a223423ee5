"""The lives of a case, as data: from each state, what may be done and where it leads.

A merge can make subject and at-risk the same person only by mistake; the table refuses it.
"""

from collections.abc import Mapping

NOTICES = ("dvpn", "dapn")
DISCLOSURES = ("dvds", "csods")

NOTICE: Mapping[str, Mapping[str, str]] = {
    "considered": {"ground": "considered", "say": "considered", "send": "sent", "withdraw": "closed"},
    "sent": {"authorise": "authorised", "refuse": "considered", "withdraw": "closed"},
    "authorised": {"withdraw": "closed", "close": "closed"},
    "closed": {},
}
"""A protection notice. What follows authority (service, hearing, order, breach) is the life of the order itself."""

DISCLOSURE: Mapping[str, Mapping[str, str]] = {
    "asked": {"check": "checked", "withdraw": "closed", "disclose_now": "asked"},
    "checked": {"meet": "met", "decide": "decided", "withdraw": "closed", "disclose_now": "checked"},
    "met": {"decide": "decided", "withdraw": "closed", "disclose_now": "met"},
    "decided": {"tell": "told"},
    "told": {"plan": "closed"},
    "closed": {},
}
"""A disclosure request. A right to know may be decided without meeting the person first."""

STATES = tuple(dict.fromkeys((*NOTICE, *DISCLOSURE)))

WORDS: Mapping[str, str] = {
    "considered": "Being written",
    "sent": "Waiting for authority",
    "authorised": "Authorised",
    "asked": "Checks not done",
    "checked": "Checks done",
    "met": "Applicant met",
    "decided": "Decided, not yet told",
    "told": "Told: safety plan to write",
    "closed": "Closed",
}


def of(scheme: str) -> Mapping[str, Mapping[str, str]]:
    """Return the life of a scheme's cases."""
    return NOTICE if scheme in NOTICES else DISCLOSURE


def after(scheme: str, state: str, step: str) -> str | None:
    """Return the state a step leads to, or None where it may not be taken now."""
    return of(scheme)[state].get(step)
