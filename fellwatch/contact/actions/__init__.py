"""Every write of the control room. Follow one call: `log_incident`, then whatever it calls, top to bottom."""

from fellwatch.contact.actions.asking import answer_prompts, put_marker
from fellwatch.contact.actions.attending import decide_attendance, escalate_decline, review_decline
from fellwatch.contact.actions.calls import log_incident
from fellwatch.contact.actions.closing import close
from fellwatch.contact.actions.consulting import (
    advise_helpline,
    consult,
    settle_consultation,
    take_consultation,
)
from fellwatch.contact.actions.desk import advise, ask_advice, review_desk, settle_advice, settle_desk, take_desk
from fellwatch.contact.actions.detaining import bring_to_place, detain, end_detention, extend, note_gap_behind
from fellwatch.contact.actions.drafts import keep_draft
from fellwatch.contact.actions.grades import reassess
from fellwatch.contact.actions.listening import advise_live, listen
from fellwatch.contact.actions.lowering import agree_lower, propose_lower, refuse_lower
from fellwatch.contact.actions.progress import add_line, arrive, assign, record_delay
from fellwatch.contact.actions.provision import add_place, escalate_gap, note_gap, set_room

__all__ = [
    "add_line",
    "add_place",
    "advise",
    "advise_helpline",
    "advise_live",
    "agree_lower",
    "answer_prompts",
    "arrive",
    "ask_advice",
    "assign",
    "bring_to_place",
    "close",
    "consult",
    "decide_attendance",
    "detain",
    "end_detention",
    "escalate_decline",
    "escalate_gap",
    "extend",
    "keep_draft",
    "listen",
    "log_incident",
    "note_gap",
    "note_gap_behind",
    "propose_lower",
    "put_marker",
    "reassess",
    "record_delay",
    "refuse_lower",
    "review_decline",
    "review_desk",
    "set_room",
    "settle_advice",
    "settle_consultation",
    "settle_desk",
    "take_consultation",
    "take_desk",
]
