"""A record put in a compartment, and taken out: what others see, what search finds, what the log keeps."""

import pytest

from tests.shell.browsers import browser, household

pytestmark = pytest.mark.database

ASKED = {"compartment": "restricted", "reason": "Her brother works in the control room."}


def _who(by, now):
    from fellwatch.recognition import queries

    return queries.who(queries.Query(name="Danielle Hewett", phone="07700 900142"), by=by, now=now)


def _page(client, id):
    answer = client.get(f"/people/{id}/")
    return answer.status_code, answer.content.decode()


def test_an_announced_record_says_that_it_exists_and_whom_to_ask(db, alice, detective, now):
    from dataclasses import replace

    from fellwatch.recognition import restricting

    home = household(alice)
    hugh = replace(detective, compartments=frozenset({"restricted"}))
    assert restricting.restrict(home.danielle, restricting.Asked(**ASKED), by=hugh, now=now)
    assert not restricting.restrict(home.danielle, restricting.Asked(**ASKED), by=hugh, now=now)
    found = _who(alice, now)
    assert home.danielle not in [c.person_id for c in found.candidates]
    assert found.restricted == 1
    assert home.danielle in [c.person_id for c in _who(hugh, now).candidates]


def test_a_silent_record_leaves_nothing_and_comes_back_when_lifted(db, alice, detective, auditor, now):
    from dataclasses import replace

    from fellwatch.foundation.audit import chain
    from fellwatch.recognition import restricting
    from fellwatch.records import story

    home = household(alice)
    hugh = replace(detective, compartments=frozenset({"covert"}))
    asked = restricting.Asked("covert", "A source.", with_incidents=True)
    restricting.restrict(home.danielle, asked, by=hugh, now=now)
    found = _who(alice, now)
    assert home.danielle not in [c.person_id for c in found.candidates]
    assert found.restricted == 0
    assert story.incidents_of(by=alice, place_id=home.place) == ()
    assert restricting.lift(home.danielle, "It is over.", by=hugh, now=now)
    assert not restricting.lift(home.danielle, "It is over.", by=hugh, now=now)
    assert home.danielle in [c.person_id for c in _who(alice, now).candidates]
    assert len(story.incidents_of(by=alice, place_id=home.place)) == len(home.incidents)
    changes = [line for line in chain.lines(by=auditor, person=home.danielle) if line.action == "alteration"]
    assert [line.sentence for line in changes] == ["records.restriction_lifted", "records.person_restricted"]
    assert changes[0].detail == {"compartment": "covert", "incidents": len(home.incidents)}


def test_an_incident_stays_shut_while_somebody_else_in_it_is_restricted(db, alice, detective, now):
    from dataclasses import replace

    from fellwatch.recognition import restricting
    from fellwatch.records import story

    home = household(alice)
    hugh = replace(detective, compartments=frozenset({"covert"}))
    for person in (home.danielle, home.marc):
        restricting.restrict(person, restricting.Asked("covert", "A source.", True), by=hugh, now=now)
    restricting.lift(home.danielle, "It is over.", by=hugh, now=now)
    shared = story.incidents_of(by=hugh, person_id=home.marc)
    assert shared
    assert not {past.id for past in story.incidents_of(by=alice, place_id=home.place)} & {past.id for past in shared}


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({**ASKED, "reason": " "}, "Say why"),
        ({**ASKED, "compartment": "covert"}, "Choose a compartment that you are cleared for."),
        ({**ASKED, "compartment": ""}, "Choose a compartment that you are cleared for."),
    ],
)
def test_what_is_wrong_is_told_beside_the_field_and_what_was_typed_is_kept(db, alice, typed, told):
    home = household(alice)
    client = browser("help_desk", compartments=("restricted",))
    answer = client.post(f"/people/{home.danielle}/restrict/", {"do": "restrict", **typed})
    page = answer.content.decode()
    assert answer.status_code == 400
    assert told in page
    assert typed["reason"] in page
    assert _page(browser("call_taker"), home.danielle)[0] == 200


def test_a_detective_restricts_on_the_page_a_call_taker_is_told_nothing_of_her_and_a_lift_opens_it(db, alice):
    home = household(alice)
    detective, taker = browser("help_desk", compartments=("restricted",)), browser("call_taker")
    assert "Restrict this record" in _page(detective, home.danielle)[1]
    assert "Restrict this record" not in _page(taker, home.danielle)[1]
    detective.post(f"/people/{home.danielle}/restrict/", {"do": "restrict", **ASKED})
    assert _page(taker, home.danielle)[0] == 404
    status, page = _page(detective, home.danielle)
    assert status == 200
    assert "Restricted record." in page
    assert ASKED["reason"] in page
    detective.post(f"/people/{home.danielle}/restrict/", {"do": "lift", "reason": "He has moved on."})
    status, page = _page(taker, home.danielle)
    assert status == 200
    assert ASKED["reason"] not in page
