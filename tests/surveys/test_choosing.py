"""Who is asked: everybody is looked at, silence is a no, each reason is counted, nobody is left out in silence."""

from dataclasses import replace
from datetime import time, timedelta

import pytest

from fellwatch.foundation import ids
from tests.surveys import story
from tests.surveys.conftest import NOON, REPORTED

pytestmark = pytest.mark.database


def _chosen(new, theo):
    from fellwatch.surveys import actions, queries

    return queries.selection(actions.choose(new, by=theo, now=NOON), by=theo)


def _asked(new, theo):
    from fellwatch.surveys import queries

    return queries.asked(_chosen(new, theo).id, by=theo)[0]


def test_somebody_whom_nothing_speaks_against_is_put_on_the_list_once(line, new, theo, sylvie):
    from fellwatch.surveys import actions, queries

    actions.choose(new, by=theo, now=NOON)
    assert [one.id for one in queries.to_ring(by=sylvie)[1]] == [line.id]
    assert (line.name, line.number, line.from_time, line.to_time) == (
        "Danielle Hewett", story.NUMBER, time(9), time(14, 30),
    )  # fmt: skip
    assert line.reference.startswith("V-")


def test_what_the_surveyor_is_shown_tells_nothing_of_the_incident(line):
    assert set(vars(line)) == {
        "id", "group", "reference", "name", "number", "from_time", "to_time", "state", "tried", "last_at",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("told", "reasons"),
    [
        ({}, {"unsafe"}),
        ({"allowed": False}, {"unsafe"}),
        ({"to_date": NOON.date()}, {"unsafe"}),
        ({"to_date": NOON.date() + timedelta(days=1)}, set()),
    ],
)
def test_silence_a_no_and_a_yes_out_of_date_leave_somebody_out(agencies, alice, theo, new, told, reasons):
    one = story.asked(alice, REPORTED)
    if told:
        story.safe(alice, one.person, NOON - timedelta(days=3), **told)
    from fellwatch.surveys import queries

    found = _chosen(new, theo)
    assert set(found.reasons) == reasons
    assert (found.found, found.asked) == (1, 0 if reasons else 1)
    rows, _ = queries.left_out(found.id, by=theo)
    assert [set(out.reasons) for out in rows] == ([reasons] if reasons else [])


@pytest.mark.parametrize(
    ("known", "reason"),
    [
        ({"born": 2011}, "child"),
        ({"born": None}, "child.unknown"),
        ({"lives_with": True}, "lives_with"),
        ({"lives_with": None}, "lives_with.unknown"),
        ({"closed": False}, "open"),
    ],
)
def test_who_must_not_be_rung_is_left_out_and_what_is_not_known_too(agencies, alice, theo, new, known, reason):
    one = story.asked(alice, REPORTED, **known)
    story.safe(alice, one.person, NOON - timedelta(days=3))
    from fellwatch.surveys import queries

    found = _chosen(new, theo)
    assert found.reasons == {reason: 1}
    assert queries.asked(found.id, by=theo) == ((), False)
    assert queries.left_out(found.id, by=theo)[0][0].person_id == one.person


def test_the_dead_the_bereaved_and_those_asked_lately_are_left_out(agencies, alice, theo, new, sylvie):

    from fellwatch.foundation import access
    from fellwatch.records import actions as records
    from fellwatch.records.actions import NewPerson
    from fellwatch.records.models import Person

    one = story.asked(alice, REPORTED)
    story.safe(alice, one.person, NOON - timedelta(days=3))
    assert _chosen(new, theo).asked == 1
    assert _chosen(replace(new, id=ids.new()), theo).reasons == {"asked_lately": 1}
    mother = NewPerson("Isla", "Hewett")
    with access.acting(alice):
        records.add_person(mother, by=alice, now=NOON)
        records.relate(mother.id, one.person, kind="mother", source="call", by=alice)
        Person.objects.filter(id=mother.id).update(death_date=NOON.date() - timedelta(days=20))
    assert _chosen(replace(new, id=ids.new()), theo).reasons == {"asked_lately": 1, "bereaved": 1}
    with access.acting(alice):
        Person.objects.filter(id=one.person).update(death_date=NOON.date())
    assert "dead" in _chosen(replace(new, id=ids.new()), theo).reasons


