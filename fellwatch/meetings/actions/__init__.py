"""Every write of meetings: bring a matter, call and run a meeting, ask, answer, promise, keep apart."""

from fellwatch.meetings.actions.answering import answer_action, answer_research, say_coming
from fellwatch.meetings.actions.arranging import (
    add_item,
    ask_research,
    call,
    call_off,
    chase,
    move,
    put_back,
    send_agenda,
    widen,
)
from fellwatch.meetings.actions.bringing import bring, keep_from
from fellwatch.meetings.actions.chairing import (
    attended,
    begin,
    begin_item,
    correct,
    finish,
    finish_item,
    promise,
    write,
)
from fellwatch.meetings.actions.keeping import end_holder, identify, refresh_names, rule_on
from fellwatch.meetings.actions.reminding import mail_unanswered, remind
from fellwatch.meetings.actions.telling import tell_agencies

__all__ = [
    "add_item",
    "answer_action",
    "answer_research",
    "ask_research",
    "attended",
    "begin",
    "begin_item",
    "bring",
    "call",
    "call_off",
    "chase",
    "correct",
    "end_holder",
    "finish",
    "finish_item",
    "identify",
    "keep_from",
    "mail_unanswered",
    "move",
    "promise",
    "put_back",
    "refresh_names",
    "remind",
    "rule_on",
    "say_coming",
    "send_agenda",
    "tell_agencies",
    "widen",
    "write",
]
