"""Every read of the safeguarding room. Each names in the log everyone it shows."""

import uuid
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Q

from fellwatch.duties import queries as duties
from fellwatch.duties.queries import DutyView, Went
from fellwatch.foundation import access, audit, clock
from fellwatch.foundation.access import Actor
from fellwatch.orders import law
from fellwatch.orders import queries as orders
from fellwatch.orders.standing import Standing
from fellwatch.records.models import Person, PersonName
from fellwatch.records.queries import Missing, address_line, full_name
from fellwatch.records.values import PartialDate
from fellwatch.rules import legal_orders
from fellwatch.rules.legal_orders import LegalOrder, Outcome
from fellwatch.safeguarding.access import READ
from fellwatch.safeguarding.models import Case
from fellwatch.safeguarding.values import CaseRow, CaseView, EventView

AGES = (
    (2, "Up to 2 days"),
    (7, "3 to 7 days"),
    (14, "8 to 14 days"),
    (28, "15 to 28 days"),
    (None, "More than 28 days"),
)

PAGE = 20
"""Cases that the list shows at once; the rest stands on pages of its own."""


@dataclass(frozen=True)
class Listed:
    """A case with what runs in it, soonest first."""

    row: CaseRow
    running: tuple[DutyView, ...]


@dataclass(frozen=True)
class Worklist:
    """A page of the open cases, counts of all that are open, shown or not, and every case asked since a time."""

    shown: tuple[Listed, ...]
    total: int
    waiting: int
    ages: tuple[tuple[str, int], ...]
    asked: tuple[uuid.UUID, ...]


@access.reads
def open_cases(
    *, by: Actor, now: datetime, since: datetime | None = None, by_age: bool = False, page: int = 0
) -> Worklist:
    """Return a page of the open cases that the reader may know of; nothing leaves the list by itself.

    What waits for authority comes first: nobody is protected yet. Then what is due soonest; then the oldest.
    """
    access.check(by, READ)
    within = Q(closed_at__isnull=True) | Q(asked_at__gte=since) if since else Q(closed_at__isnull=True)
    known = Case.objects.filter(within).order_by("asked_at", "id")
    keys = list(known.values_list("id", "state", "asked_at", "closed_at"))
    opened = [key for key in keys if key[3] is None]
    waiting = [id for id, state, *_ in opened if state == "sent"]
    ranked, end = [id for id, *_ in opened], (page + 1) * PAGE
    if not by_age:
        others = [id for id, state, *_ in opened if state != "sent"]
        ranked = [*waiting, *(_by_due(others, by=by) if end > len(waiting) else others)]
    return Worklist(
        shown=_page(ranked[page * PAGE : end], by=by, now=now),
        total=len(opened),
        waiting=len(waiting),
        ages=_ages([asked_at for _, _, asked_at, _ in opened], now),
        asked=tuple(id for id, _, asked_at, _ in keys if since and asked_at >= since),
    )


def _page(ids: Sequence[uuid.UUID], *, by: Actor, now: datetime) -> tuple[Listed, ...]:
    found = {row.id: row for row in Case.objects.filter(id__in=ids).defer("answers", "terms")}
    rows = [found[id] for id in ids]
    _logged("cases_read", ("cases", len(rows)), rows, by=by)
    return _listed(rows, by=by, now=now)


def _by_due(cases: Sequence[uuid.UUID], *, by: Actor) -> list[uuid.UUID]:
    """Put cases, oldest first, in the order of what is due soonest; those in which nothing is due come last."""
    breaches = orders.breaches_of(cases, by=by)
    due: dict[uuid.UUID, datetime] = {}
    for about, at in duties.soonest([*cases, *breaches], by=by).items():
        case_id = breaches.get(about, about)
        due[case_id] = min(at, due.get(case_id, at))
    return [*sorted(filter(due.__contains__, cases), key=due.__getitem__), *(id for id in cases if id not in due)]


@access.reads
def case(case_id: uuid.UUID, *, by: Actor, now: datetime) -> CaseView:
    """Return one case with its story, or raise Missing."""
    access.check(by, READ, subject=("case", str(case_id)))
    found = Case.objects.select_related("subject", "at_risk", "incident", "place").prefetch_related("events")
    row = found.filter(id=case_id).first()
    if row is None:
        raise Missing("There is no such case, or the record is restricted.")
    _logged("case_read", ("case", case_id), [row], by=by)
    standing = orders.standing_of([row.id], by=by, now=now)
    on = clock.london_date(now)
    return CaseView(
        row=_row(row, standing.get(row.id), _names([row])),
        rule_version=row.rule_version,
        answers={name: str(value) for name, value in row.answers.items()},
        terms=tuple(row.terms),
        version=row.version,
        opened_by=row.opened_by,
        opened_at=row.opened_at,
        closed_at=row.closed_at,
        incident_id=row.incident.id if row.incident else None,
        incident_reference=row.incident.reference if row.incident else "",
        place_id=row.place.id if row.place else None,
        address=address_line(row.place) if row.place else "",
        subject_age=_age(row.subject, on),
        at_risk_age=_age(row.at_risk, on),
        events=tuple(
            EventView(one.at, one.kind, one.words, one.by_name, one.detail)
            for one in sorted(row.events.all(), key=lambda one: (one.at, one.noted_at))
        ),
    )