def test_high_risk_that_is_open_needs_a_safe_number(agencies, alice, rosa, theo, new):
    from fellwatch.assessments import actions as forms
    from fellwatch.assessments.values import Filled
    from fellwatch.response import actions as response
    from tests.assessments.story import WHOLE

    one = story.asked(alice, REPORTED)
    form = forms.save(Filled(one.incident, "dash", WHOLE, one.person), by=rosa, now=REPORTED)
    response.hand_in(form, seen=1, by=rosa, now=REPORTED)
    assert "open_high" in _chosen(new, theo).reasons
    story.safe(alice, one.person, NOON - timedelta(days=3))

    assert _chosen(replace(new, id=ids.new()), theo).asked == 1


def test_more_than_wanted_are_drawn_by_lot_and_the_rest_counted(agencies, alice, theo, new):

    for house, forename in enumerate(("Wren", "Merle", "Robin", "Linnet"), 20):
        one = story.asked(alice, REPORTED, forename=forename, house=str(house))
        story.safe(alice, one.person, NOON - timedelta(days=3), number=f"+4477009002{house}")
    found = _chosen(replace(new, most=3), theo)
    assert (found.found, found.asked, found.not_drawn) == (4, 3, 1)


def test_each_group_is_found_by_its_own_codes_and_asked_by_its_own_agency(agencies, alice, theo, new, sylvie, actor):

    from fellwatch.orders.values import Invalid
    from fellwatch.surveys import actions, queries

    made = {
        "hate_crime": story.asked(
            alice, REPORTED, house="31", opening="hate_incident", codes=("hate_race",), lives_with=False
        ),
        "sexual_assault": story.asked(alice, REPORTED, forename="Wren", house="32", opening="sexual_offence", codes=()),
    }
    for number, one in enumerate(made.values()):
        story.safe(alice, one.person, NOON - timedelta(days=3), number=f"+44770090021{number}")
    hate = replace(new, group="hate_crime", id=ids.new())
    assert [line.person_id for line in _asked(hate, theo)] == [made["hate_crime"].person]
    wrong = replace(new, group="sexual_assault", id=ids.new())
    with pytest.raises(Invalid) as told:
        actions.choose(wrong, by=theo, now=NOON)
    assert list(told.value.problems) == ["agency"]
    right = replace(wrong, agency="linden")
    assert [line.person_id for line in _asked(right, theo)] == [made["sexual_assault"].person]
    tamsin = story.of_agency(actor, "linden", "Tamsin Gill")
    assert [one.name for one in queries.to_ring(by=tamsin)[1]] == ["Wren Hewett"]
    assert [one.name for one in queries.to_ring(by=sylvie)[1]] == ["Danielle Hewett"]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"group": "everybody"}, "group"),
        ({"agency": "nobody"}, "agency"),
        ({"from_date": None}, "from_date"),
        ({"to_date": REPORTED.date() - timedelta(days=400)}, "to_date"),
        ({"to_date": NOON.date() + timedelta(days=1)}, "to_date"),
        ({"to_date": REPORTED.date() + timedelta(days=400)}, "to_date"),
        ({"most": 0}, "most"),
    ],
)
def test_what_is_wrong_with_a_selection_stands_beside_its_field(agencies, theo, new, change, field):

    from fellwatch.orders.values import Invalid
    from fellwatch.surveys import actions

    with pytest.raises(Invalid) as told:
        actions.choose(replace(new, **change), by=theo, now=NOON)
    assert list(told.value.problems) == [field]


def test_an_agency_whose_agreement_has_ended_is_given_no_name(danielle, theo, new):
    from fellwatch.orders.values import Invalid
    from fellwatch.surveys import actions

    with pytest.raises(Invalid) as told:
        actions.choose(new, by=theo, now=NOON + timedelta(days=301))
    assert "agreement ended" in told.value.problems["agency"]


def test_whoever_may_not_open_a_record_chooses_nobody_with_it(danielle, alice, theo, new):
    from tests.shell.browsers import restrict

    restrict(danielle.person, alice, announce=True)
    assert _chosen(new, theo).found == 0
    cleared = replace(theo, compartments=frozenset({"restricted"}))
    found = _chosen(replace(new, id=ids.new()), cleared)
    assert (found.found, found.reasons) == (1, {"restricted": 1})


def test_only_who_answers_for_the_team_chooses(danielle, gwen, new, charlie, sylvie):
    from fellwatch.foundation.access import Refused
    from fellwatch.surveys import actions

    for by in (gwen, charlie, sylvie):
        with pytest.raises(Refused):
            actions.choose(new, by=by, now=NOON)
