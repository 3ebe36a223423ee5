"""The hub's board stands in the order of what is due: each contact's own clock and each answer that an agency owes."""

from datetime import timedelta

import pytest

from tests.safeguarding import hub
from tests.shell.browsers import household

pytestmark = pytest.mark.database


@pytest.fixture
def contacts(db, system, alice, rosa, maya, now):
    """One that came first; one that came an hour later, in which two agencies are asked."""
    from fellwatch.demonstration import agencies

    agencies.fill(by=system, now=now)
    home, later = household(alice, now=now), now + timedelta(hours=1)
    first = hub.raised(home, rosa, now)
    second = hub.raised(home, rosa, later, person_id=home.danielle, kind="adult")
    return first, second, hub.asked(second, maya, later)


def _board(by, now):
    from fellwatch.safeguarding.mash import queries

    found = queries.board(by=by, now=now)
    return [row.id for row in found.shown], found.overdue


def test_an_answer_that_is_owed_sooner_lifts_its_contact_until_it_is_given(contacts, maya, cora, now):
    first, second, sent = contacts
    later = now + timedelta(hours=2)
    assert _board(maya, later) == ([second, first], 0)
    hub.answer(sent["fellshire-children"], cora, later)
    assert _board(maya, later) == ([second, first], 0), "the other agency's is due before the first contact's clock"


def test_an_answer_that_is_late_is_counted_once_a_contact_and_stands_first(contacts, maya, cora, now):
    first, second, sent = contacts
    late = now + timedelta(hours=20)
    assert _board(maya, late) == ([second, first], 1)
    hub.answer(sent["fellshire-children"], cora, late)
    assert _board(maya, late) == ([second, first], 1), "one of two is still owed"


def test_what_is_taken_back_is_waited_for_no_longer(contacts, maya, now):
    from fellwatch.safeguarding.mash import sharing

    first, second, sent = contacts
    late = now + timedelta(hours=20)
    for id in sent.values():
        sharing.take_back(second, id, "wrong_agency", "It was meant for another service.", by=maya, now=late)
    assert _board(maya, late) == ([first, second], 0)


def test_each_row_says_the_moment_by_which_it_stands_where_it_does(contacts, maya, now):
    from fellwatch.safeguarding.mash import queries

    shown = queries.board(by=maya, now=now + timedelta(hours=2)).shown
    dues = [row.next_due for row in shown]
    assert dues == sorted(dues)
    assert len(set(dues)) == 2


def test_counts_are_of_all_that_is_open_and_a_page_is_of_the_colour_asked_for(contacts, maya, rosa, now):
    from fellwatch.foundation import access
    from fellwatch.safeguarding.mash import queries

    first, second, _ = contacts
    (colour,) = queries.board(by=maya, now=now).colours
    found = queries.board(by=maya, now=now, colour=colour)
    assert ({row.id for row in found.shown}, found.total, found.open) == ({first, second}, 2, 2)
    assert found.colours == {colour: 2}
    other = next(one for one in ("red", "amber", "green", "blue") if one != colour)
    found = queries.board(by=maya, now=now, colour=other)
    assert (found.shown, found.total, found.open) == ((), 0, 2)
    with pytest.raises(access.Refused):
        queries.board(by=rosa, now=now)
