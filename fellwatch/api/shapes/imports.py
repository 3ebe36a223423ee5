"""What a machine is told of files taken in."""

import uuid
from datetime import datetime

from fellwatch.api.fields import Shown


class Run(Shown):
    """A file being taken in, and how far it is. `columns` is ours → the file's."""

    id: uuid.UUID
    importer: str
    title: str
    filename: str
    dry_run: bool
    state: str
    percent: int
    sentence: str
    total: int
    done: int
    added: int
    changed: int
    unchanged: int
    rejected: int
    failure: str
    columns: dict[str, str]
    ignored: list[str]
    created_at: datetime
    created_by_name: str
    advanced_at: datetime | None
    finished_at: datetime | None


class Runs(Shown):
    """Runs, newest first."""

    items: list[Run]


class RowReason(Shown):
    """Why a row was kept aside, and what to do."""

    field: str
    wrong: str
    do: str


class Rejection(Shown):
    """A row kept aside: where it stood, as it came, and every reason."""

    line: int
    row: dict[str, str | None]
    reasons: list[RowReason]


class Rejections(Shown):
    """A page of rows kept aside, in the file's order."""

    items: list[Rejection]
    total: int
    next: str | None
