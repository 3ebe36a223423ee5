"""Make two people one, and take them apart again exactly. Steps: each joins the transaction of its action.

Everything that hangs on the absorbed person moves, in whatever room it lies, and its id leads to the survivor.
What was added since is nobody's by itself: whoever takes them apart is asked.
"""

import json
import time
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from django.apps import apps
from django.db import OperationalError, connection
from psycopg.errors import LockNotAvailable

from fellwatch.foundation import access, audit
from fellwatch.foundation import rows as adding
from fellwatch.foundation.access import Actor
from fellwatch.records.access import COMBINE, READ, WRITE
from fellwatch.records.models import Likeness, Merge, Person, SourceRecord
from fellwatch.records.queries import Missing, address_line, full_name

Rows = Mapping[str, list[str]]  # "table.column" → the ids of rows
TRIES, PAUSE = 50, 0.1
"""How often two people are asked for whom somebody else is just writing about, and the seconds between."""


class Entangled(Exception):
    """It cannot be done as things stand; the message says what to do first."""


class Undecided(Exception):
    """Rows were added since, and nobody has said whose they are. `later` are those."""

    def __init__(self, later: "tuple[Later, ...]") -> None:
        super().__init__(f"Say whose {len(later)} later entries are.")
        self.later = later


@dataclass(frozen=True)
class Later:
    """Something added after two were made one: where it is, its id, and what it is in words."""

    place: str
    id: str
    words: str

    @property
    def key(self) -> str:
        """Name it on a form."""
        return f"{self.place}:{self.id}"


@dataclass(frozen=True)
class Earlier:
    """Somebody who was found to be this person: the merge, the id that leads here, who said so and why."""

    merge_id: uuid.UUID
    survivor_id: uuid.UUID
    person_id: uuid.UUID
    because: str
    likelihood: float | None
    merged_at: datetime
    merged_by_name: str


def rows_of(person_id: uuid.UUID) -> Rows:
    """Return every row that hangs on somebody."""
    with connection.cursor() as cursor:
        cursor.execute("select records_rows_of(%s)::text", [person_id])
        return dict(json.loads(cursor.fetchone()[0]))


def move(from_person: uuid.UUID, to_person: uuid.UUID, wanted: Rows | None = None) -> Rows:
    """Move rows (all, or those wanted) between two people whom the caller holds; return those that moved."""
    with connection.cursor() as cursor:
        told = None if wanted is None else json.dumps(wanted)
        cursor.execute("select records_move(%s, %s, %s::jsonb)::text", [from_person, to_person, told])
        return dict(json.loads(cursor.fetchone()[0]))


@access.reads
def current(person_id: uuid.UUID, *, by: Actor) -> uuid.UUID:
    """Return who an id leads to now: itself, or the person it was found to be."""
    access.check(by, READ)
    for _ in range(20):
        into = Person.objects.filter(id=person_id).values_list("merged_into", flat=True).first()
        if into is None:
            return person_id
        person_id = into
    raise Entangled("These people lead to one another in a ring: tell whoever runs the service.")


@access.reads
def earlier(person_id: uuid.UUID, *, by: Actor) -> tuple[Earlier, ...]:
    """Return who was found to be this person, newest first."""
    access.check(by, READ)
    live = Merge.objects.filter(survivor_id=person_id, undone_at__isnull=True).order_by("-merged_at")
    return tuple(map(_earlier, live))


def _earlier(one: Merge) -> Earlier:
    return Earlier(
        one.id, one.survivor_id, one.absorbed_id, one.because, one.likelihood, one.merged_at, one.merged_by_name
    )


