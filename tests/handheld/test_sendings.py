"""What handhelds send is taken in once, merged answer by answer, and never lost."""

import re
from datetime import timedelta

import pytest

from tests.handheld.sent import body, door, receive

pytestmark = pytest.mark.database


@pytest.fixture
def ben(actor):
    return actor("Ben Syke", "response_officer", "south response")


def test_a_sending_gets_a_receipt_that_is_the_digest_of_its_very_bytes(db, alice, rosa, now):
    import hashlib

    written = body(door(alice, now), {"q18": "yes"})
    receipt = receive(written, by=rosa, now=now)
    assert receipt.digest == hashlib.sha256(written.encode()).hexdigest()
    assert (receipt.number, receipt.answers, receipt.again) == (1, {"q18": "yes"}, False)


def test_sent_again_it_stands_once_and_the_receipt_is_the_same(db, alice, rosa, now):
    from fellwatch.assessments.models import Assessment, Sending
    from fellwatch.foundation import access

    written = body(door(alice, now), {"q18": "yes"})
    first = receive(written, by=rosa, now=now)
    second = receive(written, by=rosa, now=now + timedelta(hours=1))
    assert (second.digest, second.number, second.received_at) == (first.digest, first.number, first.received_at)
    assert second.again
    with access.acting(rosa):
        assert Sending.objects.count() == 1
        assert Assessment.objects.filter(instrument="dash").count() == 1


def test_other_bytes_under_the_same_id_are_refused(db, alice, rosa, now):
    import uuid

    from fellwatch.assessments.sendings.values import Taken

    at, id = door(alice, now), uuid.uuid4()
    receive(body(at, {"q18": "yes"}, id=id), by=rosa, now=now)
    with pytest.raises(Taken):
        receive(body(at, {"q18": "no"}, id=id), by=rosa, now=now)


def test_two_handhelds_at_one_door_the_more_dangerous_answer_stands_until_somebody_decides(
    db, alice, rosa, ben, bob, now
):
    from fellwatch.assessments.sendings import actions, queries
    from fellwatch.assessments.values import Invalid

    at = door(alice, now)
    receive(body(at, {"q18": "yes", "q2": "no"}), by=rosa, now=now)
    second = receive(body(at, {"q18": "no", "q7": "yes"}), by=ben, now=now + timedelta(minutes=5))
    assert second.answers == {"q18": "yes", "q2": "no", "q7": "yes"}
    sides = [(one["by"], one["answer"]) for one in second.outcome["differs"]["q18"]["sides"]]
    assert sides == [("Rosa Pike", "yes"), ("Ben Syke", "no")]

    (task,) = queries.differences(by=bob)
    assert (task.standing_text, task.arrived_text, task.stored_text) == ("Yes", "No", "Yes")
    assert (task.arrived_by_name, task.stored_by_name) == ("Ben Syke", "Rosa Pike")

    with pytest.raises(Invalid) as wrong:
        actions.settle(task.id, "arrived", by=bob, now=now, seen=2)
    assert set(wrong.value.problems) == {"because"}
    actions.settle(task.id, "arrived", because="Ben asked again with the paramedic there.", by=bob, now=now, seen=2)
    assert queries.differences(by=bob) == ()
    found, number = queries.difference(task.id, by=bob)
    assert (found.settled_text, found.settled_by_name, number) == ("No", "Bob Tarn", 3)


def test_an_answer_changed_over_one_that_was_seen_is_no_difference_but_is_marked_as_lower(db, alice, rosa, ben, now):
    at = door(alice, now)
    receive(body(at, {"q18": "yes"}), by=rosa, now=now)
    second = receive(body(at, {"q18": "no"}, seen=1), by=ben, now=now)
    assert second.answers == {"q18": "no"}
    assert (second.outcome["lowered"], second.outcome["differs"]) == (["q18"], {})


