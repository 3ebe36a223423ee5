"""The agency's own steps: opened, which is the receipt; taken, declined or answered; completed; nothing kept."""

import uuid
from datetime import datetime

from fellwatch.foundation import access, audit, once
from fellwatch.foundation.access import Actor
from fellwatch.sharing import fields
from fellwatch.sharing.access import RECEIVE
from fellwatch.sharing.actions import steps
from fellwatch.sharing.checks import SHORTEST, Invalid
from fellwatch.sharing.models import Recall
from fellwatch.sharing.queries import Missing


def open_referral(referral_id: uuid.UUID, *, by: Actor, now: datetime) -> None:
    """Open a referral as the agency it was sent to: from now the sender holds its receipt. Opened twice, once."""
    access.check(by, RECEIVE, subject=("referral", str(referral_id)))
    with access.acting(by):
        found = steps.turn(referral_id)
        if found.state == "sent":
            steps.move(found, "open", "main", opened_at=now, opened_by_name=by.name)
            steps.logged("referral_opened", found, by=by)
            steps.carry(found)


def answer_referral(
    referral_id: uuid.UUID, state: str, answer: str, *, by: Actor, now: datetime, code: str = ""
) -> None:
    """Accept or decline as the agency. Declining needs its coded reason; answered twice alike, it is answered once."""
    access.check(by, RECEIVE, subject=("referral", str(referral_id)))
    if state not in {"accepted", "declined"}:
        raise Invalid({"answer": "Say whether you take this."})
    declined = state == "declined"
    words = "Say why not, and who might." if declined else "Say what you will do, and when."
    said = steps.require("answer", words, answer, SHORTEST if declined else 1)
    if declined and fields.find(fields.DECLINES, code, now) is None:
        raise Invalid({"code": "Choose why you decline."})
    _answer(referral_id, "decline" if declined else "accept", said, code if declined else "", by=by, now=now)


def answer_research(referral_id: uuid.UUID, code: str, answer: str, *, by: Actor, now: datetime) -> None:
    """Answer what the hub asked: how far the person is known, and what the hub must hear of it."""
    access.check(by, RECEIVE, subject=("referral", str(referral_id)))
    if fields.find(fields.FINDINGS, code, now) is None:
        raise Invalid({"code": "Choose how far they are known to you."})
    shortest = 1 if code == "not_known" else SHORTEST
    words = "Say where you looked." if code == "not_known" else "Say what the hub must know: facts, dates, who has it."
    _answer(referral_id, "answer", steps.require("answer", words, answer, shortest), code, by=by, now=now)


def _answer(referral_id: uuid.UUID, step: str, said: str, code: str, *, by: Actor, now: datetime) -> None:
    with access.acting(by):
        found = steps.turn(referral_id)
        after = {"accept": "accepted", "decline": "declined", "answer": "answered"}[step]
        if (found.state, found.answer, found.answer_code) == (after, said, code):
            return
        state = steps.move(
            found, step, "answer", answer=said, answer_code=code, answered_at=now, answered_by_name=by.name
        )
        audit.record(
            by=by, action="alteration", sentence=f"sharing.{'research' if state == 'answered' else 'referral'}_{state}",
            subject=("incident", found.incident_id) if found.incident_id else ("referral", found.id),
            people=[found.person_id], detail={"code": code},
        )  # fmt: skip
        steps.carry(found)


def complete_referral(referral_id: uuid.UUID, code: str, outcome: str, *, by: Actor, now: datetime) -> None:
    """Say what came of a referral that was taken. Said twice alike, it is said once."""
    access.check(by, RECEIVE, subject=("referral", str(referral_id)))
    if fields.find(fields.OUTCOMES, code, now) is None:
        raise Invalid({"outcome_code": "Choose what came of it."})
    said = steps.require("outcome", "Say what was done, for whoever raised this.", outcome, SHORTEST)
    with access.acting(by):
        found = steps.turn(referral_id)
        if (found.state, found.outcome, found.outcome_code) == ("completed", said, code):
            return
        steps.move(
            found, "complete", "outcome",
            outcome=said, outcome_code=code, completed_at=now, completed_by_name=by.name,
        )  # fmt: skip
        steps.logged("referral_completed", found, by=by, code=code)
        steps.carry(found)


def confirm_recall(recall_id: uuid.UUID, *, by: Actor, now: datetime) -> None:
    """Say, as the agency, that nothing was kept of what was taken back. Said twice, it is said once."""
    access.check(by, RECEIVE, subject=("recall", str(recall_id)))
    with access.acting(by):
        once.only(recall_id)
        found = Recall.objects.filter(id=recall_id).first()
        if found is None:
            raise Missing("There is no such recall for your agency.")
        if Recall.objects.filter(id=recall_id, confirmed_at__isnull=True).update(
            confirmed_at=now, confirmed_by_name=by.name
        ):
            audit.record(
                by=by, action="erasure", sentence="sharing.recall_confirmed", subject=("recall", recall_id),
                people=[found.person_id],
            )  # fmt: skip
