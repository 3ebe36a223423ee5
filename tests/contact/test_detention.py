"""Sections 135 and 136: worked cases of the clock, and whose authority it takes to keep somebody where."""

import uuid
from datetime import datetime, timedelta, timezone

import pytest

from tests.contact.calls import call

pytestmark = pytest.mark.database

BST, GMT = timezone(timedelta(hours=1)), timezone(timedelta(0))
ARRIVED = datetime(2026, 10, 20, 23, 10, tzinfo=BST)
ENDS = datetime(2026, 10, 21, 23, 10, tzinfo=BST)


@pytest.fixture
def adviser(actor):
    return actor("Noor Sedge", "helpline_adviser", "mental-health helpline")


@pytest.fixture
def incident(db, alice, now):
    """Somebody of thirty and somebody of seventeen, in one incident."""
    from fellwatch.contact import actions
    from fellwatch.contact.values import DraftPerson
    from fellwatch.records.actions import NewPerson
    from fellwatch.records.values import PartialDate

    people = (
        DraftPerson("at_risk", new=NewPerson(forenames="Wren", surname="Moss", born=PartialDate(1996, 3, 14))),
        DraftPerson("other", new=NewPerson(forenames="Isla", surname="Moss", born=PartialDate(2009, 6, 1))),
        DraftPerson("witness", new=NewPerson(forenames="Ash", surname="Moss")),
    )
    made = call(now, opening_code="concern_for_safety", qualifiers=(), dangers={}, thrive={}, people=people)
    return actions.log_incident(made, by=alice, now=now)


@pytest.fixture
def places(incident, adviser, now):
    from fellwatch.contact import actions, crisis

    actions.add_place("Larch House", "suite", 1, "07700 900310", by=adviser, now=now)
    actions.add_place("Infirmary", "emergency_department", 2, "", by=adviser, now=now)
    actions.add_place("Skelmoss police station", "police_station", 1, "", by=adviser, now=now)
    return {one.kind: one.id for one in crisis.places(by=adviser)}


def _person(incident, name, by, now):
    from fellwatch.records import queries

    parts = queries.incident(incident.incident_id, by=by, now=now).parts
    return next(part.person.id for part in parts if part.person.name.startswith(name))


def _held(incident, by, now, name="Wren", **values):
    from fellwatch.contact import actions
    from fellwatch.contact.actions.detaining import Held

    given = {"section": "136", "at": now, "grounds": "On the railing.", "in_a_home": "no", "not_consulted": "Seconds."}
    held = Held(incident.incident_id, _person(incident, name, by, now), **{**given, **values})
    return actions.detain(held, by=by, now=now)


def _view(incident, by, now):
    from fellwatch.contact import crisis

    return crisis.detentions_of(incident.incident_id, by=by, now=now)[0]


def test_t29_twenty_four_hours_from_arrival_and_twelve_more_at_most(database):
    from fellwatch.contact import detention

    assert detention.first_end("136", ARRIVED) == ENDS
    assert detention.extended_end(ENDS, 12) == datetime(2026, 10, 22, 11, 10, tzinfo=BST)
    assert detention.extended_end(ENDS, 40) == datetime(2026, 10, 22, 11, 10, tzinfo=BST)


def test_t30_kept_where_they_are_the_clock_runs_from_the_decision(database):
    from fellwatch.contact import detention

    kept = datetime(2026, 10, 20, 14, 5, tzinfo=BST)
    assert detention.first_end("136", kept) == datetime(2026, 10, 21, 14, 5, tzinfo=BST)


def test_t33_the_night_the_clocks_go_back_is_an_hour_longer_by_the_watch(database):
    from fellwatch.contact import detention

    start = datetime(2026, 10, 24, 20, 0, tzinfo=BST)
    for section in ("135", "136"):
        assert detention.first_end(section, start) == datetime(2026, 10, 25, 19, 0, tzinfo=GMT)


@pytest.mark.parametrize(
    ("signed", "reason", "hours", "field"),
    [
        (ENDS - timedelta(minutes=40), "condition", 12, None),
        (ENDS, "condition", 12, "extended_at"),
        (ENDS + timedelta(minutes=1), "condition", 12, "extended_at"),
        (ENDS - timedelta(minutes=40), "no_assessor", 12, "extension_reason"),
        (ENDS - timedelta(minutes=40), "no_bed", 12, "extension_reason"),
        (ENDS - timedelta(minutes=40), "condition", 13, "extension_hours"),
    ],
)
def test_t29_t31_an_extension_holds_only_in_time_and_for_their_condition(database, now, signed, reason, hours, field):
    from fellwatch.contact.detention import Extension, extension_problems

    asked = Extension(signed, "Dr Fell", reason, hours)
    assert [name for name, _ in extension_problems("suite", ENDS, asked, now)] == ([field] if field else [])


