"""Every write of the control room. Follow one call: `log_incident`, then whatever it calls, top to bottom."""

from fellwatch.contact.actions.asking import answer_prompts, put_marker
from fellwatch.contact.actions.attending import decide_attendance, escalate_decline, review_decline
from fellwatch.contact.actions.calls import log_incident
from fellwatch.contact.actions.desk import advise, ask_advice, settle_advice, settle_desk, take_desk
from fellwatch.contact.actions.drafts import keep_draft
from fellwatch.contact.actions.grades import reassess
from fellwatch.contact.actions.lowering import agree_lower, propose_lower, refuse_lower
from fellwatch.contact.actions.progress import add_line, arrive, assign, close, record_delay

__all__ = [
    "add_line",
    "advise",
    "agree_lower",
    "answer_prompts",
    "arrive",
    "ask_advice",
    "assign",
    "close",
    "decide_attendance",
    "escalate_decline",
    "keep_draft",
    "log_incident",
    "propose_lower",
    "put_marker",
    "reassess",
    "record_delay",
    "refuse_lower",
    "review_decline",
    "settle_advice",
    "settle_desk",
    "take_desk",
]
