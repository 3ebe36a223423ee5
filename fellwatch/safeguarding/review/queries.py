"""Every read of the review. What shows people names each of them in the log."""

import json
import uuid
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import NamedTuple

from django.db import connection

from fellwatch.assessments.expecting import queries as expecting
from fellwatch.assessments.instruments import edition_of
from fellwatch.assessments.models import Form
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
PAGE = 50


@access.reads
def sums(*, by: Actor) -> Sums:
    """Count every queue, and the open work a second time by what no review has closed and nothing has settled.

    Counts name nobody. What is hidden from the reader is in neither count.
    """
    access.check(by, REVIEW)
    return _counted(_unfinished(), by=by)


@access.reads
def counted_and_waiting(
    queue: str, *, by: Actor, now: datetime, first: int = 0, limit: int = PAGE, team: str = ""
) -> tuple[Sums, tuple[Waiting, ...]]:
    """Return `sums` and `waiting` together: all forms are gone through once."""
    access.check(by, REVIEW)
    forms = _unfinished()
    return _counted(forms, by=by), _cut(forms, queue, by=by, now=now, cut=slice(first, first + limit), team=team)


@access.reads
def waiting(queue: str, *, by: Actor, now: datetime, first: int = 0, limit: int = PAGE) -> tuple[Waiting, ...]:
    """Return a page of a queue by risk times age, the most dangerous first, and log whose forms it shows."""
    access.check(by, REVIEW)
    return _cut(_unfinished(), queue, by=by, now=now, cut=slice(first, first + limit))


class _Unfinished(NamedTuple):
    """What an unfinished form is counted and ranked by. `known` is JSON as text: most forms say the same."""

    id: uuid.UUID
    state: str
    team: str
    open_work: bool
    instrument: str
    specialist: str
    officers: str
    flags: str
    known: str
    since: datetime | None
    minutes: float | None
    """How many the clock of its queue gave it."""

    @property
    def grade(self) -> str:
        """Return the grade that acts."""
        return self.specialist or self.officers or "ungraded"


def _unfinished() -> list[_Unfinished]:
    with connection.cursor() as cursor:
        cursor.execute("select * from safeguarding_review_unfinished()")
        return [_Unfinished(*one) for one in cursor.fetchall()]


def _counted(forms: Iterable[_Unfinished], *, by: Actor) -> Sums:
    queues, forms_not_closed, teams = Counter(dict.fromkeys(FORMS, 0)), 0, defaultdict[str, Counter[str]](Counter)
    for one in forms:
        forms_not_closed += one.open_work
        if one.state in FORMS:
            queues[one.state] += 1
            teams[one.team][one.state] += 1
    gaps = expecting.counts(by=by)
    audit.record(by=by, action="consultation", sentence="safeguarding.queues_counted", subject=("queues", len(FORMS)))
    return Sums(
        queues={**queues, MISSING: gaps.by_state},
        forms_not_closed=forms_not_closed,
        missing_not_settled=gaps.not_settled,
        late=gaps.late,
        teams=teams,
    )


def _cut(
    forms: Iterable[_Unfinished], queue: str, *, by: Actor, now: datetime, cut: slice, team: str = ""
) -> tuple[Waiting, ...]:
    ranked = [one for one in forms if one.state == queue and team in {"", one.team}]
    urgent = _places(ranked, now, cut)
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


def _places(forms: Iterable[_Unfinished], now: datetime, cut: slice) -> dict[uuid.UUID, Urgency]:
    """Return a cut of a queue with its urgency, the highest first; all of it is ranked, and no names are read for it.

    Most forms speak for danger alike: what they say is weighed once, and put into words for the cut alone.
    """
    weights = policy.parsed(ORDER, clock.london_date(now), Weights)
    danger: dict[tuple[str, str, str], float] = {}
    ranked = []
    for one in forms:
        said = (one.instrument, one.flags, one.known)
        if said not in danger:
            danger[said] = urgency.danger(weights, _facts(one)).points
        waited = (now - one.since).total_seconds() / 60 if one.since else 0.0
        score = (weights.grades[one.grade] + danger[said]) * urgency.age_factor(weights, waited, one.minutes)
        ranked.append((-score, waited, one))
    return {
        one.id: urgency.urgency(
            weights, grade=one.grade, waited_minutes=waited, target_minutes=one.minutes, known=_facts(one)
        )
        for _, waited, one in sorted(ranked, key=lambda each: each[0])[cut]
    }


def _facts(one: _Unfinished) -> dict[str, object]:
    return {**json.loads(one.known), "form": one.instrument, "form_flags": json.loads(one.flags)}


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