@pytest.mark.parametrize(("rank", "holds"), [("inspector", False), ("superintendent", True), ("", False)])
def test_at_a_police_station_an_extension_takes_a_superintendent(database, now, rank, holds):
    from fellwatch.contact.detention import Authority, Extension, extension_problems

    asked = Extension(ENDS - timedelta(hours=1), "Dr Fell", "condition", 6, Authority(rank, "Ann Rigg"))
    assert (not list(extension_problems("police_station", ENDS, asked, now))) is holds


@pytest.mark.parametrize(
    ("age", "rank", "because", "holds"),
    [
        (30, "inspector", "Biting through restraints; the suite cannot hold it.", True),
        (30, "sergeant", "Biting through restraints; the suite cannot hold it.", False),
        (30, "inspector", "", False),
        (17, "superintendent", "Biting through restraints; the suite cannot hold it.", False),
        (None, "inspector", "Biting through restraints; the suite cannot hold it.", False),
    ],
)
def test_t32_a_police_station_takes_an_adult_a_danger_and_an_inspector(database, now, age, rank, because, holds):
    from fellwatch.contact.detention import Authority, place_problems

    found = list(place_problems("police_station", age, Authority(rank, "Ann Rigg", because), now))
    assert (not found) is holds
    assert list(place_problems("suite", 17, Authority(), now)) == []


def test_t34_a_second_place_starts_no_new_clock(incident, places, alice, now):
    from fellwatch.contact import actions
    from fellwatch.contact.detention import Authority
    from fellwatch.duties import queries as duties

    held = _held(incident, alice, now)
    actions.bring_to_place(held, places["emergency_department"], now, Authority(), by=alice, now=now)
    later = now + timedelta(hours=20)
    actions.bring_to_place(held, places["suite"], later, Authority(), by=alice, now=later)
    view = _view(incident, alice, later)
    assert view.until_at - later == timedelta(hours=4)
    assert [move["place"] for move in view.moves] == ["Infirmary", "Larch House"]
    (clock,) = [d for d in duties.of_incident(incident.incident_id, by=alice) if d.rule == "s136_detention"]
    assert clock.due_at == view.until_at


def test_not_in_a_home_not_without_asking_and_not_twice(incident, alice, now):
    from fellwatch.contact.values import Invalid

    for wrong, field in (
        ({"in_a_home": "yes"}, "in_a_home"),
        ({"in_a_home": ""}, "in_a_home"),
        ({"not_consulted": " "}, "not_consulted"),
        ({"grounds": ""}, "grounds"),
        ({"at": now + timedelta(hours=1)}, "detained_at"),
    ):
        with pytest.raises(Invalid) as told:
            _held(incident, alice, now, **wrong)
        assert list(told.value.problems) == [field]
    _held(incident, alice, now)
    with pytest.raises(Invalid):
        _held(incident, alice, now, id=uuid.uuid4())


def test_a_child_is_never_kept_at_a_police_station(incident, places, alice, now):
    from fellwatch.contact import actions
    from fellwatch.contact.detention import Authority
    from fellwatch.contact.values import Invalid

    held = _held(incident, alice, now, name="Isla")
    authority = Authority("superintendent", "Ann Rigg", "Nowhere else can hold it.")
    with pytest.raises(Invalid) as told:
        actions.bring_to_place(held, places["police_station"], now, authority, by=alice, now=now)
    assert "never under 18" in told.value.problems["place"]
    actions.bring_to_place(held, places["suite"], now, Authority(), by=alice, now=now)


def test_want_of_an_assessor_is_refused_logged_as_a_gap_and_taken_higher(incident, places, alice, adviser, now):
    from fellwatch.contact import actions, crisis
    from fellwatch.contact.actions.detaining import ExtensionRefused
    from fellwatch.contact.detention import Authority, Extension

    held = _held(incident, alice, now)
    actions.bring_to_place(held, places["suite"], now, Authority(), by=alice, now=now)
    later = now + timedelta(hours=22)
    with pytest.raises(ExtensionRefused) as told:
        actions.extend(held, Extension(later, "Dr Fell", "no_assessor", 12), by=alice, now=later)
    for _ in range(2):
        actions.note_gap_behind(told.value, by=alice, now=later)
    (gap,) = crisis.gaps(by=adviser, since=now)
    assert (gap.kind, gap.duty) == ("no_assessor", "assessors")
    actions.escalate_gap(gap.id, "Duty inspector", "Rang the council.", by=adviser, now=later)
    assert crisis.gaps(by=alice, since=now)[0].escalated_to == "Duty inspector"


