"""Every write of the MARAC: refer, say who is meant, triage, list, hear, reach the victim, withdraw."""

from fellwatch.safeguarding.marac.actions.contacting import assign_adviser, reached
from fellwatch.safeguarding.marac.actions.hearing import ask_agencies, heard, list_on, put_back
from fellwatch.safeguarding.marac.actions.placing import place, recheck, recheck_open
from fellwatch.safeguarding.marac.actions.referring import refer
from fellwatch.safeguarding.marac.actions.triaging import reopen, triage, withdraw

__all__ = [
    "ask_agencies",
    "assign_adviser",
    "heard",
    "list_on",
    "place",
    "put_back",
    "reached",
    "recheck",
    "recheck_open",
    "refer",
    "reopen",
    "triage",
    "withdraw",
]
