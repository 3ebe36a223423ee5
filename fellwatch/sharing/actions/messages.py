"""The one door for outgoing messages. Nothing else in the house sends mail or texts.

A message says that something waits and where to sign in, never what or about whom. Its row is written in the
transaction of what it tells of; a job sends it. To somebody the police protect nothing is sent but by their own
rules of safe contact, which name the address and the hours; without a rule, nothing.
"""

import uuid
from datetime import datetime

from procrastinate.contrib.django import app

from fellwatch.foundation import access, audit, ids, rows
from fellwatch.foundation.access import Actor
from fellwatch.sharing import safe
from fellwatch.sharing.access import CARRY, LEAD, MANAGE, REFER
from fellwatch.sharing.models import Message
from fellwatch.sharing.queries import Missing
from fellwatch.sharing.wording import WORDS

DELIVER = "sharing.deliver"
MAY_SEND = (CARRY, MANAGE, REFER, LEAD)


def message(
    kind: str,
    *,
    address: str,
    by: Actor,
    now: datetime,
    name: str = "",
    agency: str = "",
    channel: str = "mail",
    about: uuid.UUID | None = None,
    path: str = "/",
    person_id: uuid.UUID | None = None,
    id: uuid.UUID | None = None,
) -> uuid.UUID:
    """Queue a message, or keep it as refused with the reason; return its id. Queued twice under one id, it is one.

    With `person_id` it goes to somebody the police protect and their rules of safe contact decide, again when it is
    sent. Without an address it fails at once, where it can be seen.
    """
    access.check(by, next((one for one in MAY_SEND if one in by.permissions), REFER))
    with access.acting(by):
        id = id or ids.new()
        if kind not in WORDS:
            raise KeyError(f"No message is called {kind}.")
        because = safe.why_not(person_id, channel, address, now) if person_id else ""
        state = "refused" if because else "waiting" if address else "failed"
        row = Message(
            id=id, kind=kind, channel=channel, address=address, name=name, agency=agency, person_id=person_id,
            about=about, path=path, state=state, because=because or ("" if address else "Nobody there has a mailbox."),
            made_at=now,
        )  # fmt: skip
        if rows.add([row], once=True) and state == "waiting":
            app.configure_task(DELIVER).defer(message=str(id))
        if person_id:
            audit.record(
                by=by, action="disclosure" if state == "waiting" else "refusal", sentence="sharing.message_made",
                subject=("message", id), people=[person_id], detail={"kind": kind, "channel": channel, "state": state},
            )  # fmt: skip
        return id


def record_attempt(
    message_id: uuid.UUID, state: str, *, by: Actor, now: datetime, because: str = "", provider_id: str = ""
) -> None:
    """Keep what became of one attempt to send."""
    access.check(by, CARRY)
    with access.acting(by):
        found = Message.objects.filter(id=message_id).first()
        if found is None:
            raise Missing("There is no such message.")
        values: dict[str, object] = {"attempts": found.attempts + 1, "tried_at": now, "because": because}
        if state == "sent":
            values |= {"sent_at": now, "provider_id": provider_id}
        if state == "bounced":
            values |= {"bounced_at": now}
        Message.objects.filter(id=message_id).update(state=state, **values)


def bounced(message_id: uuid.UUID, because: str, *, by: Actor, now: datetime) -> bool:
    """Say that a message came back; return False where there is none, or it was known."""
    access.check(by, CARRY)
    with access.acting(by):
        known = Message.objects.filter(id=message_id).exclude(state="bounced")
        return bool(known.update(state="bounced", bounced_at=now, because=because[:500]))


def send_again(message_id: uuid.UUID, address: str, *, by: Actor, now: datetime) -> None:
    """Send a message that failed, bounced or was held, to a corrected mailbox where one is given."""
    access.check(by, MANAGE, subject=("message", str(message_id)))
    with access.acting(by):
        found = Message.objects.filter(id=message_id).first()
        if found is None:
            raise Missing("There is no such message.")
        to = address.strip().casefold() or found.address
        again = Message.objects.filter(id=message_id, state__in=["failed", "bounced", "held"], person__isnull=True)
        if to and again.update(state="waiting", address=to, because=""):
            app.configure_task(DELIVER).defer(message=str(message_id))
            audit.record(by=by, action="alteration", sentence="sharing.message_again", subject=("message", message_id))
