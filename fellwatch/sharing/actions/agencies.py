"""Agencies, the agreements they are told things under, and who may never receive what."""

import re
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from fellwatch.foundation import access, audit, ids, once, plain
from fellwatch.foundation.access import Actor
from fellwatch.foundation.accounts.models import User
from fellwatch.records import earlier, holders
from fellwatch.sharing import fields
from fellwatch.sharing.access import CARRY, MANAGE, REFER
from fellwatch.sharing.actions import steps
from fellwatch.sharing.actions.joining import leave
from fellwatch.sharing.checks import SHORTEST, Invalid
from fellwatch.sharing.models import Agency, Agreement, Exclusion, Member
from fellwatch.sharing.queries import Missing

LONGEST_DAYS = 3 * 366
"""An agreement is looked at again within three years."""

LONGEST = 200
CODE = re.compile(r"[a-z][a-z0-9-]{1,39}")
"""Part of addresses, and what an account of the agency bears."""
ONE_AT_A_TIME = uuid.UUID("0199b1f2-7c1a-7f3e-9d53-61676e637931")
"""Held while an agency is added, so that the same name from somebody else is found and told."""


@dataclass(frozen=True)
class NewAgency:
    """What is known of an agency when it is added. Its kind decides what it may be told."""

    code: str
    name: str
    kind: str
    telephone: str = ""
    mailbox: str = ""
    in_hub: bool = False
    manager: str = ""


def _may(by: Actor) -> str:
    return MANAGE if MANAGE in by.permissions else CARRY


def add_agency(
    code: str,
    name: str,
    kind: str,
    *,
    by: Actor,
    telephone: str = "",
    mailbox: str = "",
    in_hub: bool = False,
    manager: str = "",
) -> None:
    """Put an agency in, or correct what is known of it, as a demonstration does; people use `register_agency`."""
    access.check(by, _may(by))
    with access.acting(by):
        Agency.objects.update_or_create(
            code=code,
            defaults={
                "name": name, "kind": kind, "telephone": telephone, "mailbox": mailbox, "in_hub": in_hub,
                "manager": manager, "closed": False,
            },
        )  # fmt: skip


def register_agency(new: NewAgency, *, by: Actor, now: datetime) -> None:
    """Add an agency that nobody knew. Sent twice, added once; another's code or name is told beside the field."""
    access.check(by, MANAGE)
    texts = {name: text for name, text in vars(new).items() if isinstance(text, str)}
    unkept = {name: wrong for name, text in texts.items() if (wrong := plain.problem(text, LONGEST))}
    with access.acting(by):
        once.only(ONE_AT_A_TIME)
        if not unkept and Agency.objects.filter(**vars(new), closed=False).exists():
            return
        if problems := _unfit(new, unkept, now):
            raise Invalid(problems)
        Agency.objects.create(**vars(new))
        audit.record(
            by=by, action="alteration", sentence="sharing.agency_added", subject=("agency", new.code),
            detail={"kind": new.kind, "in_hub": new.in_hub},
        )  # fmt: skip


def _unfit(new: NewAgency, unkept: Mapping[str, str], now: datetime) -> dict[str, str]:
    """Say what is wrong, beside what cannot be kept: no table is asked for that."""
    problems = dict(unkept)
    if not new.name.strip():
        problems["name"] = "Give its name, as everybody is to read it."
    elif "name" not in unkept and (same := Agency.objects.filter(name__iexact=new.name).first()):
        problems["name"] = f"{_there(same)} has this name already. Add what tells them apart, such as the town."
    if not CODE.fullmatch(new.code):
        problems["code"] = "Begin with a small letter; use 2 to 40 letters, figures and hyphens, as in larch-refuge."
    elif same := Agency.objects.filter(code=new.code).first():
        problems["code"] = f"{_there(same)} has this code already. Choose another."
    elif User.objects.filter(agency=new.code).exists():
        problems["code"] = "Accounts of somebody else bear this code, and would be let in. Choose another."
    if fields.find(fields.KINDS, new.kind, now) is None:
        problems["kind"] = "Choose its kind: it decides what the agency may be told."
    if new.mailbox and not plain.is_mailbox(new.mailbox):
        problems["mailbox"] = "This is no mailbox. Write it as duty@agency.example, or leave it out."
    return problems


def _there(found: Agency) -> str:
    return f"{found.name}, which has left," if found.closed else found.name


