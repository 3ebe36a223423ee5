"""Two victims of one incident: each has forms, wishes, updates and support of their own; no one speaks for both."""

from datetime import timedelta

import pytest

pytestmark = pytest.mark.database


@pytest.fixture
def sister(house, rosa, now):
    """Rosa finds a second victim at the door."""
    from fellwatch.response import actions
    from fellwatch.response.values import Member

    member = Member("victim", forenames="Bethany", surname="Hewett", lives_there=False)
    return actions.add_to_household(house.incident_id, member, by=rosa, now=now)


@pytest.fixture
def running(rosa):
    """Return whose duties under a rule still run."""
    from fellwatch.duties import queries

    def whose(incident_id, rule):
        found = [one for one in queries.of_incident(incident_id, by=rosa) if one.rule == rule]
        return {one.person_id for one in found if one.state in {"open", "late"}}

    return whose


def _withdraws(house, person, by, now):
    from fellwatch.response import actions

    actions.take_stance(
        house.incident_id, person, "withdrawn", words="Afraid of him.", statement_taken=True, by=by, now=now
    )


def _told(house, person, by, now):
    """Save a checklist that tells of a crime against somebody."""
    from fellwatch.assessments import actions
    from fellwatch.assessments.values import Filled
    from tests.assessments.story import WHOLE

    actions.save(Filled(house.incident_id, "dash", WHOLE, person), by=by, now=now)


def _supported(house, person, by, now, wanted=True):
    from fellwatch.response import actions

    service = "Fellshire victim care" if wanted else ""
    actions.refer_to_support(house.incident_id, person, wanted=wanted, service=service, by=by, now=now)


def test_somebody_found_at_the_door_is_a_victim_with_a_form_of_her_own(house, sister, rosa, now):
    from fellwatch.records import queries as records
    from fellwatch.response import queries

    needs = queries.scene(house.incident_id, by=rosa, now=now).needs
    assert {one.person_id for one in needs if one.instrument == "dash"} == {house.victim, sister}
    place = records.incident(house.incident_id, by=rosa, now=now).place
    assert sister not in {one.person_id for one in records.household(place.id, by=rosa, on=now.date())}


def test_evidence_looked_for_without_one_victim_is_still_owed_for_the_other(house, sister, rosa, running, now):
    from fellwatch.response import actions

    for person in (house.victim, sister):
        _withdraws(house, person, rosa, now)
    actions.review_evidence(
        house.incident_id, house.victim, goes_on=True, words="999 recording, film.", by=rosa, now=now
    )
    assert running(house.incident_id, "evidence_led_review") == {sister}


def test_support_for_one_victim_is_still_owed_to_the_other(house, sister, rosa, running, now):
    for person in (house.victim, sister):
        _told(house, person, rosa, now)
    assert running(house.incident_id, "victim_support_referral") == {house.victim, sister}
    _supported(house, house.victim, rosa, now)
    assert running(house.incident_id, "victim_support_referral") == {sister}
    _supported(house, sister, rosa, now, wanted=False)
    assert running(house.incident_id, "victim_support_referral") == set()


def test_what_a_call_told_of_without_a_name_is_owed_until_every_victim_was_offered_support(
    db, alice, rosa, running, now
):
    from fellwatch.response import actions
    from fellwatch.response.values import Member
    from tests.assessments.story import house

    told = house(alice, now, thrive={"crime_disclosed": "yes", "crime_which": "Threats to kill"})
    member = Member("victim", forenames="Bethany", surname="Hewett")
    other = actions.add_to_household(told.incident_id, member, by=rosa, now=now)
    _supported(told, told.victim, rosa, now)
    assert running(told.incident_id, "victim_support_referral") == {None}
    _supported(told, other, rosa, now)
    assert running(told.incident_id, "victim_support_referral") == set()


def test_a_child_who_tells_of_a_crime_is_a_victim_who_must_hear_and_a_suspect_is_none(house, rosa, running, now):
    from fellwatch.response import actions

    _told(house, house.child, rosa, now)
    _told(house, house.suspect, rosa, now)
    actions.arrest(house.incident_id, house.suspect, arrested_at=now, offence="Assault", by=rosa, now=now)
    assert running(house.incident_id, "victim_update") == {house.victim, house.child}


def test_a_form_that_asks_once_never_speaks_for_two(house, sister, rosa, running, now):
    from fellwatch.response import queries

    def handed_in(**said):
        _hand_in(house, rosa, now, said)
        return {
            one.person_id: one.stance
            for one in sorted(queries.scene(house.incident_id, by=rosa, now=now).stances, key=lambda one: one.at)
        }

    assert handed_in(victim_support="yes") == {}
    against = {"victim_support": "no", "support_why": "He is the children's father.", "evidence_led": "The recording."}
    assert handed_in(**against) == {house.victim: "no", sister: "no"}
    assert running(house.incident_id, "evidence_led_review") == {house.victim, sister}


def test_what_a_victim_said_herself_stands_against_a_form_that_asks_once(house, sister, rosa, now):
    from fellwatch.response import actions, queries

    actions.take_stance(
        house.incident_id,
        sister,
        "yes",
        words="",
        statement_taken=False,
        by=rosa,
        now=now - timedelta(minutes=5),
    )
    _hand_in(house, rosa, now, {"victim_support": "no", "support_why": "Afraid.", "evidence_led": "The recording."})
    said = {one.person_id: one.stance for one in queries.scene(house.incident_id, by=rosa, now=now).stances}
    assert said == {house.victim: "no", sister: "yes"}


def _hand_in(house, by, now, said):
    from fellwatch.assessments import actions as forms
    from fellwatch.assessments import queries
    from fellwatch.assessments.values import Filled
    from fellwatch.response import actions

    before = queries.find_form("positive_action", house.incident_id, house.suspect, by=by)
    seen = before.number if before else 0
    done = {
        "arrested": "yes",
        "other_action": ["support_offered"],
        "safety_plan": "Locks changed.",
        "video": "yes",
        "consent": "yes",
        "safe_contact": "considered_none",
    }
    filled = Filled(house.incident_id, "positive_action", {**done, **said}, house.suspect, seen=seen)
    form_id = forms.save(filled, by=by, now=now)
    actions.hand_in(form_id, seen=seen + 1, by=by, now=now)
