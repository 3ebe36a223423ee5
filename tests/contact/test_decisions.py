"""A lower grade needs a supervisor; going is declined only when every ground is ruled out and the caller is told."""

import uuid
from datetime import timedelta

import pytest

from tests.contact.calls import THRIVE, call

pytestmark = pytest.mark.database

RATIONALE = "He has been arrested at his mother's; confirmed by custody by phone."
NOTHING = dict.fromkeys(("crime", "life", "serious_harm", "child", "domestic", "police_duty"), "no")
DECLINE = {
    **NOTHING,
    "area": "welfare",
    "requester": "Ward 4, Skelmoss Infirmary",
    "done": "Rang twice, knocked once.",
    "told": "yes",
    "who_will": "Crisis team, by 22:00",
}


@pytest.fixture
def logged(db, alice, now):
    from fellwatch.contact import actions

    return actions.log_incident(call(now), by=alice, now=now)


@pytest.fixture
def welfare(db, alice, now):
    from fellwatch.contact import actions

    made = call(now, opening_code="concern_for_safety", qualifiers=(), dangers={}, thrive={}, people=())
    return actions.log_incident(made, by=alice, now=now)


def _propose(logged, by, now, **values):
    from fellwatch.contact import actions
    from fellwatch.contact.actions.grades import DowngradeRefused
    from fellwatch.contact.values import Reassessment

    given = {"grade": "priority", "reason_code": "suspect_detained", "rationale": RATIONALE, "thrive": THRIVE}
    look = Reassessment(incident_id=logged.incident_id, seen=1, trigger="new_information", **{**given, **values})
    with pytest.raises(DowngradeRefused) as told:
        actions.reassess(look, by=by, now=now)
    actions.propose_lower(told.value, by=by, now=now)
    return look.id


def _grade(logged, by):
    from fellwatch.contact import queries

    return queries.handled(logged.incident_id, by=by)


def _clock(logged, rule, by):
    from fellwatch.duties import queries

    return [duty.state for duty in queries.of_incident(logged.incident_id, by=by) if duty.rule == rule]


def test_a_call_taker_proposes_and_the_grade_stays_until_a_supervisor_agrees(logged, alice, bob, now):
    from fellwatch.contact import actions, decisions

    proposal = _propose(logged, alice, now)
    assert _grade(logged, alice).grade == "emergency"
    assert _clock(logged, "lower_grade_decision", bob) == ["open"]
    (waits,) = decisions.lower_grades(by=bob)
    assert (waits.id, waits.proposed_by_name, waits.to_grade) == (proposal, "Alice Beck", "priority")
    for _ in range(2):
        actions.agree_lower(proposal, by=bob, now=now)
    handled = _grade(logged, bob)
    assert (handled.grade, handled.number, handled.gradings[0].confirmed_by_name) == ("priority", 2, "Bob Tarn")
    assert "Proposed by Alice Beck" in handled.gradings[0].rationale
    assert _clock(logged, "lower_grade_decision", bob) == ["met"]
    assert decisions.lower_grades(by=bob) == ()


def test_a_refusal_keeps_the_grade_says_why_and_counts_on_the_board(logged, alice, bob, now):
    from fellwatch.contact import actions, queries
    from fellwatch.contact.values import Invalid

    proposal = _propose(logged, alice, now)
    with pytest.raises(Invalid):
        actions.refuse_lower(proposal, " ", by=bob, now=now)
    actions.refuse_lower(proposal, "His brother is still outside.", by=bob, now=now)
    assert _grade(logged, bob).grade == "emergency"
    (row,) = queries.board(by=bob, now=now + timedelta(minutes=1))
    assert "downgrade refused" in row.reason


def test_nobody_agrees_to_their_own_and_a_call_taker_to_none(logged, alice, bob, now):
    from fellwatch.contact import actions
    from fellwatch.contact.models import LowerGrade
    from fellwatch.contact.values import Invalid
    from fellwatch.foundation import access

    proposal = _propose(logged, alice, now)
    with pytest.raises(access.Refused):
        actions.agree_lower(proposal, by=alice, now=now)
    with access.acting(bob):
        LowerGrade.objects.filter(id=proposal).update(proposed_by_id=bob.id)
    with pytest.raises(Invalid):
        actions.agree_lower(proposal, by=bob, now=now)


def test_no_units_is_never_put_before_a_supervisor(logged, alice, now):
    from fellwatch.contact import actions
    from fellwatch.contact.actions.grades import DowngradeRefused
    from fellwatch.contact.values import Reassessment

    look = Reassessment(
        incident_id=logged.incident_id, seen=1, trigger="new_information", grade="priority",
        reason_code="no_units", rationale=RATIONALE, thrive=THRIVE,
    )  # fmt: skip
    with pytest.raises(DowngradeRefused) as told:
        actions.reassess(look, by=alice, now=now)
    with pytest.raises(DowngradeRefused):
        actions.propose_lower(told.value, by=alice, now=now)


def test_a_new_grade_meanwhile_overtakes_the_proposal(logged, alice, bob, now):
    from fellwatch.contact import actions
    from fellwatch.contact.values import Invalid, Reassessment

    proposal = _propose(logged, alice, now)
    again = Reassessment(incident_id=logged.incident_id, seen=1, trigger="repeat_call", thrive=THRIVE)
    actions.reassess(again, by=alice, now=now)
    with pytest.raises(Invalid):
        actions.agree_lower(proposal, by=bob, now=now)
    assert _grade(logged, bob).grade == "emergency"


