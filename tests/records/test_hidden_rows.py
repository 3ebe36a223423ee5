"""A hidden row betrays itself by no constraint, and nobody can hang anything on what they may not see."""

import threading
import uuid

import pytest

from tests.contact.hidden import cleared, shut

pytestmark = pytest.mark.database

WREN_ROW = {"house": "9", "street": "Wren Row", "postcode": "FZ1 1AB"}


def _place(by, **values):
    from fellwatch.records import actions

    return actions.place_for(actions.NewPlace(**{**WREN_ROW, **values}), by=by)


def _hidden_place(by, **values):
    from fellwatch.records.models import Place

    insider = cleared(by)
    place = _place(insider, **values)
    shut(Place, place, by=insider)
    return place, insider


def test_an_address_held_in_a_silent_compartment_is_as_new_to_a_stranger_as_any_other(db, alice, bob):
    hidden, _ = _hidden_place(bob)
    mine = _place(alice)
    assert mine != hidden
    assert _place(alice) == mine
    assert _place(alice, house="9", street="wren row") == mine


def test_a_described_spot_in_a_compartment_is_as_new_to_a_stranger_as_any_other(db, alice, bob):
    spot = {"house": "", "street": "", "postcode": "", "described": "Lay-by at Tarn Head"}
    hidden, insider = _hidden_place(bob, **spot)
    mine = _place(alice, **spot)
    assert mine != hidden
    assert _place(insider, **spot) == mine, "what is logged by somebody cleared must not vanish from the others' board"


def test_whoever_is_cleared_logs_at_the_open_place_where_there_is_one(db, alice, bob):
    hidden, insider = _hidden_place(bob)
    assert _place(insider) == hidden
    mine = _place(alice)
    assert _place(insider) == mine


@pytest.mark.parametrize("values", [{}, {"house": "", "street": "", "postcode": "", "described": "Tarn Head"}])
def test_two_first_uses_of_one_address_at_once_find_one_place(committed, alice, values):
    from django.db import connection

    from fellwatch.foundation import access

    ready, found, wrong = threading.Barrier(4), [], []

    def use():
        try:
            with access.acting(alice):
                ready.wait()
                found.append(_place(alice, **values))
        except Exception as problem:
            wrong.append(problem)
        finally:
            connection.close()

    threads = [threading.Thread(target=use) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []
    assert len(found) == 4
    assert len(set(found)) == 1


def _hidden_person(by, now):
    from fellwatch.records import actions
    from fellwatch.records.models import Person

    insider = cleared(by)
    her = actions.NewPerson("Lantern", "Ullswick", phone="+447700900777")
    actions.add_person(her, by=insider, now=now)
    actions.add_identifier(her.id, kind="pnc", value="26/1A", source="test", by=insider)
    shut(Person, her.id, by=insider, announce=False)
    return her.id


def _hangings(now):
    """Everything that can be hung on a person, by the words of what it does."""
    from fellwatch.records import actions

    return {
        "a name": lambda p, by: actions.add_name(
            p, forenames="Lantern", surname="Ullswick", kind="reported", source="call", by=by
        ),
        "a number": lambda p, by: actions.add_phone(p, "+447700900777", by=by, on=now.date(), source="call"),
        "an identifier": lambda p, by: actions.add_identifier(p, kind="pnc", value="26/1A", source="x", by=by),
        "a home": lambda p, by: actions.live_at(p, _place(by), by=by, kind="home", source="call"),
        "an end of a home": lambda p, by: actions.leave(p, _place(by), by=by, on=now.date()),
        "a marker": lambda p, by: actions.warn(
            by=by, now=now, kind="weapons", detail="", expires_at=None, source="x", person_id=p
        ),
        "a thing": lambda p, by: actions.add_thing(
            kind="vehicle", mark="AB12 CDE", description="", keeper=p, source="x", by=by
        ),
        "a tie": lambda p, by: actions.relate(
            p, actions.add_person(actions.NewPerson("Isla"), by=by, now=now), kind="mother", source="x", by=by
        ),
        "a tie the other way": lambda p, by: actions.relate(
            actions.add_person(actions.NewPerson("Isla"), by=by, now=now), p, kind="mother", source="x", by=by
        ),
    }


@pytest.mark.parametrize(
    "what",
    [
        *("a name", "a number", "an identifier", "a home", "an end of a home"),
        *("a marker", "a thing", "a tie", "a tie the other way"),
    ],
)
def test_nothing_is_hung_on_a_person_who_may_not_be_seen_and_the_answer_is_that_for_nobody(db, alice, bob, now, what):
    from fellwatch.records.queries import Missing

    hang = _hangings(now)[what]
    answers = []
    for person in (_hidden_person(bob, now), uuid.uuid4()):
        with pytest.raises(Missing) as told:
            hang(person, alice)
        answers.append(str(told.value))
    assert answers[0] == answers[1]


@pytest.mark.parametrize(
    ("table", "values"),
    [
        ("records_personphone", "person_id, number, last_known_date, source) values (%s, %s, '+44', now(), ''"),
        ("records_personname", "person_id, kind, forenames, surname, source) values (%s, %s, '', '', '', ''"),
        ("records_personidentifier", "person_id, kind, value, source) values (%s, %s, '', '', ''"),
    ],
)
def test_the_floor_itself_lets_nobody_hang_a_row_on_a_hidden_person(db, alice, bob, now, table, values):
    from django.db import ProgrammingError, connection, transaction

    from fellwatch.foundation import access

    hidden = _hidden_person(bob, now)
    with access.acting(alice), connection.cursor() as cursor:
        for person in (hidden, uuid.uuid4()):
            with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
                cursor.execute(f"insert into {table} (id, {values})", [uuid.uuid4(), person])


def test_two_rows_of_one_address_in_two_compartments_stand_beside_each_other(db, bob):
    from fellwatch.foundation import access
    from fellwatch.records.models import Place

    _hidden_place(bob)
    _place(bob)
    other = cleared(bob)
    with access.acting(other):
        assert Place.objects.filter(**WREN_ROW).count() == 2
