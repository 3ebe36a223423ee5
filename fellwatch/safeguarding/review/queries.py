"""Every read of the review. What shows people names each of them in the log."""

import heapq
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
PAGE = 20


@access.reads
def sums(*, by: Actor) -> Sums:
    """Count every queue, and the open work a second time by what no review has closed and nothing has settled.

    Counts name nobody. What is hidden from the reader is in neither count.
    """
    access.check(by, REVIEW)
    return _counted(_unfinished(clock.now()), by=by)


@access.reads
def counted_and_waiting(
    queue: str, *, by: Actor, now: datetime, first: int = 0, limit: int = PAGE, team: str = ""
) -> tuple[Sums, tuple[Waiting, ...]]:
    """Return `sums` and `waiting` together: all forms are gone through once."""
    access.check(by, REVIEW)
    forms = _unfinished(now)
    return _counted(forms, by=by), _cut(forms, queue, by=by, now=now, cut=slice(first, first + limit), team=team)


@access.reads
def waiting(queue: str, *, by: Actor, now: datetime, first: int = 0, limit: int = PAGE) -> tuple[Waiting, ...]:
    """Return a page of a queue by risk times age, the most dangerous first, and log whose forms it shows."""
    access.check(by, REVIEW)
    return _cut(_unfinished(now), queue, by=by, now=now, cut=slice(first, first + limit))


class _Alike(NamedTuple):
    """Unfinished forms of which the same is known: they differ in nothing but how long each has waited.

    `known` is JSON as text. `since` says of each of `ids` since when it waits, in seconds since 1970.
    """

    state: str
    team: str
    open_work: bool
    instrument: str
    grade: str
    flags: str
    known: str
    minutes: float | None
    """How many the clock of their queue gave each."""
    ids: list[uuid.UUID]
    since: list[float]

    @property
    def facts(self) -> dict[str, object]:
        """Return what the order of the queue asks about each of them."""
        return {**json.loads(self.known), "form": self.instrument, "form_flags": json.loads(self.flags)}


def _by_state(of: Mapping[str, str], say: str) -> str:
    """Return SQL for what belongs to a form's state, none for a state that is in no queue."""
    return "case f.state " + " ".join(f"when '{state}' then {say.format(one)}" for state, one in of.items()) + " end"


# Most forms say the same: they come here together, in one line for all that are alike.
_UNFINISHED = f"""
with given as materialized (
  select about, rule, extract(epoch from max(due_at - started_at))::float8 / 60 as minutes from duties_duty
  where rule = any(%(rules)s) and state in ('open', 'late') and due_at > started_at
  group by about, rule
), forms as materialized (
  select f.id, f.state, f.submitted_team as team, f.closed_number < f.number as open_work, f.instrument,
    coalesce(nullif(f.specialist_grade, ''), nullif(f.grade, ''), 'ungraded') as grade,
    f.flags, f.known, given.minutes,
    coalesce({_by_state(SINCE, "f.{}")}, %(now)s) as since
  from assessments_form f
    left join given on given.about = f.id and given.rule = {_by_state(CLOCKS, "'{}'")}
  where f.state = any(%(states)s) or f.closed_number < f.number
)
select state, team, open_work, instrument, grade, to_json(flags)::text, known::text, minutes,
  array_agg(id), array_agg(extract(epoch from since)::float8)
from forms group by state, team, open_work, instrument, grade, flags, known, minutes
"""


def _unfinished(now: datetime) -> list[_Alike]:
    with connection.cursor() as cursor:
        cursor.execute(_UNFINISHED, {"rules": list(CLOCKS.values()), "states": list(FORMS), "now": now})
        return [_Alike(*one) for one in cursor.fetchall()]


def _counted(forms: Iterable[_Alike], *, by: Actor) -> Sums:
    queues, forms_not_closed, teams = Counter(dict.fromkeys(FORMS, 0)), 0, defaultdict[str, Counter[str]](Counter)
    for one in forms:
        forms_not_closed += len(one.ids) if one.open_work else 0
        if one.state in FORMS:
            queues[one.state] += len(one.ids)
            teams[one.team][one.state] += len(one.ids)
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
    forms: Iterable[_Alike], queue: str, *, by: Actor, now: datetime, cut: slice, team: str = ""
) -> tuple[Waiting, ...]:
    ranked = [one for one in forms if one.state == queue and team in {"", one.team}]
    urgent = _places(ranked, now, cut)
    rows = Form.objects.filter(id__in=urgent).select_related("incident", "person").prefetch_related("person__names")
    due = _due(queue, urgent)
    shown = {row.id: row for row in rows}
    found = [_waiting(shown[id], queue, place, due.get(id)) for id, place in urgent.items() if id in shown]
    audit.record(
        by=by,
        action="consultation",
        sentence="safeguarding.queue_read",
        subject=("forms", len(found)),
        people={one.person_id for one in found if one.person_id},
        detail={"queue": queue},
    )
    return tuple(found)


def _places(forms: Iterable[_Alike], now: datetime, cut: slice) -> dict[uuid.UUID, Urgency]:
    """Return a cut of a queue with its urgency, the highest first; all of it is ranked, and no names are read for it.

    Of forms that are alike, the one that has waited longer comes first: no more of them are weighed than the cut takes.
    """
    weights = policy.parsed(ORDER, clock.london_date(now), Weights)
    ranked = []
    for one in forms:
        risk = weights.grades[one.grade] + urgency.danger(weights, one.facts).points
        for since, id in heapq.nsmallest(cut.stop, zip(one.since, one.ids, strict=True)):
            waited = (now.timestamp() - since) / 60
            score = risk * urgency.age_factor(weights, waited, one.minutes)
            ranked.append((-score, since, id, waited, one))
    return {
        id: urgency.urgency(
            weights, grade=one.grade, waited_minutes=waited, target_minutes=one.minutes, known=one.facts
        )
        for _, _, id, waited, one in sorted(ranked, key=lambda each: each[:3])[cut]
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
