"""Let an agency read how somebody is reached, all of it or nothing, and end that: what forbids is never left out."""

import uuid
from datetime import datetime

from fellwatch.foundation import access, audit, ids, once
from fellwatch.foundation.access import Actor
from fellwatch.records import earlier
from fellwatch.sharing import fields, queries
from fellwatch.sharing.access import REACH, SAY_REACH
from fellwatch.sharing.actions import steps
from fellwatch.sharing.checks import Invalid
from fellwatch.sharing.models import SafeContactShare
from fellwatch.sharing.queries import AgencyView, Missing
from fellwatch.sharing.reach import checks
from fellwatch.sharing.reach.values import Shared

FIELD = "safe_contact"


def may_be_told(agency: AgencyView, now: datetime) -> bool:
    """Say whether the rulebook and the agreement in force let an agency be told how somebody is reached."""
    told = {one.code for one in fields.allowed(agency.kind, now, agency.agreed)}
    return FIELD in told and not agency.lapsed


def share(person_id: uuid.UUID, agency: str, because: str, *, by: Actor, now: datetime) -> None:
    """Let an agency read how somebody is reached from now, and each change of it. Said twice, once."""
    access.check(by, SAY_REACH, subject=("person", str(person_id)))
    with access.acting(by):
        person_id = earlier.lead(person_id)
        once.only(person_id)
        steps.require_person(person_id, by)
        why = steps.require("because", "Say why they must know it.", because, checks.SHORTEST)
        found = next((one for one in queries.agencies(by=by, now=now) if one.code == agency), None)
        if found is None or not may_be_told(found, now):
            raise Invalid({"agency": "Choose an agency whose agreement lets it be told this."})
        if SafeContactShare.objects.filter(person_id=person_id, agency_id=agency, ended_at__isnull=True).exists():
            return
        SafeContactShare.objects.create(
            id=ids.new(), person_id=person_id, agency_id=agency, because=why, at=now, by_id=by.id, by_name=by.name
        )
        audit.record(
            by=by, action="disclosure", sentence="sharing.reach_shared", subject=("person", person_id),
            people=[person_id], detail={"agency": agency},
        )  # fmt: skip


def unshare(person_id: uuid.UUID, share_id: uuid.UUID, *, by: Actor, now: datetime) -> None:
    """End that an agency may read it. Ended twice, it is ended once."""
    access.check(by, SAY_REACH, subject=("person", str(person_id)))
    with access.acting(by):
        person_id = earlier.lead(person_id)
        row = SafeContactShare.objects.filter(id=share_id, person_id=person_id).first()
        if row is None:
            raise Missing("There is no such sharing.")
        open_still = SafeContactShare.objects.filter(id=share_id, ended_at__isnull=True)
        if open_still.update(ended_at=now, ended_by_name=by.name):
            audit.record(
                by=by, action="alteration", sentence="sharing.reach_unshared", subject=("person", person_id),
                people=[person_id], detail={"agency": row.agency_id},
            )  # fmt: skip


@access.reads
def told(person_id: uuid.UUID, *, by: Actor) -> tuple[Shared, ...]:
    """Return the agencies that may read it now. The caller logs the read of the person."""
    access.check(by, REACH, subject=("person", str(person_id)))
    rows = SafeContactShare.objects.filter(person_id=person_id, ended_at__isnull=True).select_related("agency")
    return tuple(Shared(one.id, one.agency.name, one.because, one.at, one.by_name) for one in rows.order_by("at"))
