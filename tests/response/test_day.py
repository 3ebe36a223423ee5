"""An officer's day: the gravest first at the desk, and on the handheld by the same figures."""

import pytest

from tests.contact.calls import call

pytestmark = pytest.mark.database
HERE = (54.328, -2.747)


@pytest.fixture
def three(db, alice, system, now):
    """A scheduled incident next door, an emergency far away, and one as far away with more danger; by name."""
    from fellwatch.contact import actions
    from fellwatch.contact.models import Handling
    from fellwatch.foundation import access
    from fellwatch.records.actions import NewPlace
    from fellwatch.records.models import Place

    made = {}
    for name, grade, north, flags in (
        ("near", "scheduled", 0.001, ["weapon"]),
        ("far", "emergency", 0.3, []),
        ("worse", "emergency", 0.4, ["weapon"]),
    ):
        place = NewPlace(house=str(len(made) + 1), street="Beck Lane", postcode="FZ1 1AB")
        made[name] = id = actions.log_incident(call(now, place=place), by=alice, now=now).incident_id
        with access.acting(system):
            Handling.objects.filter(incident_id=id).update(grade=grade, flags=flags, repeats=[])
            Place.objects.filter(incidents=id).update(latitude=HERE[0] + north, longitude=HERE[1])
    return made


def _names(three, ids):
    return [name for id in ids for name, known in three.items() if known == id]


def test_a_scheduled_incident_next_door_stands_below_an_emergency_and_danger_parts_emergencies(three, rosa, now):
    from fellwatch.cards import day
    from fellwatch.contact import queries as contact

    found = day.day(by=rosa, now=now)
    assert _names(three, [one.row.incident_id for one in found]) == ["worse", "far", "near"]
    assert "weapon" in found[0].standing.because
    assert [one.kilometres for one in found] == [None] * 3, "nothing says where she is"
    standing = contact.precedence(three.values(), by=rosa, now=now)
    assert standing[three["near"]].place > standing[three["far"]].place == standing[three["worse"]].place


def test_what_she_attends_is_first_and_what_is_closed_last(three, alice, rosa, system, now):
    from fellwatch.cards import day
    from fellwatch.contact import queries as contact
    from fellwatch.contact.models import Handling
    from fellwatch.foundation import access
    from fellwatch.response import actions

    actions.attend(three["near"], by=rosa, now=now)
    found = day.day(by=rosa, now=now)
    assert _names(three, [one.row.incident_id for one in found]) == ["near", "worse", "far"]
    assert [one.mine for one in found] == [True, False, False]
    assert 30 < found[2].kilometres < 40
    with access.acting(system):
        Handling.objects.filter(incident_id=three["worse"]).update(state="closed")
    standing = contact.precedence(three.values(), by=rosa, now=now)
    assert max(standing, key=lambda id: standing[id].place) == three["worse"]


def test_a_card_carries_what_the_handheld_orders_by(three, rosa, now):
    from fellwatch.contact import queries as contact
    from fellwatch.handheld import cards

    standing = contact.precedence(three.values(), by=rosa, now=now)
    for card in cards.for_incidents(list(three.values()), by=rosa, now=now):
        about = standing[card.id]
        assert (card.data["place"], card.data["danger"]) == (about.place, about.danger)
        assert card.data["danger_text"] == about.because


def test_the_page_says_in_which_order_it_stands_and_why(three, now):
    from tests.shell.browsers import browser

    page = browser("response_officer").get("/response/").content.decode()
    assert "never stands above an emergency" in page
