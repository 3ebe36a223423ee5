"""What a handheld holds is what is nearest to it; what nobody could place is not forgotten."""

import uuid

import pytest

pytestmark = [pytest.mark.database, pytest.mark.usefixtures("database")]

CARLISLE, PENRITH, KENDAL = (54.895, -2.934), (54.664, -2.752), (54.328, -2.747)


def reachable(area="south", point=None):
    from fellwatch.contact.values import Reachable

    return Reachable(uuid.uuid4(), area, point)


def test_a_distance_over_the_ground_is_as_on_the_map():
    from fellwatch.records.geography.distance import kilometres

    assert kilometres(CARLISLE, PENRITH) == pytest.approx(28.2, abs=0.3)
    assert kilometres(KENDAL, KENDAL) == 0


def test_the_nearest_come_first_whatever_the_area_and_the_unplaced_of_the_area_keep_a_share():
    from fellwatch.handheld.nearby import nearest

    far, near, unplaced = reachable(point=CARLISLE), reachable("north", PENRITH), reachable()
    elsewhere = reachable("north")
    found = nearest([far, unplaced, near, elsewhere], [KENDAL], "south", 10)
    assert found == (near, far, unplaced)
    assert nearest([far, near, unplaced], [CARLISLE], "south", 5)[:2] == (far, near)
    many = [reachable(point=PENRITH) for _ in range(20)]
    assert unplaced in nearest([*many, unplaced], [KENDAL], "south", 10)
    assert len(nearest([*many, unplaced], [KENDAL], "south", 10)) == 10


def test_without_a_place_the_newest_of_the_area_are_held():
    from fellwatch.handheld.nearby import nearest

    first, other, second = reachable("South"), reachable("north"), reachable("south")
    assert nearest([first, other, second], [], "south", 5) == (first, second)
    assert nearest([first, other, second], [], "", 2) == (first, other)


@pytest.mark.parametrize(
    "given", [None, "here", [54.3], [54.3, "west"], [91, 0], [float("nan"), 0], [True, 0], [0, 181], {"lat": 1}]
)
def test_a_place_that_is_none_is_nowhere(given):
    from fellwatch.handheld.nearby import read

    assert read(given) is None


def test_a_place_on_earth_is_read():
    from fellwatch.handheld.nearby import read

    assert read([54.328, -3]) == (54.328, -3.0)


def test_a_handheld_that_says_where_it_is_gets_what_is_near_and_is_told_what_its_officer_attends(rosas, alice, actor):
    from fellwatch.foundation import access, clock
    from fellwatch.foundation.accounts import roles
    from fellwatch.foundation.accounts.models import User
    from fellwatch.records.models import Place
    from fellwatch.response import actions
    from tests.handheld.sent import door

    at = door(alice, clock.now())
    answer = rosas.ask("sync/", {"here": [54.328, -2.747]}).json()
    assert (answer["order"], answer["own"]) == ([str(at.incident)], [])
    assert "here" not in answer
    rosa = roles.actor(User.objects.get(id=rosas.client.session["_auth_user_id"]))
    actions.attend(at.incident, by=rosa, now=clock.now())
    answer = rosas.ask("sync/", {"here": "north of the wall"}).json()
    assert answer["own"] == [str(at.incident)]
    with access.acting(alice):
        place = Place.objects.get(incidents=at.incident)
    assert answer["cards"][0]["at"] == ([place.latitude, place.longitude] if place.latitude is not None else None)


def test_an_emergency_of_the_officers_area_is_held_however_far_and_however_many_are_nearer(
    db, alice, bob, actor, now, monkeypatch
):
    from dataclasses import replace

    from fellwatch.contact import actions
    from fellwatch.foundation import access
    from fellwatch.handheld import queries
    from fellwatch.records.actions import NewPlace
    from fellwatch.records.models import Place
    from tests.contact.calls import call

    def incident(street, point, area, **values):
        made = call(now, place=NewPlace(house="1", street=street, postcode="FZ1 1AA"), people=(), **values)
        logged = actions.log_incident(made, by=alice, now=now)
        with access.acting(alice):
            rows = Place.objects.filter(incidents=logged.incident_id)
            rows.update(latitude=point[0], longitude=point[1], area=area)
        return logged.incident_id

    calm = {"opening_code": "theft", "qualifiers": (), "dangers": {}, "thrive": {}}
    monkeypatch.setattr(queries, "MOST_NEAR", 2)
    near = {incident(street, KENDAL, "south", **calm) for street in ("Tarn Row", "Fell Lane", "Beck Road")}
    far, north = incident("Far Moor", CARLISLE, "south"), incident("High Moor", CARLISLE, "north")
    shut = incident("Low Moor", CARLISLE, "south")
    actions.close(
        shut, by=bob, now=now, result="Gone.", closing_codes=["domestic_incident"],
        closing_qualifiers=["domestic_abuse"], elsewhere=True,
    )  # fmt: skip
    rosa = actor("Rosa Pike", "response_officer", "south response")
    held = set(queries.day({}, (), by=rosa, now=now, here=KENDAL).order)
    assert far in held
    assert len(held & near) == 2
    assert not held & {north, shut}
    everywhere = replace(rosa, team="")
    assert {far, north} <= set(queries.day({}, (), by=everywhere, now=now, here=KENDAL).order)
