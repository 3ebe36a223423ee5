"""How the hub did over a fortnight, counted from what every partner did at its own door; no person is shown."""

import statistics
import uuid
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from django.db.models import Count, F, Q, QuerySet
from django.db.models.functions import TruncDate

from fellwatch.duties.models import Duty
from fellwatch.foundation import access, audit, clock
from fellwatch.foundation.access import Actor
from fellwatch.safeguarding.access import HUB
from fellwatch.safeguarding.mash.models import HubContact, HubDiscussion
from fellwatch.sharing.models import Agency, Recall, Referral

FORTNIGHT = timedelta(days=14)
FIRST = date(2026, 1, 5)
"""A Monday from which fortnights are counted."""
TREND = 13
RESEARCH = ("mash_research", "mash_absent")


@dataclass(frozen=True)
class Colour:
    """Contacts of one colour that came in a fortnight."""

    code: str
    came: int
    decided: int
    in_time: int
    late: int


@dataclass(frozen=True)
class AgencyFigures:
    """What one agency was asked and passed in a fortnight, and how it answered."""

    code: str
    name: str
    in_hub: bool
    asked: int
    answered: int
    in_time: int
    escalated: int
    no_answer: int
    hours: float | None
    passed: int
    taken: int
    declined: int
    completed: int
    talks: int
    came: int


@dataclass(frozen=True)
class Point:
    """One fortnight of the trend: shares in per cent, None where there was nothing to share."""

    first_date: date
    decided: int
    decided_in_time: int
    asked: int
    asked_in_time: int

    @property
    def decided_share(self) -> float | None:
        """Return how many contacts were decided in time, in per cent."""
        return round(100 * self.decided_in_time / self.decided, 1) if self.decided else None

    @property
    def asked_share(self) -> float | None:
        """Return how much research was answered in time, in per cent."""
        return round(100 * self.asked_in_time / self.asked, 1) if self.asked else None


@dataclass(frozen=True)
class Pack:
    """A fortnight's performance."""

    first_date: date
    last_date: date
    colours: tuple[Colour, ...]
    agencies: tuple[AgencyFigures, ...]
    decisions: tuple[tuple[str, int], ...]
    declines: tuple[tuple[str, int], ...]
    outcomes: tuple[tuple[str, int], ...]
    without: int
    recalled: int
    breaches: int
    unconfirmed: int
    talks_called: int
    talks_held: int
    trend: tuple[Point, ...]


