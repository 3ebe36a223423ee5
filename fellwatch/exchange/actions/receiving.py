"""Take what another force's installation sends: check it, store it once, sign a receipt for it."""

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial

from django.conf import settings

from fellwatch.exchange import contents, envelope, life
from fellwatch.exchange.access import CARRY
from fellwatch.exchange.actions import steps
from fellwatch.exchange.actions.deciding import DECISION
from fellwatch.exchange.actions.handing import ANSWER, RECEIPT
from fellwatch.exchange.envelope import Letter, Unfit
from fellwatch.exchange.known import keys_of
from fellwatch.exchange.models import Handover, Message
from fellwatch.exchange.values import Invalid
from fellwatch.foundation import access, audit, once, plain
from fellwatch.foundation.access import Actor
from fellwatch.records.queries import Missing

OUT_OF_TURN = "Nothing of yours stands so that this could follow: read the handover again, or ring us."


def receive(text: str, *, by: Actor, now: datetime) -> str:
    """Take one signed message and return the signed receipt; the same message again gets the same receipt.

    Raises Unfit, after saying in the log that something was turned away, where the sender is known to us.
    """
    access.check(by, CARRY)
    try:
        return _taken(text, by, now)
    except Unfit as unfit:
        if unfit.force:
            with access.acting(by):
                audit.record(
                    by=by, action="refusal", sentence="exchange.turned_away", subject=("force", unfit.force),
                    detail={"problem": unfit.code},
                )  # fmt: skip
        raise


def _taken(text: str, by: Actor, now: datetime) -> str:
    with access.acting(by), access.apart():
        letter = envelope.take(text, keys_of=partial(keys_of, by=by), to=settings.FELLWATCH_FORCE, now=now)
        once.only(letter.id)
        said = envelope.digest(letter)
        if before := Message.objects.filter(id=letter.id).first():
            if before.digest != said or before.direction != "in":
                raise Unfit("replayed", "A message of this id came before and said something else.", 409, letter.sender)
            return before.receipt
        row = _take(letter, by, now)
        signed = envelope.receipt(letter, now=now)
        Message.objects.create(
            id=letter.id, handover=row, direction="in", kind=letter.kind, revision=letter.revision,
            body=dict(letter.body), digest=said, made_at=letter.made_at, state="arrived", arrived_at=now,
            receipt=signed,
        )  # fmt: skip
        return signed


def _take(letter: Letter, by: Actor, now: datetime) -> Handover:
    try:
        return TAKEN[letter.kind](letter, by, now)
    except (Invalid, Missing):
        raise Unfit("out_of_turn", OUT_OF_TURN, 409, letter.sender) from None


def _handover(letter: Letter, by: Actor, now: datetime) -> Handover:
    told = plain.all_visible(letter.body.get("contents"))
    if wrong := contents.unreadable(told):
        raise Unfit("contents", wrong[:1].upper() + wrong[1:], 422, letter.sender)
    once.only(letter.handover)
    stored = Handover.objects.select_related("peer").filter(id=letter.handover).first()
    values = {"contents": told, "necessity": _text(letter.body, "necessity"), "revision": letter.revision}
    if stored:
        _same(stored, letter, "received")
        if letter.revision <= stored.revision:
            raise Invalid({})
        steps.move(stored, "reached", reached_at=now, answered_at=None, answer="", reason="", **values)
        row = stored
    else:
        row = Handover.objects.create(
            id=letter.handover, direction="received", peer_id=letter.sender, state="reached", made_at=letter.made_at,
            made_by_name=_text(letter.body, "by", 200), reached_at=now, reached_how="exchange", **values,
        )  # fmt: skip
    steps.note(row, "handover.arrived", by=by, now=now)
    steps.log(row, "exchange.arrived", by=by, action="collection", revision=row.revision)
    return row


def _answer(letter: Letter, by: Actor, now: datetime) -> Handover:
    row = steps.held(letter.handover, "sent")
    _same(row, letter, "sent")
    state, reason = _text(letter.body, "state"), _text(letter.body, "reason")
    if state not in life.ANSWERS:
        raise Unfit("contents", "State must be accepted, refused or returned.", 422, letter.sender)
    if letter.revision != row.revision:
        raise Invalid({})
    steps.move(
        row, state, reached_at=row.reached_at or now, reached_how=row.reached_how or "exchange", answered_at=now,
        answered_by_name=_text(letter.body, "by", 200), reason=reason if reason in life.REASONS else "",
        answer=_text(letter.body, "words"), trouble="",
    )  # fmt: skip
    for rule in (RECEIPT, ANSWER):
        steps.meet(row, rule, by=by, now=now)
    steps.log(row, "exchange.answer_arrived", by=by, state=state)
    steps.tell_incident(row)
    return row


def _withdrawal(letter: Letter, by: Actor, now: datetime) -> Handover:
    """Forget what was told in error: its contents go, that it came and went stays."""
    row = steps.held(letter.handover, "received")
    _same(row, letter, "received")
    steps.move(
        row, "withdrawn", contents={}, necessity="", answered_at=now, answered_by_name=_text(letter.body, "by", 200),
        answer=_text(letter.body, "because"),
    )  # fmt: skip
    Message.objects.filter(handover=row, kind="handover").update(body={"withdrawn": True})
    steps.meet(row, DECISION, by=by, now=now)
    steps.log(row, "exchange.withdrawal_arrived", by=by, action="erasure")
    return row


TAKEN: Mapping[str, Callable[[Letter, Actor, datetime], Handover]] = {
    "handover": _handover,
    "answer": _answer,
    "withdrawal": _withdrawal,
}


def _same(row: Handover, letter: Letter, direction: str) -> None:
    """A handover is between two forces: nobody else's letter moves it."""
    if row.peer_id != letter.sender or row.direction != direction:
        raise Missing(OUT_OF_TURN)


def _text(body: Mapping[str, object], name: str, most: int = contents.LONGEST) -> str:
    return plain.marked(str(body.get(name) or ""))[:most].strip()
