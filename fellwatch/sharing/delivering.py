"""Send what waits, tell who must know, and learn what came back."""

import uuid
from datetime import datetime, timedelta
from email import message_from_bytes, policy

from fellwatch.foundation import access
from fellwatch.foundation.access import Actor
from fellwatch.sharing import actions, fields, queries, safe, wording
from fellwatch.sharing.access import CARRY
from fellwatch.sharing.models import Message
from fellwatch.sharing.post import Bounced, Held, Later, carrier
from fellwatch.sharing.post.smtp import message_of

ASKED_FOR = timedelta(days=3)
ENDS = {"declined": "declined", "completed": "has finished with this"}
KEY = uuid.UUID("7b1f6a52-0000-5000-8000-706f73746564")


def tell_agency(referral_id: uuid.UUID, kind: str, *, by: Actor, now: datetime) -> int:
    """Make a message for each of the agency's people who may know of it; return how many. Run twice, made once.

    An agency in which nobody may know, or nobody has a mailbox, leaves one message that failed, where it is seen.
    """
    access.check(by, CARRY)
    with access.acting(by):
        found = queries.readers(referral_id, by=by)
        again = f"{now:%Y%m%d%H}" if kind == "reminder" else ""
        reached = [one for one in found.people if one.mail]
        for one in reached:
            actions.message(
                kind, address=one.mail, name=one.name, agency=found.agency, about=referral_id, path="/partner/", by=by,
                now=now, id=uuid.uuid5(KEY, f"{referral_id}/{kind}{again}/{one.user_id}"),
            )  # fmt: skip
        if not reached:
            actions.message(
                kind, address=found.mailbox, agency=found.agency, about=referral_id, path="/partner/", by=by, now=now,
                id=uuid.uuid5(KEY, f"{referral_id}/{kind}{again}"),
            )  # fmt: skip
        return len(reached)


def tell_sender(referral_id: uuid.UUID, *, by: Actor, now: datetime) -> None:
    """Tell whoever sent a referral that it was declined, or what came of it. Run twice, told once."""
    access.check(by, CARRY)
    with access.acting(by):
        found = queries.standing(referral_id, by=by)
        if found is None or found.kind != "referral" or found.state not in ENDS:
            return
        title = f"{found.agency} {ENDS[found.state]}"
        code = found.outcome_code or found.answer_code
        label = fields.label(fields.OUTCOMES if found.outcome_code else fields.DECLINES, code, now)
        actions.tell_back(
            found.sent_by_id, found.id, found.person_id, found.incident_id, title,
            f"{label}. {found.outcome or found.answer}", by=by, now=now, key=found.state,
        )  # fmt: skip


def deliver(message_id: uuid.UUID, *, last: bool, by: Actor, now: datetime) -> None:
    """Send one message that waits. Raises Later, for the queue to try again, unless this was the last attempt."""
    access.check(by, CARRY)
    with access.acting(by):
        row = Message.objects.filter(id=message_id, state="waiting").first()
        unsafe = safe.why_not(row.person_id, row.channel, row.address, now) if row and row.person_id else ""
    if row is None:
        return
    if unsafe:
        actions.record_attempt(message_id, "refused", because=unsafe, by=by, now=now)
        return
    words = wording.text(row.kind, row.path, row.about)
    try:
        named = carrier().send(str(row.id), row.channel, row.address, wording.subject(row.kind), words)
    except Bounced as back:
        actions.record_attempt(message_id, "bounced", because=str(back), by=by, now=now)
    except Held as held:
        actions.record_attempt(message_id, "held", because=str(held), by=by, now=now)
    except Later as later:
        actions.record_attempt(message_id, "failed" if last else "waiting", because=str(later), by=by, now=now)
        if not last:
            raise
    else:
        actions.record_attempt(message_id, "sent", provider_id=named, by=by, now=now)


def ask_carrier(*, by: Actor, now: datetime) -> int:
    """Ask what became of messages of the last days; return how many came back."""
    access.check(by, CARRY)
    with access.acting(by):
        sent = Message.objects.filter(state="sent", sent_at__gte=now - ASKED_FOR).exclude(provider_id="")
        taken = list(sent.values_list("id", "provider_id"))
    asks = carrier()
    back = [id for id, named in taken if asks.standing(named) == "bounced"]
    return sum(actions.bounced(id, "The carrier could not deliver it.", by=by, now=now) for id in back)


def take_bounce(mail: bytes, *, by: Actor, now: datetime) -> bool:
    """Read a delivery report that came by mail; return whether it was about a message of ours that failed."""
    access.check(by, CARRY)
    found = message_of(message_from_bytes(mail, policy=policy.default))
    if found is None:
        return False
    try:
        id = uuid.UUID(found[0])
    except ValueError:
        return False
    return actions.bounced(id, found[1] or "It came back.", by=by, now=now)
