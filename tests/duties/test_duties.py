"""A duty is noted by a fact, due by a rule, and says why."""

from datetime import UTC, date, datetime, timedelta

import pytest

from fellwatch.rules.calendar_days import end_of

pytestmark = pytest.mark.database


@pytest.fixture
def incident_id(db, alice, now):
    from fellwatch.foundation import ids
    from fellwatch.records import actions

    return actions.add_incident(
        by=alice, now=now, id=ids.new(), reference="261121-99999", channel="999", received_at=now, occurred_at=None,
        caller_number="", place_id=None, summary="", opening_code="domestic_incident", qualifiers=(), parts=(),
    ).id  # fmt: skip


def noted(name, at, alice, now, incident_id, **known):
    from fellwatch.duties import actions

    return actions.note(actions.Fact(name, at, known), by=alice, now=now, incident_id=incident_id)


def test_a_crime_disclosed_must_be_recorded_within_a_day_and_says_why(incident_id, alice, now):
    from fellwatch.duties import queries

    noted("crime.disclosed", now, alice, now, incident_id)
    owed = {d.rule: d for d in queries.of_incident(incident_id, by=alice)}
    duty = owed["crime_recording"]
    assert duty.due_at == now + timedelta(hours=24)
    assert duty.working[0].startswith("Starts on")
    assert duty.source


def test_the_same_fact_noted_twice_starts_nothing_twice(incident_id, alice, now):
    assert noted("crime.disclosed", now, alice, now, incident_id)
    assert noted("crime.disclosed", now, alice, now, incident_id) == []


def test_a_time_that_cannot_be_worked_out_is_stored_with_its_trouble_and_shown(incident_id, alice, now):
    from fellwatch.duties import queries

    noted("incident.graded", now, alice, now, incident_id)
    (troubled,) = [d for d in queries.troubled(by=alice) if d.rule == "attendance"]
    assert troubled.due_at is None
    assert "grade" in troubled.trouble


def test_met_late_is_told_as_late(incident_id, alice, now):
    from fellwatch.duties import actions, queries

    noted("crime.disclosed", now, alice, now, incident_id)
    late = now + timedelta(hours=25)
    assert actions.meet("crime_recording", incident_id=incident_id, by=alice, now=late) == 1
    (duty,) = [d for d in queries.of_incident(incident_id, by=alice) if d.rule == "crime_recording"]
    assert duty.state == "met"
    assert [kind for _, kind, _, _ in duty.story] == ["noted", "met_late"]


def test_a_duty_is_waived_once_with_a_reason_by_somebody_who_may(incident_id, alice, bob, now):
    from fellwatch.duties import actions
    from fellwatch.foundation.access import Refused

    duty = noted("crime.disclosed", now, alice, now, incident_id)[0]
    reason = "Recorded by the other force that attended first."
    with pytest.raises(Refused):
        actions.waive(duty.id, reason, by=alice, now=now)
    with pytest.raises(actions.Unwaivable):
        actions.waive(duty.id, "no", by=bob, now=now)
    assert actions.waive(duty.id, reason, by=bob, now=now)
    assert not actions.waive(duty.id, reason, by=bob, now=now)


def test_of_6_9_a_visit_that_finds_nobody_moves_nothing(incident_id, alice, now):
    from fellwatch.duties import queries

    seen = datetime(2026, 1, 10, 11, tzinfo=UTC)
    noted("offender.seen_at_home", seen, alice, now, incident_id, risk="high")
    (before,) = queries.of_incident(incident_id, by=alice)
    assert noted("offender.visit_attempted", datetime(2026, 4, 9, 18, tzinfo=UTC), alice, now, incident_id) == []
    assert queries.of_incident(incident_id, by=alice) == (before,)
    assert before.due_at == end_of(date(2026, 4, 10))


def test_of_6_11_a_new_score_starts_a_new_limit_and_the_breach_of_the_first_is_still_told(incident_id, alice, now):
    from fellwatch.duties import actions, queries

    actionable, scored_again = datetime(2026, 11, 9, 9, tzinfo=UTC), datetime(2026, 11, 12, 9, tzinfo=UTC)
    for at in (actionable, scored_again):
        noted("images.actionable", at, alice, at, incident_id, band="very_high")
    warrant = scored_again + timedelta(hours=23)
    assert actions.meet("indecent_images_action", incident_id=incident_id, by=alice, now=warrant) == 2
    told = {duty.started_at: duty.story[-1][1] for duty in queries.of_incident(incident_id, by=alice)}
    assert told == {actionable: "met_late", scored_again: "met"}


def test_a_fact_no_rule_knows_starts_nothing(incident_id, alice, now):
    assert noted("kettle.boiled", now, alice, now, incident_id) == []