def test_an_answer_the_form_cannot_hold_is_set_aside_and_the_rest_is_kept(db, alice, rosa, now):
    receipt = receive(body(door(alice, now), {"q18": "perhaps", "q2": "yes", "q99": "yes"}), by=rosa, now=now)
    assert receipt.answers == {"q2": "yes"}
    assert set(receipt.outcome["problems"]) == {"q18", "q99"}


@pytest.mark.parametrize(
    "written", ["", "{", "[]", '{"id": 1}', '{"changes": "x"}', "\x00", '"\\ud800"', "9" * 600_000]
)
def test_what_cannot_be_read_is_refused_with_what_to_do(written):
    from fellwatch.assessments.sendings import reading
    from fellwatch.assessments.values import Invalid

    with pytest.raises(Invalid):
        reading.read(written)


def test_a_finished_form_is_handed_in_and_a_grade_below_the_score_comes_back_beside_its_question(db, alice, rosa, now):
    from tests.assessments.story import WHOLE

    at, every = door(alice, now), {f"q{n}": "yes" for n in range(1, 28)}
    low = receive(body(at, WHOLE | every | {"grade": "standard"}, finished=True), by=rosa, now=now)
    assert low.outcome["handed_in"]["done"] is False
    assert set(low.outcome["handed_in"]["problems"]) == {"grade"}
    mended = receive(body(at, {"grade": "high"}, seen=1, finished=True), by=rosa, now=now)
    assert mended.outcome["handed_in"] == {"done": True, "problems": {}}


def test_the_clock_of_a_crime_runs_from_when_it_was_told_by_the_servers_reckoning(db, alice, rosa, now):
    from fellwatch.assessments import queries
    from fellwatch.rules.device_time import Basis, Established

    at, told = door(alice, now), now + timedelta(minutes=20)
    times = {"q18": Established(told, told + timedelta(hours=5), Basis.CORRECTED)}
    receive(body(at, {"q18": "yes"}), by=rosa, now=now + timedelta(hours=3), times=times)
    heard = {one.crime: one.heard_at for one in queries.crimes_of(at.incident, by=rosa)}
    assert told in heard.values()


def test_a_form_about_somebody_hidden_is_refused_as_if_there_were_nobody(db, alice, rosa, now):
    from fellwatch.records.queries import Missing
    from tests.shell.browsers import restrict

    at = door(alice, now)
    restrict(at.danielle, alice, announce=False)
    with pytest.raises(Missing):
        receive(body(at, {"q18": "yes"}), by=rosa, now=now)


def test_who_may_not_write_assessments_is_refused(db, alice, auditor, now):
    from fellwatch.foundation.access import Refused

    with pytest.raises(Refused):
        receive(body(door(alice, now), {"q18": "yes"}), by=auditor, now=now)


def test_every_sending_is_in_the_log_with_its_digest_and_how_each_answer_came(db, alice, rosa, auditor, now):
    from fellwatch.foundation.audit import chain

    receipt = receive(body(door(alice, now), {"q18": "yes"}), by=rosa, now=now)
    line = next(one for one in chain.lines(by=auditor) if one.sentence == "assessments.sending_received")
    assert line.detail["digest"] == receipt.digest
    assert (line.detail["came"], line.people) == ({"q18": "taken"}, 1)


def test_the_pages_of_whoever_decides_show_both_answers_and_keep_what_was_typed(db, alice, rosa, ben, now):
    from tests.shell.browsers import browser

    at = door(alice, now)
    receive(body(at, {"q18": "yes"}), by=rosa, now=now)
    receive(body(at, {"q18": "no"}), by=ben, now=now)
    bob = browser("control_supervisor")
    listed = bob.get("/handheld/differences/").content.decode()
    assert "Rosa Pike" in listed
    (page,) = set(re.findall(r"/handheld/differences/([0-9a-f-]{36})/", listed))
    refused = bob.post(f"/handheld/differences/{page}/", {"side": "arrived", "because": "No", "seen": "1"})
    assert refused.status_code == 422
    assert "<textarea" in refused.content.decode()
    settled = bob.post(f"/handheld/differences/{page}/", {"side": "stored", "seen": "1"}, follow=True)
    assert "settled by" in settled.content.decode()
