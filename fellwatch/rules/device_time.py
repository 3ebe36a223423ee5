"""When something happened on a device whose clock nobody vouches for.

The server knows two instants for certain: its last contact with the device before the thing happened, and the
moment the device told of it. Between them the device's own clocks count: one that people can set, one that only
runs forward and may stand still while the device sleeps. Where the settable clock kept pace with the server's
between the two, it is believed, corrected by its offset. Where it did not, somebody or something moved it, and
the earliest instant possible is taken, so that no legal time ever runs later than the truth.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

TOLERANCE = timedelta(minutes=2)
"""How far a sound clock may drift, and a message travel, between two contacts."""


class Basis(StrEnum):
    """Why an instant is believed."""

    CORRECTED = "corrected"
    EARLIEST = "earliest"


@dataclass(frozen=True)
class Stamp:
    """An instant by a device: its settable clock, milliseconds since it started, and which start that was."""

    at: datetime
    running: float
    start: str


@dataclass(frozen=True)
class Contact:
    """An instant that the server and the device both saw."""

    server_at: datetime
    device: Stamp


@dataclass(frozen=True)
class Established:
    """The instant the server stands by, the device's own, and why they may differ."""

    at: datetime
    device_at: datetime
    basis: Basis


def establish(stamp: Stamp, *, before: Contact, told: Contact) -> Established:
    """Place an instant between the last contact before it and the contact that tells of it."""
    earliest, latest = before.server_at, told.server_at
    if stamp.start == before.device.start:
        earliest = min(earliest + _run(before.device, stamp), latest)
    if not _kept_pace(before, told):
        return Established(earliest, stamp.at, Basis.EARLIEST)
    guess = before.server_at + (stamp.at - before.device.at)
    if not before.server_at - TOLERANCE <= guess <= latest + TOLERANCE:
        return Established(earliest, stamp.at, Basis.EARLIEST)
    return Established(min(max(guess, earliest), latest), stamp.at, Basis.CORRECTED)


def _run(one: Stamp, later: Stamp) -> timedelta:
    return max(timedelta(milliseconds=later.running - one.running), timedelta(0))


def _kept_pace(before: Contact, told: Contact) -> bool:
    by_server = told.server_at - before.server_at
    by_device = told.device.at - before.device.at
    return abs(by_server - by_device) <= TOLERANCE
