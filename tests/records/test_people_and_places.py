"""People, places and their dated links: true on a day, never rewritten."""

from datetime import UTC, date, datetime, timedelta

import pytest

pytestmark = pytest.mark.database


@pytest.fixture
def tarn_row(db, alice):
    from fellwatch.records import actions

    return actions.place_for(actions.NewPlace(house="14", street="Tarn Row", postcode="FZ98 4TR"), by=alice)


def _person(by, now, surname="Hewett", **values):
    from fellwatch.records import actions

    return actions.add_person(actions.NewPerson(surname=surname, **values), by=by, now=now)


def test_a_household_is_who_lived_there_on_that_day(tarn_row, alice, now):
    from fellwatch.records import actions, queries

    danielle, marc = _person(alice, now, forenames="Danielle"), _person(alice, now, "Oddie", forenames="Marc")
    for person in (danielle, marc):
        actions.live_at(person, tarn_row, by=alice, kind="home", source="test", from_date=date(2024, 1, 1))
    actions.leave(marc, tarn_row, by=alice, on=date(2026, 3, 10))

    def there(day):
        return {r.name for r in queries.household(tarn_row, by=alice, on=day)}

    assert there(date(2023, 12, 31)) == set()
    assert there(date(2026, 3, 9)) == {"Danielle Hewett", "Marc Oddie"}
    assert there(date(2026, 3, 10)) == {"Danielle Hewett"}


def test_children_come_first_in_a_household(tarn_row, alice, now):
    from fellwatch.records import actions, queries
    from fellwatch.records.values import PartialDate

    for forename, born in (("Danielle", PartialDate(1995)), ("Isla", PartialDate(2021, 6, 26))):
        person = _person(alice, now, forenames=forename, born=born)
        actions.live_at(person, tarn_row, by=alice, kind="home", source="test")
    assert queries.household(tarn_row, by=alice, on=date(2026, 11, 21))[0].name == "Isla Hewett"


@pytest.mark.parametrize(
    ("born", "age"),
    [((2021, 6, 26), 5), ((2021, 11, 21), 5), ((2021, 11, 22), 4), ((2021, 11, None), 4), ((2021, None, None), 4)],
)
def test_an_age_is_never_given_as_older_than_it_may_be(born, age):
    from fellwatch.records.values import PartialDate

    assert PartialDate(*born).age_on(date(2026, 11, 21)) == age


def test_a_marker_shows_until_it_expires_or_is_ended(tarn_row, alice, now):
    from fellwatch.records import actions, queries

    marc = _person(alice, now, "Oddie")
    expires = now + timedelta(days=365)
    first = actions.warn(
        by=alice, now=now, kind="weapons", detail="Knife.", expires_at=expires, source="test", person_id=marc
    )
    actions.warn(by=alice, now=now, kind="violent", detail="", expires_at=None, source="test", person_id=marc)

    def shown(at):
        return {m.kind for m in queries.person(marc, by=alice, now=at).markers}

    assert shown(now + timedelta(days=364)) == {"weapons", "violent"}
    assert shown(expires) == {"violent"}
    assert actions.end_marker(first, by=alice, now=now, because="Mistaken identity.")
    assert not actions.end_marker(first, by=alice, now=now, because="Again.")
    assert shown(now) == {"violent"}


def test_the_same_address_given_twice_is_one_place(tarn_row, alice):
    from fellwatch.records import actions

    for house, street in (("14", "Tarn Row"), ("14", "tarn row"), ("14", "")):
        again = actions.place_for(actions.NewPlace(house=house, street=street, postcode="FZ98 4TR"), by=alice)
        assert again == tarn_row


def test_a_real_postcode_brings_its_force_and_an_unknown_one_falls_back_to_its_sector(db, alice, now):
    from fellwatch.records import actions, queries

    known = actions.place_for(actions.NewPlace(house="1", street="Test Street", postcode="CA1 1AA"), by=alice)
    unknown = actions.place_for(actions.NewPlace(house="2", street="Test Street", postcode="CA1 1ZZ"), by=alice)
    for place in (known, unknown):
        assert queries.place(place, by=alice, now=now).force == "E23000002"


def test_a_person_added_twice_under_one_id_is_one_person(db, alice, now):
    from fellwatch.foundation import access
    from fellwatch.records import actions
    from fellwatch.records.models import Person, PersonName

    new = actions.NewPerson(forenames="Isla", surname="Hewett")
    assert actions.add_person(new, by=alice, now=now) == actions.add_person(new, by=alice, now=now)
    with access.acting(alice):
        assert (Person.objects.count(), PersonName.objects.count()) == (1, 1)


def test_names_of_every_kind_are_kept_and_the_current_one_is_shown(db, alice, now):
    from fellwatch.records import actions, queries

    person = _person(alice, now, forenames="Danyel", kind="reported")
    actions.add_name(person, forenames="Danielle", surname="Hewett", kind="current", source="test", by=alice)
    actions.add_name(person, forenames="Danielle", surname="Bracken", kind="maiden", source="test", by=alice)
    seen = queries.person(person, by=alice, now=now)
    assert seen.name == "Danielle Hewett"
    assert {kind for kind, _ in seen.other_names} == {"reported", "maiden"}


def test_a_restricted_person_reads_like_one_that_does_not_exist(db, system, alice, now):
    from dataclasses import replace

    from fellwatch.foundation import access, ids
    from fellwatch.records import queries
    from fellwatch.records.models import Person

    cleared = replace(system, compartments=frozenset({"covert"}))
    person = _person(cleared, now)
    with access.acting(cleared):
        Person.objects.filter(id=person).update(compartment="covert", announce=False)
    said = []
    for asked in (person, ids.new()):
        with pytest.raises(queries.Missing) as missing:
            queries.person(asked, by=alice, now=now)
        said.append(str(missing.value))
    assert said[0] == said[1]


def test_a_number_of_the_first_hour_of_a_summers_day_is_of_that_day(db):
    from fellwatch.records.actions import next_reference

    assert next_reference(datetime(2027, 6, 15, 23, 30, tzinfo=UTC)).startswith("270616-")
    assert next_reference(datetime(2027, 1, 15, 23, 30, tzinfo=UTC)).startswith("270115-")
