"""Plain values of handhelds."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from fellwatch.rules.device_time import Stamp


@dataclass(frozen=True)
class Clocks:
    """What a handheld's clocks say as it speaks, and what it holds."""

    stamp: Stamp
    app_version: str = ""
    held: int = 0
    unsent: int = 0


@dataclass(frozen=True)
class DeviceView:
    """A handheld as a page lists it."""

    id: uuid.UUID
    officer_name: str
    name: str
    enrolled_at: datetime
    seen_at: datetime
    app_version: str
    held: int
    unsent: int
    skew_seconds: int
    state: str
    wipe_asked_at: datetime | None
    wipe_asked_by_name: str
    wipe_because: str
    wiped_at: datetime | None
    destroyed: tuple[Mapping[str, Any], ...]
    rescued: int


class WipeAsked(Exception):
    """This handheld is to destroy what it holds before anything else."""

    def __init__(self, because: str) -> None:
        super().__init__("This handheld has been told to destroy what it holds.")
        self.because = because


class NotEnrolled(Exception):
    """The server does not know this handheld, or it is somebody else's."""

    def __init__(self) -> None:
        super().__init__("This handheld is not set up for you. What is on it stays; ask whoever looks after handhelds.")
