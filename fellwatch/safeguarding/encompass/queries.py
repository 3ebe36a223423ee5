"""Every read of notices by the team: the list, one notice, schools and their days. Each names whom it shows."""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, F, Min, OrderBy, Q, QuerySet

from fellwatch.foundation import access, audit, clock
from fellwatch.foundation.access import Actor
from fellwatch.records.models import School
from fellwatch.records.queries import Missing, full_name
from fellwatch.records.values import PartialDate
from fellwatch.safeguarding.encompass import calendar, finding
from fellwatch.safeguarding.encompass.access import LOAD, TELL
from fellwatch.safeguarding.encompass.life import KNOWS, OPEN
from fellwatch.safeguarding.encompass.models import Establishment, SchoolDays, SchoolNotice
from fellwatch.safeguarding.encompass.values import EstablishmentView, EventView, NoticeRow, NoticeView

RECENT = timedelta(days=7)
DAY = timedelta(days=1)
MORNING = timedelta(hours=20)
"""How far ahead the next school morning may lie for the list to count on it."""


PAGE = 60
"""Lines that a part of the list shows at once: a morning's telephoning; the rest stands on pages of its own."""


@dataclass(frozen=True)
class Listed:
    """The list: who will not know at the start of the next school day, who should have known since earlier days, what
    comes later, who knows. `counts` says how many each part has, shown or not."""

    morning_at: datetime | None
    not_knowing: tuple[NoticeRow, ...]
    missed: tuple[NoticeRow, ...]
    later: tuple[NoticeRow, ...]
    know: tuple[NoticeRow, ...]
    outside: tuple[NoticeRow, ...]
    counts: Mapping[str, int]


PARTS: Mapping[str, tuple[str | OrderBy, ...]] = {
    "not_knowing": (F("due_at").asc(nulls_first=True), "id"),
    "missed": ("-due_at", "id"),
    "later": ("due_at", "id"),
    "know": ("-told_at", "id"),
    "outside": ("-known_at", "id"),
}
"""The parts of the list and what puts each in order: the most urgent first."""


@access.reads
def listed(*, by: Actor, now: datetime, part: str = "", page: int = 0) -> Listed:
    """Return the first notices of every part of the list, or one page of one part; the most urgent first."""
    access.check(by, TELL)
    within = _parts(now)
    ahead = Min("due_at", filter=within["not_knowing"] & Q(due_at__gt=now, due_at__lte=now + MORNING))
    counts = SchoolNotice.objects.filter(_any(now)).aggregate(
        morning_at=ahead, **{name: Count("id", filter=one) for name, one in within.items()}
    )
    morning_at = counts.pop("morning_at")
    shown = {name: () if part and name != part else _page(name, within[name], page, now) for name in PARTS}
    rows = [row for some in shown.values() for row in some]
    _logged("notices_read", ("school_notices", len(rows)), rows, by=by)
    return Listed(morning_at, **shown, counts=counts)


def _any(now: datetime) -> Q:
    """Return which notices may stand in any part: counting goes through these alone, however many there were."""
    return Q(state__in=OPEN) | Q(known_at__gte=now - RECENT)


def _parts(now: datetime) -> dict[str, Q]:
    """Return which notices stand in which part of the list: every open one in just one, others for a week."""
    waiting, fresh = Q(state__in=OPEN), Q(known_at__gte=now - RECENT)
    stuck = Q(state__in=["decide", "elsewhere"]) | Q(mail="bounced")
    missed = waiting & Q(due_at__lt=now - DAY)
    soon = waiting & (Q(due_at__isnull=True) | Q(due_at__gte=now - DAY) & (stuck | Q(due_at__lte=now + MORNING)))
    return {
        "not_knowing": soon,
        "missed": missed,
        "later": waiting & Q(due_at__gt=now + MORNING) & ~stuck,
        "know": fresh & Q(state__in=KNOWS),
        "outside": fresh & Q(state="outside"),
    }


def _page(name: str, within: Q, page: int, now: datetime) -> tuple[NoticeRow, ...]:
    found = _notices(SchoolNotice.objects.filter(within)).order_by(*PARTS[name])
    return tuple(_row(one, now) for one in found[page * PAGE : (page + 1) * PAGE])


@access.reads
def notice(notice_id: uuid.UUID, *, by: Actor, now: datetime) -> NoticeView:
    """Return one notice with its story and what it said, or raise Missing."""
    access.check(by, TELL, subject=("school_notice", str(notice_id)))
    found = _notices(SchoolNotice.objects.filter(id=notice_id)).select_related("incident").first()
    if found is None:
        raise Missing("There is no such notice, or the record is restricted.")
    same = SchoolNotice.objects.filter(incident_id=found.incident_id, child_id=found.child_id).exclude(id=found.id)
    row = _row(found, now)
    _logged("notice_read", ("school_notice", notice_id), [row], by=by)
    return NoticeView(
        row=row,
        receipt=found.receipt,
        incident_id=found.incident_id,
        incident_reference=found.incident.reference,
        linked_by=found.linked_by,
        clock=found.clock,
        rule_version=found.rule_version,
        establishment_id=found.establishment_id,
        told=tuple((one.number, one.at, one.contents, tuple(one.withheld)) for one in found.told.order_by("-number")),
        events=tuple(EventView(e.at, e.kind, e.words, e.by_name) for e in found.events.order_by("at", "id")),
        answer=found.answer,
        answered_at=found.answered_at,
        recalled_because=found.recalled_because,
        others=tuple(_row(one, now) for one in _notices(same)),
    )


