"""The central team's look at a form its supervisor accepted: accept it, grade it anew, or send it to its officer."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from fellwatch.assessments import asking
from fellwatch.assessments.access import SECOND
from fellwatch.assessments.actions import owning
from fellwatch.assessments.expecting import actions as expecting
from fellwatch.assessments.models import Form, FormReview
from fellwatch.assessments.reasons import LONGEST, wrong_reasons
from fellwatch.assessments.standing import require
from fellwatch.assessments.values import Invalid
from fellwatch.duties import actions as duties
from fellwatch.foundation import access, audit, clock, once, policy
from fellwatch.foundation.access import Actor
from fellwatch.rules import queues
from fellwatch.rules.queues import Match, Queue

RULE, CLOCK = "second_review", "second_look"
ACCEPTED, REGRADED, RETURNED = "accepted", "regraded", "returned"
GRADES = ("high", "medium", "standard")
SHORTEST = 20


@dataclass(frozen=True)
class Looked:
    """What a specialist decided. `seen` is the version looked at; `reasons` maps a question to `code` and `words`."""

    outcome: str
    seen: int
    grade: str = ""
    note: str = ""
    reasons: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


def wanted(form: Form, now: datetime) -> tuple[Match, ...]:
    """Return why the central team looks at a form, weightiest first; nothing where the force leaves it out."""
    found = queues.matches(policy.parsed(RULE, clock.london_date(now), Queue), known(form))
    return tuple(match for match in found if match.weight)


def known(form: Form) -> dict[str, object]:
    """Return what the policies ask about a form."""
    roles = asking.known(form.incident).get("person_roles", [])
    returned = FormReview.objects.filter(form_id=form.id, outcome=RETURNED).count()
    said: dict[str, object] = {"form": form.instrument, "form_flags": list(form.flags), "times_returned": returned}
    return said | {"person_roles": roles} | ({"risk_grade": form.grade} if form.grade else {})


def pass_on(form: Form, because: Sequence[Match], *, by: Actor, now: datetime, first: str = "") -> None:
    """Put a form before the central team and start its clock. A step."""
    Form.objects.filter(id=form.id).update(
        state="second",
        passed_on_at=now,
        passed_on_because=[*([first] if first else []), *(match.reason for match in because)],
        known=known(form),
    )
    fact = duties.Fact("form.passed_on", now, {"risk": form.grade or "ungraded"})
    duties.note(fact, by=by, now=now, incident_id=form.incident_id, about=form.id)


def look_at(form_id: uuid.UUID, looked: Looked, *, by: Actor, now: datetime) -> None:
    """Decide about the version that was looked at; said twice, it stands once.

    A new grade needs an explanation and stands beside the officer's, which stays theirs; the risk goes to the owner
    of the new grade. Raises Invalid: nobody looks at their own work, nor at a version written since.
    """
    access.check(by, SECOND, subject=("form", str(form_id)))
    given = {name: dict(one) for name, one in looked.reasons.items() if one.get("code")}
    with access.acting(by):
        once.only(form_id)
        form = require(form_id)
        same = FormReview.objects.filter(form_id=form.id, number=looked.seen, stage="central", outcome=looked.outcome)
        if same.exists():
            return
        if problems := _problems(form, looked, given, by, now):
            raise Invalid(problems)
        _decide(form, looked, given, by=by, now=now)


def _decide(form: Form, looked: Looked, given: Mapping[str, Mapping[str, str]], *, by: Actor, now: datetime) -> None:
    state = RETURNED if looked.outcome == RETURNED else "settled"
    grade = looked.grade if looked.outcome == REGRADED else form.specialist_grade
    moved = Form.objects.filter(id=form.id, number=looked.seen, state="second").update(
        state=state,
        changed_at=now,
        specialist_grade=grade,
        closed_number=looked.seen if state == "settled" else form.closed_number,
    )
    if not moved:
        raise Invalid({"outcome": "A colleague decided about this while you were reading. Look at it again."})
    FormReview.objects.create(
        form_id=form.id,
        number=looked.seen,
        stage="central",
        outcome=looked.outcome,
        reasons=given,
        note=looked.note.strip(),
        officer_grade=form.grade,
        grade=grade,
        closes=state == "settled",
        team=form.submitted_team,
        at=now,
        by_id=by.id,
        by_name=by.name,
    )
    duties.meet(CLOCK, incident_id=form.incident_id, about=form.id, by=by, now=now)
    if looked.outcome == RETURNED:
        fact = duties.Fact("form.returned", now)
        duties.note(fact, by=by, now=now, incident_id=form.incident_id, about=form.id)
    if looked.outcome == REGRADED:
        why = f"A specialist graded it {grade}: {looked.note.strip()}"
        owning.allocate(form, grade, by=by, now=now, changed_because=why)
        expecting.look(form.incident_id, by=by, now=now)
    audit.record(
        by=by,
        action="alteration",
        sentence=f"assessments.second_{looked.outcome}",
        subject=("incident", form.incident_id),
        people=[form.person_id] if form.person_id else [],
        detail={"instrument": form.instrument, "number": looked.seen, "questions": sorted(given), "grade": grade},
    )


def _problems(
    form: Form, looked: Looked, reasons: Mapping[str, Mapping[str, str]], by: Actor, now: datetime
) -> dict[str, str]:
    if looked.outcome not in {ACCEPTED, REGRADED, RETURNED}:
        return {"outcome": "Choose to accept it, to grade it anew or to send it back."}
    if form.state != "second" or form.number != looked.seen:
        return {"outcome": "Somebody has changed or decided about this meanwhile. Look at it again."}
    if form.submitted_by_id == by.id:
        return {"outcome": "You handed this form in: somebody else must look at it."}
    problems = wrong_reasons(form, reasons, now)
    if len(looked.note) > LONGEST:
        problems["note"] = f"This is {len(looked.note):,} characters; keep it to {LONGEST:,}."
    if looked.outcome == REGRADED:
        problems |= _ungraded(form, looked)
    if looked.outcome == RETURNED and not reasons:
        problems["outcome"] = "Say beside at least one answer what must be put right."
    if looked.outcome != RETURNED and reasons:
        problems["outcome"] = "You gave reasons to send it back. Send it back, or take them out."
    return problems


def _ungraded(form: Form, looked: Looked) -> dict[str, str]:
    problems = {}
    if looked.grade not in GRADES:
        problems["grade"] = "Choose the grade that is to act."
    elif looked.grade == (form.specialist_grade or form.grade):
        problems["grade"] = "This is the grade it has. Accept it, or choose another."
    if len(looked.note.strip()) < SHORTEST:
        problems["note"] = "Explain the new grade in a sentence or two: the officer and the owner read it."
    return problems