def test_going_is_declined_when_all_is_ruled_out_the_caller_told_and_somebody_named(welfare, alice, bob, now):
    from fellwatch.contact import actions, decisions

    sent = uuid.uuid4()
    for _ in range(2):
        actions.decide_attendance(welfare.incident_id, "decline", DECLINE, by=alice, now=now, id=sent)
    (made,) = decisions.attendance_of(welfare.incident_id, by=bob)
    assert made.stands
    assert "attendance:declined" in _grade(welfare, bob).flags
    assert _clock(welfare, "attendance", bob) == ["replaced"]
    assert _clock(welfare, "decline_review", bob) == ["open"]
    assert [one.id for one in decisions.declines(by=bob)] == [sent]


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"life": "yes"}, "life"),
        ({"child": "not_known"}, "child"),
        ({"domestic": ""}, "domestic"),
        ({"told": "no"}, "told"),
        ({"who_will": " "}, "who_will"),
    ],
)
def test_declining_is_refused_beside_the_question_that_stands_against_it(welfare, alice, now, said, field):
    from fellwatch.contact import actions
    from fellwatch.contact.values import Invalid

    with pytest.raises(Invalid) as told:
        actions.decide_attendance(welfare.incident_id, "decline", {**DECLINE, **said}, by=alice, now=now)
    assert field in told.value.problems


def test_domestic_abuse_known_of_the_incident_bypasses_every_answer(logged, alice, now):
    from fellwatch.contact import actions
    from fellwatch.contact.values import Invalid

    with pytest.raises(Invalid) as told:
        actions.decide_attendance(logged.incident_id, "decline", DECLINE, by=alice, now=now)
    assert "known of the incident already" in told.value.problems["domestic"]
    actions.decide_attendance(logged.incident_id, "attend", DECLINE, by=alice, now=now)


def test_whoever_was_told_that_police_do_not_come_and_rings_back_gets_thrive_again(welfare, alice, bob, now):
    from fellwatch.contact import actions, decisions
    from fellwatch.contact.values import Invalid, Reassessment

    actions.decide_attendance(welfare.incident_id, "decline", DECLINE, by=alice, now=now)
    again = Reassessment(incident_id=welfare.incident_id, seen=1, trigger="repeat_call")
    with pytest.raises(Invalid):
        actions.reassess(again, by=alice, now=now)
    again = Reassessment(incident_id=welfare.incident_id, seen=1, trigger="repeat_call", thrive=THRIVE)
    actions.reassess(again, by=alice, now=now + timedelta(minutes=9))
    (made,) = decisions.attendance_of(welfare.incident_id, by=bob)
    assert made.ended_because == "The caller rang back."
    assert "attendance:declined" not in _grade(welfare, bob).flags
    assert "open" in _clock(welfare, "attendance", bob)


def test_a_supervisor_overturns_it_and_the_clock_runs_again(welfare, alice, bob, now):
    from fellwatch.contact import actions, decisions
    from fellwatch.contact.values import Invalid

    actions.decide_attendance(welfare.incident_id, "decline", DECLINE, by=bob, now=now)
    (own,) = decisions.attendance_of(welfare.incident_id, by=bob)
    with pytest.raises(Invalid):
        actions.review_decline(own.id, "agreed", "I looked at it.", by=bob, now=now)
    actions.decide_attendance(welfare.incident_id, "decline", DECLINE, by=alice, now=now + timedelta(minutes=1))
    made, _ = decisions.attendance_of(welfare.incident_id, by=bob)
    actions.escalate_decline(made.id, "Duty inspector", "The ward says he is not safe.", by=alice, now=now)
    later = now + timedelta(minutes=5)
    actions.review_decline(made.id, "send", "The ward has heard nothing since.", by=bob, now=later)
    made, _ = decisions.attendance_of(welfare.incident_id, by=bob)
    assert (made.review, made.escalated_to, made.stands) == ("send", "Duty inspector", False)
    assert _grade(welfare, bob).attend_by is not None
    assert "met" in _clock(welfare, "decline_review", bob)


def test_a_second_look_meets_the_review_point_and_sets_the_next(logged, alice, now):
    from fellwatch.contact import actions
    from fellwatch.contact.values import Reassessment

    assert _clock(logged, "waiting_review", alice) == ["open"]
    again = Reassessment(incident_id=logged.incident_id, seen=1, trigger="review_due", thrive=THRIVE)
    actions.reassess(again, by=alice, now=now + timedelta(minutes=4))
    assert sorted(_clock(logged, "waiting_review", alice)) == ["met", "open"]


def test_the_log_says_which_decisions_were_looked_at(db, bob, auditor):
    from fellwatch.contact import decisions
    from fellwatch.foundation.audit import chain

    decisions.declines(by=bob)
    assert chain.lines(by=auditor)[0].sentence == "contact.declines_read"
    decisions.lower_grades(by=bob)
    assert chain.lines(by=auditor, subject=("decisions", "lower_grades"))[0].sentence == "contact.lower_grades_read"
