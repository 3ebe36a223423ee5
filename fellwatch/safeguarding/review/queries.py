"""Every read of the review. What shows people names each of them in the log."""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from django.db.models import Count, F, Q

from fellwatch.assessments.expecting import queries as expecting
from fellwatch.assessments.instruments import edition_of
from fellwatch.assessments.models import UNFINISHED, Form
from fellwatch.duties.models import Duty
from fellwatch.foundation import access, audit, clock, policy
from fellwatch.foundation.access import Actor
from fellwatch.records.queries import full_name
from fellwatch.rules import urgency
from fellwatch.rules.urgency import Urgency, Weights
from fellwatch.safeguarding.access import REVIEW
from fellwatch.safeguarding.review.values import FORMS, MISSING, OPEN, RETURNED, SECOND, SUBMITTED, Sums, Waiting

ORDER = "review_order"
CLOCKS = {SECOND: "second_look", SUBMITTED: "supervisor_review", RETURNED: "form_correction"}
SINCE = {SECOND: "passed_on_at", SUBMITTED: "submitted_at", RETURNED: "changed_at", OPEN: "opened_at"}
MOST = 5000
PAGE = 50


@access.reads
def sums(*, by: Actor) -> Sums:
    """Count every queue, and the open work a second time by what no review has closed and nothing has settled.

    Counts name nobody. What is hidden from the reader is in neither count.
    """
    access.check(by, REVIEW)
    standing = Form.objects.filter(state__in=UNFINISHED).values_list("state").annotate(count=Count("id"))
    gaps = expecting.counts(by=by)
    audit.record(by=by, action="consultation", sentence="safeguarding.queues_counted", subject=("queues", len(FORMS)))
    return Sums(
        queues={**dict.fromkeys(FORMS, 0), **dict(standing), MISSING: gaps.by_state},
        forms_not_closed=Form.objects.filter(closed_number__lt=F("number")).count(),
        missing_not_settled=gaps.not_settled,
        late=gaps.late,
    )


@access.reads
def waiting(queue: str, *, by: Actor, now: datetime, limit: int = PAGE, team: str = "") -> tuple[Waiting, ...]:
    """Return the forms of a queue by risk times age, the most dangerous first, and log whose they are."""
    access.check(by, REVIEW)
    places = _places(queue, team, now)[:limit]
    urgent = dict(places)
    rows = Form.objects.filter(id__in=urgent).select_related("incident", "person").prefetch_related("person__names")
    due = _due(queue, urgent)
    found = sorted((_waiting(row, queue, urgent[row.id], due.get(row.id)) for row in rows), key=_place)
    audit.record(
        by=by,
        action="consultation",
        sentence="safeguarding.queue_read",
        subject=("forms", len(found)),
        people={one.person_id for one in found if one.person_id},
        detail={"queue": queue},
    )
    return tuple(found)


def _place(one: Waiting) -> tuple[float, float]:
    return (-one.score, one.since.timestamp())


def _places(queue: str, team: str, now: datetime) -> list[tuple[uuid.UUID, Urgency]]:
    """Return every form of a queue with its urgency, the highest first; no names are read for it."""
    weights = policy.parsed(ORDER, clock.london_date(now), Weights)
    rows = Form.objects.filter(state=queue).filter(Q(submitted_team=team) if team else Q())
    fields = ("id", "instrument", "grade", "specialist_grade", "flags", "known")
    light = list(rows.order_by("changed_at").values_list(*fields, F(SINCE[queue]))[:MOST])
    targets = _targets(queue) if queue in CLOCKS else {}
    found = []
    for id, instrument, grade, specialist, flags, known, since in light:
        facts = {**known, "form": instrument, "form_flags": flags}
        waited = (now - since).total_seconds() / 60 if since else 0.0
        graded = specialist or grade or "ungraded"
        minutes = targets.get(id)
        place = urgency.urgency(weights, grade=graded, waited_minutes=waited, target_minutes=minutes, known=facts)
        found.append((id, place))
    return sorted(found, key=lambda pair: -pair[1].score)


def _targets(queue: str) -> dict[uuid.UUID, float]:
    """Return how many minutes each form of a queue was given."""
    rows = Duty.objects.filter(rule=CLOCKS[queue], state__in=["open", "late"], due_at__isnull=False)
    return {
        about: (due_at - started_at).total_seconds() / 60
        for about, started_at, due_at in rows.values_list("about", "started_at", "due_at")
        if about and due_at and due_at > started_at
    }


def _due(queue: str, forms: Iterable[uuid.UUID]) -> Mapping[uuid.UUID, datetime]:
    if queue not in CLOCKS:
        return {}
    rows = Duty.objects.filter(rule=CLOCKS[queue], state__in=["open", "late"], about__in=list(forms))
    return {about: due_at for about, due_at in rows.values_list("about", "due_at") if about and due_at}


def _waiting(row: Form, queue: str, place: Urgency, due_at: datetime | None) -> Waiting:
    return Waiting(
        id=row.id,
        title=edition_of(row.instrument, clock.london_date(row.incident.received_at)).title,
        incident_id=row.incident_id,
        reference=row.incident.reference,
        person_id=row.person_id,
        person_name=full_name(row.person.names.all()) if row.person else "",
        state=row.state,
        grade=row.specialist_grade or row.grade,
        officer=row.submitted_by_name or row.opened_by_name,
        team=row.submitted_team,
        owner=row.owner,
        since=getattr(row, SINCE[queue]) or row.opened_at,
        due_at=due_at,
        because=tuple(row.passed_on_because) if queue == SECOND else (),
        line=place.because,
        score=place.score,
    )


@access.reads
def teams(*, by: Actor) -> Sequence[str]:
    """Return the teams that have handed in what is not finished yet."""
    access.check(by, REVIEW)
    rows = Form.objects.filter(state__in=UNFINISHED).exclude(submitted_team="")
    return sorted(rows.values_list("submitted_team", flat=True).distinct())
