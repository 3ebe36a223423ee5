"""Answer what another force handed over: take it, refuse it, or send it back for more."""

import uuid
from datetime import datetime

from fellwatch.exchange import contents, life
from fellwatch.exchange.access import DECIDE
from fellwatch.exchange.actions import steps
from fellwatch.exchange.values import Invalid
from fellwatch.foundation import access, plain
from fellwatch.foundation.access import Actor

DECISION = "handover_decision"


def decide(
    handover_id: uuid.UUID,
    state: str,
    answer: str,
    *,
    by: Actor,
    now: datetime,
    reason: str = "",
    person_id: uuid.UUID | None = None,
    incident_id: uuid.UUID | None = None,
) -> None:
    """Answer a handover; what is taken hangs on a person and an incident here. The answer travels by a job.

    Answered twice alike, it is answered once. Raises Invalid beside each field.
    """
    access.check(by, DECIDE)
    if problems := _problems(state, answer, reason, person_id):
        raise Invalid(problems)
    with access.acting(by):
        row = steps.held(handover_id, "received")
        if (row.state, row.answer) == (state, answer.strip()):
            return
        steps.meet(row, DECISION, by=by, now=now)
        steps.move(
            row, state, answered_at=now, answered_by_name=by.name, reason=reason, answer=answer.strip(),
            person_id=person_id, incident_id=incident_id,
        )  # fmt: skip
        said = {"state": state, "reason": reason, "words": answer.strip(), "by": by.name}
        steps.post(row, "answer", said, now=now)
        steps.log(row, "exchange.answered", by=by, state=state)


def _problems(state: str, answer: str, reason: str, person_id: uuid.UUID | None) -> dict[str, str]:
    found: dict[str, str] = {}
    if state not in life.ANSWERS:
        found["state"] = "Say whether you take this over."
    if state == "accepted" and person_id is None:
        found["person"] = "Say who it is: somebody known here, or somebody new."
    if state in {"refused", "returned"} and reason not in life.REASONS:
        found["reason"] = "Choose why."
    what = "Say who here has it now, and what is done first" if state == "accepted" else "Say what they should do"
    ask = f"{what}, in a sentence they can act on."
    if wrong := plain.needed(answer, ask, contents.LONGEST, contents.SHORTEST):
        found["answer"] = wrong
    return found
