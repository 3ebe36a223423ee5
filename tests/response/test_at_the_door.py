"""What officers do at the door: attend, see everyone in the house, keep evidence."""

from datetime import timedelta

import pytest

pytestmark = pytest.mark.database


def _scene(house, by, now):
    from fellwatch.response import queries

    return queries.scene(house.incident_id, by=by, now=now)


def _refused(step):
    from fellwatch.assessments.values import Invalid

    with pytest.raises(Invalid) as wrong:
        step()
    return wrong.value.problems


def test_an_officer_who_attends_finds_the_incident_among_her_own(house, rosa, sam, now):
    from fellwatch.cards.day import day
    from fellwatch.response import actions

    actions.attend(house.incident_id, by=rosa, now=now)
    actions.attend(house.incident_id, by=rosa, now=now)
    assert [one.mine for one in day(by=rosa, now=now)] == [True]
    assert [one.mine for one in day(by=sam, now=now)] == [False]
    assert _scene(house, sam, now).officers == ("Rosa Pike",)
    actions.leave(house.incident_id, by=rosa, now=now)
    assert _scene(house, rosa, now).i_attend is False
    actions.attend(house.incident_id, by=rosa, now=now)
    assert _scene(house, rosa, now).i_attend is True


def test_domestic_abuse_asks_for_a_form_about_each_person_with_its_reason(house, rosa, now):
    needs = {(one.instrument, one.person_name): one for one in _scene(house, rosa, now).needs}
    assert {name for (name, _), one in needs.items() if one.required} == {"dash", "positive_action", "household_voice"}
    assert needs["household_voice", "Isla Hewett"].state == "not_begun"
    assert "seen and heard" in needs["household_voice", "Isla Hewett"].reason


def test_a_child_nobody_had_named_is_linked_once_and_asked_for(house, rosa, now):
    from fellwatch.records import queries as records
    from fellwatch.records.values import PartialDate
    from fellwatch.response import actions
    from fellwatch.response.values import Member

    member = Member(
        "child_present",
        forenames="Tom",
        surname="Hewett",
        born=PartialDate(2024, 3),
        relationship="mother",
        related_to=house.victim,
    )
    first = actions.add_to_household(house.incident_id, member, by=rosa, now=now)
    assert actions.add_to_household(house.incident_id, member, by=rosa, now=now) == first
    seen = records.incident(house.incident_id, by=rosa, now=now)
    assert [part.person.name for part in seen.parts if part.role == "child_present"] == ["Tom Hewett"]
    lives = records.household(seen.place.id, by=rosa, on=now.date())
    assert "Tom Hewett" in {one.name for one in lives}
    assert "Tom Hewett" in {one.person_name for one in _scene(house, rosa, now).needs}


def test_somebody_without_a_name_or_a_place_in_the_house_is_told_beside_the_field(house, rosa, now):
    from fellwatch.response import actions
    from fellwatch.response.values import Member

    problems = _refused(lambda: actions.add_to_household(house.incident_id, Member("lodger"), by=rosa, now=now))
    assert set(problems) == {"role", "forenames"}


def test_a_recording_is_kept_by_its_reference_or_the_reason_why_there_is_none(house, rosa, now):
    from fellwatch.response import actions
    from fellwatch.response.values import NewClip

    clip = NewClip("AX-0042", "camera 7", now, now + timedelta(minutes=3))
    for one in (clip, clip, NewClip(not_used_because="Battery flat from 23:51.")):
        actions.add_clip(house.incident_id, one, by=rosa, now=now + timedelta(minutes=4))
    clips = _scene(house, rosa, now).clips
    assert [(one.reference, one.not_used_because) for one in clips] == [
        ("AX-0042", ""),
        ("", "Battery flat from 23:51."),
    ]


def test_a_recording_that_cannot_be_is_told_beside_its_field(house, rosa, now):
    from fellwatch.response import actions
    from fellwatch.response.values import NewClip

    def wrong(**more):
        return set(_refused(lambda: actions.add_clip(house.incident_id, NewClip(**more), by=rosa, now=now)))

    assert wrong() == {"reference", "started_at"}
    assert wrong(reference="AX-1", started_at=now + timedelta(hours=1)) == {"started_at"}
    assert wrong(reference="AX-1", started_at=now, stopped_at=now - timedelta(minutes=1)) == {"stopped_at"}
    assert wrong(reference="AX-1", not_used_because="none") == {"not_used_because"}


def test_an_exhibit_is_followed_from_hand_to_hand(house, rosa, now):
    from fellwatch.response import actions
    from fellwatch.response.values import Move, NewExhibit

    actions.add_exhibit(
        house.incident_id, NewExhibit("RP/1", "Phone with a cracked screen", now, "Kitchen table"), by=rosa, now=now
    )
    (exhibit,) = _scene(house, rosa, now).exhibits
    move = Move("Property store, shelf 4", now + timedelta(hours=2), "S0991")
    for _ in range(2):
        actions.move_exhibit(exhibit.id, move, by=rosa, now=now + timedelta(hours=2))
    (exhibit,) = _scene(house, rosa, now).exhibits
    assert [(one[0], one[1]) for one in exhibit.moves] == [
        ("where it was found", "Rosa Pike"),
        ("Rosa Pike", "Property store, shelf 4"),
    ]
    earlier = Move("Laboratory", now + timedelta(hours=1))
    late = now + timedelta(hours=3)
    assert set(_refused(lambda: actions.move_exhibit(exhibit.id, earlier, by=rosa, now=late))) == {"moved_at"}


def test_two_exhibits_never_have_one_reference(house, rosa, now):
    from fellwatch.response import actions
    from fellwatch.response.values import NewExhibit

    def add():
        actions.add_exhibit(house.incident_id, NewExhibit("RP/1", "A knife", now, "Hall"), by=rosa, now=now)

    add()
    assert "next number" in _refused(add)["reference"]


def test_whoever_may_not_respond_is_refused_and_nothing_hidden_is_there(house, rosa, ivy, charlie, now, system):
    from dataclasses import replace

    from fellwatch.foundation import access
    from fellwatch.foundation.access import Refused
    from fellwatch.records.models import Incident
    from fellwatch.records.queries import Missing
    from fellwatch.response import actions, queries

    for by in (ivy, charlie):
        with pytest.raises(Refused):
            actions.attend(house.incident_id, by=by, now=now)
    with pytest.raises(Refused):
        queries.today(by=charlie, now=now)
    cleared = replace(system, compartments=frozenset({"restricted"}))
    with access.acting(cleared):
        Incident.objects.filter(id=house.incident_id).update(compartment="restricted")
    for step in (
        lambda: actions.attend(house.incident_id, by=rosa, now=now),
        lambda: queries.scene(house.incident_id, by=rosa, now=now),
    ):
        with pytest.raises(Missing):
            step()
    assert queries.today(by=rosa, now=now) == ((), ())
    assert queries.listed([house.incident_id], by=rosa) == ()


def test_what_was_read_and_done_stands_in_the_log(house, rosa, auditor, now):
    from fellwatch.foundation.audit import chain
    from fellwatch.response import actions

    actions.attend(house.incident_id, by=rosa, now=now)
    _scene(house, rosa, now)
    said = {line.sentence for line in chain.lines(by=auditor, person=house.child)}
    assert "response.scene_read" in said
    assert "response.attended" in {line.sentence for line in chain.lines(by=auditor)}
