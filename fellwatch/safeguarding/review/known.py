"""What is known of one person's risk through time: each change of it with the fact that moved it."""

import uuid
from collections.abc import Iterator
from datetime import datetime

from fellwatch.assessments.instruments import edition_of
from fellwatch.assessments.models import Assessment, Form, FormOwner, FormReview
from fellwatch.foundation import access, audit, clock, policy
from fellwatch.foundation.access import Actor
from fellwatch.orders import queries as orders
from fellwatch.records import story
from fellwatch.rules import vocabulary
from fellwatch.rules.vocabulary import Vocabulary
from fellwatch.safeguarding.access import REVIEW
from fellwatch.safeguarding.review.values import Risk

MOST = 60


@access.reads
def thread(person_id: uuid.UUID, *, by: Actor, now: datetime) -> tuple[Risk, ...]:
    """Return somebody's risk from the first call to the last outcome, oldest first, and log the read."""
    access.check(by, REVIEW)
    steps = [*_calls(person_id, by, now), *_graded(person_id), *_reviewed(person_id), *_orders(person_id, by, now)]
    audit.record(
        by=by,
        action="consultation",
        sentence="safeguarding.thread_read",
        subject=("person", person_id),
        people=[person_id],
    )
    return tuple(sorted(steps, key=lambda step: step.at)[-MOST:])


def _calls(person_id: uuid.UUID, by: Actor, now: datetime) -> Iterator[Risk]:
    codes = policy.parsed("nsir_opening", clock.london_date(now), Vocabulary)
    roles = policy.parsed("person_roles", clock.london_date(now), Vocabulary)
    for past in story.incidents_of(by=by, person_id=person_id)[:MOST]:
        code = vocabulary.find(codes, past.opening_code)
        parts = sorted({role for person, role in past.parts if person == person_id})
        said = ", ".join(found.label for role in parts if (found := vocabulary.find(roles, role)))
        title = code.label if code else past.opening_code
        yield Risk(past.received_at, title, "", f"{said}. Log {past.reference}", "", past.id)


def _graded(person_id: uuid.UUID) -> Iterator[Risk]:
    """Yield each grade that an officer's answers gave, where it moved, with what the answers tell of."""
    rows = Assessment.objects.filter(person_id=person_id).exclude(grade="").select_related("incident")
    forms = {(one.instrument, one.incident_id): one.id for one in Form.objects.filter(person_id=person_id)}
    before: dict[tuple[str, uuid.UUID | None], str] = {}
    for row in rows.order_by("at", "number")[: MOST * 4]:
        key = (row.instrument, row.incident_id)
        if before.get(key) != row.grade and row.incident:
            asked = edition_of(row.instrument, clock.london_date(row.incident.received_at))
            labels = {flag.id: flag.label or flag.id for one in asked.instrument.projections for flag in one.flags}
            told = "; ".join(labels.get(flag, flag) for flag in row.flags)
            why = told or str(row.answers.get("rationale", ""))[:300]
            said = f"{asked.title}: {row.grade}"
            form_id = forms.get((row.instrument, row.incident.id))
            yield Risk(row.at, said, row.grade, why, row.by_name, row.incident_id, form_id)
        before[key] = row.grade


def _reviewed(person_id: uuid.UUID) -> Iterator[Risk]:
    rows = FormReview.objects.filter(form__person_id=person_id, outcome="regraded").select_related("form")
    for row in rows.order_by("-at")[:MOST]:
        moved = f"Graded anew: {row.officer_grade or 'no grade'} to {row.grade}"
        yield Risk(row.at, moved, row.grade, row.note, row.by_name, row.form.incident_id, row.form_id)
    owners = FormOwner.objects.filter(form__person_id=person_id).exclude(changed_because="").select_related("form")
    for owned in owners.order_by("-at")[:MOST]:
        codes = policy.parsed("risk_owners", clock.london_date(owned.at), Vocabulary)
        code = vocabulary.find(codes, owned.owner)
        name = code.label if code else owned.owner
        why = owned.changed_because or owned.because
        yield Risk(owned.at, f"Owned by the {name}", "", why, owned.by_name, owned.form.incident_id, owned.form_id)


def _orders(person_id: uuid.UUID, by: Actor, now: datetime) -> Iterator[Risk]:
    for order in orders.about_person(person_id, by=by, now=now)[:MOST]:
        part = "binds them" if order.subject_id == person_id else "protects them"
        yield Risk(order.issued_at, f"{order.title} {part}", "", order.reference, order.made_by)
        if order.ends_at and order.ends_at <= now:
            yield Risk(order.ends_at, f"{order.short} over", "", order.ended_because, "")