def test_an_extension_runs_straight_after_and_the_end_meets_the_clock(incident, places, alice, now):
    from fellwatch.contact import actions, crisis
    from fellwatch.contact.detention import Authority, Extension
    from fellwatch.duties import queries as duties

    held = _held(incident, alice, now)
    actions.bring_to_place(held, places["suite"], now, Authority(), by=alice, now=now)
    later = now + timedelta(hours=22)
    for _ in range(2):
        actions.extend(held, Extension(later, "Dr Fell", "condition", 8), by=alice, now=later)
    assert _view(incident, alice, later).until_at == now + timedelta(hours=32)
    assert [one.name for one in crisis.held(by=alice, now=later)] == ["Wren Moss"]
    for _ in range(2):
        actions.end_detention(held, "community", "Home with a plan: Dr Fell.", later, by=alice, now=later)
    states = {d.rule: d.state for d in duties.of_incident(incident.incident_id, by=alice)}
    assert (states["s136_detention"], states["detention_extended"]) == ("replaced", "met")
    assert crisis.held(by=alice, now=later) == ()


def test_no_bed_free_anywhere_is_a_gap_of_itself(places, adviser, now):
    from fellwatch.contact import actions, crisis
    from fellwatch.contact.values import Invalid

    with pytest.raises(Invalid):
        actions.set_room(places["suite"], 2, "", by=adviser, now=now)
    actions.set_room(places["suite"], 0, "", by=adviser, now=now)
    assert crisis.gaps(by=adviser, since=now - timedelta(hours=2)) == ()
    actions.set_room(places["emergency_department"], 2, "Flooded", by=adviser, now=now)
    assert [gap.kind for gap in crisis.gaps(by=adviser, since=now - timedelta(hours=2))] == ["no_place"]


def test_ending_one_of_two_detentions_leaves_the_clock_of_the_other(incident, places, alice, now):
    from fellwatch.contact import actions
    from fellwatch.contact.detention import Authority, Extension
    from fellwatch.duties import queries as duties

    def running(rule):
        found = [one for one in duties.of_incident(incident.incident_id, by=alice) if one.rule == rule]
        return {one.person_id for one in found if one.state in {"open", "late"}}

    people = {name: _person(incident, name, alice, now) for name in ("Wren", "Ash")}
    held = {name: _held(incident, alice, now, name=name) for name in people}
    for one in held.values():
        actions.bring_to_place(one, places["suite"], now, Authority(), by=alice, now=now)
    actions.extend(held["Wren"], Extension(now, "Dr Fell", "condition", 6), by=alice, now=now)
    assert running("s136_detention") == {people["Ash"]}
    actions.end_detention(held["Wren"], "community", "Home with her sister.", now, by=alice, now=now)
    assert running("detention_extended") == set()
    assert running("s136_detention") == {people["Ash"]}


def test_somebody_held_again_on_the_same_incident_has_clocks_of_their_own(incident, places, alice, now):
    from fellwatch.contact import actions
    from fellwatch.contact.detention import Authority, Extension
    from fellwatch.duties import queries as duties

    def clocks(held):
        found = duties.about([held], by=alice)
        return {one.rule: (one.state, one.due_at) for one in found}

    first = _held(incident, alice, now)
    actions.bring_to_place(first, places["suite"], now, Authority(), by=alice, now=now)
    actions.end_detention(first, "community", "Written down for the wrong brother.", now, by=alice, now=now)
    again = _held(incident, alice, now)
    assert again != first
    actions.bring_to_place(again, places["suite"], now, Authority(), by=alice, now=now)
    day = now + timedelta(hours=24)
    assert clocks(first) == {"s136_detention": ("met", day)}
    assert clocks(again) == {"s136_detention": ("open", day)}
    actions.extend(again, Extension(now, "Dr Fell", "condition", 6), by=alice, now=now)
    assert {rule: state for rule, (state, _) in clocks(again).items()} == {
        "s136_detention": "replaced",
        "detention_extended": "open",
    }
    actions.end_detention(again, "community", "Home with her sister.", now, by=alice, now=now)
    assert clocks(first) == {"s136_detention": ("met", day)}
    assert clocks(again)["detention_extended"][0] == "met"
