"""Place the times a handheld gives, by the contacts the server had with it."""

import uuid
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from fellwatch.assessments.values import Invalid
from fellwatch.handheld.models import Device, DeviceContact
from fellwatch.rules import device_time
from fellwatch.rules.device_time import Contact, Established, Stamp

Given = Mapping[str, Any]


def stamp(given: Any) -> Stamp:
    """Read a handheld's clocks, or raise Invalid."""
    try:
        at = datetime.fromtimestamp(float(given["at"]) / 1000, UTC)
        return Stamp(at, float(given["running"]), str(given["start"])[:80])
    except (TypeError, KeyError, ValueError, OverflowError, OSError):
        raise Invalid({"clock": "This handheld's clock cannot be read. Load the page again."}) from None


def place(given: Mapping[str, Any], *, device_id: uuid.UUID, told: Contact) -> dict[str, Established]:
    """Place each named time. Each names the contact before it; one that names none is placed after the first."""
    contacts = _contacts(device_id, given)
    first = _first(device_id, told)
    return {
        name: device_time.establish(stamp(one), before=contacts.get(_id(one), first), told=told)
        for name, one in given.items()
    }


def _contacts(device_id: uuid.UUID, given: Mapping[str, Any]) -> dict[uuid.UUID | None, Contact]:
    wanted = [id for id in map(_id, given.values()) if id]
    rows = DeviceContact.objects.filter(device_id=device_id, id__in=wanted)
    return {row.id: _contact(row) for row in rows}


def _first(device_id: uuid.UUID, told: Contact) -> Contact:
    row = DeviceContact.objects.filter(device_id=device_id).order_by("server_at").first()
    enrolled = Device.objects.filter(id=device_id).values_list("enrolled_at", flat=True).first()
    return _contact(row) if row else Contact(enrolled or told.server_at, told.device)


def _contact(row: DeviceContact) -> Contact:
    return Contact(row.server_at, Stamp(row.device_at, row.running, row.start))


def _id(one: Any) -> uuid.UUID | None:
    try:
        return uuid.UUID(one["contact"])
    except (TypeError, KeyError, ValueError, AttributeError):
        return None
