"""Whatever is written of two people while a reviewer makes them one, or takes them apart, finds who they are."""

import time

import pytest

from tests.meanwhile import meanwhile

pytestmark = pytest.mark.database
NOBODY = frozenset()


@pytest.fixture
def three(committed, alice, now):
    """Danielle Hewett, Dani Birkett and Danni Hewit."""
    from fellwatch.records import actions

    names = (("Danielle", "Hewett"), ("Dani", "Birkett"), ("Danni", "Hewit"))
    return tuple(actions.add_person(actions.NewPerson(*name), by=alice, now=now) for name in names)


@pytest.fixture
def merge(rita, now):
    """Make two people one, as rita."""
    from fellwatch.recognition import merging

    return lambda one, other: merging.merge(one, other, because="Same number and child.", by=rita, now=now)


@pytest.fixture
def led(rita):
    """Return who an id leads to now."""
    from fellwatch.records import clusters

    return lambda id: clusters.current(id, by=rita)


def _numbers(by):
    """Return whose each telephone number is."""
    from fellwatch.foundation import access
    from fellwatch.records.models import PersonPhone

    with access.acting(by):
        return dict(PersonPhone.objects.values_list("number", "person_id"))


def _add(id, number, by, now):
    from fellwatch.records import actions

    return lambda: actions.add_phone(id, number, by=by, on=now.date(), source="test")


def _entries(people, by, said=""):
    """Return whom the search can find, of these people, by something that their entries hold."""
    from django.db import connection

    from fellwatch.foundation import access

    with access.acting(by), connection.cursor() as cursor:
        cursor.execute(
            "select person_id from recognition_entry where person_id = any(%s) and position(%s in document::text) > 0",
            [list(people), said],
        )
        return {id for (id,) in cursor.fetchall()}


def _refused(merge, one, other):
    from fellwatch.records.clusters import Entangled

    with pytest.raises(Entangled) as refused:
        merge(one, other)
    return str(refused.value)


def _wait_for(told):
    for _ in range(1200):
        if told:
            return
        time.sleep(0.05)
    raise AssertionError("The other has not answered within a minute.")


def test_a_number_given_while_she_is_made_one_is_who_she_is(three, merge, alice, rita, now):
    one, other, _ = three
    meanwhile(lambda: merge(one, other), _add(other, "+447700900142", alice, now), by=rita)
    assert _numbers(alice) == {"+447700900142": one}


def test_a_number_being_given_is_moved_by_who_makes_her_one(three, merge, alice, now):
    one, other, _ = three
    meanwhile(_add(other, "+447700900142", alice, now), lambda: merge(one, other), by=alice)
    assert _numbers(alice) == {"+447700900142": one}


def test_a_record_joined_while_she_is_made_one_is_who_she_is(three, merge, alice, rita, now):
    from fellwatch.foundation import access
    from fellwatch.recognition import merging
    from fellwatch.records.models import SourceRecord

    one, other, _ = three
    number = "+447700900142"
    _add(one, number, alice, now)()
    record = SourceRecord(agency="housing", reference="T1", forenames="Dani", surname="Birkett", phone=number)
    record.received_at = record.changed_at = now
    with access.acting(rita):
        record.save(force_insert=True)

    def join():
        return merging.join(record.id, other, because="Same number.", likelihood=0.9, by=rita, now=now)

    assert meanwhile(lambda: merge(one, other), join, by=rita)[1] == one
    with access.acting(rita):
        assert SourceRecord.objects.get().person_id == one
    assert _numbers(alice) == {number: one}


def test_what_is_said_of_her_under_the_earlier_id_is_found_by_the_search(three, merge, alice, now):
    from fellwatch.foundation import access
    from fellwatch.recognition import index

    one, other, _ = three
    merge(one, other)
    with access.acting(alice):
        _add(other, "+447700900142", alice, now)()
        index.refresh([other])
    assert _entries(three, alice, "7700900142") == {one}


def test_two_who_make_them_one_at_once_make_one_merge(three, merge, led, rita):
    one, other, _ = three
    first, second = meanwhile(lambda: merge(one, other), lambda: merge(one, other), by=rita)
    assert first == second
    assert led(other) == one


def test_each_made_the_other_at_once_leads_round_in_no_ring(three, merge, led, rita):
    from fellwatch.records.clusters import Entangled

    one, other, _ = three
    _, second = meanwhile(lambda: merge(one, other), lambda: merge(other, one), by=rita)
    assert isinstance(second, Entangled)
    assert (led(one), led(other)) == (one, one)


def test_made_one_with_two_others_at_once_all_three_are_one(three, merge, led, rita):
    one, other, third = three
    meanwhile(lambda: merge(one, other), lambda: merge(third, other), by=rita)
    assert {led(id) for id in three} == {third}
    assert _entries(three, rita) == {third}, "the other two are found no more under what they were called"


def test_taken_apart_while_they_are_made_a_third_is_refused_and_nothing_is_left_behind(
    three, merge, led, alice, rita, now
):
    from fellwatch.recognition import merging
    from fellwatch.records.clusters import Entangled

    one, other, third = three
    _add(other, "+447700900142", alice, now)()
    made = merge(one, other)

    def part():
        return merging.unmerge(made, go=NOBODY, stay=NOBODY, because="Sisters.", by=rita, now=now)

    _, second = meanwhile(lambda: merge(third, one), part, by=rita)
    assert isinstance(second, Entangled)
    assert led(other) == third
    assert _numbers(alice) == {"+447700900142": third}


@pytest.mark.parametrize("backwards", [False, True])
def test_a_call_that_names_both_is_never_in_the_way_whatever_the_order(three, merge, alice, now, backwards):
    one, other = sorted(three[:2], reverse=backwards)
    before, after = (_add(id, f"+44770090014{place}", alice, now) for place, id in enumerate((one, other)))
    meanwhile(before, lambda: merge(one, other), by=alice, rest=after)
    assert _numbers(alice) == {"+447700900140": one, "+447700900141": one}


def test_where_somebody_goes_on_writing_the_reviewer_is_told_and_nothing_is_done(
    three, merge, led, alice, now, monkeypatch
):
    from fellwatch.records import clusters

    monkeypatch.setattr(clusters, "TRIES", 8)
    one, other, _ = three
    told = []
    meanwhile(
        _add(other, "+447700900142", alice, now), lambda: told.append(_refused(merge, one, other)) or None, by=alice,
        rest=lambda: _wait_for(told),
    )  # fmt: skip
    assert told == ["Somebody is writing about one of these two just now. Try again in a moment."]
    assert led(other) == other