def close_agency(code: str, *, by: Actor, now: datetime) -> int:
    """Close an agency that has left: nothing more is sent to it and each of its people is out at once.

    Returns how many people had access until now. What it has not answered stays in the lists of those who sent it.
    """
    access.check(by, MANAGE)
    with access.acting(by):
        if not Agency.objects.filter(code=code).update(closed=True):
            raise Missing("There is no such agency.")
        people = list(Member.objects.filter(agency=code, left_at__isnull=True).values_list("id", flat=True))
        for one in people:
            leave(one, by=by, now=now)
        audit.record(by=by, action="alteration", sentence="sharing.agency_closed", subject=("agency", code))
        return len(people)


def agree(
    agency: str,
    title: str,
    from_date: date | None,
    to_date: date | None,
    told: Sequence[str],
    signed_by: str,
    *,
    by: Actor,
    now: datetime,
    id: uuid.UUID | None = None,
) -> uuid.UUID:
    """Note a signed agreement: what the agency may be told, from a day, until another. Sent twice, noted once.

    It may say less than the rulebook allows its kind, never more.
    """
    access.check(by, _may(by))
    with access.acting(by):
        id = id or ids.new()
        if Agreement.objects.filter(id=id).exists():
            return id
        found = Agency.objects.filter(code=agency, closed=False).first()
        if found is None:
            raise Missing("There is no such agency.")
        problems = _faults(found, title, from_date, to_date, told, signed_by, now)
        if problems or from_date is None or to_date is None:
            raise Invalid(problems)
        Agreement.objects.create(
            id=id, agency=found, title=title.strip(), from_date=from_date, to_date=to_date, fields=list(told),
            signed_by=signed_by.strip(), noted_at=now, noted_by_name=by.name,
        )  # fmt: skip
        audit.record(
            by=by, action="alteration", sentence="sharing.agreed", subject=("agency", agency),
            detail={"fields": sorted(told), "until": to_date.isoformat()},
        )  # fmt: skip
        return id


def _faults(
    agency: Agency,
    title: str,
    from_date: date | None,
    to_date: date | None,
    told: Sequence[str],
    signed_by: str,
    now: datetime,
) -> dict[str, str]:
    problems: dict[str, str] = {}
    if not title.strip():
        problems["title"] = "Say what the agreement is called."
    if not signed_by.strip():
        problems["signed_by"] = "Say who signed for each side."
    if from_date is None:
        problems["from_date"] = "Give the day from which it holds."
    if to_date is None or (from_date and to_date <= from_date):
        problems["to_date"] = "Give the day on which it ends, after it began."
    elif from_date and (to_date - from_date).days > LONGEST_DAYS:
        problems["to_date"] = "No agreement holds longer than three years unlooked at."
    may = {one.code for one in fields.allowed(agency.kind, now)}
    if not told:
        problems["told"] = "Tick what it may be told."
    elif beyond := [fields.label(fields.FIELDS, one, now) for one in told if one not in may]:
        problems["told"] = f"The rulebook does not let this kind of agency be told: {', '.join(beyond).lower()}."
    return problems


def exclude(about: uuid.UUID, person_id: uuid.UUID, because: str, *, by: Actor, now: datetime) -> None:
    """Name somebody who may never receive anything in a matter, on any exit. Named twice, they are named once."""
    access.check(by, REFER)
    with access.acting(by):
        words = steps.require("excluded_because", "Say why they must not see this.", because, SHORTEST)
        found = earlier.who(person_id)
        if found is None:
            raise Invalid({"excluded": "Choose the person: search for them first."})
        Exclusion.objects.get_or_create(
            about=about, person_id=found,
            defaults={"id": ids.new(), "because": words, "noted_at": now, "noted_by_name": by.name},
        )  # fmt: skip
        audit.record(by=by, action="alteration", sentence="sharing.excluded", subject=("matter", about), people=[found])


def identify(user_id: uuid.UUID, person_id: uuid.UUID, because: str, *, by: Actor, now: datetime) -> None:
    """Say that an account belongs to somebody in the records: what concerns them or theirs is closed to it at once."""
    access.check(by, MANAGE)
    with access.acting(by):
        words = steps.require("because", "Say how it is known.", because, SHORTEST)
        if earlier.who(person_id) is None:
            raise Invalid({"person": "Choose the person: search for them first."})
        if not User.objects.filter(id=user_id).exists():
            raise Invalid({"user": "Choose whose account it is."})
        holders.identify(user_id, person_id, words, by=by, now=now)
