"""Decide whether police go to a request about welfare or health; review, escalate and end a decision not to."""

import uuid
from collections.abc import Mapping
from datetime import datetime

from fellwatch.assessments import actions as assessments
from fellwatch.contact import attending, checks
from fellwatch.contact.access import LOG, SUPERVISE
from fellwatch.contact.actions import calls, steps
from fellwatch.contact.models import AttendanceDecision, Handling
from fellwatch.contact.values import Invalid, Reassessment
from fellwatch.duties import actions as duties
from fellwatch.foundation import access, audit, ids, once, plain
from fellwatch.foundation.access import Actor
from fellwatch.records.queries import Missing
from fellwatch.rules import instruments

REVIEW = "decline_review"
LONGEST_NAME = 200
SENTENCES = {"attend": "contact.attendance_attend", "decline": "contact.attendance_decline"}


def decide_attendance(
    incident_id: uuid.UUID,
    decision: str,
    answers: Mapping[str, object],
    *,
    by: Actor,
    now: datetime,
    id: uuid.UUID | None = None,
) -> None:
    """Record whether police go, with the answers it rests on. Sent twice under one id, it stands once.

    Raises Invalid beside each question: declining needs every ground ruled out, the caller told, and who goes named.
    """
    access.check(by, LOG, subject=("incident", str(incident_id)))
    sent = id or ids.new()
    with access.acting(by):
        once.only(incident_id)
        handling = steps.require_open(incident_id, "decision")
        if AttendanceDecision.objects.filter(id=sent, incident_id=incident_id).exists():
            return
        _check(decision, answers, handling, now)
        _end_standing(incident_id, "Decided again.", now)
        _store(sent, decision, answers, handling, by=by, now=now)
        if decision == "decline":
            _stand_down(incident_id, by=by, now=now)
        else:
            _go(handling, by=by, now=now)
        steps.tell_boards(incident_id, "attendance")


def _check(decision: str, answers: Mapping[str, object], handling: Handling, now: datetime) -> None:
    if decision not in {"attend", "decline"}:
        raise Invalid({"decision": "Say whether police go."})
    form = attending.form(now).instrument
    problems = {one.question: f"{one.what} {one.do}" for one in instruments.validate(form, answers)}
    missing = instruments.completeness(form, answers).missing
    problems |= {one.question: one.do for one in missing if decision == "decline" or one.question == "area"}
    problems |= {name: plain.REFUSED for name, said in answers.items() if not plain.storable(str(said))}
    if decision == "decline":
        if handling.state not in {"graded", "assigned"}:
            raise Invalid({"decision": "Somebody is there already."})
        problems |= dict(attending.objections(answers, handling.flags, now))
    if problems:
        raise Invalid(problems)


def _store(
    id: uuid.UUID, decision: str, answers: Mapping[str, object], handling: Handling, *, by: Actor, now: datetime
) -> None:
    form = attending.form(now)
    assessments.record(
        form, answers, by=by, now=now, trigger=f"attendance_{decision}", incident_id=handling.incident_id, id=id
    )
    reasons = attending.because(decision, answers, handling.flags, now)
    AttendanceDecision.objects.create(
        id=id, incident_id=handling.incident_id, decision=decision, because=list(reasons),
        grounds=list(attending.grounds(answers, handling.flags, now)), area=str(answers.get("area", "")),
        requester=str(answers.get("requester", "")), who_will=str(answers.get("who_will", "")),
        rule_version=form.number, at=now, by_id=by.id, by_name=by.name,
    )  # fmt: skip
    words = (
        "Police will go." if decision == "attend" else f"Police will not go; told so. Instead: {answers['who_will']}"
    )
    steps.line(handling.incident_id, by=by, now=now, kind="attendance", text=" ".join((words, *reasons)))
    audit.record(
        by=by,
        action="collection",
        sentence=SENTENCES[decision],
        subject=("incident", handling.incident_id),
        detail={"area": str(answers.get("area", ""))},
    )


def _stand_down(incident_id: uuid.UUID, *, by: Actor, now: datetime) -> None:
    """Nobody is on the way: the attendance clock ends, and a supervisor's review is owed."""
    duties.replace("attendance", incident_id=incident_id, by=by, now=now)
    steps.flag(incident_id, attending.DECLINED, True, now)
    Handling.objects.filter(incident_id=incident_id).update(attend_by=None, attend_minutes=None)
    duties.note(duties.Fact("attendance.declined", now), by=by, now=now, incident_id=incident_id)


def _go(handling: Handling, *, by: Actor, now: datetime) -> None:
    """Somebody goes after all: start the attendance clock again where it was ended."""
    if attending.DECLINED in handling.flags:
        steps.flag(handling.incident_id, attending.DECLINED, False, now)
        duties.replace(REVIEW, incident_id=handling.incident_id, by=by, now=now)
        noted = calls.start_clocks(handling.incident_id, handling.grade, True, by=by, now=now)
        Handling.objects.filter(incident_id=handling.incident_id).update(**calls.attendance(noted, now))