@access.reads
def test_of(seen: CaseView, *, by: Actor) -> Outcome:
    """Try the legal test of a notice on what is answered so far."""
    access.check(by, READ)
    ages = {"subject_age": seen.subject_age, "protected_age": seen.at_risk_age}
    return legal_orders.decide(rule_of(seen, by=by), {**seen.answers, **ages})


@access.reads
def rule_of(seen: CaseView, *, by: Actor) -> LegalOrder:
    """Return the law that a notice's case was opened under."""
    access.check(by, READ)
    assert seen.rule_version is not None
    return law.rule_as_made(seen.row.scheme, seen.rule_version)[0]


@access.reads
def owed(seen: CaseView, *, by: Actor) -> tuple[DutyView, ...]:
    """Return every duty of a case and of the breaches in it, running ones first."""
    access.check(by, READ)
    breaches = orders.breaches_of([seen.row.id], by=by)
    return duties.about([seen.row.id, *breaches], by=by)


@access.reads
def involving(people: Sequence[uuid.UUID], *, by: Actor, now: datetime) -> tuple[CaseRow, ...]:
    """Return every case, open or closed, in which any of the people is subject or at risk, newest first."""
    access.check(by, READ)
    rows = list(Case.objects.filter(Q(subject__in=people) | Q(at_risk__in=people)).order_by("-asked_at"))
    standing = orders.standing_of([row.id for row in rows], by=by, now=now)
    _logged("cases_read", ("cases", len(rows)), rows, by=by)
    names = _names(rows)
    return tuple(_row(row, standing.get(row.id), names) for row in rows)


@access.reads
def stages(cases: Sequence[uuid.UUID], *, by: Actor, now: datetime) -> tuple[Went, ...]:
    """Count, for each stage with a clock, how it went in these cases; no person is shown."""
    access.check(by, READ)
    breaches = orders.breaches_of(cases, by=by)
    counted = duties.went([*cases, *breaches], by=by, now=now)
    return tuple(sorted(counted, key=lambda one: (-one.overdue, -one.late, one.rule)))


def _ages(asked: Sequence[datetime], now: datetime) -> tuple[tuple[str, int], ...]:
    """Count open cases, oldest first, by age; the counts add up to all that are open."""
    today, counts, younger = clock.london_date(now), [], 0
    for most, words in AGES:
        first = 0 if most is None else bisect_left(asked, today - timedelta(days=most), key=clock.london_date)
        counts.append((words, len(asked) - first - younger))
        younger = len(asked) - first
    return tuple(counts)


def _listed(rows: Sequence[Case], *, by: Actor, now: datetime) -> tuple[Listed, ...]:
    ids = [row.id for row in rows]
    standing = orders.standing_of(ids, by=by, now=now)
    breaches = orders.breaches_of(ids, by=by)
    running: dict[uuid.UUID, list[DutyView]] = {}
    for duty in duties.owed([*ids, *breaches], by=by):
        if duty.about:
            running.setdefault(breaches.get(duty.about, duty.about), []).append(duty)
    names = _names(rows)
    return tuple(Listed(_row(row, standing.get(row.id), names), tuple(running.get(row.id, ()))) for row in rows)


def _names(rows: Sequence[Case]) -> dict[uuid.UUID, str]:
    """Return what everybody in these cases is called, by one statement."""
    people = {row.subject_id for row in rows} | {row.at_risk_id for row in rows}
    known: dict[uuid.UUID, list[PersonName]] = {}
    for name in PersonName.objects.filter(person_id__in=people):
        known.setdefault(name.person_id, []).append(name)
    return {id: full_name(known.get(id, ())) for id in people}


def _row(row: Case, standing: tuple[str, Standing] | None, names: Mapping[uuid.UUID, str]) -> CaseRow:
    return CaseRow(
        id=row.id,
        scheme=row.scheme,
        route=row.route,
        reference=row.reference,
        subject_id=row.subject_id,
        subject_name=names[row.subject_id],
        at_risk_id=row.at_risk_id,
        at_risk_name=names[row.at_risk_id],
        state=row.state,
        standing=standing,
        asked_at=row.asked_at,
        opened_by_name=row.opened_by_name,
    )


def _age(person: Person, on: date) -> int | None:
    return PartialDate(person.birth_year, person.birth_month, person.birth_day).age_on(on)


def _logged(sentence: str, subject: tuple[str, object], rows: Sequence[Case], *, by: Actor) -> None:
    people = {row.subject_id for row in rows} | {row.at_risk_id for row in rows}
    audit.record(by=by, action="consultation", sentence=f"safeguarding.{sentence}", subject=subject, people=people)
