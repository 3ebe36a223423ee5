"""Hand somebody over to the force of their home, say more when it is asked for, and take it back."""

import uuid
from datetime import datetime

from fellwatch.exchange import contents
from fellwatch.exchange.access import SEND
from fellwatch.exchange.actions import steps
from fellwatch.exchange.models import Handover, Message, Peer
from fellwatch.exchange.values import Invalid, NewHandover
from fellwatch.foundation import access, once
from fellwatch.foundation.access import Actor

RECEIPT, ANSWER = "handover_receipt", "handover_answer"


def hand_over(new: NewHandover, *, by: Actor, now: datetime) -> uuid.UUID:
    """Send a handover, or say more in one that came back; return its id. Sent twice under one id, it is sent once.

    Raises Invalid beside each field.
    """
    access.check(by, SEND)
    told = {code: text.strip() for code, text in new.contents.items() if text.strip()}
    with access.acting(by):
        once.only(new.id)
        stored = Handover.objects.select_related("peer").filter(id=new.id).first()
        if stored and (stored.state != "returned" or stored.contents == told):
            return stored.id
        problems = contents.problems(told, new.necessity, now)
        peer = Peer.objects.filter(force=new.force, closed=False).first()
        if peer is None:
            problems["force"] = "Choose the force of their home."
        if problems or peer is None:
            raise Invalid(problems)
        row = _again(stored, told, new.necessity.strip(), now) if stored else _first(new, peer, told, by, now)
        steps.post(row, "handover", {"contents": told, "necessity": row.necessity, "by": by.name}, now=now)
        steps.note(row, "handover.made", by=by, now=now)
        steps.log(row, "exchange.handed_over", by=by, action="disclosure", told=sorted(told), revision=row.revision)
        steps.tell_incident(row)
        return row.id


def _first(new: NewHandover, peer: Peer, told: dict[str, str], by: Actor, now: datetime) -> Handover:
    return Handover.objects.create(
        id=new.id, direction="sent", peer=peer, incident_id=new.incident_id, person_id=new.person_id, contents=told,
        necessity=new.necessity.strip(), rule_version=contents.version(now), made_at=now, made_by_id=by.id,
        made_by_name=by.name, trouble="" if peer.address and peer.keys else _by_hand(peer),
    )  # fmt: skip


def _again(stored: Handover, told: dict[str, str], necessity: str, now: datetime) -> Handover:
    """Put a fuller revision in place of one that came back; the first stays in its message."""
    steps.move(
        stored, "waiting", contents=told, necessity=necessity, revision=stored.revision + 1, reached_at=None,
        reached_how="", answered_at=None, answered_by_name="", reason="", answer="",
    )  # fmt: skip
    return stored


def _by_hand(peer: Peer) -> str:
    return f"{peer.name} has no exchange with us: send the pack by secure mail, and say here that you did."


def try_again(handover_id: uuid.UUID, *, by: Actor, now: datetime) -> int:
    """Carry what has not arrived once more, now; return how many messages."""
    access.check(by, SEND)
    with access.acting(by):
        row = steps.held(handover_id)
        waiting = list(Message.objects.filter(handover=row, direction="out", state="waiting"))
        for one in waiting:
            steps.carry_out(one.id)
        return len(waiting)


def withdraw(handover_id: uuid.UUID, because: str, *, by: Actor, now: datetime) -> None:
    """Take back a handover sent in error, before it is taken over. The other force forgets what it was told."""
    access.check(by, SEND)
    if len(because.strip()) < contents.SHORTEST:
        raise Invalid({"answer": "Say why it is taken back, in a sentence somebody else can judge."})
    with access.acting(by):
        row = steps.held(handover_id, "sent")
        steps.move(row, "withdrawn", answer=because.strip(), answered_at=now, answered_by_name=by.name, trouble="")
        steps.post(row, "withdrawal", {"because": because.strip(), "by": by.name}, now=now)
        for rule in (RECEIPT, ANSWER):
            steps.meet(row, rule, by=by, now=now)
        steps.log(row, "exchange.withdrawn", by=by)
        steps.tell_incident(row)
