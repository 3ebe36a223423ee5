"""The board: everything open, most dangerous first, nothing invisible."""

from datetime import timedelta

import pytest

from tests.contact.calls import call, closed_with

pytestmark = pytest.mark.database


def _theft(now, **values):
    return call(now, opening_code="theft", qualifiers=(), dangers={}, thrive={}, people=(), **values)


def test_the_more_dangerous_comes_first_and_says_why(db, alice, now):
    from fellwatch.contact import actions, queries

    actions.log_incident(_theft(now), by=alice, now=now)
    worse = actions.log_incident(call(now), by=alice, now=now)
    rows = queries.board(by=alice, now=now)
    assert rows[0].incident_id == worse.incident_id
    assert rows[0].reason
    assert rows[0].person_name == "Danielle Hewett"


def test_what_waits_rises(db, alice, now):
    from fellwatch.contact import actions, queries

    actions.log_incident(_theft(now), by=alice, now=now)
    scores = [queries.board(by=alice, now=now + timedelta(minutes=m))[0].urgency for m in (0, 10, 60, 600, 6000)]
    assert scores == sorted(scores)
    assert scores[0] < scores[-1]


def test_a_row_speaks_of_the_minutes_promised_however_long_the_call_took(db, alice, now):
    from dataclasses import replace

    from fellwatch.contact import actions, queries

    rang = replace(call(now), received_at=now - timedelta(seconds=80))
    actions.log_incident(rang, by=alice, now=now)
    assert queries.board(by=alice, now=now + timedelta(minutes=10))[0].reason.startswith("10 of 15 min gone")
    assert queries.board(by=alice, now=now + timedelta(minutes=24))[0].reason.startswith("rising: 9 min past the 15")


def test_open_incidents_on_the_board_are_all_open_incidents(db, alice, now):
    from fellwatch.contact import actions, queries
    from fellwatch.records import queries as records

    made = [actions.log_incident(_theft(now), by=alice, now=now) for _ in range(5)]
    actions.close(
        made[0].incident_id,
        by=alice,
        now=now,
        result="Found in the garden.",
        closing_codes=["lost_found_property"],
        closing_qualifiers=(),
    )
    shown = queries.board(by=alice, now=now)
    assert len(shown) == queries.total_open(by=alice) == records.open_count(by=alice) == 4


def test_a_protected_qualifier_is_removed_only_by_a_supervisor(db, alice, bob, now):
    from fellwatch.contact import actions
    from fellwatch.contact.values import Invalid

    logged = actions.log_incident(call(now), by=alice, now=now)
    closing = {"now": now, "result": "Spoken to both.", "closing_codes": ["domestic_incident"], **closed_with()}
    with pytest.raises(Invalid) as told:
        actions.close(logged.incident_id, by=alice, closing_qualifiers=(), **closing)
    assert "closing_qualifiers" in told.value.problems
    actions.close(logged.incident_id, by=bob, closing_qualifiers=(), **closing)


def test_domestic_abuse_that_nobody_attended_is_closed_by_a_supervisor_alone(db, alice, bob, now):
    from fellwatch.contact import actions, queries
    from fellwatch.contact.values import Invalid

    closing = {"now": now, "result": "He has left, she says.", "closing_codes": ["domestic_incident"]}
    closing |= {"closing_qualifiers": ["domestic_abuse"], **closed_with()}
    unattended, attended = (actions.log_incident(call(now), by=alice, now=now) for _ in range(2))
    with pytest.raises(Invalid) as told:
        actions.close(unattended.incident_id, by=alice, **closing)
    said = "Nobody has been there yet, and this is domestic abuse. Ask a supervisor to close it."
    assert told.value.problems == {"result": said}
    assert queries.handled(unattended.incident_id, by=alice).state == "graded"
    actions.close(unattended.incident_id, by=bob, **closing)
    actions.assign(attended.incident_id, "NR21", by=alice, now=now)
    actions.arrive(attended.incident_id, by=alice, now=now)
    actions.close(attended.incident_id, by=alice, **closing)
    theft = actions.log_incident(_theft(now), by=alice, now=now)
    stolen = {"result": "Found.", "closing_codes": ["theft"], "closing_qualifiers": (), "crime_reference": "FS/1/26"}
    actions.close(theft.incident_id, by=alice, now=now, **stolen)