@access.reads
def of_incident(incident_id: uuid.UUID, *, by: Actor, now: datetime) -> tuple[NoticeRow, ...]:
    """Return the notices of one incident."""
    access.check(by, TELL, subject=("incident", str(incident_id)))
    rows = tuple(_row(one, now) for one in _notices(SchoolNotice.objects.filter(incident_id=incident_id)))
    _logged("notices_read", ("incident", incident_id), rows, by=by)
    return rows


@access.reads
def places_of(person_id: uuid.UUID, *, by: Actor, now: datetime) -> tuple[tuple[str, uuid.UUID | None], ...]:
    """Return where somebody learns today: the setting and the school. The caller logs whom it shows."""
    access.check(by, TELL)
    rows = finding.enrolments(person_id, clock.london_date(now))
    return tuple((row.setting, row.establishment_id) for row in rows)


@access.reads
def establishments(*, by: Actor, now: datetime, kinds: tuple[str, ...] = ()) -> tuple[EstablishmentView, ...]:
    """Return every school that can be told and is open, by name; names no person the police know."""
    access.check(by, _lists(by))
    today = clock.london_date(now)
    rows = Establishment.objects.filter(Q(closed_date__isnull=True) | Q(closed_date__gt=today)).order_by("name")
    rows = rows.filter(kind__in=kinds) if kinds else rows
    found = list(rows)
    terms = set(SchoolDays.objects.filter(kind="term", end_date__gt=today).values_list("establishment_id", flat=True))
    return tuple(view(one, spells=(), days=(today,) if one.id in terms else ()) for one in found)


@access.reads
def establishment(establishment_id: uuid.UUID, *, by: Actor, now: datetime) -> EstablishmentView:
    """Return one school with its calendar from half a year ago on."""
    access.check(by, _lists(by))
    found = Establishment.objects.filter(id=establishment_id).first()
    if found is None:
        raise Missing("There is no such school.")
    rows = SchoolDays.objects.filter(establishment_id=found.id, end_date__gt=clock.london_date(now) - 26 * RECENT)
    spells = tuple(
        (row.kind, row.first_date, row.end_date - calendar.ONE_DAY, row.words) for row in rows.order_by("first_date")
    )
    return view(found, spells, calendar.next_days(found.id, now)[:10])


@access.reads
def published(*, by: Actor) -> tuple[tuple[uuid.UUID, int, str], ...]:
    """Return published schools that cannot be told yet: id, reference number, name."""
    access.check(by, _lists(by))
    rows = School.objects.filter(recipient__isnull=True, closed_date__isnull=True).order_by("name")
    return tuple(rows.values_list("id", "urn", "name"))


def _lists(by: Actor) -> str:
    """Return the permission by which somebody lists schools: the team's, or the data manager's."""
    return LOAD if LOAD in by.permissions else TELL


def _notices(found: "QuerySet[SchoolNotice, SchoolNotice]") -> "QuerySet[SchoolNotice, SchoolNotice]":
    return found.select_related("establishment", "child").prefetch_related("child__names")


def _row(one: SchoolNotice, now: datetime) -> NoticeRow:
    who, child = one.establishment, one.child
    born = PartialDate(child.birth_year, child.birth_month, child.birth_day)
    return NoticeRow(
        id=one.id,
        child_id=child.id,
        child=full_name(child.names.all()),
        age=born.age_on(clock.london_date(now)),
        establishment=who.name if who else "",
        telephone=who.telephone if who else "",
        lead_name=who.lead_name if who else "",
        path=one.path,
        state=one.state,
        because=one.because,
        statutory=one.statutory,
        known_at=one.known_at,
        due_at=one.due_at,
        due_words=one.due_words,
        held_until=one.held_until,
        held_for=one.held_for,
        mail=one.mail,
        mail_words=one.mail_words,
        sent_at=one.sent_at,
        telephone_at=one.telephone_at,
        told_at=one.told_at,
        told_by_name=one.told_by_name,
        disputed_words=one.disputed_words,
    )


def view(
    one: Establishment, spells: tuple[tuple[str, date, date, str], ...], days: tuple[date, ...]
) -> EstablishmentView:
    """Return a school as pages show it: a plain value of what was read already."""
    return EstablishmentView(
        id=one.id, name=one.name, kind=one.kind, agency=one.agency, lead_name=one.lead_name, email=one.email,
        second_email=one.second_email, telephone=one.telephone, starts=one.starts, agreed=tuple(one.agreed),
        agreed_until=one.agreed_until, districts=tuple(one.districts), closed_date=one.closed_date, spells=spells,
        next_days=days,
    )  # fmt: skip


def _logged(sentence: str, subject: tuple[str, object], rows: Iterable[NoticeRow], *, by: Actor) -> None:
    people = {row.child_id for row in rows}
    if people:
        audit.record(by=by, action="consultation", sentence=f"safeguarding.{sentence}", subject=subject, people=people)
