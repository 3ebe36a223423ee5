"""What partners' records are joined to whom: what joining adds is listed, so that it comes off again exactly."""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from fellwatch.foundation import access, audit, clock, ids
from fellwatch.foundation.access import Actor
from fellwatch.records import actions, clusters, earlier
from fellwatch.records.access import COMBINE, LOAD
from fellwatch.records.clusters import Entangled, Later, Rows, Undecided
from fellwatch.records.models import (
    Judgement,
    Person,
    PersonIdentifier,
    PersonName,
    PersonPhone,
    Place,
    Residence,
    SourceRecord,
)
from fellwatch.records.queries import Missing
from fellwatch.records.values import PartialDate

NAME, PHONE, NUMBER, HOME, RECORD = (
    f"records_{table}.person_id"
    for table in ("personname", "personphone", "personidentifier", "residence", "sourcerecord")
)
BIRTH = ("birth_year", "birth_month", "birth_day")


@dataclass(frozen=True)
class Joining:
    """A model's word that a record is somebody."""

    record_id: uuid.UUID
    person_id: uuid.UUID
    likelihood: float
    working: str


class Decided(Entangled):
    """Somebody has decided on this record already; the message says who it was found to be."""


def join_many(found: Sequence[Joining], *, because: str, by: Actor, now: datetime) -> tuple[uuid.UUID, ...]:
    """Join records by a model's word; return whom. What a person has decided, or another joined, stands as it is."""
    access.check(by, LOAD)
    with access.acting(by):
        open_ones = _open([one.record_id for one in found])
        who = earlier.leads(one.person_id for one in found)
        said = {(j.record_id, j.person_id) for j in _judgements(list(open_ones)) if not j.same}
        taken = [one for one in found if one.record_id in open_ones and (one.record_id, who[one.person_id]) not in said]
        joined = [
            _attach(
                open_ones[one.record_id], who[one.person_id], "model", because, one.likelihood, one.working, now, by
            )
            for one in taken
        ]
        people = tuple(dict.fromkeys(joined))
        if taken:
            _log(by, "combination", "records.records_joined", "records", len(taken), people, {"because": because})
        return people


def _open(record_ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, SourceRecord]:
    free = SourceRecord.objects.select_for_update().filter(id__in=record_ids, person__isnull=True).order_by("id")
    return {record.id: record for record in free}


def _judgements(record_ids: Sequence[uuid.UUID]) -> Iterable[Judgement]:
    return Judgement.objects.filter(record_id__in=record_ids, withdrawn_at__isnull=True)


def join(
    record_id: uuid.UUID, person_id: uuid.UUID, *, because: str, likelihood: float | None, by: Actor, now: datetime,
    working: str = "",
) -> uuid.UUID:  # fmt: skip
    """Join one record by a person's word and return whom it is joined to. Said twice, it stands once.

    Raises Decided where it is joined to somebody else already.
    """
    access.check(by, COMBINE)
    with access.acting(by):
        person_id = clusters.current(person_id, by=by)
        record = _one(record_id)
        if record.person_id == person_id:
            return person_id
        if record.person_id is not None:
            raise Decided("This record was joined to somebody else meanwhile. Open it to see who.")
        person_id = _attach(record, person_id, "person", because, likelihood, working, now, by)
        _judge(record_id, person_id, same=True, because=because, by=by, now=now)
        detail: dict[str, object] = {"earlier_id": str(record_id), "agency": record.agency}
        _log(by, "combination", "records.record_joined", "record", record_id, [person_id], detail)
        return person_id


def tell_apart(record_id: uuid.UUID, person_id: uuid.UUID, *, because: str, by: Actor, now: datetime) -> None:
    """Say that a record and somebody are two: no model joins them again. Said twice, it stands once."""
    access.check(by, COMBINE)
    with access.acting(by):
        person_id = clusters.current(person_id, by=by)
        record = _one(record_id)
        if record.person_id == person_id:
            raise Decided("This record is joined to them already. To undo that, take it off their page.")
        if _judge(record_id, person_id, same=False, because=because, by=by, now=now):
            detail: dict[str, object] = {"agency": record.agency}
            _log(by, "alteration", "records.record_told_apart", "record", record_id, [person_id], detail)


def _one(record_id: uuid.UUID) -> SourceRecord:
    found = SourceRecord.objects.select_for_update().filter(id=record_id).first()
    if found is None:
        raise Missing("There is no such record, or the person it was joined to is restricted.")
    return found


