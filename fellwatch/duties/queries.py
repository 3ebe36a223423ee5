"""Every read of duties."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, F, Max, Min, Q

from fellwatch.duties.access import READ
from fellwatch.duties.models import Duty, DutyEvent
from fellwatch.foundation import access, audit, policy
from fellwatch.foundation.access import Actor


@dataclass(frozen=True)
class DutyView:
    """A duty with the working that answers "why is this due then?"."""

    id: uuid.UUID
    rule: str
    rule_version: int
    title: str
    owner: str
    started_at: datetime
    due_at: datetime | None
    warn_at: datetime | None
    state: str
    settled_at: datetime | None
    working: tuple[str, ...]
    trouble: str
    source: str
    confidence: str
    incident_id: uuid.UUID | None
    incident_reference: str
    about: uuid.UUID | None
    person_id: uuid.UUID | None
    story: tuple[tuple[datetime, str, str, str], ...]
    what: str = ""
    """Which of several things of a kind is owed, such as the form that is asked for."""

    @property
    def name(self) -> str:
        """Return what is owed, and which of several."""
        return f"{self.title}: {self.what}" if self.what else self.title


@access.reads
def of_incident(incident_id: uuid.UUID, *, by: Actor) -> tuple[DutyView, ...]:
    """Return an incident's duties, running ones first. The caller logs the read of the incident."""
    access.check(by, READ)
    rows = Duty.objects.filter(incident_id=incident_id).select_related("incident").prefetch_related("events")
    return tuple(sorted(map(_view, rows), key=_order))


@access.reads
def running_in(incidents: Sequence[uuid.UUID], *, by: Actor) -> dict[uuid.UUID, tuple[DutyView, ...]]:
    """Return what is still owed in each of the incidents, soonest first. The caller logs what it hands out."""
    access.check(by, READ)
    rows = Duty.objects.filter(incident_id__in=incidents, state__in=["open", "late"])
    found: dict[uuid.UUID, tuple[DutyView, ...]] = {}
    for one in sorted(map(_view, rows.select_related("incident").prefetch_related("events")), key=_order):
        if one.incident_id:
            found[one.incident_id] = (*found.get(one.incident_id, ()), one)
    return found


@access.reads
def running_for(person_id: uuid.UUID, incidents: Sequence[uuid.UUID], *, by: Actor) -> tuple[DutyView, ...]:
    """Return what is still owed to a person, or in incidents of theirs, soonest first, and log whose."""
    access.check(by, READ)
    rows = Duty.objects.filter(Q(person_id=person_id) | Q(incident_id__in=incidents), state__in=["open", "late"])
    found = tuple(sorted(map(_view, rows.select_related("incident").prefetch_related("events")), key=_order))
    if found:
        audit.record(
            by=by,
            action="consultation",
            sentence="duties.person_read",
            subject=("person", person_id),
            people=[person_id],
            detail={"duties": len(found)},
        )
    return found


@access.reads
def owed(things: Sequence[uuid.UUID], *, by: Actor) -> tuple[DutyView, ...]:
    """Return what is still owed about these things, soonest first, without its story. The caller logs the read."""
    access.check(by, READ)
    rows = Duty.objects.filter(about__in=things, state__in=["open", "late"])
    return tuple(sorted((_view(row, whole=False) for row in rows), key=_order))


@access.reads
def soonest(things: Sequence[uuid.UUID], *, by: Actor) -> dict[uuid.UUID, datetime]:
    """Return when the soonest duty owed about each of these things is due, where one is; shows nobody."""
    access.check(by, READ)
    rows = Duty.objects.filter(about__in=things, state__in=["open", "late"], due_at__isnull=False)
    return {about: at for about, at in rows.values_list("about").annotate(at=Min("due_at")) if about}


@dataclass(frozen=True)
class Went:
    """How the duties of one rule went: done in time, done late, running late, still in time."""

    rule: str
    title: str
    in_time: int
    late: int
    overdue: int
    running: int


@access.reads
def went(things: Sequence[uuid.UUID], *, by: Actor, now: datetime) -> tuple[Went, ...]:
    """Count, by rule, how the duties about these things went; those waived or replaced are left out. Names nobody."""
    access.check(by, READ)
    rows = Duty.objects.filter(about__in=things, state__in=["open", "late", "met"]).values("rule")
    found = rows.annotate(
        words=Max("title"),
        met=Count("id", filter=Q(state="met")),
        met_late=Count("id", filter=Q(state="met", settled_at__gt=F("due_at"))),
        overdue=Count("id", filter=Q(state__in=["open", "late"], due_at__lt=now)),
        counted=Count("id"),
    ).values_list("rule", "words", "met", "met_late", "overdue", "counted")
    return tuple(
        Went(rule, words, met - met_late, met_late, overdue, counted - met - overdue)
        for rule, words, met, met_late, overdue, counted in found
    )


@access.reads
def about(things: Sequence[uuid.UUID], *, by: Actor, running: bool = False) -> tuple[DutyView, ...]:
    """Return the duties about these things, running ones first. The caller logs the read of what they are about."""
    access.check(by, READ)
    rows = Duty.objects.filter(about__in=things)
    rows = rows.filter(state__in=["open", "late"]) if running else rows
    return tuple(sorted(map(_view, rows.select_related("incident").prefetch_related("events")), key=_order))