def merge(
    survivor: uuid.UUID, absorbed: uuid.UUID, *, because: str, by: Actor, now: datetime, likelihood: float | None = None
) -> uuid.UUID:
    """Make two people one and return the merge. Said twice, the first stands.

    Raises Missing where either may not be seen, Entangled where they are in different compartments.
    """
    access.check(by, COMBINE)
    with access.acting(by):
        left = current(survivor, by=by)
        if found := Merge.objects.filter(survivor_id=left, absorbed_id=absorbed, undone_at__isnull=True).first():
            return found.id
        one, other = _both(left, current(absorbed, by=by))
        if one.merged_into_id or other.merged_into_id:  # somebody was quicker while this waited for the two
            return merge(survivor, absorbed, because=because, by=by, now=now, likelihood=likelihood)
        own = rows_of(one.id)
        moved = move(other.id, one.id)
        made = Merge.objects.create(
            survivor=one,
            absorbed=other,
            because=because,
            likelihood=likelihood,
            own=own,
            moved=moved,
            filled=_fill(one, other),
            merged_at=now,
            merged_by=by.id,
            merged_by_name=by.name,
        )
        Person.objects.filter(id=other.id).update(merged_into=one)
        _log(by, "combination", "records.people_merged", made, {"rows": _count(moved)})
        return made.id


def _both(survivor: uuid.UUID, absorbed: uuid.UUID) -> tuple[Person, Person]:
    if survivor == absorbed:
        raise Entangled("These are one person already.")
    found = hold(survivor, absorbed)
    if len(found) < 2:
        raise Missing("There is no such person, or the record is restricted.")
    one, other = found[survivor], found[absorbed]
    if one.compartment != other.compartment:
        raise Entangled("One of the two is restricted. Restrict both in the same way, or lift it, and merge then.")
    return one, other


def hold(*people: uuid.UUID) -> dict[uuid.UUID, Person]:
    """Let nobody else write of some people until this is done, and return those that the actor may see.

    It never waits for one with the other in its hands: a call that names both, in whatever order, is not in its way.
    """
    held = Person.objects.select_for_update(nowait=True).filter(id__in=people).order_by("id")
    for left in reversed(range(TRIES)):
        try:
            with access.apart():
                return {person.id: person for person in held.all()}
        except OperationalError as refused:
            if not isinstance(refused.__cause__, LockNotAvailable):
                raise
            if left:
                time.sleep(PAUSE)
    raise Entangled("Somebody is writing about one of these two just now. Try again in a moment.")


FACTS = ("sex", "birth_year", "birth_month", "birth_day", "death_date")


def _fill(one: Person, other: Person) -> list[str]:
    """Give the survivor the facts they lack; return which."""
    lacking = [f for f in FACTS if getattr(one, f) in (None, "unknown") and getattr(other, f) not in (None, "unknown")]
    if one.birth_year is not None and one.birth_year != other.birth_year:
        lacking = [f for f in lacking if not f.startswith("birth")]
    if lacking:
        Person.objects.filter(id=one.id).update(**{f: getattr(other, f) for f in lacking})
    return lacking


def _count(rows: Rows) -> int:
    return sum(map(len, rows.values()))


def _log(
    by: Actor, action: Literal["combination", "alteration"], sentence: str, one: Merge, detail: Mapping[str, object]
) -> None:
    earlier = {"person": str(one.survivor_id), "earlier_id": str(one.absorbed_id)}
    audit.record(
        by=by,
        action=action,
        sentence=sentence,
        subject=("merge", one.id),
        people=[one.survivor_id, one.absorbed_id],
        detail={**earlier, **detail},
    )


@access.reads
def later(merge_id: uuid.UUID, *, by: Actor) -> tuple[Later, ...]:
    """Return what was added to the two since, that the reader may see: whose it is, nobody has said."""
    access.check(by, COMBINE)
    return tuple(item for item, _ in _later(_live(merge_id)))


