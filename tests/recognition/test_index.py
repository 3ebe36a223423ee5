"""The index in PostgreSQL, as the application role, with row policies on."""

import uuid
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest

from fellwatch.foundation import access

pytestmark = pytest.mark.database


@pytest.fixture
def add(db: None, alice: Any, now: datetime) -> Callable[..., uuid.UUID]:
    """Return a function that stores somebody, with a home, and indexes them."""
    from fellwatch.recognition import index
    from fellwatch.records import actions
    from fellwatch.records.values import PartialDate

    def added(forenames: str, surname: str, *, born: tuple[int, ...] = (), home: str = "14", **more: str) -> uuid.UUID:
        new = actions.NewPerson(forenames=forenames, surname=surname, born=PartialDate(*born), kind="current", **more)
        with access.acting(alice):
            actions.add_person(new, by=alice, now=now)
            place = actions.place_for(actions.NewPlace(house=home, street="Fell Lane", postcode="ZZ1 1AA"), by=alice)
            actions.live_at(new.id, place, by=alice, kind="home", source="call")
            index.refresh([new.id])
        return new.id

    return added


def _who(by: Any, now: datetime, **fields: Any) -> Any:
    from fellwatch.recognition import queries

    return queries.who(queries.Query(**fields), by=by, now=now)


def _entries(by: Any) -> list[Any]:
    from fellwatch.foundation.audit.models import AuditEntry

    reader = replace(by, permissions=by.permissions | {"audit.read"})
    with access.acting(reader):
        return list(AuditEntry.objects.order_by("id"))


def _restrict(person_id: uuid.UUID, by: Any, *, announce: bool) -> Any:
    """Put somebody in the compartment "lantern" as an actor cleared for it; return that actor."""
    from fellwatch.recognition import index
    from fellwatch.records.models import Person

    cleared = replace(by, id=uuid.uuid4(), name="Ida Crag", compartments=frozenset({"lantern"}))
    with access.acting(cleared):
        Person.objects.filter(id=person_id).update(compartment="lantern", announce=announce)
        index.refresh([person_id])
    return cleared


def test_a_new_person_is_recognised_in_the_transaction_that_adds_them(
    add: Callable[..., uuid.UUID], alice: Any, now: datetime
) -> None:
    her = add("Danielle", "Hewett", born=(1991, 3, 4), phone="+447700900123")
    answer = _who(alice, now, name="Danyel Hewitt ", phone="07700 900123")
    assert answer.candidates[0].person_id == her
    assert answer.candidates[0].born == "4 Mar 1991"
    assert answer.candidates[0].likelihood_words in ("likely", "very likely")


def test_a_look_up_names_everybody_it_showed_in_the_log_and_never_what_was_typed(
    add: Callable[..., uuid.UUID], alice: Any, now: datetime
) -> None:
    her = add("Danielle", "Hewett")
    _who(alice, now, name="Danielle Hewett ", date_of_birth="1991")
    (entry,) = [e for e in _entries(alice) if e.sentence == "recognition.looked_up"]
    assert her in entry.people
    assert entry.detail["fields"] == ["name", "date_of_birth"]
    assert "hewett" not in str(entry.detail).lower()


def test_a_changed_name_and_number_are_found_at_once(add: Callable[..., uuid.UUID], alice: Any, now: datetime) -> None:
    from fellwatch.recognition import index
    from fellwatch.records import actions
    from fellwatch.records.models import Person

    her = add("Danielle", "Hewett", born=(1991, 3, 4))
    with access.acting(alice):
        actions.add_name(her, forenames="Danielle", surname="Birkett", kind="alias", source="call", by=alice)
        actions.add_phone(her, "+447700900777", by=alice, on=now.date(), source="call")
        Person.objects.filter(id=her).update(birth_year=1990)
        index.refresh([her])
        index.refresh([her])
    assert _who(alice, now, phone="07700900777").candidates[0].person_id == her
    assert _who(alice, now, name="Birkett Danielle ").candidates[0].person_id == her


def test_someone_erased_is_forgotten(add: Callable[..., uuid.UUID], alice: Any, now: datetime) -> None:
    from fellwatch.recognition import index

    her = add("Danielle", "Hewett")
    with access.acting(alice):
        index.forget([her])
    assert _who(alice, now, name="Danielle Hewett ").candidates == ()


def test_an_announced_record_says_that_it_exists_and_no_more(
    add: Callable[..., uuid.UUID], alice: Any, now: datetime
) -> None:
    her = add("Danielle", "Hewett", born=(1991, 3, 4), phone="+447700900123")
    cleared = _restrict(her, alice, announce=True)
    query = {"name": "Danielle Hewett ", "phone": "07700 900123", "date_of_birth": "4/3/1991"}
    answer = _who(alice, now, **query)
    assert answer.candidates == ()
    assert answer.restricted == 1
    assert _who(cleared, now, **query).candidates[0].person_id == her


def test_a_guess_does_not_make_a_restricted_record_announce_itself(
    add: Callable[..., uuid.UUID], alice: Any, now: datetime
) -> None:
    her = add("Danielle", "Hewett", born=(1991, 3, 4))
    _restrict(her, alice, announce=True)
    assert _who(alice, now, name="Dan Hew").restricted == 0


