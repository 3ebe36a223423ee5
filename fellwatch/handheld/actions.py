"""Set up a handheld, keep in touch with it, and have it wiped."""

import hashlib
import hmac
import uuid
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from fellwatch.assessments.sendings.values import Taken
from fellwatch.assessments.values import Invalid
from fellwatch.foundation import access, audit, once, plain
from fellwatch.foundation.access import Actor
from fellwatch.handheld.access import ANSWER, MANAGE, USE
from fellwatch.handheld.models import Device, DeviceContact, Rescued
from fellwatch.handheld.values import Clocks, NotEnrolled, WipeAsked
from fellwatch.records.queries import Missing

LONGEST_NAME, LONGEST_REASON, SHORTEST_REASON = 80, 500, 5
MOST_RESCUED, LONGEST_SEALED = 500, 1_000_000


def enrol(id: uuid.UUID, name: str, token: str, clocks: Clocks, *, by: Actor, now: datetime) -> uuid.UUID:
    """Set up a handheld for the officer who holds it; return the contact that places its first times."""
    access.check(by, USE)
    if not 1 <= len(name.strip()) <= LONGEST_NAME or not plain.storable(name):
        raise Invalid({"name": f"Give the handheld a name of up to {LONGEST_NAME} letters, such as its asset number."})
    if len(token) < 32:
        raise Invalid({"token": "This handheld made no key. Load the page again."})
    with access.acting(by):
        once.only(id)
        known = Device.objects.filter(id=id).first()
        if known and not _is(known, token):
            raise Taken({"id": "This handheld is set up already. Wipe it first."})
        if known is None:
            Device.objects.create(
                id=id,
                officer_id=by.id,
                officer_name=by.name,
                name=name.strip(),
                token_digest=_digest(token),
                enrolled_at=now,
                seen_at=now,
            )
            audit.record(by=by, action="collection", sentence="handheld.enrolled", subject=("handheld", id))
        return _contact(id, clocks, now)


def meet(id: uuid.UUID, token: str, clocks: Clocks, *, by: Actor, now: datetime) -> uuid.UUID:
    """Note that an officer's handheld is in touch; raise WipeAsked where it must destroy what it holds."""
    access.check(by, USE)
    with access.acting(by):
        known = Device.objects.filter(id=id, officer_id=by.id).first()
        if known is None or not _is(known, token):
            raise NotEnrolled
        if known.wipe_asked_at:
            raise WipeAsked(known.wipe_because)
        Device.objects.filter(id=id).update(
            seen_at=now,
            app_version=clocks.app_version[:80],
            held=clocks.held,
            unsent=clocks.unsent,
            skew_seconds=_bounded((clocks.stamp.at - now).total_seconds()),
        )
        return _contact(id, clocks, now)


def _bounded(seconds: float) -> int:
    return max(min(round(seconds), 2**31 - 1), -(2**31))


def _contact(id: uuid.UUID, clocks: Clocks, now: datetime) -> uuid.UUID:
    stamp = clocks.stamp
    made = DeviceContact.objects.create(
        device_id=id, server_at=now, device_at=stamp.at, running=stamp.running, start=stamp.start[:80]
    )
    return made.id


def ask_wipe(id: uuid.UUID, because: str, *, by: Actor, now: datetime) -> bool:
    """Tell a handheld to destroy what it holds when it is next in touch; return False when it was told before."""
    access.check(by, MANAGE, subject=("handheld", str(id)))
    reason = because.strip()
    if not SHORTEST_REASON <= len(reason) <= LONGEST_REASON or not plain.storable(reason):
        raise Invalid({"because": "Say why in a few words: lost, stolen, given to somebody else, broken."})
    with access.acting(by):
        if not Device.objects.filter(id=id).exists():
            raise Missing("There is no such handheld.")
        asked = Device.objects.filter(id=id, wipe_asked_at__isnull=True).update(
            wipe_asked_at=now, wipe_asked_by_name=by.name, wipe_because=reason
        )
        if asked:
            audit.record(by=by, action="erasure", sentence="handheld.wipe_asked", subject=("handheld", id))
        return bool(asked)


def must_wipe(id: uuid.UUID, token: str, *, by: Actor, now: datetime) -> str:
    """Tell a handheld, locked or not, whether it must destroy what it holds: the reason, or nothing."""
    access.check(by, ANSWER)
    with access.acting(by):
        known = _known(id, token)
        if known.wipe_asked_at is None or known.wiped_at:
            Device.objects.filter(id=id).update(seen_at=now)
        return known.wipe_because if known.wipe_asked_at else ""


def wiped(
    id: uuid.UUID,
    token: str,
    destroyed: Sequence[Mapping[str, Any]],
    sealed: Mapping[str, str],
    *,
    by: Actor,
    now: datetime,
    more: bool = False,
) -> None:
    """Keep the list of what a handheld destroyed, and unsent work that it sealed to the force's recovery key.

    Sealed work comes in as many parts as it needs; `more` says that this is not the last."""
    access.check(by, ANSWER)
    if len(sealed) > MOST_RESCUED or any(len(one) > LONGEST_SEALED for one in sealed.values()):
        raise Invalid({"sealed": "This is more than a handheld can hold."})
    with access.acting(by):
        once.only(id)
        known = _known(id, token)
        if not known.wipe_asked_at:
            raise Invalid({"id": "Nobody asked for this handheld to be wiped."})
        for record, envelope in sealed.items():
            Rescued.objects.get_or_create(
                device_id=id, record=record[:200], defaults={"sealed": envelope, "received_at": now}
            )
        if known.wiped_at is None and not more:
            Device.objects.filter(id=id).update(wiped_at=now, destroyed=[dict(one) for one in destroyed])
            audit.record(
                by=by,
                action="erasure",
                sentence="handheld.wiped",
                subject=("handheld", id),
                detail={"destroyed": len(destroyed), "rescued": Rescued.objects.filter(device_id=id).count()},
            )


def _known(id: uuid.UUID, token: str) -> Device:
    known = Device.objects.filter(id=id).first()
    if known is None or not _is(known, token):
        raise NotEnrolled
    return known


def _is(known: Device, token: str) -> bool:
    return hmac.compare_digest(known.token_digest, _digest(token))


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
