"""Turn a batch of raw rows into rows of a room, compare them with what stands, and store what is new."""

from collections.abc import Iterable, Mapping, MutableMapping, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from fellwatch.foundation.access import Actor
from fellwatch.foundation.imports.importers import Column, Importer, Reason, Wrong
from fellwatch.foundation.imports.readers import Raw


@dataclass(frozen=True)
class Rejected:
    """A row kept aside as it came."""

    raw: Raw
    reasons: tuple[Reason, ...]


@dataclass(frozen=True)
class Settled:
    """What became of a batch."""

    added: int
    changed: int
    unchanged: int
    rejected: tuple[Rejected, ...]
    people: frozenset[UUID] = frozenset()


@dataclass
class _Plan:
    """Rows sorted by what must be done with them; a key that comes twice is stored as it came last."""

    new: dict[str, tuple[Raw, Any]] = field(default_factory=dict)
    differing: dict[str, tuple[Raw, Any]] = field(default_factory=dict)
    tally: dict[str, list[int]] = field(default_factory=dict)
    unchanged: int = 0


def read(importer: Importer[Any], columns: Mapping[str, str], raw: Raw, ordinal: int) -> Any | tuple[Reason, ...]:
    """Return the room's row, or every reason why there is none."""
    if raw.fault:
        return (raw.fault,)
    cells: dict[str, Any] = {"ordinal": ordinal}
    reasons: list[Reason] = []
    for column in importer.columns:
        found = _cell(column, columns, raw)
        if isinstance(found, Wrong):
            reasons.append(Reason(columns.get(column.name, column.name), found.wrong, found.do))
        cells[column.name] = found
    return tuple(reasons) or _named(importer.build(cells), columns)


def _named(built: Any, columns: Mapping[str, str]) -> Any:
    """Return reasons under the names that the file's own columns have."""
    if not isinstance(built, tuple):
        return built
    return tuple(Reason(columns.get(reason.field, reason.field), reason.wrong, reason.do) for reason in built)


def _cell(column: Column, columns: Mapping[str, str], raw: Raw) -> object:
    given = raw.cells.get(columns.get(column.name, ""), "").strip()
    if given:
        return column.parse(given)
    if column.required and not column.may_be_blank:
        return Wrong("This is empty.", "Fill it in.")
    return column.empty


def settle(
    importer: Importer[Any],
    columns: Mapping[str, str],
    batch: Sequence[tuple[Raw, int]],
    seen: MutableMapping[str, int],
    *,
    by: Actor,
    now: datetime,
) -> Settled:
    """Store a batch in the present transaction. `seen` holds what a dry run has pretended to store."""
    good, rejected = _sorted(importer, columns, batch)
    plan = _plan(importer, columns, good, seen, by)
    written = importer.write(
        [row for _, row in plan.new.values()], [row for _, row in plan.differing.values()], by, now
    )
    rejected += [Rejected(_raw_of(plan, key), reasons) for key, reasons in written.refused.items()]
    taken = {k: counts for k, counts in plan.tally.items() if k not in written.refused and k not in written.stood}
    seen.update((key, hash(row)) for key, (_, row) in {**plan.new, **plan.differing}.items())
    return Settled(
        added=sum(added for added, _ in taken.values()),
        changed=sum(changed for _, changed in taken.values()),
        unchanged=plan.unchanged + len(written.stood),
        rejected=tuple(rejected),
        people=written.people,
    )


def _sorted(
    importer: Importer[Any], columns: Mapping[str, str], batch: Iterable[tuple[Raw, int]]
) -> tuple[list[tuple[Raw, Any]], list[Rejected]]:
    good: list[tuple[Raw, Any]] = []
    rejected: list[Rejected] = []
    for raw, ordinal in batch:
        row = read(importer, columns, raw, ordinal)
        if isinstance(row, tuple):
            rejected.append(Rejected(raw, row))
        else:
            good.append((raw, row))
    return good, rejected


def _plan(
    importer: Importer[Any],
    columns: Mapping[str, str],
    rows: Sequence[tuple[Raw, Any]],
    seen: Mapping[str, int],
    by: Actor,
) -> _Plan:
    known = dict(importer.stored([row for _, row in rows], by)) if rows else {}
    plan = _Plan()
    for raw, given in rows:
        key = importer.key(given)
        before = known.get(key)
        row = _keeping(importer, columns, given, before)
        _place(plan, key, raw, row, before, pretended=seen.get(key))
        known[key] = row
    return plan


def _place(plan: _Plan, key: str, raw: Raw, row: Any, before: Any, *, pretended: int | None) -> None:
    if row == before or (before is None and pretended == hash(row)):
        plan.unchanged += 1
        return
    counts = plan.tally.setdefault(key, [0, 0])
    if before is None and pretended is None:
        plan.new[key] = (raw, row)
        counts[0] += 1
        return
    counts[1] += 1
    (plan.new if key in plan.new else plan.differing)[key] = (raw, row)


def _keeping(importer: Importer[Any], columns: Mapping[str, str], row: Any, before: Any) -> Any:
    """Return the row with what the file has no column for left as it stands."""
    if before is None:
        return row
    silent = {c.name for c in importer.columns if not columns.keys() & {c.name, *c.follows}}
    kept = {f.name: getattr(before, f.name) for f in fields(row) if f.name in silent}
    return replace(row, **kept) if kept else row


def _raw_of(plan: _Plan, key: str) -> Raw:
    return (plan.new.get(key) or plan.differing[key])[0]
