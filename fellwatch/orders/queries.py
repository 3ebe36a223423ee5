"""Every read of orders. Each names in the log everyone it shows."""

import uuid
from collections.abc import Collection, Sequence
from datetime import datetime

from django.db.models import Prefetch, Q, QuerySet

from fellwatch.foundation import access, audit, clock
from fellwatch.foundation.access import Actor
from fellwatch.orders import law, standing
from fellwatch.orders.access import READ
from fellwatch.orders.models import Breach, Condition, Order, OrderEvent, Protected
from fellwatch.orders.standing import Standing
from fellwatch.orders.values import BreachView, Coming, ConditionView, HearingView, OrderView, ServiceView
from fellwatch.records.models import Residence
from fellwatch.records.queries import Missing, address_line, full_name


@access.reads
def order(order_id: uuid.UUID, *, by: Actor, now: datetime) -> OrderView:
    """Return one order, or raise Missing."""
    access.check(by, READ, subject=("order", str(order_id)))
    found = _views(Order.objects.filter(id=order_id), now)
    if not found:
        raise Missing("There is no such order, or the record is restricted.")
    _logged(found, ("order", order_id), by=by)
    return found[0]


@access.reads
def of_case(case_id: uuid.UUID, *, by: Actor, now: datetime) -> tuple[OrderView, ...]:
    """Return what came of an application, oldest first."""
    access.check(by, READ)
    found = _views(Order.objects.filter(case_id=case_id).order_by("issued_at"), now)
    _logged(found, ("case", case_id), by=by)
    return found


@access.reads
def about_person(person_id: uuid.UUID, *, by: Actor, now: datetime) -> tuple[OrderView, ...]:
    """Return every order that binds or protects somebody: those that bind now first, the newest first."""
    access.check(by, READ)
    protecting = Protected.objects.filter(person_id=person_id).values("order_id")
    found = _views(Order.objects.filter(Q(subject_id=person_id) | Q(id__in=protecting)), now)
    _logged(found, ("person", person_id), by=by)
    return tuple(sorted(found, key=lambda one: (not one.binds, -one.issued_at.timestamp())))


@access.reads
def at_place(place_id: uuid.UUID, *, by: Actor, now: datetime) -> tuple[OrderView, ...]:
    """Return what matters at an address now: orders that name it, or that bind or protect who lives there.

    Served or not: an officer at the door may be the one to serve it.
    """
    access.check(by, READ)
    today = Q(to_date__isnull=True) | Q(to_date__gt=clock.london_date(now))
    here = list(Residence.objects.filter(today, place_id=place_id).values_list("person_id", flat=True))
    found = _running(here, [place_id], now)
    _logged(found, ("place", place_id), by=by)
    return found


def _running(people: Collection[uuid.UUID], places: Collection[uuid.UUID], now: datetime) -> tuple[OrderView, ...]:
    protecting = Protected.objects.filter(person_id__in=people).values("order_id")
    naming = Condition.objects.filter(place_id__in=places, ended_at__isnull=True).values("order_id")
    touching = Q(subject_id__in=people) | Q(id__in=protecting) | Q(id__in=naming)
    return _views(Order.objects.filter(touching & standing.matters(now)).order_by("-issued_at"), now)


@access.reads
def breaches_of(case_ids: Sequence[uuid.UUID], *, by: Actor) -> dict[uuid.UUID, uuid.UUID]:
    """Return for each breach of an order that came of these applications which application it was."""
    access.check(by, READ)
    rows = Breach.objects.filter(order__case_id__in=case_ids).values_list("id", "order__case_id")
    return {breach: case for breach, case in rows if case}


@access.reads
def standing_of(case_ids: Sequence[uuid.UUID], *, by: Actor, now: datetime) -> dict[uuid.UUID, tuple[str, Standing]]:
    """Return for each application its newest order: short name and how it stands. For lists."""
    access.check(by, READ)
    found: dict[uuid.UUID, tuple[str, Standing]] = {}
    for row in Order.objects.filter(case_id__in=case_ids).order_by("issued_at"):
        if row.case_id:
            found[row.case_id] = (law.rule_as_made(row.kind, row.rule_version)[0].short, standing.of(row, now))
    return found


def _views(rows: "QuerySet[Order, Order]", now: datetime) -> tuple[OrderView, ...]:
    hanging = rows.select_related("subject").prefetch_related(
        "subject__names",
        Prefetch("protected", Protected.objects.select_related("person").prefetch_related("person__names")),
        Prefetch("conditions", Condition.objects.select_related("place").order_by("number")),
        "services",
        "hearings",
        "breaches",
        Prefetch("events", OrderEvent.objects.order_by("at", "id")),
    )
    return tuple(_view(row, now) for row in hanging)


def _view(row: Order, now: datetime) -> OrderView:
    rule, version = law.rule_as_made(row.kind, row.rule_version)
    protected = tuple((one.person_id, full_name(one.person.names.all())) for one in row.protected.all())
    return OrderView(
        id=row.id,
        kind=row.kind,
        title=law.title(row.kind),
        short=rule.short,
        reference=row.reference,
        subject_id=row.subject_id,
        subject_name=full_name(row.subject.names.all()),
        protected=protected,
        hidden=max(0, row.protects - len(protected)),
        conditions=tuple(_condition(one) for one in row.conditions.all()),
        made_by=row.made_by,
        state=row.state,
        standing=standing.of(row, now),
        coming=Coming(row.answer_at, row.answer_to, row.missed_at),
        issued_at=row.issued_at,
        binds_at=row.binds_at,
        ends_at=row.ends_at,
        ended_as=row.ended_as,
        ended_because=row.ended_because,
        arrest=rule.arrest,
        breach=rule.breach,
        source=version.source,
        confidence=str(version.confidence),
        case_id=row.case_id,
        incident_id=row.incident_id,
        follows=row.follows_id,
        services=tuple(
            ServiceView(s.at, s.served, s.means, s.officer, s.words, s.address_for_hearing, s.by_name)
            for s in row.services.all()
        ),
        hearings=tuple(
            HearingView(h.id, h.listed_at, h.court, h.told_how, h.outcome, h.heard_at, h.words)
            for h in row.hearings.all()
        ),
        breaches=tuple(_breach(one) for one in row.breaches.all()),
        story=tuple((e.at, e.kind, e.words, e.by_name) for e in row.events.all()),
    )


def _condition(row: Condition) -> ConditionView:
    return ConditionView(
        id=row.id,
        number=row.number,
        term=row.term,
        words=row.words,
        place_id=row.place.id if row.place else None,
        address=address_line(row.place) if row.place else "",
        from_at=row.from_at,
        until_at=row.until_at,
        ended_at=row.ended_at,
    )


def _breach(row: Breach) -> BreachView:
    return BreachView(
        row.id,
        row.happened_at,
        row.words,
        row.arrested_at,
        row.not_arrested_because,
        row.before_court_at,
        row.court_outcome,
        row.by_name,
    )


def _logged(found: Sequence[OrderView], subject: tuple[str, object], *, by: Actor) -> None:
    if not found:
        return
    people = {one.subject_id for one in found} | {person for one in found for person, _ in one.protected}
    audit.record(by=by, action="consultation", sentence="orders.read", subject=subject, people=people)
