"""A photograph comes in parts, in any order, each as often as it likes, and is whole or is not there."""

import hashlib
import uuid

import pytest

from tests.handheld.sent import DEVICE, door

pytestmark = pytest.mark.database
JPEG = b"\xff\xd8\xff" + bytes(range(256)) * 2100


def new(at, **values):
    from fellwatch.assessments.photographs.values import NewPhotograph

    digest = hashlib.sha256(JPEG).hexdigest()
    made = {
        "id": uuid.uuid4(),
        "incident_id": at.incident,
        "person_id": None,
        "caption": "Front door",
        "exhibit": "RP/1",
    }
    return NewPhotograph(**(made | {"media_type": "image/jpeg", "size": len(JPEG), "digest": digest} | values))


def declare(one, *, by, now):
    from fellwatch.assessments.photographs import actions
    from fellwatch.rules.device_time import Basis, Established

    return actions.declare(one, Established(now, now, Basis.CORRECTED), device_id=DEVICE, by=by, now=now)


def part(number):
    from fellwatch.assessments.photographs.values import PART

    return JPEG[number * PART : (number + 1) * PART]


def test_parts_in_any_order_and_twice_make_one_photograph_with_a_receipt(db, alice, rosa, now):
    from fellwatch.assessments.photographs import actions, queries

    at = door(alice, now)
    one = new(at)
    assert declare(one, by=rosa, now=now).wanted == (0, 1, 2)
    for number in (2, 0, 2):
        state = actions.take_part(one.id, number, part(number), by=rosa, now=now)
    assert (state.wanted, state.complete) == ((1,), False)
    assert declare(one, by=rosa, now=now).wanted == (1,)
    state = actions.take_part(one.id, 1, part(1), by=rosa, now=now)
    assert (state.complete, state.code) == (True, f"{one.digest[:4]} {one.digest[4:8]}".upper())
    assert actions.take_part(one.id, 1, part(1), by=rosa, now=now).complete
    assert queries.picture(one.id, by=alice) == ("image/jpeg", JPEG)
    (listed,) = queries.of_incident(at.incident, by=alice)
    assert (listed.exhibit, listed.complete) == ("RP/1", True)


def test_a_part_cut_short_is_sent_again_and_nothing_else_is_lost(db, alice, rosa, now):
    from fellwatch.assessments.photographs import actions
    from fellwatch.assessments.values import Invalid

    one = new(door(alice, now))
    declare(one, by=rosa, now=now)
    for number, content in ((0, part(0)[:-1]), (3, b"x"), (2, part(0))):
        with pytest.raises(Invalid):
            actions.take_part(one.id, number, content, by=rosa, now=now)
    assert actions.take_part(one.id, 0, part(0), by=rosa, now=now).wanted == (1, 2)


def test_until_it_is_whole_nobody_is_shown_it_and_other_bytes_than_declared_are_refused(db, alice, rosa, now):
    from fellwatch.assessments.photographs import actions, queries
    from fellwatch.assessments.values import Invalid
    from fellwatch.records.queries import Missing

    one = new(door(alice, now))
    declare(one, by=rosa, now=now)
    actions.take_part(one.id, 0, part(0), by=rosa, now=now)
    actions.take_part(one.id, 1, part(1), by=rosa, now=now)
    with pytest.raises(Missing):
        queries.picture(one.id, by=alice)
    with pytest.raises(Invalid):
        actions.take_part(one.id, 2, bytes(len(part(2))), by=rosa, now=now)


@pytest.mark.parametrize(
    "values", [{"media_type": "text/html"}, {"size": 0}, {"size": 10**9}, {"digest": "x"}, {"caption": "x" * 501}]
)
def test_what_is_no_photograph_is_refused_beside_its_field(db, alice, rosa, now, values):
    from fellwatch.assessments.values import Invalid

    with pytest.raises(Invalid):
        declare(new(door(alice, now), **values), by=rosa, now=now)


def test_a_photograph_is_hidden_with_its_incident_and_each_look_is_logged(db, alice, rosa, auditor, charlie, now):
    from fellwatch.assessments.photographs import actions, queries
    from fellwatch.foundation.access import Refused
    from fellwatch.foundation.audit import chain

    one = new(door(alice, now))
    declare(one, by=rosa, now=now)
    for number in range(3):
        actions.take_part(one.id, number, part(number), by=rosa, now=now)
    with pytest.raises(Refused):
        queries.picture(one.id, by=charlie)
    queries.picture(one.id, by=alice)
    sentences = [line.sentence for line in chain.lines(by=auditor)]
    assert sentences.count("assessments.photograph_read") == 1
