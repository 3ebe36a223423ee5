"""Every read of the review. What shows people names each of them in the log."""

import uuid
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db.models import Count, DurationField, ExpressionWrapper, F, Q

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
    not_closed = Q(closed_number__lt=F("number"))
    rows = Form.objects.filter(Q(state__in=UNFINISHED) | not_closed).values_list("state", "submitted_team")
    queues, forms_not_closed, teams = Counter(dict.fromkeys(FORMS, 0)), 0, defaultdict[str, Counter[str]](Counter)
    for state, team, count, open_work in rows.annotate(all=Count("id"), open=Count("id", filter=not_closed)):
        forms_not_closed += open_work
        if state in FORMS:
            queues[state] += count
            teams[team][state] += count
    gaps = expecting.counts(by=by)
    audit.record(by=by, action="consultation", sentence="safeguarding.queues_counted", subject=("queues", len(FORMS)))
    return Sums(
        queues={**queues, MISSING: gaps.by_state},
        forms_not_closed=forms_not_closed,
        missing_not_settled=gaps.not_settled,
        late=gaps.late,
        teams=teams,
    )


@access.reads
def waiting(
    queue: str, *, by: Actor, now: datetime, first: int = 0, limit: int = PAGE, team: str = ""
) -> tuple[Waiting, ...]:
    """Return a page of a queue by risk times age, the most dangerous first, and log whose forms it shows."""
    access.check(by, REVIEW)
    urgent = _places(queue, team, now, slice(first, first + limit))
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


def _places(queue: str, team: str, now: datetime, cut: slice) -> dict[uuid.UUID, Urgency]:
    """Return a cut of a queue with its urgency, the highest first; all of it is ranked, and no names are read for it.

    Most forms speak for danger alike: what they say is weighed once, and put into words for the cut alone.
    """
    weights = policy.parsed(ORDER, clock.london_date(now), Weights)
    rows = Form.objects.filter(state=queue).filter(Q(submitted_team=team) if team else Q())
    fields = ("id", "instrument", "grade", "specialist_grade", "flags", "known")
    light = list(rows.order_by("changed_at").values_list(*fields, F(SINCE[queue]))[:MOST])
    targets = _targets(queue) if queue in CLOCKS else {}
    danger: dict[str, float] = {}
    ranked = []
    for id, instrument, grade, specialist, flags, known, since in light:
        said = f"{instrument} {flags} {known}"
        facts = {**known, "form": instrument, "form_flags": flags}
        if said not in danger:
            danger[said] = urgency.danger(weights, facts).points
        waited = (now - since).total_seconds() / 60 if since else 0.0
        graded, minutes = specialist or grade or "ungraded", targets.get(id)
        score = (weights.grades[graded] + danger[said]) * urgency.age_factor(weights, waited, minutes)
        ranked.append((-score, id, graded, waited, minutes, facts))
    return {
        id: urgency.urgency(weights, grade=graded, waited_minutes=waited, target_minutes=minutes, known=facts)
        for _, id, graded, waited, minutes, facts in sorted(ranked, key=lambda one: one[0])[cut]
    }


def _targets(queue: str) -> dict[uuid.UUID, float]:
    """Return how many minutes each form of a queue was given."""
    rows = Duty.objects.filter(rule=CLOCKS[queue], state__in=["open", "late"], due_at__gt=F("started_at"))
    given = rows.annotate(given=ExpressionWrapper(F("due_at") - F("started_at"), DurationField()))
    return {about: time.total_seconds() / 60 for about, time in given.values_list("about", "given") if about}


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