def _judge(record_id: uuid.UUID, person_id: uuid.UUID, *, same: bool, because: str, by: Actor, now: datetime) -> bool:
    """Store a person's word; a different one takes the place of the one before. Return whether it was new."""
    live = Judgement.objects.filter(record_id=record_id, person_id=person_id, withdrawn_at__isnull=True)
    if live.filter(same=same).exists():
        return False
    live.update(withdrawn_at=now)
    Judgement.objects.create(
        record_id=record_id,
        person_id=person_id,
        same=same,
        because=because,
        judged_at=now,
        judged_by=by.id,
        judged_by_name=by.name,
    )
    return True


def _attach(
    record: SourceRecord, person_id: uuid.UUID, kind: str, because: str, likelihood: float | None, working: str,
    now: datetime, by: Actor,
) -> uuid.UUID:  # fmt: skip
    """Join a record to somebody and return who they are: the record waits while they are made one with another."""
    row = SourceRecord.objects.filter(id=record.id)
    row.update(
        person_id=person_id,
        joined_by_kind=kind,
        joined_because=because,
        joined_at=now,
        joined_mark=ids.new(),
        likelihood=likelihood,
        working=working or record.working,
    )
    joined = uuid.UUID(str(row.values_list("person_id", flat=True).get()))
    row.update(contributed=_contribute(record, joined, now, by))
    return joined


def _contribute(record: SourceRecord, person_id: uuid.UUID, now: datetime, by: Actor) -> dict[str, list[str]]:
    """Add what a record tells and the person lacks; return the rows added, and under `filled` the facts filled in."""
    source = f"{record.agency} {record.reference}"
    added: dict[str, list[str]] = {}
    names = PersonName.objects.filter(person_id=person_id)
    named = record.forenames or record.surname
    if named and not names.filter(forenames__iexact=record.forenames, surname__iexact=record.surname).exists():
        name = PersonName(
            person_id=person_id, kind="reported", forenames=record.forenames, surname=record.surname, source=source
        )
        name.save(force_insert=True)
        added[NAME] = [str(name.id)]
    if record.phone and not PersonPhone.objects.filter(person_id=person_id, number=record.phone).exists():
        phone = PersonPhone(
            person_id=person_id, number=record.phone, last_known_date=clock.london_date(now), source=source
        )
        phone.save(force_insert=True)
        added[PHONE] = [str(phone.id)]
    numbers = PersonIdentifier.objects.filter(person_id=person_id, kind="nhs", value=record.nhs_number)
    if record.nhs_number and not numbers.exists():
        number = PersonIdentifier(person_id=person_id, kind="nhs", value=record.nhs_number, source=source)
        number.save(force_insert=True)
        added[NUMBER] = [str(number.id)]
    if home := _home(record, person_id, source, by):
        added[HOME] = [home]
    if filled := _fill(record, person_id):
        added["filled"] = filled
    return added


def _home(record: SourceRecord, person_id: uuid.UUID, source: str, by: Actor) -> str:
    """Tie the person to the record's address: their home where they have none, else somewhere they stay."""
    if not (record.postcode and record.house):
        return ""
    new = actions.NewPlace(record.flat, record.house, record.street, record.town, record.postcode)
    place_id = actions.place_for(new, by=by)
    ties = Residence.objects.filter(person_id=person_id)
    if not Place.objects.filter(id=place_id).exists() or ties.filter(place_id=place_id).exists():
        return ""
    kind = "stays" if ties.filter(kind="home", to_date__isnull=True).exists() else "home"
    tie = Residence(person_id=person_id, place_id=place_id, kind=kind, source=source)
    tie.save(force_insert=True)
    return str(tie.id)


def _fill(record: SourceRecord, person_id: uuid.UUID) -> list[str]:
    person = Person.objects.get(id=person_id)
    told = {"sex": record.sex} if person.sex == "unknown" and record.sex != "unknown" else {}
    if person.birth_year is None and record.birth_year is not None:
        told |= {fact: getattr(record, fact) for fact in BIRTH if getattr(record, fact) is not None}
    if told:
        Person.objects.filter(id=person_id).update(**told)
    return sorted(told)


@access.reads
def later(record_id: uuid.UUID, *, by: Actor) -> tuple[Later, ...]:
    """Return what was added to the person since the record was joined to them, that the reader may see."""
    access.check(by, COMBINE)
    return tuple(item for item, _ in _later(_joined(record_id)))


def _joined(record_id: uuid.UUID) -> SourceRecord:
    record = _one(record_id)
    if record.person_id is None:
        raise Entangled("This record is joined to nobody any more.")
    return record


def _later(record: SourceRecord) -> list[tuple[Later, Rows]]:
    """Rows newer than the joining, other than what this record, another one or a merge brought."""
    contributed = {(place, id) for place, found in clusters.rows(record.contributed).items() for id in found}
    brought = {(RECORD, str(record.id))} | contributed | clusters.brought(record.person_id)
    mark = record.joined_mark or record.id
    now = clusters.rows_of(record.person_id) if record.person_id else {}
    new = {(place, id) for place, found in now.items() for id in found if _after(id, mark)} - brought
    return clusters.described(sorted(new), record.person_id) if record.person_id else []


