"""Each vulnerability brings its questions; an answer counts in the grade, and suggests a marker."""

import uuid
from dataclasses import replace

import pytest

from tests.contact.calls import call

pytestmark = pytest.mark.database

DAY = "2026-11-21"


def _on():
    from datetime import date

    return date.fromisoformat(DAY)


def suicidal(now, **answers):
    from fellwatch.contact.values import DraftPerson
    from fellwatch.records.actions import NewPerson

    isla = NewPerson(forenames="Isla", surname="Beck", phone="+447700900151")
    person = DraftPerson("at_risk", new=isla, vulnerabilities=("suicidal",), prompts=answers)
    return call(now, opening_code="concern_for_safety", qualifiers=(), dangers={}, thrive={}, people=(person,))


def test_every_vulnerability_that_may_be_picked_asks_something(database):
    from fellwatch.contact import prompts
    from fellwatch.contact.rulings import codes
    from fellwatch.foundation import clock

    now = clock.now()
    for code in codes("vulnerabilities", now).codes:
        assert prompts.asked([code.code], {}, _on()), code.code


def test_a_force_asks_its_own_beside_the_core_and_no_two_questions_share_a_name(database):
    from fellwatch.contact import prompts

    asked = [question.id for question in prompts.asked(["isolated"], {}, _on())]
    assert "fells_road_open" in asked
    assert "isolated_notice" in asked
    names = [q.id for form in prompts.editions(_on()) for q in form.instrument.questions if q.id != prompts.PICKED]
    assert len(names) == len(set(names))


def test_facts_and_markers_of_every_instrument_are_ones_that_rules_know(database):
    from fellwatch.contact import prompts
    from fellwatch.contact.rulings import codes
    from fellwatch.foundation import clock
    from fellwatch.rules.facts import INCIDENT_FACTS

    markers = {code.code for code in codes("marker_kinds", clock.now()).codes}
    for form in prompts.editions(_on()):
        for projection in form.instrument.projections:
            known = markers if projection.name == "markers" else set(INCIDENT_FACTS)
            assert {flag.id for flag in projection.flags} <= known


def test_the_means_to_hand_makes_it_an_emergency_and_the_answers_stay_with_the_person(db, alice, now):
    from fellwatch.assessments import queries as assessments
    from fellwatch.contact import actions, queries

    calm = actions.log_incident(suicidal(now, suicidal_now="no"), by=alice, now=now)
    assert calm.grade == "priority"
    logged = actions.log_incident(suicidal(now, suicidal_means="yes", suicidal_where="Footbridge"), by=alice, now=now)
    assert logged.grade == "emergency"
    assert "threat_to_life" in queries.handled(logged.incident_id, by=alice).flags
    (answers,) = assessments.of_people(logged.incident_id, "vulnerability_prompts", by=alice).values()
    assert answers["suicidal_where"] == "Footbridge"


def test_an_answer_given_afterwards_counts_at_once_and_once(db, alice, now):
    from fellwatch.contact import actions, queries
    from fellwatch.records import queries as records

    logged = actions.log_incident(suicidal(now), by=alice, now=now)
    person = records.incident(logged.incident_id, by=alice, now=now).parts[0].person.id
    sent = uuid.uuid4()
    for _ in range(2):
        proposed = actions.answer_prompts(
            logged.incident_id,
            person,
            {"suicidal_now": "yes"},
            by=alice,
            now=now,
            vulnerabilities=("isolated",),
            id=sent,
        )
        assert proposed == "emergency"
    handled = queries.handled(logged.incident_id, by=alice)
    assert {"threat_to_life", "vulnerability:isolated"} <= set(handled.flags)
    assert len([line for line in handled.log if line.kind == "prompts"]) == 1
    again = actions.reassess(_look(logged), by=alice, now=now)
    assert again.grade == "emergency"


def _look(logged):
    from fellwatch.contact.values import Reassessment

    return Reassessment(incident_id=logged.incident_id, seen=1, trigger="new_information")


def test_a_wrong_answer_is_told_beside_its_question(db, alice, now):
    from fellwatch.contact import actions
    from fellwatch.contact.values import Invalid

    with pytest.raises(Invalid) as told:
        actions.log_incident(suicidal(now, suicidal_now="perhaps"), by=alice, now=now)
    assert list(told.value.problems) == ["people.0.prompt-suicidal_now"]
    with pytest.raises(Invalid):
        actions.log_incident(suicidal(now, suicidal_where="x" * 1001), by=alice, now=now)


def test_a_suggested_marker_is_put_on_once_and_expires(db, alice, now):
    from fellwatch.contact import actions, queries
    from fellwatch.contact.values import Invalid
    from fellwatch.records import queries as records

    logged = actions.log_incident(suicidal(now, suicidal_now="yes"), by=alice, now=now)
    person = records.incident(logged.incident_id, by=alice, now=now).parts[0].person.id
    for _ in range(2):
        actions.put_marker(logged.incident_id, person, "suicidal", by=alice, now=now)
    (marker,) = records.incident(logged.incident_id, by=alice, now=now).parts[0].person.markers
    assert marker.kind == "suicidal"
    assert (marker.expires_at - now).days == 1095
    assert queries.handled(logged.incident_id, by=alice).log[0].kind == "marker"
    with pytest.raises(Invalid):
        actions.put_marker(logged.incident_id, person, "difficult", by=alice, now=now)


def test_somebody_without_the_role_may_neither_ask_nor_mark(db, alice, charlie, now):
    from fellwatch.contact import actions
    from fellwatch.foundation.access import Refused

    logged = actions.log_incident(replace(suicidal(now)), by=alice, now=now)
    with pytest.raises(Refused):
        actions.answer_prompts(logged.incident_id, uuid.uuid4(), {}, by=charlie, now=now)
    with pytest.raises(Refused):
        actions.put_marker(logged.incident_id, uuid.uuid4(), "suicidal", by=charlie, now=now)
