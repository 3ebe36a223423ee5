"""Plain values of photographs."""

import uuid
from dataclasses import dataclass
from datetime import datetime

PART = 256 * 1024
"""Bytes in each part but the last."""
LARGEST = 24 * 1024 * 1024


@dataclass(frozen=True)
class NewPhotograph:
    """A photograph as its taker declares it, before its bytes."""

    id: uuid.UUID
    incident_id: uuid.UUID
    person_id: uuid.UUID | None
    caption: str
    exhibit: str
    media_type: str
    size: int
    digest: str


@dataclass(frozen=True)
class PhotographState:
    """How far a photograph has come: which parts are still wanted. A receipt only when it is whole."""

    id: uuid.UUID
    wanted: tuple[int, ...]
    complete: bool
    code: str


@dataclass(frozen=True)
class PhotographView:
    """A photograph as a page lists it."""

    id: uuid.UUID
    caption: str
    exhibit: str
    size: int
    taken_at: datetime
    received_at: datetime
    complete: bool
    code: str
    by_name: str
