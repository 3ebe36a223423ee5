"""Listen in on a call that is being taken: the call taker sees who does, and what they say."""

import uuid
from datetime import datetime

from fellwatch.contact import checks
from fellwatch.contact.access import LISTEN
from fellwatch.contact.models import CallDraft, Listening, LiveAdvice
from fellwatch.contact.values import Invalid
from fellwatch.foundation import access, audit, ids
from fellwatch.foundation.access import Actor
from fellwatch.records.queries import Missing


def listen(call_id: uuid.UUID, *, by: Actor, now: datetime) -> None:
    """Be there on a call, from now until one goes away. The first time, and each change read since, is logged."""
    access.check(by, LISTEN, subject=("call", str(call_id)))
    with access.acting(by):
        call = _call(call_id)
        if call.saved:
            return
        place, new = Listening.objects.get_or_create(
            call=call, by_id=by.id, defaults={"by_name": by.name, "began_at": now, "seen_at": now}
        )
        if new or place.read_to != call.kept_at:
            audit.record(by=by, action="consultation", sentence="contact.listened", subject=("incident", call_id))
        Listening.objects.filter(id=place.id).update(seen_at=now, read_to=call.kept_at)


def advise_live(call_id: uuid.UUID, text: str, *, by: Actor, now: datetime, id: uuid.UUID | None = None) -> None:
    """Say something to the call taker during the call. Sent twice under one id, it is said once."""
    access.check(by, LISTEN, subject=("call", str(call_id)))
    checks.require_words(text, "live_advice", "Write what the call taker should ask or do.", checks.LONGEST_ADVICE)
    with access.acting(by):
        call, sent = _live(call_id), id or ids.new()
        if LiveAdvice.objects.filter(id=sent, call=call).exists():
            return
        LiveAdvice.objects.create(id=sent, call=call, text=text.strip(), at=now, by_id=by.id, by_name=by.name)
        audit.record(by=by, action="alteration", sentence="contact.live_advice_given", subject=("incident", call_id))


def _call(call_id: uuid.UUID) -> CallDraft:
    call = CallDraft.objects.filter(id=call_id).first()
    if call is None:
        raise Missing("There is no such call.")
    return call


def _live(call_id: uuid.UUID) -> CallDraft:
    call = _call(call_id)
    if call.saved:
        raise Invalid({"live_advice": "This call has been sent. Advise on the incident."})
    return call
