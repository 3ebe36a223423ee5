"""Somebody independent reaches the victim: which service, each attempt, and whether it was in time."""

import uuid
from datetime import datetime

from fellwatch.foundation import access
from fellwatch.foundation.access import Actor
from fellwatch.meetings import actions as meetings
from fellwatch.meetings.access import TAKE_PART
from fellwatch.orders.actions.steps import require_past
from fellwatch.safeguarding.marac.access import PLACE, WRITE
from fellwatch.safeguarding.marac.actions import steps
from fellwatch.safeguarding.marac.models import MaracContact, MaracReferral
from fellwatch.safeguarding.marac.values import Invalid, Reached
from fellwatch.sharing import queries as sharing
from fellwatch.sharing import safe
from fellwatch.sharing.reach import checks as reach
from fellwatch.sharing.reach.values import HOW

ADVISES = "domestic_abuse"


def offer_adviser(row: MaracReferral, *, by: Actor, now: datetime) -> None:
    """Name the adviser's service, which knows of it from now: the one that referred, else the first. A step."""
    access.check(by, PLACE)
    services = [one.code for one in sharing.agencies(by=by) if one.kind == ADVISES]
    chosen = row.agency if row.agency in services else next(iter(services), "")
    sharers = [one for one in (chosen, row.agency if row.source == "partner" else "") if one]
    if sharers:
        meetings.widen(row.matter_id, sharers, by=by)
    MaracReferral.objects.filter(id=row.id).update(adviser=chosen)
    row.adviser = chosen


def assign_adviser(referral_id: uuid.UUID, agency: str, *, by: Actor, now: datetime) -> None:
    """Give the victim's contact to another service."""
    access.check(by, WRITE)
    with access.acting(by):
        row = steps.turn(referral_id)
        named = {one.code: one.name for one in sharing.agencies(by=by) if one.kind == ADVISES}
        if agency not in named:
            raise Invalid({"adviser": "Choose a service that advises victims of domestic abuse."})
        meetings.widen(row.matter_id, [agency], by=by)
        MaracReferral.objects.filter(id=row.id).update(adviser=agency)
        steps.tell(row, "adviser", f"{named[agency]} reaches the victim.", by=by, at=now)
        steps.logged("adviser_assigned", row, by=by, agency=agency)


def reached(referral_id: uuid.UUID, new: Reached, *, by: Actor, now: datetime) -> None:
    """Note an attempt to reach the victim, as the adviser's service or for it. Sent twice, it stands once."""
    access.check(by, WRITE if WRITE in by.permissions else TAKE_PART)
    least = "Say what was agreed, and what the victim wants." if new.reached else "Say how it was tried."
    said = steps.words(new.words, "words", least, least=5)
    with access.acting(by):
        row = steps.turn(referral_id)
        if WRITE not in by.permissions and by.agency != row.adviser:
            raise Invalid({"words": "Another service reaches this victim. Ring the coordinator."})
        if MaracContact.objects.filter(id=new.id).exists():
            return
        require_past(new.at, "at", now)
        # A watch shows minutes: somebody reached within the minute of the referral was not reached before it.
        if new.at < row.referred_at.replace(second=0, microsecond=0):
            raise Invalid({"at": "This lies before the referral."})
        if (
            row.victim_id
            and (WRITE in by.permissions or safe.rows(row.victim_id))
            and (unsafe := reach.unsafe(row.victim_id, new.means, new.to, new.at))
        ):
            raise Invalid(unsafe)
        if new.reached and new.engaged not in {"yes", "no", "thinking"}:
            raise Invalid({"engaged-1": "Say whether they want help."})
        # The circle reads these words: they say by which way, never by which number.
        said = f"{HOW[new.means]}. {said}" if new.means in HOW else said
        MaracContact.objects.create(
            id=new.id, referral=row, agency=row.adviser or by.agency, at=new.at, reached=new.reached,
            engaged=new.engaged if new.reached else "", words=said, by_id=by.id, by_name=by.name,
        )  # fmt: skip
        steps.tell(row, "reached" if new.reached else "not_reached", said, by=by, at=new.at)
        steps.logged("reached" if new.reached else "not_reached", row, by=by)
