"""What the next officer sees: composed once from every room, the most dangerous first, nothing hidden betrayed."""

from dataclasses import replace

import pytest

from tests.response.answering import soon

pytestmark = pytest.mark.database

HEARD = {
    "who": "child",
    "seen": "yes",
    "where": "house_heard",
    "injured": "no",
    "spoken_to": "yes",
    "with_whom": "considered_none",
    "said": "He broke the door.",
    "demeanour": ["watchful"],
    "demeanour_seen": "Stood behind her mother.",
    "home": "considered_none",
    "school": "Fell Lane Primary",
    "looked_after_by": "Her mother",
}


@pytest.fixture
def told(house, rosa, now):
    """A high risk form, a child's voice, an arrest and bail, and advice from the help desk."""
    from fellwatch.assessments import actions as forms
    from fellwatch.assessments.values import Filled
    from fellwatch.response import actions
    from fellwatch.response.values import NewRelease
    from tests.assessments.story import WHOLE

    forms.save(Filled(house.incident_id, "dash", WHOLE, house.victim), by=rosa, now=now)
    forms.save(Filled(house.incident_id, "household_voice", HEARD, house.child), by=rosa, now=now)
    actions.arrest(house.incident_id, house.suspect, arrested_at=now, offence="Threats to kill", by=rosa, now=now)
    actions.take_stance(
        house.incident_id, house.victim, "withdrawn", words="Afraid.", statement_taken=True, by=rosa, now=now
    )
    return NewRelease(
        "bail",
        now,
        "inspector",
        "Insp 2 Jo Pass",
        "To safeguard her.",
        (("keep_away", "Tarn Row"),),
        "Wants him kept away.",
        answer=soon(now),
    )


def _place(house, by, now):
    from fellwatch.records import queries

    return queries.incident(house.incident_id, by=by, now=now).place.id


def test_the_address_says_the_risk_the_child_and_what_she_said_the_worst_first(told, house, rosa, now):
    from fellwatch.cards import composing

    card = composing.of_place(_place(house, rosa, now), by=rosa, now=now)
    said = [(one.tone, one.text) for one in card.lines]
    assert said[0] == ("danger", "Danielle Hewett: HIGH risk, not yet reviewed")
    assert ("warn", "Danielle Hewett: does not support action: look for evidence without them") in said
    voice = next(one for one in card.lines if one.text == "Isla Hewett: seen last time")
    assert "He broke the door." in voice.detail
    assert [(one.name, one.age) for one in card.children] == [("Isla Hewett", 5)] or card.children[0].age == 4
    assert [one.title for one in card.earlier] == ["Domestic incident"]


def test_bail_shows_on_the_suspects_card_until_it_ends(told, house, rosa, now):
    from fellwatch.cards import composing
    from fellwatch.response import actions, queries

    (suspect,) = queries.scene(house.incident_id, by=rosa, now=now).suspects
    actions.release(suspect.id, told, by=rosa, now=now)

    def lines():
        return [one for one in composing.of_person(house.suspect, by=rosa, now=now).lines if "Bail" in one.text]

    (bail,) = lines()
    assert "Tarn Row" in bail.detail
    actions.charge(suspect.id, charged_at=now, by=rosa, now=now)
    assert lines() == []


def test_whoever_may_not_see_response_sees_no_line_of_it_and_nobody_sees_the_hidden(told, house, rosa, now, system):
    from fellwatch.cards import composing
    from fellwatch.foundation import access
    from fellwatch.records.models import Person
    from fellwatch.response.access import READ

    place = _place(house, rosa, now)
    outside = replace(rosa, permissions=rosa.permissions - {READ})
    assert composing.of_place(place, by=outside, now=now).lines == ()
    cleared = replace(system, compartments=frozenset({"restricted"}))
    with access.acting(cleared):
        Person.objects.filter(id=house.victim).update(compartment="restricted")
    card = composing.of_place(place, by=rosa, now=now)
    assert "Danielle" not in " ".join(one.text for one in (*card.lines,))
    assert "Danielle Hewett" not in {one.name for one in card.others}


def test_everybody_on_the_card_is_named_in_the_log(told, house, rosa, now, auditor):
    from fellwatch.cards import composing
    from fellwatch.foundation.audit import chain

    composing.of_place(_place(house, rosa, now), by=rosa, now=now)
    for person in (house.victim, house.child):
        said = {line.sentence for line in chain.lines(by=auditor, person=person)}
        assert "response.known_read" in said


def test_a_form_handed_in_from_a_handheld_is_followed_like_one_from_a_desk(house, rosa, owed, now):
    from fellwatch.assessments import actions as forms
    from fellwatch.assessments.values import Filled
    from fellwatch.response import actions

    said = {
        "arrested": "no",
        "no_arrest_reason": "not_there",
        "no_arrest_why": "Left before we came.",
        "other_action": ["support_offered"],
        "safety_plan": "Her sister stays.",
        "victim_support": "yes",
        "video": "yes",
        "consent": "yes",
        "safe_contact": "considered_none",
    }
    form_id = forms.save(Filled(house.incident_id, "positive_action", said, house.suspect), by=rosa, now=now)
    actions.follow(house.incident_id, "positive_action", house.suspect, by=rosa, now=now)
    assert owed(house.incident_id, "no_arrest_review") == []
    forms.hand_in(form_id, seen=1, by=rosa, now=now)
    for _ in range(2):
        actions.follow(house.incident_id, "positive_action", house.suspect, by=rosa, now=now)
    assert owed(house.incident_id, "no_arrest_review") == ["open"]


def test_how_somebody_must_not_be_reached_stands_on_the_cards_until_it_is_taken_back(house, rosa, now, auditor):
    from fellwatch.cards import composing
    from fellwatch.foundation.audit import chain
    from fellwatch.sharing.reach import actions
    from fellwatch.sharing.reach.values import NewRule

    words = "He answers it."
    never = NewRule(house.victim, "call", "no", "07700 900142", "self", words=words)
    actions.say(never, by=rosa, now=now)
    actions.say(NewRule(house.victim, "text", "yes", "07700 900143", "self"), by=rosa, now=now)

    def shown(by):
        card = composing.of_place(_place(house, rosa, now), by=by, now=now)
        return [(one.tone, one.text, one.detail) for one in card.lines if "ring" in one.text]

    assert shown(rosa) == [("danger", "Danielle Hewett: do not ring 07700 900142", f"In their words: {words}")]
    assert shown(replace(rosa, permissions=rosa.permissions - {"sharing.reach"})) == []
    assert "sharing.reach_read" in {line.sentence for line in chain.lines(by=auditor, person=house.victim)}
    actions.end(never.id, "He left for good, and she has the telephone.", by=rosa, now=now)
    assert shown(rosa) == []
