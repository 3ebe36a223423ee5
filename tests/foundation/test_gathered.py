"""What a transaction gathers goes in at its end with everything else, or not at all."""

import pytest

pytestmark = pytest.mark.database


def _sentences():
    from fellwatch.foundation.models import AuditEntry

    return list(AuditEntry.objects.order_by("id").values_list("sentence", flat=True))


def _record(by, sentence):
    from fellwatch.foundation import audit

    audit.record(by=by, action="consultation", sentence=sentence, subject=("test", "1"))


def test_entries_of_joined_steps_stand_in_the_order_in_which_they_happened(db, alice, auditor):
    from fellwatch.foundation import access

    with access.acting(alice):
        _record(alice, "test.first")
        with access.acting(alice):
            _record(alice, "test.second")
        _record(alice, "test.third")
    with access.acting(auditor):
        assert _sentences() == ["test.first", "test.second", "test.third"]


def test_a_part_that_fails_takes_its_own_entries_with_it_and_no_others(db, alice, auditor):
    from fellwatch.foundation import access

    with access.acting(alice):
        _record(alice, "test.before")
        with pytest.raises(ZeroDivisionError), access.apart():
            _record(alice, "test.undone")
            raise ZeroDivisionError
        with access.apart():
            _record(alice, "test.kept")
    with access.acting(auditor):
        assert _sentences() == ["test.before", "test.kept"]


def test_a_first_part_that_fails_leaves_nothing(db, alice, auditor):
    from fellwatch.foundation import access

    with access.acting(alice), pytest.raises(ZeroDivisionError), access.apart():
        _record(alice, "test.undone")
        raise ZeroDivisionError
    with access.acting(auditor):
        assert _sentences() == []


def test_an_entry_that_cannot_be_stored_undoes_what_it_tells_of(db, alice, now):
    from django.db import DataError

    from fellwatch.foundation import access
    from fellwatch.records import actions
    from fellwatch.records.models import Person

    with pytest.raises((DataError, ValueError)), access.acting(alice):
        actions.add_person(actions.NewPerson(surname="Hewett"), by=alice, now=now)
        _record(alice, "test.\x00")
    with access.acting(alice):
        assert Person.objects.count() == 0


def test_rows_take_the_databases_defaults_and_stand_once(db, alice, now):
    from fellwatch.foundation import access, rows
    from fellwatch.records.models import Place

    place = Place(house="3", street="Larch ROW", postcode="ZZ1 1AA")
    with access.acting(alice):
        assert rows.add([place], once=True) == 1
        assert rows.add([place], once=True) == 0
        assert rows.add([]) == 0
        assert Place.objects.get().street_key == "larch row"


def test_a_transaction_may_log_more_than_one_statement_takes(db, alice, auditor):
    from fellwatch.foundation import access

    with access.acting(alice):
        for n in range(6000):
            _record(alice, f"test.{n}")
    with access.acting(auditor):
        assert _sentences() == [f"test.{n}" for n in range(6000)]