def _end_standing(incident_id: uuid.UUID, because: str, now: datetime) -> None:
    AttendanceDecision.objects.filter(incident_id=incident_id, ended_at__isnull=True).update(
        ended_at=now, ended_because=because
    )


def require_thrive(look: Reassessment, *, by: Actor) -> None:
    """Raise Invalid where somebody who was told that police will not come rang again and nobody did THRIVE."""
    access.check(by, LOG)
    standing = AttendanceDecision.objects.filter(incident_id=look.incident_id, decision="decline", ended_at=None)
    if look.trigger == "repeat_call" and not look.thrive and standing.exists():
        raise Invalid({"trigger": "They were told that police will not come, and have rung back: do THRIVE again."})


def rung_back(look: Reassessment, *, by: Actor, now: datetime) -> None:
    """End a decision not to go when the caller rings back: it must be made again on what is known now."""
    access.check(by, LOG)
    if look.trigger == "repeat_call" and attending.DECLINED in steps.require(look.incident_id).flags:
        _end_standing(look.incident_id, "The caller rang back.", now)
        _go(steps.require(look.incident_id), by=by, now=now)
        words = "The caller rang back: the decision not to go stands no longer. Decide it again."
        steps.line(look.incident_id, by=by, now=now, kind="attendance", text=words)


def review_decline(decision_id: uuid.UUID, review: str, because: str, *, by: Actor, now: datetime) -> None:
    """Say as a supervisor whether a decision not to go is right; `send` ends it and starts the clock again."""
    access.check(by, SUPERVISE)
    if review not in {"agreed", "send"}:
        raise Invalid({"review": "Say whether you agree, or send somebody."})
    checks.require_words(because, "review_because", "Say why, in a sentence.", checks.LONGEST_LINE)
    with access.acting(by):
        decision = _turn(decision_id)
        if (decision.review, decision.review_because) == (review, because.strip()):
            return
        if decision.ended_at or decision.review:
            raise Invalid({"review": "This was decided again or reviewed already. Look at it again."})
        if decision.by_id == by.id:
            raise Invalid({"review": "You decided this yourself. Another supervisor must look at it."})
        AttendanceDecision.objects.filter(id=decision_id).update(
            review=review, review_because=because.strip(), reviewed_at=now, reviewed_by_name=by.name
        )
        duties.meet(REVIEW, incident_id=decision.incident_id, by=by, now=now)
        words = "Decision not to go reviewed: agreed." if review == "agreed" else "Decision not to go overturned: send."
        _said(decision.incident_id, f"{words} {because.strip()}", "contact.decline_reviewed", by=by, now=now)
        if review == "send":
            _end_standing(decision.incident_id, f"{by.name} sent somebody.", now)
            _go(steps.require(decision.incident_id), by=by, now=now)


def escalate_decline(decision_id: uuid.UUID, to: str, because: str, *, by: Actor, now: datetime) -> None:
    """Record that the requester does not accept a decision not to go, and to whom it was taken."""
    access.check(by, LOG)
    checks.require_words(to, "escalated_to", "Write to whom it was taken: role and name.", LONGEST_NAME)
    checks.require_words(because, "escalated_because", "Write what the requester says.", checks.LONGEST_LINE)
    with access.acting(by):
        decision = _turn(decision_id)
        if (decision.escalated_to, decision.escalated_because) == (to.strip(), because.strip()):
            return
        if decision.ended_at:
            raise Invalid({"escalated_to": "This decision stands no longer."})
        AttendanceDecision.objects.filter(id=decision_id).update(
            escalated_at=now,
            escalated_to=to.strip(),
            escalated_because=because.strip(),
            escalated_by_name=by.name,
        )
        words = f"Decision not to go taken to {to.strip()}. {because.strip()}"
        _said(decision.incident_id, words, "contact.decline_escalated", by=by, now=now)


def _turn(decision_id: uuid.UUID) -> AttendanceDecision:
    found = AttendanceDecision.objects.filter(id=decision_id, decision="decline").first()
    if found is None:
        raise Missing("There is no such decision, or the record is restricted.")
    once.only(found.incident_id)
    return AttendanceDecision.objects.get(id=decision_id)


def _said(incident_id: uuid.UUID, text: str, sentence: str, *, by: Actor, now: datetime) -> None:
    steps.line(incident_id, by=by, now=now, kind="attendance", text=text)
    audit.record(by=by, action="alteration", sentence=sentence, subject=("incident", incident_id))
    steps.tell_boards(incident_id, "attendance")
