"""Look at an incident again: THRIVE and grade afresh, both versions kept."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError

from fellwatch.assessments import actions as assessments
from fellwatch.assessments import queries as assessed
from fellwatch.assessments.instruments import edition
from fellwatch.contact import checks, facts, knowledge, prompts, rulings
from fellwatch.contact.access import CONFIRM_DOWNGRADE, GRADE
from fellwatch.contact.actions import attending, calls, steps
from fellwatch.contact.models import Grading, Handling, LowerGrade
from fellwatch.contact.values import Call, DraftPerson, Invalid, Logged, Overtaken, Reassessment
from fellwatch.duties import actions as duties
from fellwatch.foundation import access, audit, clock, once, policy
from fellwatch.foundation.access import Actor
from fellwatch.records import children
from fellwatch.records import queries as records
from fellwatch.records.values import IncidentView
from fellwatch.rules.grading import Proposal
from fellwatch.rules.regrading import Change, ChangeDecision, Regrading


def reassess(look: Reassessment, *, by: Actor, now: datetime) -> Logged:
    """Store a new version of THRIVE and grade. Raises Overtaken when somebody decided meanwhile, Invalid
    with every objection when a lower grade may not stand. Sent twice, it is stored once."""
    access.check(by, GRADE, subject=("incident", str(look.incident_id)))
    if problems := checks.look_problems(look, now=now):
        raise Invalid(problems)
    try:
        with access.acting(by):
            once.only(look.incident_id)
            return _again(look) or _reassess(look, by=by, now=now)
    except IntegrityError as taken:
        raise Invalid({"grade": steps.TAKEN}) from taken


def _again(look: Reassessment) -> Logged | None:
    """Return what the first sending did; raise Invalid where the id belongs to another incident."""
    stored = Grading.objects.filter(id=look.id).first()
    if stored is None:
        return None
    if stored.incident_id != look.incident_id:
        raise Invalid({"grade": steps.TAKEN})
    return Logged(look.incident_id, "", stored.grade, tuple(stored.because), again=True)


def _reassess(look: Reassessment, *, by: Actor, now: datetime) -> Logged:
    handling = steps.require(look.incident_id)
    _check_current(handling, look)
    attending.require_thrive(look, by=by)
    seen = weighed(look, handling, by=by, now=now)
    proposal = rulings.propose(seen.asked, now=now)
    grade = look.grade or proposal.grade
    decision = _decide(handling.grade, grade, look, seen.asked, by=by, now=now)
    if not decision.allowed:
        shown = _decide(handling.grade, grade, look, seen.shown, by=by, now=now)
        agreed = _decide(handling.grade, grade, look, seen.asked, by=by, now=now, agreed=True)
        _refuse(look, handling.grade, grade, decision, shown, agreed.allowed)
    _store(look, handling, grade, rulings.propose(seen.shown, now=now), seen.shown, by=by, now=now)
    if look.dangers.get("domestic") == "yes":
        children.look_for(look.incident_id, domestic=True)
    return Logged(look.incident_id, seen.reference, grade, proposal.because)


@dataclass(frozen=True)
class Weighed:
    """The facts of an incident now: all that its reader knows, and those that every reader may be shown."""

    reference: str
    asked: facts.Facts
    shown: facts.Facts


def weighed(look: Reassessment, handling: Handling, *, by: Actor, now: datetime) -> Weighed:
    """Gather the facts of an incident as they stand, what was said now laid over what was said before."""
    access.check(by, GRADE, subject=("incident", str(look.incident_id)))
    incident = records.incident(look.incident_id, by=by, now=now, log=False)
    call = _as_call(incident, handling, look, by=by)
    about = _about(incident)
    asked = {
        **facts.of_call(call, knowledge.look_up(about, by=by, now=now), now=now),
        "grade": handling.grade,
        "status": handling.state,
    }
    return Weighed(incident.reference, asked, _shown(asked, call, about, by=by, now=now))


def _shown(asked: facts.Facts, call: Call, about: knowledge.About, *, by: Actor, now: datetime) -> facts.Facts:
    """Return the facts that every reader of the incident may be shown."""
    if not by.compartments:
        return asked
    known = knowledge.look_up_for_all(about, steps.compartment_of(call.id), by=by, now=now)
    return {**facts.of_call(call, known, now=now), "grade": asked["grade"], "status": asked["status"]}


def _check_current(handling: Handling, look: Reassessment) -> None:
    if handling.state == "closed":
        raise Invalid({"grade": steps.CLOSED})
    if handling.number != look.seen:
        newest = Grading.objects.get(incident_id=look.incident_id, number=handling.number)
        raise Overtaken(newest.by_name, newest.grade, newest.at)


def _as_call(incident: IncidentView, handling: Handling, look: Reassessment, *, by: Actor) -> Call:
    said = assessed.of_people(incident.id, prompts.CORE, by=by)
    return Call(
        id=incident.id,
        channel=incident.channel,
        opening_code=incident.opening_code,
        received_at=incident.received_at,
        qualifiers=incident.opening_qualifiers,
        caller_number=incident.caller_number,
        people=tuple(
            DraftPerson(
                part.role,
                person_id=part.person.id,
                vulnerabilities=part.vulnerabilities,
                prompts=said.get(part.person.id, {}),
            )
            for part in incident.parts
        ),
        dangers={**handling.dangers, **{k: v for k, v in look.dangers.items() if v}},
        thrive=look.thrive,
    )


def _about(incident: IncidentView) -> knowledge.About:
    return knowledge.About(
        people=tuple((part.person.id, part.role) for part in incident.parts),
        place_id=incident.place.id if incident.place and incident.place.pinned else None,
        number=incident.caller_number,
        codes=frozenset({incident.opening_code, *incident.opening_qualifiers}),
        besides=incident.id,
    )


def _decide(
    now_grade: str,
    grade: str,
    look: Reassessment,
    asked: facts.Facts,
    *,
    by: Actor,
    now: datetime,
    agreed: bool = False,
) -> ChangeDecision:
    change = Change(
        now_grade,
        grade,
        reason=look.reason_code,
        rationale=look.rationale,
        reassessed=bool(look.thrive),
        by_supervisor=agreed or CONFIRM_DOWNGRADE in by.permissions,
    )
    return rulings.change(change, asked, now=now)


def _refuse(
    look: Reassessment, old: str, new: str, decision: ChangeDecision, shown: ChangeDecision, proposable: bool
) -> None:
    """Raise Invalid; the caller proposes it to a supervisor, or logs the refusal in a transaction of its own."""
    field_name = "reason_code" if decision.record_delay else "grade"
    said = () if shown.allowed else shown.because
    raise DowngradeRefused({field_name: " ".join(decision.because)}, look, old, new, decision, said, proposable)


class DowngradeRefused(Invalid):
    """A lower grade that may not stand. It is counted, and a delay is recorded apart from the grade.

    `said` are the reasons that every reader of the incident may see: its log holds no others. `proposable` says
    that nothing is missing but a supervisor's agreement.
    """

    def __init__(
        self,
        problems: Mapping[str, str],
        look: Reassessment,
        old: str,
        new: str,
        decision: ChangeDecision,
        said: Sequence[str],
        proposable: bool = False,
    ) -> None:
        super().__init__(problems)
        self.look, self.old, self.new, self.decision, self.said = look, old, new, decision, said
        self.proposable = proposable


def note_refusal(refused: DowngradeRefused, *, by: Actor, now: datetime) -> None:
    """Log a refused downgrade after its transaction has gone, and record the delay where that was the reason."""
    look = refused.look
    access.check(by, GRADE, subject=("incident", str(look.incident_id)))
    with access.acting(by):
        steps.require(look.incident_id)
        steps.line(
            look.incident_id,
            by=by,
            now=now,
            kind="downgrade_refused",
            text=" ".join((f"Lower grade refused ({refused.old} to {refused.new}).", *refused.said)),
        )
        if refused.decision.record_delay:
            Handling.objects.filter(incident_id=look.incident_id).update(delay_reason=look.reason_code, updated_at=now)
        audit.record(
            by=by,
            action="refusal",
            sentence="contact.downgrade_refused",
            subject=("incident", look.incident_id),
            detail={"from": refused.old, "to": refused.new, "reason": look.reason_code},
        )
        steps.tell_boards(look.incident_id, "delay")


def _store(
    look: Reassessment,
    handling: Handling,
    grade: str,
    proposal: Proposal,
    asked: facts.Facts,
    *,
    by: Actor,
    now: datetime,
) -> None:
    number = handling.number + 1
    complete = _assess(look, by=by, now=now)
    steps.grading(
        look.incident_id,
        by=by,
        now=now,
        number=number,
        grade=grade,
        proposal=proposal,
        trigger=look.trigger,
        rationale=look.rationale,
        reason_code=look.reason_code,
        id=look.id,
        confirmed_by=by.name if _lowered(handling.grade, grade, now) and CONFIRM_DOWNGRADE in by.permissions else "",
    )
    _move(look, handling, grade, asked, now=now)
    steps.line(look.incident_id, by=by, now=now, kind="regraded", text=_words(look, handling.grade, grade))
    steps.queue(look.incident_id, asked, now=now)
    LowerGrade.objects.filter(incident_id=look.incident_id, state="waiting").update(state="overtaken", decided_at=now)
    duties.replace("lower_grade_decision", incident_id=look.incident_id, by=by, now=now)
    duties.meet("waiting_review", incident_id=look.incident_id, by=by, now=now)
    attending.rung_back(look, by=by, now=now)
    _attend_by(handling, grade, complete, by=by, now=now)
    audit.record(
        by=by,
        action="alteration",
        sentence="contact.reassessed",
        subject=("incident", look.incident_id),
        detail={"from": handling.grade, "to": grade, "trigger": look.trigger, "number": number},
    )
    steps.tell_boards(look.incident_id, "regraded")


def _move(look: Reassessment, handling: Handling, grade: str, asked: facts.Facts, *, now: datetime) -> None:
    """Let the incident stand at the grade of this look, unless a colleague was quicker."""
    changed = Handling.objects.filter(incident_id=look.incident_id, number=handling.number).update(
        grade=grade,
        number=handling.number + 1,
        graded_at=now,
        flags=steps.with_standing(handling, facts.flags(asked)),
        updated_at=now,
        dangers={**handling.dangers, **{k: v for k, v in look.dangers.items() if v}},
        protected=list(rulings.protected(asked, now=now)),
    )
    if not changed:
        raise Overtaken("A colleague", handling.grade, now)


def _attend_by(handling: Handling, grade: str, complete: bool, *, by: Actor, now: datetime) -> None:
    """Start the clock of another grade; the same grade is looked at again while somebody still waits."""
    incident_id = handling.incident_id
    if grade != handling.grade:
        duties.replace("attendance", incident_id=incident_id, by=by, now=now)
        noted = calls.start_clocks(incident_id, grade, complete, by=by, now=now)
        Handling.objects.filter(incident_id=incident_id).update(**calls.attendance(noted, now))
    elif handling.state in {"graded", "assigned"}:
        calls.start_waiting(incident_id, grade, by=by, now=now)


def _assess(look: Reassessment, *, by: Actor, now: datetime) -> bool:
    """Store THRIVE where it was done afresh; complete, it settles the duty that asks for it."""
    if not look.thrive:
        return False
    asked = edition(calls.THRIVE, clock.london_date(now))
    stored = assessments.record(asked, look.thrive, by=by, now=now, trigger=look.trigger, incident_id=look.incident_id)
    if stored.complete:
        duties.meet("thrive_after_emergency", incident_id=look.incident_id, by=by, now=now)
    return stored.complete


def _lowered(old: str, new: str, now: datetime) -> bool:
    """Whether the new grade is lower in the rulebook's order; a grade it no longer knows is neither."""
    order = policy.parsed(rulings.REGRADING, clock.london_date(now), Regrading).grades
    return old in order and new in order and order.index(new) > order.index(old)


def _words(look: Reassessment, old: str, new: str) -> str:
    change = f"Grade stays {old}." if old == new else f"Grade changed from {old} to {new}."
    return " ".join(part for part in (look.said, change.replace("_", " "), look.rationale) if part)