def test_a_silent_record_changes_nothing_that_can_be_seen(
    add: Callable[..., uuid.UUID], alice: Any, now: datetime
) -> None:
    from fellwatch.recognition import queries
    from fellwatch.recognition.models import Entry
    from fellwatch.records.actions import NewPerson

    add("Marcus", "Hewett", phone="+447700900123")
    query = {"name": "Danielle Hewett ", "phone": "07700 900123"}
    before = _who(alice, now, **query)
    her = add("Danielle", "Hewett", phone="+447700900123")
    cleared = _restrict(her, alice, announce=False)
    after = _who(alice, now, **query)
    assert (after.candidates, after.restricted) == (before.candidates, before.restricted)
    with access.acting(alice):
        assert not Entry.objects.filter(person_id=her).exists()
    same = NewPerson(forenames="Danielle", surname="Hewett", phone="+447700900123")
    warned = queries.duplicates(same, by=alice, now=now)
    assert her not in [c.person_id for c in warned.candidates]
    assert warned.restricted == 0
    assert _who(cleared, now, **query).candidates[0].person_id == her


def test_whoever_cannot_see_a_person_leaves_their_entry_as_it_stands(
    add: Callable[..., uuid.UUID], alice: Any, now: datetime
) -> None:
    from fellwatch.recognition import index

    her = add("Danielle", "Hewett", phone="+447700900123")
    cleared = _restrict(her, alice, announce=True)
    with access.acting(alice):
        assert index.refresh([her]) == 0
    assert _who(cleared, now, phone="07700 900123").candidates[0].person_id == her


def test_an_address_in_a_compartment_is_not_a_way_to_anyone(
    add: Callable[..., uuid.UUID], alice: Any, now: datetime
) -> None:
    from fellwatch.recognition import index
    from fellwatch.records.models import Place

    her = add("Danielle", "Hewett")
    with access.acting(alice):
        Place.objects.create(house="1", street="Refuge Row", postcode="ZZ9 9ZZ", compartment="")
        place = Place.objects.get(postcode="ZZ9 9ZZ")
        from fellwatch.records import actions

        actions.live_at(her, place.id, by=alice, kind="stays", source="call")
    cleared = replace(alice, id=uuid.uuid4(), compartments=frozenset({"lantern"}))
    with access.acting(cleared):
        Place.objects.filter(id=place.id).update(compartment="lantern")
        index.refresh([her])
    assert _who(cleared, now, address="1 Refuge Row ZZ9 9ZZ").candidates == ()


def test_charlie_outside_is_refused(db: None, charlie: Any, now: datetime) -> None:
    with pytest.raises(access.Refused):
        _who(charlie, now, name="Danielle Hewett ")


def test_without_the_permission_postgresql_shows_no_entry(
    add: Callable[..., uuid.UUID], charlie: Any, now: datetime
) -> None:
    from fellwatch.recognition.models import Entry

    add("Danielle", "Hewett")
    with access.acting(charlie):
        assert Entry.objects.count() == 0


def test_search_then_create_is_warned_of_whoever_it_may_be(
    add: Callable[..., uuid.UUID], alice: Any, now: datetime
) -> None:
    from fellwatch.recognition import queries
    from fellwatch.records.actions import NewPerson
    from fellwatch.records.values import PartialDate

    her = add("Danielle", "Hewett", born=(1991, 3, 4))
    add("John", "Smith")
    draft = NewPerson(forenames="Danyel", surname="Hewitt", born=PartialDate(1991, 4, 3))
    assert [c.person_id for c in queries.duplicates(draft, by=alice, now=now).candidates] == [her]


@pytest.mark.parametrize(
    "typed", ["'; drop table recognition_entry; --", "%_%", "\x00\x00", "(a+)+$" * 2000, "\U0010ffff", "𝕯𝖆𝖓"]
)
def test_hostile_text_finds_nobody_and_breaks_nothing(db: None, alice: Any, now: datetime, typed: str) -> None:
    answer = _who(alice, now, name=typed, phone=typed, address=typed, date_of_birth=typed)
    assert answer.candidates == ()


def test_a_place_already_picked_brings_its_household(add: Callable[..., uuid.UUID], alice: Any, now: datetime) -> None:
    from fellwatch.records.models import Residence

    her, him = add("Danielle", "Hewett"), add("Marcus", "Hewett")
    add("John", "Smith", home="15")
    with access.acting(alice):
        place = Residence.objects.get(person_id=her).place_id
    found = [c.person_id for c in _who(alice, now, place_id=place).candidates[:2]]
    assert set(found) == {her, him}


def test_rebuilding_gives_the_same_answers(committed: str, alice: Any, now: datetime) -> None:
    from fellwatch.recognition import index
    from fellwatch.recognition.models import Entry
    from fellwatch.records import actions

    new = actions.NewPerson(forenames="Mary Jane", surname="O'Neill\\Back", phone="+447700900123", kind="current")
    with access.acting(alice):
        actions.add_person(new, by=alice, now=now)
        index.refresh([new.id])
        before = list(Entry.objects.values_list("document"))
    told: list[tuple[int, int]] = []
    assert index.rebuild(lambda done, of: told.append((done, of))) == 1
    assert told == [(1, 1)]
    with access.acting(alice):
        after = list(Entry.objects.values_list("document"))
    assert after == before
    assert _who(alice, now, name="jane oneill").candidates[0].person_id == new.id


def test_the_day_decides_which_version_of_the_model_weighs(db: None) -> None:
    from django.conf import settings

    from fellwatch.recognition import model

    assert model.load(settings.FELLWATCH_RULEBOOK, date(2026, 10, 31)).version == 1
    assert model.load(settings.FELLWATCH_RULEBOOK, date(2026, 11, 21)).version == 2
    with pytest.raises(model.ModelUnreadable, match="no version that applies"):
        model.load(settings.FELLWATCH_RULEBOOK, date(1990, 1, 1))