def _live(merge_id: uuid.UUID) -> Merge:
    found = Merge.objects.filter(id=merge_id).first()
    if found is None:
        raise Missing("There is no such merge, or one of the two is restricted.")
    if found.undone_at is not None:
        raise Entangled(f"{found.undone_by_name} has taken these two apart already.")
    if Person.objects.filter(id=found.survivor_id, merged_into__isnull=False).exists():
        raise Entangled("The person they became was itself found to be somebody else since. Take that apart first.")
    return found


def _later(merge: Merge) -> list[tuple[Later, Rows]]:
    """Everything that stands on the survivor and came with neither of the two, with the rows that go along."""
    others = Merge.objects.filter(survivor_id=merge.survivor_id, undone_at__isnull=True).exclude(id=merge.id)
    known = [merge.own, merge.moved, *(other.moved for other in others)]
    gone_before = {(place, id) for rows in known for place, ids in rows.items() for id in ids}
    now = rows_of(merge.survivor_id)
    new = {(place, id) for place, ids in now.items() for id in ids} - gone_before
    return described(sorted(new), merge.survivor_id)


def described(hanging: Iterable[tuple[str, str]], person_id: uuid.UUID) -> list[tuple[Later, Rows]]:
    """Say in words what rows are, those that the reader may see; a partner's record takes what it added with it."""
    wanted = list(hanging)
    records = SourceRecord.objects.filter(person_id=person_id)
    added = {str(record.id): record.contributed for record in records}
    carried = {
        (place, id)
        for place, record in wanted
        if place == "records_sourcerecord.person_id"
        for place, ids in rows(added.get(record, {})).items()
        for id in ids
    }
    found: list[tuple[Later, Rows]] = []
    for place, id in wanted:
        words = _words(place, id)
        if words and (place, id) not in carried:
            along = rows(added.get(id, {})) if place == "records_sourcerecord.person_id" else {}
            found.append((Later(place, id, words), {**along, place: [id]}))
    return found


def rows(contributed: Mapping[str, object]) -> Rows:
    """The rows among what a record contributed; facts it filled in are no rows."""
    return {place: ids for place, ids in contributed.items() if "." in place and isinstance(ids, list)}


def brought(person_id: uuid.UUID | None) -> set[tuple[str, str]]:
    """Return the rows that merges brought to somebody: they belong to whoever was absorbed."""
    live = Merge.objects.filter(survivor_id=person_id, undone_at__isnull=True)
    return {(place, id) for one in live for place, ids in one.moved.items() for id in ids}


def _words(place: str, id: str) -> str:
    """Say what a row is, or "" where the reader may not see it."""
    table = place.partition(".")[0]
    model = next((m for m in apps.get_models() if m._meta.db_table == table), None)
    asked_about = model is not None and getattr(model, "asked_about", True)
    row: Any = model._default_manager.filter(pk=id).first() if model and asked_about else None
    if row is None:
        return ""
    match table:
        case "records_personname":
            return f"The name {full_name([row])}"
        case "records_personphone":
            return f"The telephone number {row.number}"
        case "records_residence":
            return f"Living at {address_line(row.place)}"
        case "records_incidentperson":
            return f"The part of {row.role} in incident {row.incident.reference}"
        case "records_marker":
            return f"The warning {row.kind}"
        case "records_personidentifier":
            return f"The {row.kind} number {row.value}"
        case "records_sourcerecord":
            return f"The record {row.reference} of {row.agency}, with what it told"
        case _:
            return f"An entry among {row._meta.verbose_name_plural}"


