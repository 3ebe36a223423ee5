"""Every write of response, each file one thing people do: attend, see the household, keep evidence, hand in forms,
deal with suspects and bail, stand by victims, decide about crimes."""

from fellwatch.response.actions.answering import appoint, came, did_not_come
from fellwatch.response.actions.attending import attend, leave
from fellwatch.response.actions.bail import extend, last_day, release
from fellwatch.response.actions.charging_time import statement_made
from fellwatch.response.actions.crimes import decide, end
from fellwatch.response.actions.evidence import add_clip, add_exhibit, move_exhibit
from fellwatch.response.actions.handing_in import follow, hand_in
from fellwatch.response.actions.household import add_to_household
from fellwatch.response.actions.naming import name
from fellwatch.response.actions.no_crimes import answer_no_crime, ask_no_crime
from fellwatch.response.actions.prosecutor import prosecutor_answered, send_to_prosecutor
from fellwatch.response.actions.suspects import arrest, charge, end_case, reopen, review_no_arrest, try_arrest
from fellwatch.response.actions.varying import vary
from fellwatch.response.actions.victims import refer_to_support, review_evidence, take_stance, tell

__all__ = [
    "add_clip",
    "add_exhibit",
    "add_to_household",
    "answer_no_crime",
    "appoint",
    "arrest",
    "ask_no_crime",
    "attend",
    "came",
    "charge",
    "decide",
    "did_not_come",
    "end",
    "end_case",
    "extend",
    "follow",
    "hand_in",
    "last_day",
    "leave",
    "move_exhibit",
    "name",
    "prosecutor_answered",
    "refer_to_support",
    "release",
    "reopen",
    "review_evidence",
    "review_no_arrest",
    "send_to_prosecutor",
    "statement_made",
    "take_stance",
    "tell",
    "try_arrest",
    "vary",
]
