"""Every read of the room. Whoever is shown is named in the log."""

import uuid
from collections.abc import Sequence
from datetime import datetime

from django.db.models import Count, Exists, F, OuterRef, Q

from fellwatch.communities.access import LINK, READ, REVIEW
from fellwatch.communities.models import LinkRun, Pair
from fellwatch.communities.values import PairView, RecordView, RunView, Standing
from fellwatch.foundation import access, audit
from fellwatch.foundation.access import Actor
from fellwatch.records import queries as records
from fellwatch.records.models import SourceRecord
from fellwatch.records.queries import Missing
from fellwatch.records.values import PartialDate

_WAITING = Exists(Pair.objects.filter(record=OuterRef("pk"), verdict__in=["", "not_sure"]))


@access.reads
def standings(*, by: Actor) -> tuple[Standing, ...]:
    """Return how each agency's records stand. Numbers only: nobody is shown."""
    access.check(by, READ)
    counted = (
        SourceRecord.objects.annotate(waits=_WAITING)
        .values("agency")
        .annotate(
            records=Count("id"),
            by_model=Count("id", filter=Q(joined_by_kind="model")),
            by_person=Count("id", filter=Q(joined_by_kind="person")),
            waiting=Count("id", filter=Q(person__isnull=True, waits=True)),
            alone=Count("id", filter=Q(person__isnull=True, waits=False)),
            undone=Count("id", filter=Q(parted_at__isnull=False)),
        )
        .order_by("agency")
    )
    return tuple(Standing(**row) for row in counted)


@access.reads
def runs(*, by: Actor, agency: str = "", limit: int = 20) -> tuple[RunView, ...]:
    """Return runs of linking, newest first."""
    access.check(by, READ)
    found = LinkRun.objects.order_by("-created_at", "-id")
    found = found.filter(agency=agency) if agency else found
    return tuple(_run(run) for run in found[:limit])


def _run(run: LinkRun) -> RunView:
    return RunView(
        run.id,
        run.agency,
        run.state,
        run.total,
        run.done,
        run.joined,
        run.review,
        run.new,
        run.rule,
        run.failure,
        run.created_at,
        run.created_by_name,
        run.finished_at,
    )


@access.reads
def next_pair(*, by: Actor, now: datetime, agency: str = "") -> PairView | None:
    """Return the pair about which the model is least sure, those left as not sure last; None when all are decided."""
    access.check(by, REVIEW)
    waiting = _waiting(agency)
    found = waiting.filter(verdict="").order_by("unsure", "id").first()
    found = found or waiting.filter(verdict="not_sure").order_by("decided_at", "id").first()
    return _pair(found, by=by, now=now) if found else None


def _waiting(agency: str = ""):  # type: ignore[no-untyped-def]
    found = Pair.objects.filter(record__person__isnull=True, verdict__in=["", "not_sure"])
    return found.filter(record__agency=agency) if agency else found


@access.reads
def pair(pair_id: uuid.UUID, *, by: Actor, now: datetime) -> PairView:
    """Return one pair, or raise Missing."""
    access.check(by, REVIEW)
    found = Pair.objects.select_related("record").filter(id=pair_id).first()
    if found is None:
        raise Missing("There is no such pair, or the person is restricted.")
    return _pair(found, by=by, now=now)


def _pair(pair: Pair, *, by: Actor, now: datetime) -> PairView:
    shown = records.people([pair.person_id], by=by, now=now, because="communities.pair_read")
    if pair.person_id not in shown:
        raise Missing("There is no such pair, or the person is restricted.")
    others = Pair.objects.filter(record_id=pair.record_id, verdict__in=["", "not_sure"]).exclude(id=pair.id)
    return PairView(
        pair.id,
        _record(pair.record),
        shown[pair.person_id],
        pair.likelihood,
        pair.caution,
        pair.working,
        pair.verdict,
        pair.decided_by_name,
        others.count(),
        _waiting().values("record_id").distinct().count(),
    )


def _record(record: SourceRecord) -> RecordView:
    first = " ".join(p for p in (f"Flat {record.flat}," if record.flat else "", record.house, record.street) if p)
    return RecordView(
        record.id,
        record.agency,
        record.reference,
        f"{record.forenames} {record.surname}".strip(),
        record.sex,
        str(PartialDate(record.birth_year, record.birth_month, record.birth_day)),
        record.phone,
        ", ".join(p for p in (first, record.town, record.postcode) if p),
        record.nhs_number,
        record.person_id,
        record.joined_by_kind,
        record.joined_at,
        record.joined_because,
        record.likelihood,
        record.working,
    )


@access.reads
def sources_of(person_id: uuid.UUID, *, by: Actor) -> tuple[RecordView, ...]:
    """Return the partners' records that make somebody up, the newest joined first, and log whose they are."""
    access.check(by, READ)
    found = SourceRecord.objects.filter(person_id=person_id).order_by(F("joined_at").desc(), "id")
    shown = tuple(_record(record) for record in found)
    if shown:
        audit.record(
            by=by,
            action="consultation",
            sentence="communities.sources_read",
            subject=("person", person_id),
            people=[person_id],
            detail={"records": len(shown)},
        )
    return shown


@access.reads
def record(record_id: uuid.UUID, *, by: Actor) -> RecordView:
    """Return one partner's record, or raise Missing."""
    access.check(by, READ)
    found = SourceRecord.objects.filter(id=record_id).first()
    if found is None:
        raise Missing("There is no such record, or the person it was joined to is restricted.")
    audit.record(
        by=by,
        action="consultation",
        sentence="communities.record_read",
        subject=("record", record_id),
        people=[found.person_id] if found.person_id else [],
    )
    return _record(found)


@access.reads
def unlinked(agency: str, *, by: Actor) -> Sequence[tuple[object, ...]]:
    """Return an agency's records that are joined to nobody, as rows of a file to be linked. Shown to nobody."""
    access.check(by, LINK)
    columns = ("id", "forenames", "surname", "sex", "birth_year", "birth_month", "birth_day", "phone", "flat", "house")
    found = SourceRecord.objects.filter(agency=agency, person__isnull=True).order_by("id")
    return list(found.values_list(*columns, "street", "postcode", "nhs_number"))
