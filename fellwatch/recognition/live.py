"""The index as this process sees it: the mapped file, and whoever has changed since, equal to what is committed.

Each search first asks the database for changes that this process has not seen, one look in an index. People whom the
present transaction itself changed, and people in silent compartments, are put in small segments that only this search
(or readers who hold the same compartments) consults: an index without them is what everybody else has.
"""

import json
import threading
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
from django.db import connection

from fellwatch.foundation import access
from fellwatch.foundation.access import Actor
from fellwatch.recognition import mapped
from fellwatch.recognition.arrays import build, engine
from fellwatch.recognition.arrays.columns import Columns
from fellwatch.recognition.arrays.engine import Part
from fellwatch.recognition.arrays.segment import Flat
from fellwatch.recognition.held import Held, from_json
from fellwatch.recognition.mapped import Base

FEW, FULL = 16, 128
"""How many people the newest segment holds, made anew with each change, and how many the one it goes into."""
LOOK_AT_FILE = 0.5
MOST_KEPT = 50

_CHANGES = """
select s.low, s.own, e.number, e.changed
from (select pg_snapshot_xmin(pg_current_snapshot())::text::bigint as low,
             coalesce(pg_current_xact_id_if_assigned()::text::bigint, 0) as own) s
left join recognition_entry e on e.changed >= %s
"""
_READ = """
select number, person_id, document::text from recognition_entry where number = any(%s) and silent_in = ''
"""
_SILENT = "select number, changed from recognition_entry where silent_in <> '' order by number"
_READ_SILENT = "select number, person_id, document::text from recognition_entry where silent_in <> ''"


@dataclass(frozen=True)
class View:
    """What one search looks through. Names are as common as the file counts them; `counted` is 0 without a file."""

    parts: tuple[Part, ...]
    names: Flat | None

    @property
    def counted(self) -> int:
        """How many people the frequencies of names are of."""
        return self.names.people if self.names else 0


@dataclass(frozen=True)
class _Growing:
    """People changed lately, and the segment of them."""

    people: dict[int, Held] = field(default_factory=dict)
    layer: Part | None = None

    def with_more(self, people: Iterable[tuple[int, Held]], names: Flat | None) -> "_Growing":
        """Return the same with more people, in a segment made anew."""
        both = {**self.people, **dict(people)}
        return _Growing(both, _layer(_segment(both.items(), names)) if both else None)


