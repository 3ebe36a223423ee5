"""Every write of the control room. Follow one call: `log_incident`, then whatever it calls, top to bottom."""

from fellwatch.contact.actions.calls import log_incident
from fellwatch.contact.actions.desk import advise, ask_advice, settle_advice, settle_desk, take_desk
from fellwatch.contact.actions.drafts import keep_draft
from fellwatch.contact.actions.grades import reassess
from fellwatch.contact.actions.progress import add_line, arrive, assign, close, record_delay

__all__ = [
    "add_line",
    "advise",
    "arrive",
    "ask_advice",
    "assign",
    "close",
    "keep_draft",
    "log_incident",
    "reassess",
    "record_delay",
    "settle_advice",
    "settle_desk",
    "take_desk",
]