def unmerge(
    merge_id: uuid.UUID, *, go: frozenset[str], stay: frozenset[str], because: str, by: Actor, now: datetime
) -> tuple[uuid.UUID, uuid.UUID]:
    """Take two people apart: what came with each goes back to each. Return both.

    `go` and `stay` name by `Later.key` what was added since: to the one who was absorbed, or with the survivor.
    Raises Undecided while any of it is in neither.
    """
    access.check(by, COMBINE)
    with access.acting(by):
        found = _held(merge_id)
        items = _later(found)
        if open_ones := tuple(item for item, _ in items if item.key not in go | stay):
            raise Undecided(open_ones)
        going = [rows for item, rows in items if item.key in go]
        Person.objects.filter(id=found.absorbed_id).update(merged_into=None)
        moved = move(found.survivor_id, found.absorbed_id, together(found.moved, *going))
        _empty(found.survivor_id, found.absorbed_id, found.filled)
        Merge.objects.filter(id=merge_id).update(undone_at=now, undone_by_name=by.name, undone_because=because)
        detail = {"rows": _count(moved), "later_gone": len(going), "later_stayed": len(items) - len(going)}
        _log(by, "alteration", "records.people_unmerged", found, detail)
        return found.survivor_id, found.absorbed_id


def _held(merge_id: uuid.UUID) -> Merge:
    """Return a merge that stands, and let nobody move what hangs on its two until this is done."""
    found = Merge.objects.select_for_update().filter(id=merge_id).first()
    if found:
        hold(found.survivor_id, found.absorbed_id)
    return _live(merge_id)


def together(*many: Rows) -> Rows:
    """Return several lists of rows as one."""
    found: dict[str, list[str]] = {}
    for rows in many:
        for place, ids in rows.items():
            found.setdefault(place, []).extend(ids)
    return found


def _empty(survivor: uuid.UUID, absorbed: uuid.UUID, filled: Iterable[str]) -> None:
    """Take back the facts that were filled in, unless somebody has corrected them since."""
    one, other = Person.objects.get(id=survivor), Person.objects.get(id=absorbed)
    still = [f for f in filled if getattr(one, f) == getattr(other, f)]
    if still:
        Person.objects.filter(id=survivor).update(**{f: "unknown" if f == "sex" else None for f in still})


@access.reads
def merged(merge_id: uuid.UUID, *, by: Actor) -> Earlier:
    """Return one merge that stands, or raise Missing."""
    access.check(by, COMBINE)
    return _earlier(_live(merge_id))


@dataclass(frozen=True)
class Likely:
    """Two people who may be one: the newer, the one known before, and how likely."""

    id: uuid.UUID
    person_id: uuid.UUID
    other_id: uuid.UUID
    likelihood: float
    noted_at: datetime


def note_likeness(person_id: uuid.UUID, others: Mapping[uuid.UUID, float], *, by: Actor, now: datetime) -> None:
    """Note that somebody just added is likely somebody known before. Said twice, it stands once."""
    access.check(by, WRITE)
    with access.acting(by):
        adding.add(
            [
                Likeness(person_id=person_id, other_id=other, likelihood=likelihood, noted_at=now, noted_by=by.id)
                for other, likelihood in others.items()
            ],
            once=True,
        )


@access.reads
def likely(*, by: Actor, limit: int = 50) -> tuple[Likely, ...]:
    """Return pairs of people who may be one and are not settled, the likeliest first. Ids only: nobody is shown."""
    access.check(by, COMBINE)
    apart = Likeness.objects.filter(
        settled_at__isnull=True, person__merged_into__isnull=True, other__merged_into__isnull=True
    )
    rows = apart.order_by("-likelihood", "id")[:limit]
    return tuple(Likely(row.id, row.person_id, row.other_id, row.likelihood, row.noted_at) for row in rows)


def settle_likeness(likeness_id: uuid.UUID, *, by: Actor, now: datetime) -> bool:
    """Say that two people are two; return False where somebody said so first."""
    access.check(by, COMBINE)
    with access.acting(by):
        settled = Likeness.objects.filter(id=likeness_id, settled_at__isnull=True)
        if not settled.update(settled_at=now, settled_by_name=by.name):
            return False
        row = Likeness.objects.get(id=likeness_id)
        audit.record(
            by=by,
            action="alteration",
            sentence="records.people_told_apart",
            subject=("likeness", likeness_id),
            people=[row.person_id, row.other_id],
        )
        return True
