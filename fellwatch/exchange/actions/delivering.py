"""Carry one message to the other installation: sign it, send it, check the receipt, store what came of it."""

import json
import urllib.error
import urllib.request
import uuid
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from django.conf import settings

from fellwatch.exchange import envelope, keys
from fellwatch.exchange.access import CARRY
from fellwatch.exchange.actions import steps
from fellwatch.exchange.actions.handing import RECEIPT
from fellwatch.exchange.envelope import Letter, Unfit
from fellwatch.exchange.known import keys_of
from fellwatch.exchange.models import Handover, Message
from fellwatch.exchange.values import Invalid
from fellwatch.foundation import access, clock, plain
from fellwatch.foundation.access import Actor

PATIENCE_SECONDS = 20


class NotThere(Exception):
    """A message did not arrive this time; it is tried again, and the handover says so meanwhile."""


class _Refused(Exception):
    """The other installation will never take this message as it is."""


@dataclass(frozen=True)
class _Out:
    letter: Letter
    address: str
    name: str


def deliver(message_id: uuid.UUID, *, by: Actor, now: datetime) -> None:
    """Carry a message; one that has arrived, or was refused for good, is left alone.

    Raises NotThere where it should be tried again.
    """
    access.check(by, CARRY)
    out = _out(message_id, by)
    if out is None:
        return
    try:
        signed = _post(out, envelope.seal(out.letter, now=clock.now()))
        with access.acting(by):
            arrived_at = envelope.check_receipt(signed, out.letter, keys_of=partial(keys_of, by=by))
    except _Refused as refused:
        _store(message_id, by, now, state="refused", problem=f"{out.name} did not take it: {refused}")
    except (OSError, Unfit, keys.NoKey, ValueError) as wrong:
        _store(message_id, by, now, problem=_words(out, wrong))
        raise NotThere(f"Not delivered to {out.letter.to}.") from wrong
    else:
        _store(message_id, by, now, state="arrived", arrived_at=arrived_at, receipt=signed)


def _out(message_id: uuid.UUID, by: Actor) -> _Out | None:
    with access.acting(by):
        row = Message.objects.select_related("handover__peer").filter(id=message_id, direction="out").first()
        if row is None or row.state != "waiting":
            return None
        peer = row.handover.peer
        letter = Letter(
            row.id, row.kind, settings.FELLWATCH_FORCE, peer.force, row.handover_id, row.revision, row.made_at,
            row.body,
        )  # fmt: skip
        return _Out(letter, peer.address, peer.name)


def _post(out: _Out, signed: str) -> str:
    request = urllib.request.Request(
        f"{out.address}/exchange/1/messages", signed.encode(), {"Content-Type": "application/jose"}, method="POST"
    )
    try:
        with urllib.request.urlopen(request, timeout=PATIENCE_SECONDS) as answer:
            return str(answer.read(envelope.LARGEST).decode())
    except urllib.error.HTTPError as told:
        problem, said = _problem(told)
        if 400 <= told.code < 500 and problem != "clock":
            raise _Refused(said) from told
        raise


def _problem(told: urllib.error.HTTPError) -> tuple[str, str]:
    """Return the code and the words of a refusal; words from outside are cut, and what cannot be stored is marked."""
    try:
        said = json.loads(told.read(10_000))
        words = plain.marked(str(said["say"]))[:500]
        return str(said["problem"]), words
    except (ValueError, KeyError, TypeError):
        return "", f"their server answered {told.code}."


def _words(out: _Out, wrong: Exception) -> str:
    match wrong:
        case Unfit() | keys.NoKey():
            return str(wrong)
        case urllib.error.HTTPError():
            return f"The server of {out.name} answered {wrong.code}."
        case TimeoutError():
            return f"The server of {out.name} did not answer in {PATIENCE_SECONDS} seconds."
    return f"The server of {out.name} cannot be reached."


def _store(
    message_id: uuid.UUID,
    by: Actor,
    now: datetime,
    *,
    state: str = "waiting",
    problem: str = "",
    arrived_at: datetime | None = None,
    receipt: str = "",
) -> None:
    with access.acting(by):
        row = Message.objects.select_related("handover").get(id=message_id)
        handover = steps.held(row.handover_id)
        changed = Message.objects.filter(id=message_id, state="waiting").update(
            state=state, problem=problem, arrived_at=arrived_at, receipt=receipt, tries=row.tries + 1, tried_at=now
        )
        if not changed:
            return
        if problem:
            trouble = f"{problem} Ring them if it cannot wait, or send the pack by secure mail."
            Handover.objects.filter(id=handover.id).update(trouble=trouble)
        elif arrived_at:
            _arrived(handover, row, by, arrived_at)
        steps.tell_incident(handover)


def _arrived(handover: Handover, message: Message, by: Actor, at: datetime) -> None:
    Handover.objects.filter(id=handover.id).update(trouble="")
    if message.kind == "handover" and message.revision == handover.revision:
        try:
            if handover.state == "waiting":
                steps.move(handover, "reached", reached_at=at, reached_how="exchange")
        except Invalid:  # their answer was here before their receipt
            return
        steps.meet(handover, RECEIPT, by=by, now=at)
