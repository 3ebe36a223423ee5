"""What pages and the command line show of a run."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from fellwatch.foundation.imports.importers import Reason
from fellwatch.foundation.imports.profile import ColumnProfile

# The life of a run: from each state, the states it may go to.
LIFE = {
    "waiting": ("running", "failed"),
    "running": ("running", "finished", "failed"),
    "failed": ("running",),
    "finished": (),
}


@dataclass(frozen=True)
class RunView:
    """A run as shown. `columns` is ours → theirs."""

    id: UUID
    importer: str
    title: str
    filename: str
    dry_run: bool
    state: str
    total: int
    done: int
    added: int
    changed: int
    unchanged: int
    rejected: int
    failure: str
    columns: Mapping[str, str]
    ignored: tuple[str, ...]
    created_at: datetime
    created_by_name: str
    advanced_at: datetime | None
    finished_at: datetime | None
    profile: tuple[ColumnProfile, ...] = ()

    @property
    def percent(self) -> int:
        """How much of the file is settled; the number of rows is an estimate until the end."""
        if self.state == "finished":
            return 100
        return min(99, self.done * 100 // self.total) if self.total else 0

    @property
    def sentence(self) -> str:
        """What happened, or would happen, in one sentence."""
        would = "would be " if self.dry_run else ""
        return (
            f"{self.done:,} rows: {self.added:,} {would}added, {self.changed:,} {would}changed, "
            f"{self.unchanged:,} already as they are, {self.rejected:,} {would}kept aside."
        )


@dataclass(frozen=True)
class RejectionView:
    """A row kept aside: where it stood, as it came, and every reason."""

    line: int
    row: Mapping[str, str]
    reasons: tuple[Reason, ...]
