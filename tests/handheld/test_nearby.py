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