def begins(on: date) -> date:
    """Return the first day of the fortnight that a day is in."""
    return FIRST + timedelta(days=(on - FIRST).days // 14 * 14)


@access.reads
def fortnight(first: date, *, by: Actor) -> Pack:
    """Count the fortnight that begins on a day, and the shares of those before it."""
    access.check(by, HUB)
    start, end = _instants(first)
    contacts = HubContact.objects.filter(received_at__gte=start, received_at__lt=end)
    sent = Referral.objects.filter(about__isnull=False, sent_at__gte=start, sent_at__lt=end)
    decided = HubContact.objects.filter(decided_at__gte=start, decided_at__lt=end)
    recalls = Recall.objects.filter(about__isnull=False, at__gte=start, at__lt=end)
    talks = HubDiscussion.objects.filter(called_at__gte=start, called_at__lt=end)
    audit.record(
        by=by, action="consultation", sentence="safeguarding.hub_figures_read", subject=("fortnight", first.isoformat())
    )
    return Pack(
        first_date=first,
        last_date=first + FORTNIGHT - timedelta(days=1),
        colours=_colours(list(contacts.values_list("colour", "clock", "decided_at"))),
        agencies=_agencies(sent, list(talks.exclude(agreed="").values_list("contact_id", "took_part"))),
        decisions=_counted(decided.values_list("decision", flat=True)),
        declines=_counted(sent.filter(state="declined").values_list("answer_code", flat=True)),
        outcomes=_counted(sent.filter(state="completed").values_list("outcome_code", flat=True)),
        without=decided.exclude(without=[]).count(),
        recalled=recalls.count(),
        breaches=recalls.filter(breach=True, was_opened=True).count(),
        unconfirmed=recalls.filter(was_opened=True, confirmed_at__isnull=True).count(),
        talks_called=talks.count(),
        talks_held=talks.exclude(agreed="").count(),
        trend=_trend(first),
    )


def _instants(first: date) -> tuple[datetime, datetime]:
    return clock.midnight(first), clock.midnight(first + FORTNIGHT)


def _counted(codes: Iterable[str]) -> tuple[tuple[str, int], ...]:
    return tuple(Counter(codes).most_common())


Came = tuple[str, uuid.UUID, datetime | None]


def _colours(came: Sequence[Came]) -> tuple[Colour, ...]:
    kept = _kept([clock_of for _, clock_of, _ in came], ("mash_screening",))
    sums: dict[str, Counter[str]] = {code: Counter() for code in ("red", "amber", "green", "blue")}
    for colour, clock_of, decided_at in came:
        sums[colour]["came"] += 1
        sums[colour]["decided"] += decided_at is not None
        sums[colour][kept.get(clock_of, "none")] += 1
    return tuple(Colour(code, one["came"], one["decided"], one["kept"], one["late"]) for code, one in sums.items())


def _kept(about: Iterable[uuid.UUID], rules: Sequence[str]) -> dict[uuid.UUID | None, str]:
    """Say of each thing whether its clock was kept or is late; what still runs is neither."""
    rows = Duty.objects.filter(about__in=list(about), rule__in=rules).values_list(
        "about", "state", "due_at", "settled_at"
    )
    found: dict[uuid.UUID | None, str] = {}
    for thing, state, due_at, settled_at in rows:
        if state == "met" and due_at and settled_at:
            found[thing] = "kept" if settled_at <= due_at else "late"
        elif state == "late":
            found[thing] = "late"
    return found


class Sent(NamedTuple):
    """One thing that was sent in a contact."""

    id: uuid.UUID
    agency: str
    kind: str
    state: str
    about: uuid.UUID | None
    sent_at: datetime
    answered_at: datetime | None


def _agencies(
    sent: "QuerySet[Referral]", talks: Sequence[tuple[uuid.UUID, Sequence[str]]]
) -> tuple[AgencyFigures, ...]:
    columns = ("id", "agency_id", "kind", "state", "about", "sent_at", "answered_at")
    rows = [Sent(*row) for row in sent.exclude(state="recalled").values_list(*columns)]
    kept = _kept([row.id for row in rows if row.kind == "research"], RESEARCH)
    pushed = Duty.objects.filter(about__in=[row.id for row in rows], rule="mash_absent")
    higher = {about for about in pushed.values_list("about", flat=True) if about}
    part = {(about, agency) for about, took in talks for agency in took}
    known = {one.code: one for one in Agency.objects.all()}
    return tuple(
        _agency(known[code], [row for row in rows if row.agency == code], kept, higher, part)
        for code in sorted({row.agency for row in rows}, key=lambda code: known[code].name)
    )


def _agency(
    agency: Agency,
    rows: Sequence[Sent],
    kept: Mapping[uuid.UUID | None, str],
    higher: Collection[uuid.UUID],
    part: Collection[tuple[uuid.UUID | None, str]],
) -> AgencyFigures:
    asked = [row for row in rows if row.kind == "research"]
    talks = [row for row in rows if row.kind == "discussion"]
    states = Counter(row.state for row in rows if row.kind == "referral")
    hours = [(row.answered_at - row.sent_at).total_seconds() / 3600 for row in asked if row.answered_at]
    return AgencyFigures(
        code=agency.code,
        name=agency.name,
        in_hub=agency.in_hub,
        asked=len(asked),
        answered=len(hours),
        in_time=sum(1 for row in asked if kept.get(row.id) == "kept" and row.id not in higher),
        escalated=sum(1 for row in asked if row.id in higher),
        no_answer=len(asked) - len(hours),
        hours=round(statistics.median(hours), 1) if hours else None,
        passed=states.total(),
        taken=states["accepted"] + states["completed"],
        declined=states["declined"],
        completed=states["completed"],
        talks=len(talks),
        came=sum(1 for row in talks if (row.about, agency.code) in part),
    )


def _trend(first: date) -> tuple[Point, ...]:
    """Return the shares of a fortnight and of those before it, counted by the day on which each thing fell due."""
    starts = [first - FORTNIGHT * ago for ago in reversed(range(TREND))]
    start, end = _instants(starts[0])[0], _instants(first)[1]
    due = Duty.objects.filter(
        due_at__gte=start, due_at__lt=end, state__in=["met", "late"], rule__in=("mash_screening", *RESEARCH)
    )
    kept = Count("id", filter=Q(state="met", settled_at__lte=F("due_at")))
    days = due.annotate(day=TruncDate("due_at", tzinfo=clock.LONDON)).values_list("day", "rule")
    sums: dict[date, Counter[str]] = {one: Counter() for one in starts}
    rows: Any = days.annotate(n=Count("id"), kept=kept)
    for day, rule, fell_due, in_time in rows:
        kind = "decided" if rule == "mash_screening" else "asked"
        sums[begins(day)][kind] += fell_due
        sums[begins(day)][f"{kind}_in_time"] += in_time
    return tuple(
        Point(one, n["decided"], n["decided_in_time"], n["asked"], n["asked_in_time"]) for one, n in sums.items()
    )
