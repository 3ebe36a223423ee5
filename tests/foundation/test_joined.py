"""What joins a transaction stands or falls with it, and an actor inside it is the same in every respect."""

import pytest

pytestmark = pytest.mark.database


def test_nothing_can_be_added_after_a_joined_action_failed(committed, alice, now):
    from django.db.transaction import TransactionManagementError

    from fellwatch.foundation import access
    from fellwatch.records import actions
    from fellwatch.records.models import Person
    from fellwatch.records.queries import Missing

    with pytest.raises(TransactionManagementError), access.acting(alice):
        isla = actions.add_person(actions.NewPerson("Isla"), by=alice, now=now)
        with pytest.raises(Missing):
            actions.add_phone(actions.ids.new(), "+447700900142", by=alice, on=now.date(), source="call")
        actions.add_name(isla, forenames="Isla", surname="Hewett", kind="current", source="call", by=alice)
    with access.acting(alice):
        assert Person.objects.count() == 0


def test_the_same_person_with_a_wider_key_is_not_joined(db, alice):
    from dataclasses import replace

    from fellwatch.foundation import access

    with access.acting(alice):
        for other in (replace(alice, compartments=frozenset({"lantern"})), replace(alice, permissions=frozenset())):
            with pytest.raises(access.NotActing):
                access.require(other)


def test_narrowed_sees_no_further_and_gives_back_what_was_seen_before(db, alice, now):
    from dataclasses import replace

    from fellwatch.foundation import access
    from fellwatch.records import actions
    from fellwatch.records.models import Person

    ida = replace(alice, compartments=frozenset({"lantern", "beck"}))
    with access.acting(ida):
        for compartment in ("", "lantern", "beck"):
            person = actions.add_person(actions.NewPerson("Isla"), by=ida, now=now)
            Person.objects.filter(id=person).update(compartment=compartment)
        with access.narrowed(ida, frozenset({"lantern", "tarn"})) as narrow:
            assert set(Person.objects.values_list("compartment", flat=True)) == {"", "lantern"}
            assert narrow.compartments == {"lantern"}
        assert Person.objects.count() == 3
        with pytest.raises(ZeroDivisionError), access.narrowed(ida, frozenset()):
            raise ZeroDivisionError
        assert Person.objects.count() == 3
