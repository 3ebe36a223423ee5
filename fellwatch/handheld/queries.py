"""What an officer's handheld may hold, and which handhelds there are."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count

from fellwatch.assessments import queries as assessments
from fellwatch.contact import queries as contact
from fellwatch.foundation import access, audit
from fellwatch.foundation.access import Actor
from fellwatch.handheld import cards, nearby, placing
from fellwatch.handheld.access import MANAGE, USE
from fellwatch.handheld.models import Device, Rescued
from fellwatch.handheld.values import DeviceView
from fellwatch.records.geography.distance import Point
from fellwatch.records.queries import Missing
from fellwatch.response import queries as response
from fellwatch.rules.device_time import Contact, Established

MOST_NEAR, MOST_KEPT, MOST_GRAVE = 30, 20, 200
DAY = timedelta(hours=24)


@dataclass(frozen=True)
class Day:
    """What changed for a handheld: cards to store, and every incident it may go on holding, newest first."""

    cards: tuple[Mapping[str, Any], ...]
    order: tuple[uuid.UUID, ...]
    own: tuple[uuid.UUID, ...]
    """Those the officer attends."""


@access.reads
def day(
    have: Mapping[str, str],
    kept: Sequence[uuid.UUID],
    *,
    by: Actor,
    now: datetime,
    here: Point | None = None,
) -> Day:
    """Return today's incidents near the officer, those attended and those kept, save cards the handheld has already.

    Emergencies of the officer's area are always among them, however far: an officer's list begins with them.
    `have` gives the mark of each card it holds; `here` is where it is, if it says so, and is not kept. Logs everyone
    on each card sent.
    """
    access.check(by, USE)
    own = response.attending(by=by, now=now)[:MOST_KEPT]
    origins = [here] if here else contact.whereabouts(own, by=by)
    area = cards.area_of(by)
    grave = contact.gravest(area, by=by, now=now, limit=MOST_GRAVE)
    near = nearby.nearest(contact.in_reach(by=by, since=now - DAY), origins, area, MOST_NEAR)
    back = assessments.returned_to(by.id, by=by)
    wanted = [*dict.fromkeys([*back, *kept[:MOST_KEPT], *own, *grave, *(one.id for one in near)])]
    shown = cards.for_incidents(wanted, by=by, now=now)
    changed = [one for one in shown if have.get(str(one.id)) != one.mark]
    for one in changed:
        audit.record(
            by=by,
            action="consultation",
            sentence="handheld.card_sent",
            subject=("incident", one.id),
            people=one.people,
        )
    order = sorted(shown, key=lambda one: one.received_at, reverse=True)
    return Day(tuple(one.data for one in changed), tuple(one.id for one in order), tuple(own))


@access.reads
def placed(given: Mapping[str, Any], *, device_id: uuid.UUID, told: Contact, by: Actor) -> Mapping[str, Established]:
    """Return when each named thing happened, as far as the contacts with the handheld establish it."""
    access.check(by, USE)
    return placing.place(given, device_id=device_id, told=told)


@access.reads
def devices(*, by: Actor) -> tuple[DeviceView, ...]:
    """Return every handheld, those longest out of touch last."""
    access.check(by, MANAGE)
    rescued = dict(Rescued.objects.values_list("device_id").annotate(count=Count("id")))
    found = tuple(_view(row, rescued.get(row.id, 0)) for row in Device.objects.order_by("-seen_at"))
    audit.record(by=by, action="consultation", sentence="handheld.devices_read", subject=("handhelds", len(found)))
    return found


@access.reads
def device(id: uuid.UUID, *, by: Actor) -> DeviceView:
    """Return one handheld, or raise Missing."""
    access.check(by, MANAGE, subject=("handheld", str(id)))
    row = Device.objects.filter(id=id).first()
    if row is None:
        raise Missing("There is no such handheld.")
    audit.record(by=by, action="consultation", sentence="handheld.device_read", subject=("handheld", id))
    return _view(row, Rescued.objects.filter(device_id=id).count())


@access.reads
def rescued(id: uuid.UUID, *, by: Actor) -> tuple[tuple[str, str], ...]:
    """Return the sealed work of a wiped handheld: each record's name and its envelope. Nobody here can open it."""
    access.check(by, MANAGE, subject=("handheld", str(id)))
    found = tuple(Rescued.objects.filter(device_id=id).order_by("record").values_list("record", "sealed"))
    audit.record(
        by=by,
        action="disclosure",
        sentence="handheld.rescued_exported",
        subject=("handheld", id),
        detail={"envelopes": len(found)},
    )
    return found


def _view(row: Device, rescued: int) -> DeviceView:
    return DeviceView(
        id=row.id,
        officer_name=row.officer_name,
        name=row.name,
        enrolled_at=row.enrolled_at,
        seen_at=row.seen_at,
        app_version=row.app_version,
        held=row.held,
        unsent=row.unsent,
        skew_seconds=row.skew_seconds,
        state="wiped" if row.wiped_at else "wipe_asked" if row.wipe_asked_at else "in_use",
        wipe_asked_at=row.wipe_asked_at,
        wipe_asked_by_name=row.wipe_asked_by_name,
        wipe_because=row.wipe_because,
        wiped_at=row.wiped_at,
        destroyed=tuple(row.destroyed),
        rescued=rescued,
    )
