"""The help desk: a rule puts an incident before a detective, his advice lands in its log and is answered for."""

from datetime import timedelta

import pytest

from tests.contact.calls import call

pytestmark = pytest.mark.database


@pytest.fixture
def logged(db, alice, now):
    from fellwatch.contact import actions

    return actions.log_incident(call(now), by=alice, now=now)


def test_a_rule_puts_it_on_the_queue_and_says_which(logged, detective, now):
    from fellwatch.contact import queries

    (row,) = queries.desk(by=detective, now=now)
    assert row.incident_id == logged.incident_id
    assert row.reasons[0][1]


def test_a_question_is_answered_once_and_timed(logged, alice, detective, now):
    from fellwatch.contact import actions, queries
    from fellwatch.contact.values import Invalid
    from fellwatch.duties import queries as duties

    advice = actions.ask_advice(logged.incident_id, "Is there an order?", by=alice, now=now)
    assert actions.ask_advice(logged.incident_id, "Is there an order?", by=alice, now=now, id=advice) == advice
    assert queries.desk(by=detective, now=now)[0].questions == 1
    later = now + timedelta(minutes=3)
    actions.advise(logged.incident_id, "Bail: not to attend.", by=detective, now=later, advice_id=advice)
    actions.advise(logged.incident_id, "Bail: not to attend.", by=detective, now=later, advice_id=advice)
    with pytest.raises(Invalid):
        actions.advise(logged.incident_id, "Something else.", by=detective, now=later, advice_id=advice)
    handled = queries.handled(logged.incident_id, by=alice)
    assert [line.text for line in handled.log if line.kind == "advice_given"] == ["Bail: not to attend."]
    clocks = {d.rule: d for d in duties.of_incident(logged.incident_id, by=alice)}
    assert clocks["desk_advice"].state == "met"


def test_advice_not_acted_on_needs_a_reason(logged, alice, detective, now):
    from fellwatch.contact import actions, queries
    from fellwatch.contact.values import Invalid

    advice = actions.advise(logged.incident_id, "Send two.", by=detective, now=now)
    with pytest.raises(Invalid) as told:
        actions.settle_advice(logged.incident_id, advice, "not_acted_on", by=alice, now=now)
    assert "outcome_reason" in told.value.problems
    actions.settle_advice(
        logged.incident_id, advice, "not_acted_on", by=alice, now=now, reason="One was already inside."
    )
    handled = queries.handled(logged.incident_id, by=alice)
    assert handled.advice[0].outcome_reason == "One was already inside."


def test_a_question_keeps_an_incident_on_the_desk(logged, alice, detective, now):
    from fellwatch.contact import actions, queries
    from fellwatch.contact.values import Invalid

    advice = actions.ask_advice(logged.incident_id, "Is there an order?", by=alice, now=now)
    with pytest.raises(Invalid):
        actions.settle_desk(logged.incident_id, by=detective, now=now)
    actions.advise(logged.incident_id, "No.", by=detective, now=now, advice_id=advice)
    actions.settle_desk(logged.incident_id, by=detective, now=now)
    assert queries.desk(by=detective, now=now) == ()
    actions.ask_advice(logged.incident_id, "And now?", by=alice, now=now)
    assert len(queries.desk(by=detective, now=now)) == 1


def test_an_emergency_that_nobody_took_stands_before_an_old_question(logged, alice, detective, now):
    from fellwatch.contact import actions, queries

    before = now - timedelta(days=1)
    theft = call(before, opening_code="theft", qualifiers=(), dangers={}, thrive={}, people=())
    asked = actions.log_incident(theft, by=alice, now=before)
    actions.ask_advice(asked.incident_id, "May we close it?", by=alice, now=before)
    order = [row.incident_id for row in queries.desk(by=detective, now=now)]
    assert order == [logged.incident_id, asked.incident_id]
    actions.take_desk(logged.incident_id, by=detective, now=now)
    assert [row.incident_id for row in queries.desk(by=detective, now=now)] == order[::-1]


def test_only_one_detective_takes_it(logged, detective, actor, now):
    from fellwatch.contact import actions

    assert actions.take_desk(logged.incident_id, by=detective, now=now)
    assert not actions.take_desk(logged.incident_id, by=actor("Ivy Scar", "help_desk"), now=now)


def test_a_call_taker_may_not_advise(logged, alice, now):
    from fellwatch.contact import actions
    from fellwatch.foundation.access import Refused

    with pytest.raises(Refused):
        actions.advise(logged.incident_id, "Send two.", by=alice, now=now)


def test_finishing_says_whether_the_grade_is_right_and_what_was_missed(logged, detective, bob, now):
    import uuid

    from fellwatch.contact import actions, queries
    from fellwatch.contact.shift import shift
    from fellwatch.contact.values import Invalid

    for agreed, missed, field in ((None, "", "agreed_grade"), (False, " ", "missed")):
        with pytest.raises(Invalid) as told:
            actions.review_desk(logged.incident_id, agreed, missed, by=detective, now=now)
        assert list(told.value.problems) == [field]
    sent = uuid.uuid4()
    for _ in range(2):
        words = "Emergency, and nobody rang the school."
        actions.review_desk(logged.incident_id, False, words, by=detective, now=now, id=sent)
    assert queries.desk(by=detective, now=now) == ()
    lines = [line.text for line in queries.handled(logged.incident_id, by=bob).log if line.kind == "desk_review"]
    assert lines == ["Help desk: the grade is not right. Emergency, and nobody rang the school."]
    decided = dict(shift(by=bob, now=now, hours=8).decisions)
    assert decided["Help desk: incidents finished with"] == 1
    assert decided["of them with protection missed"] == 1


def test_answering_one_of_two_questions_leaves_the_clock_of_the_other(logged, alice, detective, now):
    from fellwatch.contact import actions
    from fellwatch.duties import queries as duties

    first, second = (
        actions.ask_advice(logged.incident_id, words, by=alice, now=now) for words in ("Is there an order?", "A knife?")
    )
    actions.advise(logged.incident_id, "Unasked: send two.", by=detective, now=now)
    actions.advise(logged.incident_id, "Bail: not to attend.", by=detective, now=now, advice_id=first)
    states = {
        one.about: one.state for one in duties.of_incident(logged.incident_id, by=alice) if one.rule == "desk_advice"
    }
    assert states == {first: "met", second: "open"}