def _after(id: str, mark: uuid.UUID) -> bool:
    """Whether a row's id tells that it was made later; ids that hold no time were loaded and are earlier."""
    found = uuid.UUID(id) if len(id) == 36 else None
    return found is not None and found.version == 7 and found > mark


def part(
    record_id: uuid.UUID, *, to: uuid.UUID | None, go: frozenset[str], stay: frozenset[str], because: str,
    by: Actor, now: datetime,
) -> tuple[uuid.UUID, uuid.UUID]:  # fmt: skip
    """Take a record off somebody, with all that it added, to another person or one of its own. Return both.

    `go` and `stay` name by `Later.key` what was added since. Raises Undecided while any of it is in neither.
    """
    access.check(by, COMBINE)
    with access.acting(by):
        record = _joined(record_id)
        before = uuid.UUID(str(record.person_id))
        meant = clusters.current(to, by=by) if to else None
        if meant == before:
            raise Entangled("That is the person it is joined to now. Choose somebody else.")
        _hold_apart(before, meant)
        items = _later(record)
        if open_ones := tuple(item for item, _ in items if item.key not in go | stay):
            raise Undecided(open_ones)
        after = meant or _of_its_own(record, by=by, now=now)
        going = [rows for item, rows in items if item.key in go]
        wanted = clusters.together({RECORD: [str(record.id)]}, clusters.rows(record.contributed), *going)
        moved = clusters.move(before, after, wanted)
        _unfill(record, before)
        theirs = _contribute(record, after, now, by)
        SourceRecord.objects.filter(id=record.id).update(
            joined_by_kind="person",
            joined_at=now,
            joined_mark=ids.new(),
            joined_because=because,
            parted_at=now,
            contributed=clusters.together(clusters.rows(record.contributed), theirs),
        )
        _judge(record_id, before, same=False, because=because, by=by, now=now)
        _judge(record_id, after, same=True, because=because, by=by, now=now)
        detail: dict[str, object] = {
            "agency": record.agency,
            "from": str(before),
            "to": str(after),
            "rows": sum(map(len, moved.values())),
            "later_gone": len(going),
            "later_stayed": len(items) - len(going),
        }
        _log(by, "alteration", "records.record_parted", "record", record_id, [before, after], detail)
        return before, after


def _hold_apart(*people: uuid.UUID | None) -> None:
    """Let nobody else write of these people until this is done; raise unless they are there, and who they were."""
    wanted = {person for person in people if person}
    held = clusters.hold(*wanted)
    if held.keys() != wanted:
        raise Missing("There is no such person, or the record is restricted.")
    if any(person.merged_into_id for person in held.values()):
        raise Entangled("One of these two was found to be somebody else just now. Open the record again.")


def _of_its_own(record: SourceRecord, *, by: Actor, now: datetime) -> uuid.UUID:
    """Make the person that a record turned out to be, without a name yet: that moves to them, or is added after."""
    born = PartialDate(record.birth_year, record.birth_month, record.birth_day)
    new = actions.NewPerson(born=born, sex=record.sex, source=f"{record.agency} {record.reference}")
    return actions.add_person(new, by=by, now=now)


def _unfill(record: SourceRecord, person_id: uuid.UUID) -> None:
    """Take back the facts that a record filled in, unless somebody has corrected them since."""
    person = Person.objects.get(id=person_id)
    filled = [f for f in record.contributed.get("filled", []) if getattr(person, f) == getattr(record, f)]
    if filled:
        Person.objects.filter(id=person_id).update(**{f: "unknown" if f == "sex" else None for f in filled})


def _log(
    by: Actor, action: audit.Action, sentence: str, kind: str, subject: object, people: Iterable[uuid.UUID],
    detail: Mapping[str, object],
) -> None:  # fmt: skip
    audit.record(by=by, action=action, sentence=sentence, subject=(kind, subject), people=people, detail=detail)


def tell_again(agency: str, references: Sequence[str], *, by: Actor, now: datetime) -> tuple[uuid.UUID, ...]:
    """Add what changed records tell anew to whom they are joined; return those people."""
    access.check(by, LOAD)
    with access.acting(by):
        known = SourceRecord.objects.filter(agency=agency, reference__in=references, person__isnull=False)
        people = []
        for record in known.select_for_update().order_by("id"):
            person_id = uuid.UUID(str(record.person_id))
            fresh = _contribute(record, person_id, now, by)
            if fresh:
                whole = clusters.together(record.contributed, fresh)
                SourceRecord.objects.filter(id=record.id).update(contributed=whole)
            people.append(person_id)
        return tuple(people)
