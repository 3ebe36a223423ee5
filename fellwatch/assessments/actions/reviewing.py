"""Review a form that was handed in: accept it, or send it back with a reason beside each answer."""

import uuid
from collections.abc import Iterable, Mapping
from datetime import datetime

from fellwatch.assessments.access import REVIEW
from fellwatch.assessments.actions import second
from fellwatch.assessments.models import Form, FormReview
from fellwatch.assessments.reasons import LONGEST, wrong_reasons
from fellwatch.assessments.standing import require
from fellwatch.assessments.values import Invalid
from fellwatch.duties import actions as duties
from fellwatch.foundation import access, audit
from fellwatch.foundation.access import Actor

ACCEPTED, RETURNED = "accepted", "returned"


def review(
    form_id: uuid.UUID,
    outcome: str,
    *,
    seen: int,
    by: Actor,
    now: datetime,
    reasons: Mapping[str, Mapping[str, str]] | None = None,
    note: str = "",
) -> None:
    """Accept or send back the version that was looked at; said twice, it stands once.

    `reasons` maps a question to `code` and `words`. Raises Invalid: nobody reviews their own work, a form sent
    back needs a reason, and a version written since must be looked at again.
    """
    access.check(by, REVIEW)
    given = {name: dict(one) for name, one in (reasons or {}).items() if one.get("code")}
    with access.acting(by):
        form = require(form_id)
        same = FormReview.objects.filter(form_id=form.id, number=seen, stage="supervisor", outcome=outcome)
        if same.exists():
            return
        problems = _problems(form, outcome, given, note, seen, by, now)
        if problems:
            raise Invalid(problems)
        onward = second.wanted(form, now) if outcome == ACCEPTED else ()
        closes = outcome == ACCEPTED and not onward
        _move(form, outcome, seen, closes=closes, now=now)
        FormReview.objects.create(
            form_id=form.id,
            number=seen,
            outcome=outcome,
            reasons=given,
            note=note.strip(),
            officer_grade=form.grade,
            closes=closes,
            team=form.submitted_team,
            at=now,
            by_id=by.id,
            by_name=by.name,
        )
        duties.meet("supervisor_review", incident_id=form.incident_id, by=by, now=now, about=form.id)
        if onward:
            second.pass_on(form, onward, by=by, now=now)
        if outcome == RETURNED:
            fact = duties.Fact("form.returned", now)
            duties.note(fact, by=by, now=now, incident_id=form.incident_id, about=form.id)
        _log(form, outcome, seen, given, by=by)


def _move(form: Form, outcome: str, seen: int, *, closes: bool, now: datetime) -> None:
    """Let the version that was looked at be accepted or sent back, unless a colleague was quicker."""
    moved = Form.objects.filter(id=form.id, number=seen, state="submitted").update(
        state=outcome, changed_at=now, closed_number=seen if closes else form.closed_number
    )
    if not moved:
        raise Invalid({"outcome": "A colleague reviewed this while you were reading. Look at it again."})


def _log(form: Form, outcome: str, seen: int, given: Iterable[str], *, by: Actor) -> None:
    audit.record(
        by=by,
        action="alteration",
        sentence=f"assessments.form_{outcome}",
        subject=("incident", form.incident_id),
        people=[form.person_id] if form.person_id else [],
        detail={"instrument": form.instrument, "number": seen, "questions": sorted(given)},
    )


def _problems(
    form: Form,
    outcome: str,
    reasons: Mapping[str, Mapping[str, str]],
    note: str,
    seen: int,
    by: Actor,
    now: datetime,
) -> dict[str, str]:
    if outcome not in {ACCEPTED, RETURNED}:
        return {"outcome": "Choose to accept the form or to send it back."}
    if form.state != "submitted" or form.number != seen:
        return {"outcome": "Somebody has changed or reviewed this form meanwhile. Look at it again."}
    if form.submitted_by_id == by.id:
        return {"outcome": "You handed this form in: somebody else must review it."}
    problems = wrong_reasons(form, reasons, now)
    if len(note) > LONGEST:
        problems["note"] = f"This is {len(note):,} characters; keep it to {LONGEST:,}."
    if outcome == RETURNED and not reasons:
        problems["outcome"] = "Say beside at least one answer what must be put right."
    if outcome == ACCEPTED and reasons:
        problems["outcome"] = "You gave reasons to send it back. Send it back, or take them out."
    return problems
