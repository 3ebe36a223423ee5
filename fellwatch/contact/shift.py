"""A shift of the room in numbers: what came, what waits, what was late, who holds what, and how decisions fell."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVar

from django.db.models import Aggregate, Count, DurationField, ExpressionWrapper, F, Q
from django.db.models.functions import TruncHour

from fellwatch.assessments import queries as assessed
from fellwatch.contact import prompts
from fellwatch.contact.access import SUPERVISE
from fellwatch.contact.models import Advice, AttendanceDecision, DeskReview, Grading, Handling, LogLine, LowerGrade
from fellwatch.duties import queries as duties
from fellwatch.foundation import access, audit, clock
from fellwatch.foundation.access import Actor
from fellwatch.records.models import IncidentPerson
from fellwatch.records.queries import ADDRESS, one_line

K = TypeVar("K")
TO_REACH = ("emergency", "priority", "scheduled")
BEATS = ("urban", "rural")
HELD = (
    "unit", "incident_id", "incident__reference", "incident__opening_code", "state", "assigned_at", "arrived_at",
    "incident__place_id", *(f"incident__place__{part}" for part in ADDRESS),
)  # fmt: skip


@dataclass(frozen=True)
class Reached:
    """How fast incidents of a grade were reached on urban or rural beats, from first contact, against their target."""

    grade: str
    beat: str
    reached: int
    in_time: int
    median_minutes: float | None


@dataclass(frozen=True)
class Holding:
    """An incident that a unit holds now."""

    unit: str
    incident_id: object
    reference: str
    opening_code: str
    place: str
    state: str
    since: datetime | None


@dataclass(frozen=True)
class Shift:
    """One shift, since a time."""

    since: datetime
    came: tuple[tuple[datetime, int], ...]
    came_by_grade: tuple[tuple[str, int], ...]
    waits: tuple[tuple[str, int, int], ...]
    reached: tuple[Reached, ...]
    holds: tuple[Holding, ...]
    decisions: tuple[tuple[str, int], ...]
    prompts: tuple[int, int]
    reviews: tuple[int, int]


@access.reads
def shift(*, by: Actor, now: datetime, hours: int) -> Shift:
    """Return the last hours of the room; numbers, and no names but of units."""
    access.check(by, SUPERVISE)
    since = now - timedelta(hours=hours)
    came = Handling.objects.filter(received_at__gte=since).values_list("grade", TruncHour("received_at"))
    counted = list(came.annotate(count=Count("incident_id")))
    audit.record(by=by, action="consultation", sentence="contact.shift_read", subject=("board", "shift"))
    return Shift(
        since,
        _by_hour([(at, count) for _, at, count in counted], since, now),
        _by_grade([(grade, count) for grade, _, count in counted]),
        tuple(_waits(now)),
        tuple(_reached(since)),
        tuple(_holds()),
        _decisions(since),
        _prompts(since, by),
        duties.in_time("waiting_review", by=by, since=since),
    )


def _by_hour(
    counted: Sequence[tuple[datetime, int]], since: datetime, now: datetime
) -> tuple[tuple[datetime, int], ...]:
    came = _summed(counted)
    first = since.replace(minute=0, second=0, microsecond=0)
    hours = int((now - first).total_seconds() // 3600) + 1
    return tuple((first + timedelta(hours=n), came[first + timedelta(hours=n)]) for n in range(hours))


def _by_grade(counted: Sequence[tuple[str, int]]) -> tuple[tuple[str, int], ...]:
    return tuple(_summed(counted).most_common())


def _summed(counted: Iterable[tuple[K, int]]) -> Counter[K]:
    found: Counter[K] = Counter()
    for what, count in counted:
        found[what] += count
    return found


def _waits(now: datetime) -> list[tuple[str, int, int]]:
    """Return for each grade how many wait and how many of them past their time."""
    rows = Handling.objects.filter(state__in=["graded", "assigned"]).values("grade")
    counted = rows.annotate(waiting=Count("incident_id"), late=Count("incident_id", filter=Q(attend_by__lt=now)))
    return list(counted.order_by("-waiting").values_list("grade", "waiting", "late"))


def _reached(since: datetime) -> list[Reached]:
    took = ExpressionWrapper(F("arrived_at") - F("received_at"), output_field=DurationField())
    rows = Handling.objects.filter(arrived_at__gte=since, attend_by__isnull=False).values("grade", "beat")
    counted = rows.annotate(
        reached=Count("incident_id"),
        in_time=Count("incident_id", filter=Q(arrived_at__lte=F("attend_by"))),
        took=Median(took),
    ).values_list("grade", "beat", "reached", "in_time", "took")
    found = {
        (grade, beat): Reached(grade, beat, reached, in_time, took.total_seconds() / 60)
        for grade, beat, reached, in_time, took in counted
    }
    return [found.get((grade, beat)) or Reached(grade, beat, 0, 0, None) for grade in TO_REACH for beat in BEATS]


class Median(Aggregate):
    """The middle of a group's values, or between the two that stand there."""

    function = "percentile_cont"
    template = "%(function)s(0.5) within group (order by %(expressions)s)"


def _holds() -> list[Holding]:
    rows = Handling.objects.exclude(state="closed").exclude(unit="")
    found = rows.order_by("unit", F("assigned_at").asc(nulls_last=True)).values_list(*HELD)
    return [
        Holding(unit, id, reference, code, one_line(*address) if place else "No address given", state, arrived or sent)
        for unit, id, reference, code, state, sent, arrived, place, *address in found
    ]


def _decisions(since: datetime) -> tuple[tuple[str, int], ...]:
    lower = Counter(LowerGrade.objects.filter(proposed_at__gte=since).values_list("state", flat=True))
    declined = AttendanceDecision.objects.filter(at__gte=since, decision="decline")
    reviews = DeskReview.objects.filter(at__gte=since)
    answered = Advice.objects.filter(given_at__gte=since)
    return (
        ("Grades looked at again", Grading.objects.filter(at__gte=since, number__gt=1).count()),
        ("Lower grades proposed to a supervisor", sum(lower.values())),
        ("of them agreed", lower["agreed"]),
        ("of them refused", lower["refused"]),
        ("Lower grades refused in all", LogLine.objects.filter(at__gte=since, kind="downgrade_refused").count()),
        ("Decisions that police do not go", declined.count()),
        ("of them overturned", declined.filter(review="send").count()),
        ("Help desk: advice given", answered.count()),
        ("of it acted on", answered.filter(outcome="acted_on").count()),
        ("of it not acted on", answered.exclude(outcome__in=["", "acted_on"]).count()),
        ("Help desk: incidents finished with", reviews.count()),
        ("of them with a grade not right", reviews.filter(agreed=False).count()),
        ("of them with protection missed", reviews.exclude(missed="").count()),
    )


def _prompts(since: datetime, by: Actor) -> tuple[int, int]:
    """Return how many people with a vulnerability had every question answered, of how many there were."""
    parts = IncidentPerson.objects.filter(received_at__gte=since).exclude(vulnerabilities=[])
    rows = list(parts.values_list("incident_id", "person_id", "vulnerabilities"))
    said = assessed.of_people_since(since, prompts.CORE, by=by)
    on = clock.london_date(since)
    done = [prompts.progress(codes, said.get(incident, {}).get(person, {}), on) for incident, person, codes in rows]
    asked = [one for one in done if one.asked]
    return sum(1 for one in asked if one.answered == one.asked), len(asked)
