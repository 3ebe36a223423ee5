"""What a file is like, column by column: how much is missing, cannot be read, or comes more than once.

Counts alone are kept, never a value: whoever brings the file has it, and nobody else needs it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from fellwatch.foundation.imports.importers import Column, Importer, Wrong
from fellwatch.foundation.imports.readers import Raw

MOST_DIFFERENT = 1_000_000  # values told apart; beyond that a column counts as all different


@dataclass(frozen=True)
class ColumnProfile:
    """One column. `again` counts the rows whose value an earlier row has; `odd_line` is where the first odd one is."""

    name: str
    theirs: str
    rows: int
    missing: int
    odd: int
    again: int
    odd_line: int


@dataclass
class _Count:
    column: Column
    theirs: str
    rows: int = 0
    missing: int = 0
    odd: int = 0
    again: int = 0
    odd_line: int = 0
    seen: set[int] = field(default_factory=set)

    def take(self, raw: Raw) -> None:
        self.rows += 1
        given = raw.cells.get(self.theirs, "").strip()
        if not given:
            self.missing += 1
            return
        if isinstance(self.column.parse(given), Wrong):
            self.odd += 1
            self.odd_line = self.odd_line or raw.line
        key = hash(given.casefold())
        if key in self.seen:
            self.again += 1
        elif len(self.seen) < MOST_DIFFERENT:
            self.seen.add(key)


def of(rows: Iterable[Raw], importer: Importer[Any], columns: Mapping[str, str]) -> list[dict[str, object]]:
    """Return the profile of every column that is read, as a run keeps it. `columns` is ours → theirs."""
    counts = [_Count(c, columns[c.name]) for c in importer.columns if c.name in columns]
    for raw in rows:
        if raw.fault is None:
            for count in counts:
                count.take(raw)
    return [
        asdict(ColumnProfile(c.column.name, c.theirs, c.rows, c.missing, c.odd, c.again, c.odd_line)) for c in counts
    ]