@dataclass(frozen=True)
class Running:
    """What a board needs of a duty that is still owed: when, and how it stands."""

    rule: str
    started_at: datetime
    due_at: datetime | None
    warn_at: datetime | None
    state: str
    trouble: str


@access.reads
def clocks(things: Sequence[uuid.UUID], *, by: Actor) -> dict[uuid.UUID, Running]:
    """Return the soonest duty owed about each of these things. The caller logs the read of what they are about."""
    access.check(by, READ)
    rows = Duty.objects.filter(about__in=things, state__in=["open", "late"]).order_by(
        F("due_at").desc(nulls_first=True)
    )
    columns = ("about", "rule", "started_at", "due_at", "warn_at", "state", "trouble")
    return {about: Running(*rest) for about, *rest in rows.values_list(*columns) if about}


@access.reads
def troubled(*, by: Actor, limit: int = 200) -> tuple[DutyView, ...]:
    """Return duties that are late or could not be reckoned, oldest first, and log whose."""
    access.check(by, READ)
    late = Duty.objects.filter(state="late") | Duty.objects.filter(state="open").exclude(trouble="")
    rows = late.select_related("incident").prefetch_related("events").order_by("due_at")[:limit]
    found = tuple(map(_view, rows))
    audit.record(
        by=by,
        action="consultation",
        sentence="duties.late_read",
        subject=("duties", len(found)),
        people=[row.person_id for row in rows if row.person_id],
    )
    return found


def _order(duty: DutyView) -> tuple[bool, bool, float]:
    return (
        duty.state not in {"open", "late"},
        duty.due_at is None,
        duty.due_at.timestamp() if duty.due_at else 0.0,
    )


def _view(row: Duty, *, whole: bool = True) -> DutyView:
    version = policy.rulebook().rule(row.rule).version(row.rule_version)
    return DutyView(
        id=row.id,
        rule=row.rule,
        rule_version=row.rule_version,
        title=row.title,
        owner=row.owner,
        started_at=row.started_at,
        due_at=row.due_at,
        warn_at=row.warn_at,
        state=row.state,
        settled_at=row.settled_at,
        working=tuple(row.working),
        trouble=row.trouble,
        source=version.source,
        confidence=str(version.confidence),
        incident_id=row.incident_id,
        incident_reference=row.incident.reference if whole and row.incident else "",
        about=row.about,
        person_id=row.person_id,
        story=_story(sorted(row.events.all(), key=lambda event: event.at)) if whole else (),
        what=_what(row),
    )


def _what(row: Duty) -> str:
    asked = str(row.facts.get("instrument", ""))
    return policy.rulebook().rule(asked).title if asked and asked in policy.of_kind("instrument") else ""


def _story(events: Sequence[DutyEvent]) -> tuple[tuple[datetime, str, str, str], ...]:
    return tuple((e.at, e.kind, e.by_name, e.reason) for e in events)


@access.reads
def in_time(rule: str, *, by: Actor, since: datetime) -> tuple[int, int]:
    """Return how many duties under a rule that fell due since a time were met in time, of how many; names nobody."""
    access.check(by, READ)
    rows = Duty.objects.filter(rule=rule, due_at__gte=since, state__in=["met", "late"])
    in_time = Q(state="met", settled_at__lte=F("due_at"))
    counted = rows.aggregate(settled=Count("id"), met=Count("id", filter=in_time))
    return counted["met"], counted["settled"]


@access.reads
def running(rule: str, incidents: Sequence[uuid.UUID], *, by: Actor) -> dict[uuid.UUID, datetime]:
    """Return when the soonest duty under a rule is due that nobody has met, by incident. The caller logs whose."""
    access.check(by, READ)
    rows = Duty.objects.filter(rule=rule, state__in=["open", "late"], incident_id__in=incidents, due_at__isnull=False)
    found: dict[uuid.UUID, datetime] = {}
    for incident, due_at in rows.order_by("-due_at").values_list("incident_id", "due_at"):
        if incident and due_at:
            found[incident] = due_at
    return found


@dataclass(frozen=True)
class Counted:
    """How many duties run, counted twice: by the state of their rows, and by what nothing has settled."""

    by_state: int
    not_settled: int
    late: int
    by_rule: dict[str, int]


@access.reads
def counted(rules: Sequence[str], *, by: Actor) -> Counted:
    """Count what still runs under these rules, by state and apart by what nothing has settled; names nobody."""
    access.check(by, READ)
    running, not_settled = Q(state__in=["open", "late"]), Q(settled_at__isnull=True)
    rows = (
        Duty.objects.filter(running | not_settled, rule__in=rules)
        .values_list("rule")
        .annotate(
            running=Count("id", filter=running),
            open=Count("id", filter=not_settled),
            late=Count("id", filter=Q(state="late")),
        )
    )
    counts = list(rows)
    return Counted(
        by_state=sum(count for _, count, _, _ in counts),
        not_settled=sum(count for _, _, count, _ in counts),
        late=sum(count for _, _, _, count in counts),
        by_rule={rule: count for rule, count, _, _ in counts if count},
    )
