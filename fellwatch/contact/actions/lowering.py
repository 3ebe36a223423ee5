"""A lower grade for a protected type: proposed by whoever took the call, agreed or refused by a supervisor."""

import uuid
from datetime import datetime

from fellwatch.contact import checks
from fellwatch.contact.access import CONFIRM_DOWNGRADE, GRADE
from fellwatch.contact.actions import grades, steps
from fellwatch.contact.actions.grades import DowngradeRefused
from fellwatch.contact.models import LowerGrade
from fellwatch.contact.values import Invalid, Reassessment
from fellwatch.duties import actions as duties
from fellwatch.foundation import access, audit, once
from fellwatch.foundation.access import Actor
from fellwatch.records.queries import Missing

DECISION = "lower_grade_decision"


def propose_lower(refused: DowngradeRefused, *, by: Actor, now: datetime) -> None:
    """Put a lower grade before a supervisor; the grade stays until one agrees. Sent twice, it is proposed once.

    Raises Invalid where a supervisor's agreement is not all that is missing, or another proposal waits already.
    """
    look = refused.look
    access.check(by, GRADE, subject=("incident", str(look.incident_id)))
    if not refused.proposable:
        raise refused
    with access.acting(by):
        once.only(look.incident_id)
        steps.require_open(look.incident_id, "grade")
        if LowerGrade.objects.filter(id=look.id, incident_id=look.incident_id).exists():
            return
        waiting = LowerGrade.objects.filter(incident_id=look.incident_id, state="waiting").first()
        if waiting:
            raise Invalid({"grade": f"A lower grade proposed by {waiting.proposed_by_name} waits for a supervisor."})
        LowerGrade.objects.create(
            id=look.id, incident_id=look.incident_id, seen=look.seen, from_grade=refused.old, to_grade=refused.new,
            trigger=look.trigger, reason_code=look.reason_code, rationale=look.rationale, said=look.said,
            dangers=dict(look.dangers), thrive=dict(look.thrive), because=list(refused.said),
            proposed_at=now, proposed_by_id=by.id, proposed_by_name=by.name,
        )  # fmt: skip
        duties.note(duties.Fact("lower_grade.proposed", now), by=by, now=now, incident_id=look.incident_id)
        change = f"Lower grade proposed ({refused.old} to {refused.new})."
        words = f"{change} {look.rationale} The grade stays until a supervisor agrees."
        steps.line(look.incident_id, by=by, now=now, kind="lower_grade", text=words.replace("_", " "))
        _logged(look.incident_id, "contact.lower_grade_proposed", by=by)
        steps.tell_boards(look.incident_id, "lower_grade")


def agree_lower(proposal_id: uuid.UUID, *, by: Actor, now: datetime) -> None:
    """Let a proposed lower grade stand, under the supervisor's name beside the proposer's.

    Raises Overtaken where the grade was changed meanwhile, Invalid where it was decided, or proposed by oneself.
    """
    access.check(by, CONFIRM_DOWNGRADE)
    with access.acting(by):
        proposal = _turn(proposal_id)
        if proposal.state == "agreed" and proposal.decided_by_id == by.id:
            return
        _check_open(proposal, by)
        _decide(proposal, "agreed", "", by=by, now=now)
        look = _look(proposal)
        grades.reassess(look, by=by, now=now)
        _logged(proposal.incident_id, "contact.lower_grade_agreed", by=by)


def refuse_lower(proposal_id: uuid.UUID, because: str, *, by: Actor, now: datetime) -> None:
    """Refuse a proposed lower grade with a reason; the grade stays, and the refusal counts on the board."""
    access.check(by, CONFIRM_DOWNGRADE)
    checks.require_words(because, f"because-{proposal_id}", "Say why the risk is not lower.", checks.LONGEST_LINE)
    with access.acting(by):
        proposal = _turn(proposal_id)
        if proposal.state == "refused" and proposal.decided_because == because.strip():
            return
        _check_open(proposal, by)
        _decide(proposal, "refused", because.strip(), by=by, now=now)
        words = f"Lower grade refused ({proposal.from_grade} to {proposal.to_grade}). {because.strip()}"
        steps.line(proposal.incident_id, by=by, now=now, kind="downgrade_refused", text=words.replace("_", " "))
        _logged(proposal.incident_id, "contact.lower_grade_refused", by=by)
        steps.tell_boards(proposal.incident_id, "lower_grade")


def _turn(proposal_id: uuid.UUID) -> LowerGrade:
    found = LowerGrade.objects.filter(id=proposal_id).first()
    if found is None:
        raise Missing("There is no such proposal, or the record is restricted.")
    once.only(found.incident_id)
    return LowerGrade.objects.get(id=proposal_id)


def _check_open(proposal: LowerGrade, by: Actor) -> None:
    field = f"because-{proposal.id}"
    if proposal.state != "waiting":
        who = proposal.decided_by_name or "A colleague"
        raise Invalid({field: f"{who} has decided this, or the grade has changed since. Look at it again."})
    if proposal.proposed_by_id == by.id:
        raise Invalid({field: "You proposed this yourself. Another supervisor must look at it."})


def _decide(proposal: LowerGrade, state: str, because: str, *, by: Actor, now: datetime) -> None:
    LowerGrade.objects.filter(id=proposal.id, state="waiting").update(
        state=state, decided_at=now, decided_by_id=by.id, decided_by_name=by.name, decided_because=because
    )
    duties.meet(DECISION, incident_id=proposal.incident_id, by=by, now=now)


def _look(proposal: LowerGrade) -> Reassessment:
    return Reassessment(
        incident_id=proposal.incident_id,
        seen=proposal.seen,
        trigger="proposed_downgrade",
        grade=proposal.to_grade,
        reason_code=proposal.reason_code,
        rationale=f"{proposal.rationale} (Proposed by {proposal.proposed_by_name}.)",
        dangers=proposal.dangers,
        thrive=proposal.thrive,
        said=proposal.said,
        id=proposal.id,
    )


def _logged(incident_id: uuid.UUID, sentence: str, *, by: Actor) -> None:
    audit.record(by=by, action="alteration", sentence=sentence, subject=("incident", incident_id))
