"""What went by another way than the exchange: the pack by secure mail, an answer by telephone."""

import uuid
from datetime import datetime

from fellwatch.exchange import contents, life
from fellwatch.exchange.access import SEND
from fellwatch.exchange.actions import steps
from fellwatch.exchange.actions.handing import ANSWER, RECEIPT
from fellwatch.exchange.values import Invalid
from fellwatch.foundation import access, plain
from fellwatch.foundation.access import Actor

LONGEST_NAME = 120


def sent_by_mail(handover_id: uuid.UUID, words: str, *, by: Actor, now: datetime) -> None:
    """Say that the pack went by secure mail: to which mailbox, and when. It is not there until they say so."""
    access.check(by, SEND)
    if wrong := plain.needed(words, "Say to which mailbox it went, and when.", contents.LONGEST):
        raise Invalid({"answer": wrong})
    with access.acting(by):
        row = steps.held(handover_id, "sent")
        told = f"Pack sent by secure mail by {by.name}: {words.strip()}. Ring them until they say that they have it."
        steps.move(row, row.state, trouble=told[: contents.LONGEST])
        steps.log(row, "exchange.mailed", by=by, action="disclosure", told=sorted(row.contents))
        steps.tell_incident(row)


def answered_by_telephone(
    handover_id: uuid.UUID, state: str, who: str, answer: str, *, by: Actor, now: datetime, reason: str = ""
) -> None:
    """Record what somebody of the other force said: that they have it ("reached"), or what they answered."""
    access.check(by, SEND)
    if problems := _problems(state, who, answer, reason):
        raise Invalid(problems)
    with access.acting(by):
        row = steps.held(handover_id, "sent")
        reached = {"reached_at": row.reached_at or now, "reached_how": row.reached_how or "telephone", "trouble": ""}
        told = {
            "answered_at": now, "answered_by_name": f"{who.strip()}, by telephone to {by.name}", "reason": reason,
            "answer": answer.strip(),
        }  # fmt: skip
        steps.move(row, state, **reached, **(told if state in life.ANSWERS else {}))
        steps.meet(row, RECEIPT, by=by, now=now)
        if state in life.ANSWERS:
            steps.meet(row, ANSWER, by=by, now=now)
        steps.log(row, "exchange.told_by_telephone", by=by, state=state)
        steps.tell_incident(row)


def _problems(state: str, who: str, answer: str, reason: str) -> dict[str, str]:
    found: dict[str, str] = {}
    given_back = state in {"refused", "returned"}
    if state not in {"reached", *life.ANSWERS}:
        found["state"] = "Say what they told you."
    if wrong := plain.needed(who, "Say who it was, with rank or number.", LONGEST_NAME):
        found["who"] = wrong
    if given_back and reason not in life.REASONS:
        found["reason"] = "Choose why."
    ask = "Write what they said, so that somebody else can act on it."
    if wrong := plain.needed(answer, ask, contents.LONGEST, contents.SHORTEST if given_back else 0):
        found["answer"] = wrong
    return found