def test_arrival_meets_the_attendance_duty(db, alice, now):
    from fellwatch.contact import actions
    from fellwatch.duties import queries as duties

    logged = actions.log_incident(call(now), by=alice, now=now)
    actions.assign(logged.incident_id, "NR21", by=alice, now=now)
    actions.arrive(logged.incident_id, by=alice, now=now + timedelta(minutes=9))
    state = {d.rule: d.state for d in duties.of_incident(logged.incident_id, by=alice)}
    assert state["attendance"] == "met"


def test_what_is_past_its_time_is_flipped_to_late_once(db, alice, system, now):
    from fellwatch.contact import actions
    from fellwatch.duties import actions as duties
    from fellwatch.duties import queries

    logged = actions.log_incident(call(now), by=alice, now=now)
    later = now + timedelta(minutes=16)
    assert duties.flip_late(by=system, now=later) >= 1
    assert duties.flip_late(by=system, now=later) == 0
    late = [d for d in queries.of_incident(logged.incident_id, by=alice) if d.rule == "attendance"]
    assert late[0].state == "late"
    assert [kind for _, kind, _, _ in late[0].story] == ["noted", "late"]


def test_every_name_on_the_board_is_in_the_log(db, alice, auditor, now):
    from fellwatch.contact import actions, queries
    from fellwatch.foundation.audit import chain
    from fellwatch.records import queries as records

    logged = actions.log_incident(call(now), by=alice, now=now)
    parts = records.incident(logged.incident_id, by=alice, now=now).parts
    danielle = next(part.person.id for part in parts if part.role == "caller")
    queries.board(by=alice, now=now)
    assert chain.lines(by=auditor, person=danielle)[0].sentence == "contact.board_read"


def test_a_second_look_never_makes_a_wait_younger(db, alice, now):
    from fellwatch.contact import actions, queries
    from fellwatch.contact.actions.grades import Reassessment
    from tests.contact.calls import THRIVE

    logged = actions.log_incident(call(now), by=alice, now=now)
    later = now + timedelta(minutes=14)
    before = queries.board(by=alice, now=later)[0].urgency
    look = Reassessment(incident_id=logged.incident_id, seen=1, trigger="repeat_call", thrive=THRIVE)
    actions.reassess(look, by=alice, now=later)
    assert queries.board(by=alice, now=later)[0].urgency >= before


def test_a_long_board_begins_with_its_most_dangerous_and_names_in_the_log_only_whom_it_shows(
    db, alice, auditor, now, monkeypatch
):
    from fellwatch.contact import actions
    from fellwatch.contact.pages import boards
    from fellwatch.foundation.audit import chain
    from fellwatch.records import queries as records
    from tests.shell.browsers import browser

    monkeypatch.setattr(boards, "FIRST", 1)
    actions.log_incident(_theft(now), by=alice, now=now)
    worse = actions.log_incident(call(now), by=alice, now=now)
    parts = records.incident(worse.incident_id, by=alice, now=now).parts
    danielle = next(part.person.id for part in parts if part.role == "caller")
    taker = browser("call_taker")
    page = taker.get("/contact/board/").content.decode()
    assert page.count("data-row=") == 1
    assert f'data-row="{worse.incident_id}"' in page
    assert "Show the other 1" in page
    assert "2 open" in page
    whole = taker.get("/contact/board/", {"all": "yes"}).content.decode()
    assert whole.count("data-row=") == 2
    assert "Show the other" not in whole
    read = [line for line in chain.lines(by=auditor, person=danielle) if line.sentence == "contact.board_read"]
    assert len(read) == 2
    assert taker.get("/contact/board/rows/").content.decode().count("data-row=") == 2
