"""The helpline: asked, taken, advised, followed or not, each timed; the adviser sees no incident."""

from datetime import timedelta

import pytest

from tests.contact.calls import call

pytestmark = pytest.mark.database


@pytest.fixture
def adviser(actor):
    return actor("Noor Sedge", "helpline_adviser", "mental-health helpline")


@pytest.fixture
def logged(db, alice, now):
    from fellwatch.contact import actions

    return actions.log_incident(call(now), by=alice, now=now)


@pytest.fixture
def asked(logged, alice, now):
    from fellwatch.contact import actions

    return actions.consult(logged.incident_id, "Wren, 30, on the bridge", "Is there a plan?", by=alice, now=now)


def _carry(asked, system, now):
    from fellwatch.contact.actions import consulting

    for _ in range(2):
        consulting.carry_to_incident(asked, by=system, now=now)


def test_the_wait_is_timed_and_the_advice_reaches_the_incident_once(logged, asked, alice, adviser, system, now):
    from fellwatch.contact import actions, helpline, queries
    from fellwatch.duties import queries as duties

    assert [one.id for one in helpline.waiting(by=adviser)] == [asked]
    soon = now + timedelta(seconds=40)
    assert actions.take_consultation(asked, by=adviser, now=soon)
    for _ in range(2):
        actions.advise_helpline(asked, "known_plan", "Ring his sister.", by=adviser, now=now + timedelta(minutes=3))
    _carry(asked, system, now)
    lines = [line.text for line in queries.handled(logged.incident_id, by=alice).log if line.kind == "helpline"]
    assert len(lines) == 3
    assert any("Ring his sister." in line for line in lines)
    (clock,) = [d for d in duties.of_incident(logged.incident_id, by=alice) if d.rule == "helpline_answer"]
    assert (clock.state, clock.settled_at) == ("met", soon)
    assert helpline.waiting(by=adviser) == ()


def test_what_the_adviser_did_is_queued_in_her_own_transaction(asked, adviser, now):
    from django.db import connection

    from fellwatch.contact import actions

    actions.take_consultation(asked, by=adviser, now=now)
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from procrastinate_jobs where task_name = 'contact.carry'")
        assert cursor.fetchone() == (1,)


def test_disagreement_needs_its_reason_and_the_adviser_sees_it(logged, asked, alice, adviser, now):
    from fellwatch.contact import actions, helpline
    from fellwatch.contact.values import Invalid

    def settle(agreed, **values):
        actions.settle_consultation(asked, agreed, by=alice, now=now, **values)

    with pytest.raises(Invalid):
        settle(True, outcome="Done.")
    actions.advise_helpline(asked, "crisis_team", "They ring her.", by=adviser, now=now)
    for wrong, field in (
        ({"agreed": None, "outcome": "Done."}, "agreed"),
        ({"agreed": False, "outcome": "Detained."}, "disagreement"),
        ({"agreed": True, "outcome": " "}, "consultation_outcome"),
    ):
        with pytest.raises(Invalid) as told:
            settle(**wrong)
        assert list(told.value.problems) == [field]
    settle(False, disagreement="He ran.", outcome="Detained.")
    (seen,) = helpline.advised(by=adviser, since=now - timedelta(hours=1))
    assert (seen.agreed, seen.disagreement) == (False, "He ran.")
    week = helpline.weeks(by=adviser, now=now + timedelta(minutes=1))[-1]
    assert (week.asked, week.settled, week.disagreed) == (1, 1, 1)


def test_two_advisers_and_two_answers(asked, adviser, actor, now):
    from fellwatch.contact import actions
    from fellwatch.contact.values import Invalid

    other = actor("Ivy Scar", "helpline_adviser")
    assert actions.take_consultation(asked, by=adviser, now=now)
    assert not actions.take_consultation(asked, by=other, now=now)
    with pytest.raises(Invalid):
        actions.advise_helpline(asked, "detain", "Detain.", by=other, now=now)


def test_the_adviser_sees_what_was_written_for_her_and_no_incident(logged, asked, adviser, now):
    from fellwatch.contact import queries
    from fellwatch.contact.models import Consultation, Handling
    from fellwatch.foundation import access
    from fellwatch.records import queries as records
    from fellwatch.records.models import Incident

    with access.acting(adviser):
        assert Consultation.objects.filter(id=asked).exists()
        assert not Handling.objects.exists()
        assert not Incident.objects.exists()
    for read in (lambda: queries.board(by=adviser, now=now), lambda: queries.handled(logged.incident_id, by=adviser)):
        with pytest.raises(access.Refused):
            read()
    with pytest.raises(access.Refused):
        records.incident(logged.incident_id, by=adviser, now=now)


def test_answering_one_of_two_questions_leaves_the_clock_of_the_other(logged, alice, adviser, system, now):
    from fellwatch.contact import actions
    from fellwatch.duties import queries as duties

    first, second = (
        actions.consult(logged.incident_id, "Wren Moss", words, by=alice, now=now) for words in ("Bed?", "Known?")
    )
    actions.take_consultation(first, by=adviser, now=now)
    _carry(first, system, now)
    found = duties.of_incident(logged.incident_id, by=alice)
    states = {one.about: one.state for one in found if one.rule == "helpline_answer"}
    assert states == {first: "met", second: "open"}
