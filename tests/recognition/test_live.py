"""The arrays stay equal to what is committed, in every process, and betray nobody."""

import uuid
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from fellwatch.foundation import access

pytestmark = pytest.mark.database

NUMBER = "07700 900123"


@pytest.fixture
def add(committed: str, alice: Any, now: datetime) -> Callable[..., uuid.UUID]:
    """Return a function that stores and commits somebody."""
    from fellwatch.recognition import index
    from fellwatch.records import actions
    from fellwatch.records.values import PartialDate

    def added(forenames: str, surname: str, *, born: tuple[int, ...] = (), phone: str = "+447700900123") -> uuid.UUID:
        new = actions.NewPerson(
            forenames=forenames, surname=surname, born=PartialDate(*born), phone=phone, kind="current"
        )
        with access.acting(alice):
            actions.add_person(new, by=alice, now=now)
            index.refresh([new.id])
        return new.id

    return added


@pytest.fixture(autouse=True)
def _files(committed: str, tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep each test's file apart."""
    from django.conf import settings

    monkeypatch.setattr(settings, "VAR", tmp_path)


@pytest.fixture
def process() -> Callable[[], Any]:
    """Return a function that searches as another application process would."""
    from fellwatch.recognition import live

    return live.Index


def _found(index: Any, by: Any, **fields: str) -> list[Any]:
    from fellwatch.recognition import live, queries, search
    from fellwatch.recognition.asked import read

    before, search.INDEX = search.INDEX, index
    try:
        with access.acting(by):
            asked = read(today=datetime(2026, 11, 21).date(), **fields)  # noqa: DTZ001
            found = search.find(asked, queries.standing().weights, by=by).found
    finally:
        search.INDEX = before
    assert isinstance(index, live.Index)
    return [f.held.person_id for f in found]


def _system() -> Any:
    from fellwatch.foundation.accounts import roles

    return roles.system("recognition-index")


def test_every_process_finds_a_change_as_soon_as_it_is_committed(
    add: Callable[..., uuid.UUID], alice: Any, process: Any
) -> None:
    from fellwatch.recognition import mapped

    her = add("Danielle", "Hewett")
    mapped.write(by=_system())
    one, other = process(), process()
    assert _found(one, alice, phone=NUMBER) == [her] == _found(other, alice, phone=NUMBER)
    assert one.base is not None
    him = add("Marcus", "Hewett", phone="+447700900124")
    for index in (one, other):
        assert _found(index, alice, phone="07700 900124")[0] == him


def test_what_is_rolled_back_was_never_there(
    add: Callable[..., uuid.UUID], alice: Any, now: datetime, process: Any
) -> None:
    from django.db import transaction

    from fellwatch.recognition import index as kept
    from fellwatch.recognition import mapped
    from fellwatch.records import actions

    her = add("Danielle", "Hewett")
    mapped.write(by=_system())
    index = process()
    with access.acting(alice):
        actions.add_name(her, forenames="Danielle", surname="Zebra", kind="alias", source="call", by=alice)
        kept.refresh([her])
        assert _found(index, alice, name="Danielle Zebra ")[0] == her
        transaction.set_rollback(True)
    assert _found(index, alice, phone=NUMBER) == [her]
    assert _people(index, alice) == 1
    assert all("Zebra" not in str(name) for held in index._newest.people.values() for name in held.names)


def test_somebody_erased_leaves_and_the_others_are_weighed_without_them(
    add: Callable[..., uuid.UUID], alice: Any, process: Any
) -> None:
    from fellwatch.recognition import index as kept
    from fellwatch.recognition import mapped

    her, twin = add("Danielle", "Hewett", born=(1991, 3, 4)), add("Danielle", "Hewett", born=(1991, 3, 4))
    mapped.write(by=_system())
    index = process()
    assert set(_found(index, alice, phone=NUMBER, name="Danielle Hewett ")) == {her, twin}
    with access.acting(alice):
        kept.forget([twin])
    assert _found(index, alice, phone=NUMBER, name="Danielle Hewett ") == [her]


@pytest.mark.parametrize("damage", [b"", b"x" * 100, None])
def test_a_missing_or_damaged_file_is_built_anew_at_the_start_and_does_not_stop_a_search(
    add: Callable[..., uuid.UUID], alice: Any, process: Any, damage: bytes | None
) -> None:
    from fellwatch.recognition import live, mapped

    her = add("Danielle", "Hewett")
    mapped.write(by=_system())
    if damage is None:
        mapped.file().unlink()
    else:
        mapped.file().write_bytes(damage)
    index = process()
    assert _found(index, alice, phone=NUMBER) == [her]
    assert index.base is None
    assert live.ready(by=_system()) == 1
    index._looked = 0.0
    assert _found(index, alice, phone=NUMBER) == [her]
    assert index.base is not None


def test_a_new_file_is_gone_over_to_while_serving(add: Callable[..., uuid.UUID], alice: Any, process: Any) -> None:
    from fellwatch.recognition import mapped

    her = add("Danielle", "Hewett")
    index = process()
    assert _found(index, alice, phone=NUMBER) == [her]
    assert index.changed_since_file() == 1
    mapped.write(by=_system())
    index._looked = 0.0
    assert _found(index, alice, phone=NUMBER) == [her]
    # Whoever changed while an older transaction runs anywhere on the server stands beside the file too, once.
    assert index.base is not None
    assert _people(index, alice) == 1


def test_a_silent_person_is_in_no_file_and_in_no_common_segment(
    add: Callable[..., uuid.UUID], alice: Any, process: Any
) -> None:
    from fellwatch.recognition import index as kept
    from fellwatch.recognition import mapped
    from fellwatch.records.models import Person

    her, him = add("Danielle", "Hewett"), add("Marcus", "Hewett")
    mapped.write(by=_system())
    index = process()
    assert set(_found(index, alice, phone=NUMBER)) == {her, him}
    cleared = replace(alice, id=uuid.uuid4(), name="Ida Crag", compartments=frozenset({"lantern"}))
    with access.acting(cleared):
        Person.objects.filter(id=her).update(compartment="lantern", announce=False)
        kept.refresh([her])
    assert _found(index, alice, phone=NUMBER) == [him]
    assert set(_found(index, cleared, phone=NUMBER)) == {her, him}
    assert mapped.write(by=_system()) == 1
    index._looked = 0.0
    assert set(_found(index, cleared, phone=NUMBER)) == {her, him}
    view_of_alice = _people(index, alice)
    assert view_of_alice == 1
    assert _people(index, cleared) == 2


def _people(index: Any, by: Any) -> int:
    with access.acting(by):
        return sum(int((part.dead == 0).sum()) for part in index.view(by).parts)


def test_many_changes_fill_layer_after_layer_and_the_newest_wins(
    add: Callable[..., uuid.UUID], alice: Any, process: Any, monkeypatch: pytest.MonkeyPatch, now: datetime
) -> None:
    from fellwatch.recognition import index as kept
    from fellwatch.recognition import live
    from fellwatch.records import actions

    monkeypatch.setattr(live, "FEW", 1)
    monkeypatch.setattr(live, "FULL", 2)
    index = process()
    everyone = []
    for n, name in enumerate(("Ada", "Bea", "Cal", "Dot", "Eve")):
        everyone.append(add(name, "Beck", phone=f"+44770090020{n}"))
        assert _found(index, alice, phone=f"07700 90020{n}")[0] == everyone[-1]
    with access.acting(alice):
        actions.add_phone(everyone[0], "+447700900299", by=alice, on=now.date(), source="call")
        kept.refresh([everyone[0]])
    assert _found(index, alice, phone="07700 900299")[0] == everyone[0]
    assert _people(index, alice) == 5
