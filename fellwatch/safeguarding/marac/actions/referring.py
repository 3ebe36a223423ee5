"""Refer somebody to the MARAC: an officer from the records, a partner from its own door by what it knows."""

import uuid
from datetime import datetime

from fellwatch.foundation import access, clock, once
from fellwatch.foundation.access import Actor
from fellwatch.meetings import actions as meetings
from fellwatch.meetings import names
from fellwatch.meetings.models import Matter
from fellwatch.records.access import READ as READ_RECORDS
from fellwatch.safeguarding.marac import checks, law
from fellwatch.safeguarding.marac.access import REFER
from fellwatch.safeguarding.marac.actions import placing, steps
from fellwatch.safeguarding.marac.models import MaracReferral
from fellwatch.safeguarding.marac.values import TOLD, Invalid, NewReferral

POLICE = "police"
NAMESAKE = "You bear the same name, so you could not see your own referral: ask a colleague to make it."


def refer(new: NewReferral, *, by: Actor, now: datetime) -> uuid.UUID:
    """Store a referral and start its clocks; sent twice under one id, it stands once.

    From the moment it is stored it is kept from the perpetrator, from whoever bears that name, and from those around
    them. Raises Invalid with every problem beside its field.
    """
    access.check(by, REFER)
    problems = checks.referral(new, now)
    police = READ_RECORDS in by.permissions
    if police and (new.victim_id is None or not new.perpetrators):
        problems["perpetrator"] = "Choose who did it: somebody around the victim, or somebody new by name."
    if police and new.victim_id in new.perpetrators:
        problems["perpetrator"] = placing.NOT_APART
    if not police and names.key(by.name) in names.written(new.said.get("perpetrator_name", "")):
        problems["perpetrator_name"] = NAMESAKE
    if problems:
        raise Invalid(problems)
    with access.acting(by):
        once.only(new.id)
        if MaracReferral.objects.filter(id=new.id).exists():
            return new.id
        meant = placing.known(new.victim_id, new.perpetrators) if police and new.victim_id else None
        row = _store(new, police, by=by, now=now)
        steps.tell(row, "referred", f"Referred by {by.name}.", by=by, at=now)
        steps.logged("referred", row, by=by, action="collection", source=row.source, consent=row.consent)
        if meant:
            placing.meant(row, *meant, by=by, now=now)
        else:
            _keep_apart(row.matter, new, by=by, now=now)
    return new.id


def _store(new: NewReferral, police: bool, *, by: Actor, now: datetime) -> MaracReferral:
    reference = f"MARAC-{clock.london(now):%y%m%d}-{new.id.hex[-6:].upper()}"
    matter = meetings.bring(new.id, "marac", reference, by=by, now=now)
    said = {name: text.strip() for name, text in new.said.items() if text.strip()}
    return MaracReferral.objects.create(
        id=new.id,
        matter=matter,
        source=POLICE if police else "partner",
        agency=by.agency,
        by_id=by.id,
        by_name=by.name,
        referred_at=now,
        incident_id=new.incident_id if police else None,
        said=said,
        told={name: said[name] for name in TOLD if name in said},
        rule_version=law.conference_version(clock.london_date(now)).number,
        judgement=new.judgement,
        ticks=new.ticks,
        behaviour=new.behaviour,
        happened_date=new.happened_date,
        consent=new.consent,
        aware=new.aware,
        basis=new.basis,
        basis_because=new.basis_because.strip(),
        children=new.children,
        equality=[one for one in new.equality if one in checks.EQUALITY],
        state="to_place",
        contact_due_at=law.due(law.CONTACT, now).at,
    )


def _keep_apart(matter: Matter, new: NewReferral, *, by: Actor, now: datetime) -> None:
    """Keep it from the names the partner wrote: last, since the writer may bear one of them."""
    associates = [*names.written(new.said.get("not_safe", "")), *names.written(new.said.get("afraid_of", ""))]
    perpetrators = new.said["perpetrator_name"].replace(" and ", ",").split(",")
    meetings.keep_from(matter, (), by=by, now=now, written=associates, role="associate")
    meetings.keep_from(matter, (), by=by, now=now, written=perpetrators)