class Index:
    """One process's view. Changes are taken in under a lock; a search uses what it was handed."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._silent: dict[frozenset[str], tuple[object, Part]] = {}
        self._looked = 0.0
        self._begin(None)

    def _begin(self, found: Base | None) -> None:
        self.base = found
        self._stamp = found.stamp if found else (0, 0)
        self._watermark = found.watermark if found else 0
        self._seen: dict[int, int] = {}
        self._layers: list[Part] = [_layer(found.flat)] if found else []
        self._newest, self._recent = _Growing(), _Growing()
        self._silent.clear()

    def view(self, by: Actor) -> View:
        """Return what to look through now, as `by` may, in the present transaction."""
        with self._lock:
            self._look_at_file()
            own = self._take_in()
            parts = self._parts()
        names = self.base.flat if self.base else None
        apart = [_layer(_segment(_read(_READ, [own]), names))] if own else []
        apart += self._of_compartments(by.compartments, names) if by.compartments else []
        hidden = [*own, *(n for part in apart for n in part.segment.number.tolist())]
        return View((*(_without(part, hidden) for part in parts), *apart), names)

    def changed_since_file(self) -> int:
        """Return how many people this process holds beside the file."""
        full = sum(part.segment.people for part in self._layers[1 if self.base else 0 :])
        return full + len(self._newest.people) + len(self._recent.people)

    def _parts(self) -> list[Part]:
        young = (self._recent.layer, self._newest.layer)
        return [*self._layers, *(layer for layer in young if layer)]

    def _look_at_file(self) -> None:
        """Go over to a new file. One that cannot be used leaves the index as it is."""
        now = time.monotonic()
        if self._looked and now - self._looked < LOOK_AT_FILE:
            return
        self._looked = now
        if (stamp := mapped.stamp()) != self._stamp:
            self._stamp = stamp
            if found := mapped.load():
                self._begin(found)

    def _take_in(self) -> list[int]:
        """Take in what was committed since the last look; return those whom the present transaction changed."""
        with connection.cursor() as cursor:
            cursor.execute(_CHANGES, [self._watermark])
            rows = cursor.fetchall()
        low, own = rows[0][:2]
        changes = {number: changed for *_, number, changed in rows if number is not None}
        fresh = [n for n, changed in changes.items() if changed != own and self._seen.get(n) != changed]
        if fresh:
            self._change(fresh)
        self._seen = {n: changed for n, changed in changes.items() if changed != own}
        self._watermark = max(self._watermark, low)
        return [n for n, changed in changes.items() if changed == own]

    def _change(self, numbers: Sequence[int]) -> None:
        """Take people as they now stand; those no longer in the common index only go."""
        self.bury(numbers)
        names = self.base.flat if self.base else None
        self._newest = self._newest.with_more(_read(_READ, [list(numbers)]), names)
        if len(self._newest.people) >= FEW:
            self._recent = self._recent.with_more(self._newest.people.items(), names)
            self._newest = _Growing()
        if self._recent.layer and len(self._recent.people) >= FULL:
            self._layers.append(self._recent.layer)
            self._recent = _Growing()

    def bury(self, numbers: Iterable[int]) -> None:
        """Mark people as gone from every segment so far: changed since, erased, or hidden since."""
        for number in numbers:
            self._newest.people.pop(number, None)
            self._recent.people.pop(number, None)
            for part in self._parts():
                if (row := _row(part.segment, number)) >= 0:
                    part.dead[row] = 1

    def _of_compartments(self, held: frozenset[str], names: Flat | None) -> list[Part]:
        """Return the segment of those in the reader's own silent compartments, read under the reader's own policies."""
        with connection.cursor() as cursor:
            cursor.execute(_SILENT)
            signature = tuple(cursor.fetchall())
        if not signature:
            return []
        kept = self._silent.get(held)
        if kept is None or kept[0] != signature:
            if len(self._silent) >= MOST_KEPT:
                self._silent.clear()
            kept = self._silent[held] = (signature, _layer(_segment(_read(_READ_SILENT, []), names)))
        return [kept[1]]


def _read(sql: str, values: list[list[int]]) -> list[tuple[int, Held]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return [(number, from_json(id, json.loads(document))) for number, id, document in cursor.fetchall()]


def _segment(people: Iterable[tuple[int, Held]], names: Flat | None) -> Flat:
    """Return a small segment, in the order of numbers, whose names are as common as those of the file."""
    columns = Columns()
    for number, held in sorted(people, key=lambda one: one[0]):
        columns.add(held, number)
    flat = build.segment(columns)
    if names is not None:
        engine.count_as(flat, names)
    return flat


def _layer(flat: Flat) -> Part:
    return Part(flat, np.zeros(flat.people, np.uint8))


def _row(flat: Flat, number: int) -> int:
    numbers = flat.number
    at = int(np.searchsorted(numbers, number))
    return at if at < len(numbers) and numbers[at] == number else -1


def _without(part: Part, numbers: Sequence[int]) -> Part:
    """Return the part with these people left out, for one search."""
    rows = [row for number in numbers if (row := _row(part.segment, number)) >= 0]
    if not rows:
        return part
    dead = part.dead.copy()
    dead[rows] = 1
    return Part(part.segment, dead)


INDEX = Index()


def ready(*, by: Actor) -> int:
    """Map the file, building it first where there is none to use; return how many it holds.

    Of several processes that start at once, one builds and the others wait for it.
    """
    with mapped.building():
        with access.acting(by):
            found = mapped.load()
        if found is None:
            mapped.write(by=by)
    with access.acting(by):
        INDEX.view(by)
    return INDEX.base.flat.people if INDEX.base else 0


def beside_file(*, by: Actor) -> int:
    """Return how many people have changed since the file was built."""
    with access.acting(by):
        INDEX.view(by)
    return INDEX.changed_since_file()
