"""Say how somebody may safely be reached, and take it back. Nothing is overwritten: what held before stays readable."""

import uuid
from datetime import datetime

from fellwatch.foundation import access, audit, clock, ids, once
from fellwatch.foundation.access import Actor
from fellwatch.records import earlier
from fellwatch.sharing import safe
from fellwatch.sharing.access import SAY_REACH
from fellwatch.sharing.actions import steps
from fellwatch.sharing.checks import Invalid
from fellwatch.sharing.models import SafeContact, SafeContactEnd
from fellwatch.sharing.queries import Missing
from fellwatch.sharing.reach import checks
from fellwatch.sharing.reach.values import NewRule, Rule

CHANGED = "Somebody has changed this meanwhile. Look at what holds now; what you wrote is kept."


def say(new: NewRule, *, by: Actor, now: datetime) -> uuid.UUID:
    """Note what was said of one way to reach somebody; return its id. Sent twice, it stands once.

    It takes over what stood of the same number or address, and the rule it names. Raises Invalid beside each field.
    """
    access.check(by, SAY_REACH, subject=("person", str(new.person_id)))
    with access.acting(by):
        person = earlier.lead(new.person_id)
        once.only(person)
        if SafeContact.objects.filter(id=new.id).exists():
            return new.id
        steps.require_person(person, by)
        read = checks.read(new, now)
        address = new.address.strip()
        standing = safe.standing(person)
        before = _before(new, standing)
        rest = [one for one in standing if before is None or one.id != before.id]
        if wrong := _contradicted(new, read, rest, before, now):
            raise Invalid(wrong)
        SafeContact.objects.create(
            id=new.id, person_id=person, channel=new.channel, allowed=read.allowed, address=address,
            address_key=safe.key(new.channel, address), said_by=new.said_by, said_by_name=new.said_by_name.strip(),
            because=new.because.strip(), words=new.words.strip(), password=new.password.strip(),
            if_other=new.if_other.strip(), kept_from=new.kept_from.strip(), from_time=read.from_time,
            to_time=read.to_time, from_date=read.from_date, to_date=read.to_date,
            replaces_id=before.id if before else None, said_at=now, noted_by_id=by.id, noted_by_name=by.name,
        )  # fmt: skip
        audit.record(
            by=by, action="alteration" if before else "collection", sentence="sharing.reach_said",
            subject=("safe contact", new.id), people=[person],
            detail={"channel": new.channel, "allowed": read.allowed, "said_by": new.said_by},
        )  # fmt: skip
        return new.id


def end(rule_id: uuid.UUID, because: str, *, by: Actor, now: datetime) -> None:
    """Take a rule back, with the reason; nothing is said of that way from now. Sent twice, it is ended once."""
    access.check(by, SAY_REACH)
    with access.acting(by):
        row = SafeContact.objects.filter(id=rule_id).first()
        if row is None:
            raise Missing("There is no such rule.")
        once.only(row.person_id)
        said = steps.require("because", "Say who took it back, or why it no longer holds.", because, checks.SHORTEST)
        found = SafeContactEnd.objects.filter(rule_id=rule_id).first()
        if found and (found.by_id, found.because) == (by.id, said):
            return
        if found or SafeContact.objects.filter(replaces_id=rule_id).exists():
            raise Invalid({"because": CHANGED})
        SafeContactEnd.objects.create(id=ids.new(), rule_id=rule_id, because=said, at=now, by_id=by.id, by_name=by.name)
        audit.record(
            by=by, action="alteration", sentence="sharing.reach_ended", subject=("safe contact", rule_id),
            people=[row.person_id], detail={"channel": row.channel, "allowed": row.allowed},
        )  # fmt: skip


def _before(new: NewRule, standing: list[Rule]) -> Rule | None:
    """Return the rule that this one takes over: the one it names, else what stands of the same number or address."""
    if new.replaces:
        named = next((one for one in standing if one.id == new.replaces), None)
        if named is None:
            raise Invalid({"words": CHANGED})
        return named
    same = safe.key(new.channel, new.address)
    return next((one for one in standing if (one.channel, one.key) == (new.channel, same)), None)


def _contradicted(
    new: NewRule, read: checks.Read, rest: list[Rule], before: Rule | None, now: datetime
) -> dict[str, str]:
    """Return what stands against it: a later beginning that would leave a gap, or what forbids the same."""
    if before and read.from_date > clock.london_date(now):
        return {"from_date": "Something of this number or address holds today. Note this on the day it begins."}
    same = {"", safe.key(new.channel, new.address)}
    said = [one for one in rest if one.channel == new.channel]
    if read.allowed and any(not one.allowed and one.key in same for one in said):
        return {"allowed-1": "It was said that this way is not safe. End that first, with the reason."}
    if any(one.key == safe.key(new.channel, new.address) for one in said):
        return {"address": "Something else stands of this number or address. Replace that instead."}
    return {}
