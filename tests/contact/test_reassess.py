"""A second look keeps both versions, and risk alone moves a grade."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.contact.calls import THRIVE, call

pytestmark = pytest.mark.database

RATIONALE = "He has been arrested at his mother's; confirmed by custody by phone."


@pytest.fixture
def logged(db, alice, now):
    from fellwatch.contact import actions

    return actions.log_incident(call(now), by=alice, now=now)


def look(logged, **values):
    from fellwatch.contact.actions.grades import Reassessment

    made = Reassessment(incident_id=logged.incident_id, seen=1, trigger="repeat_call", thrive=THRIVE)
    return replace(made, **values)


def test_a_call_back_that_changes_nothing_keeps_the_grade_and_both_versions(logged, alice, now):
    from fellwatch.assessments import queries as assessments
    from fellwatch.contact import actions, queries

    later = now + timedelta(minutes=9)
    again = {**THRIVE, "risk": "He is kicking the door now."}
    actions.reassess(look(logged, thrive=again, said="She rang back."), by=alice, now=later)
    handled = queries.handled(logged.incident_id, by=alice)
    assert [(g.number, g.grade, g.at) for g in handled.gradings] == [(2, "emergency", later), (1, "emergency", now)]
    versions = assessments.versions("thrive", logged.incident_id, by=alice)
    assert [v.answers["risk"] for v in versions] == [again["risk"], THRIVE["risk"]]


def test_sent_twice_it_is_stored_once(logged, alice, now):
    from fellwatch.contact import actions, queries

    second = look(logged)
    actions.reassess(second, by=alice, now=now)
    actions.reassess(second, by=alice, now=now)
    assert len(queries.handled(logged.incident_id, by=alice).gradings) == 2


def test_two_people_deciding_at_once_the_second_is_told_who_was_first(logged, alice, bob, now):
    from fellwatch.contact import actions
    from fellwatch.contact.values import Overtaken

    actions.reassess(look(logged), by=bob, now=now)
    with pytest.raises(Overtaken) as told:
        actions.reassess(look(logged), by=alice, now=now)
    assert told.value.by_name == "Bob Tarn"


def test_no_units_is_refused_as_a_reason_and_the_delay_is_kept_apart(logged, bob, now):
    from fellwatch.contact import actions, queries
    from fellwatch.contact.actions.grades import DowngradeRefused, note_refusal

    lower = look(logged, grade="priority", reason_code="no_units", rationale=RATIONALE)
    with pytest.raises(DowngradeRefused) as told:
        actions.reassess(lower, by=bob, now=now)
    note_refusal(told.value, by=bob, now=now)
    handled = queries.handled(logged.incident_id, by=bob)
    assert handled.grade == "emergency"
    assert handled.delay_reason
    assert handled.log[0].kind == "downgrade_refused"


def test_a_call_taker_may_not_lower_a_domestic_but_a_supervisor_may(logged, alice, bob, now):
    from fellwatch.contact import actions, queries
    from fellwatch.contact.values import Invalid
    from fellwatch.duties import queries as duties

    lower = look(logged, grade="priority", reason_code="suspect_detained", rationale=RATIONALE)
    with pytest.raises(Invalid):
        actions.reassess(lower, by=alice, now=now)
    later = now + timedelta(minutes=5)
    actions.reassess(lower, by=bob, now=later)
    handled = queries.handled(logged.incident_id, by=bob)
    assert (handled.grade, handled.gradings[0].confirmed_by_name) == ("priority", "Bob Tarn")
    running = [d for d in duties.of_incident(logged.incident_id, by=bob) if d.rule == "attendance"]
    assert [d.due_at for d in running if d.state == "open"] == [later + timedelta(minutes=45)]
    assert [d.state for d in running if d.started_at == now] == ["replaced"]


def test_a_lower_grade_without_a_fresh_thrive_is_refused(logged, bob, now):
    from fellwatch.contact import actions
    from fellwatch.contact.values import Invalid

    lower = look(logged, grade="priority", reason_code="suspect_detained", rationale=RATIONALE, thrive={})
    with pytest.raises(Invalid):
        actions.reassess(lower, by=bob, now=now)


def test_anybody_may_raise_a_grade(db, alice, now):
    from fellwatch.contact import actions, queries

    theft = call(now, opening_code="theft", qualifiers=(), dangers={}, thrive={}, people=())
    logged = actions.log_incident(theft, by=alice, now=now)
    actions.reassess(look(logged, grade="emergency", thrive={}, trigger="new_information"), by=alice, now=now)
    assert queries.handled(logged.incident_id, by=alice).grade == "emergency"
