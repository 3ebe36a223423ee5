"""How often it has come to this is seen wherever somebody judges the risk, by the rule and with what it counted."""

from datetime import timedelta

import pytest

pytestmark = pytest.mark.database


@pytest.fixture
def often(house, alice, now):
    """Log earlier domestic incidents of the same victim, each so many days ago."""
    from fellwatch.contact import actions
    from fellwatch.contact.values import Call, DraftPerson

    def log(*days, role="victim", code="domestic_incident"):
        for ago in days:
            at = now - timedelta(days=ago)
            call = Call(
                channel="999",
                opening_code=code,
                received_at=at,
                summary="Shouting.",
                people=(DraftPerson(role, person_id=house.victim),),
            )
            actions.log_incident(call, by=alice, now=at)

    return log


def _fires(house, by, now):
    from fellwatch.response import escalating

    return escalating.of([house.victim, house.suspect], by=by, now=now)


def test_the_third_within_a_year_fires_for_the_victim_with_its_logs_and_source(house, often, rosa, now):
    often(40)
    assert _fires(house, rosa, now) == {}
    often(100)
    found = _fires(house, rosa, now)
    assert set(found) == {house.victim}
    one = found[house.victim]
    assert one.text == "Potential escalation: 3 domestic incidents in 12 months"
    assert len(one.logs) == 3
    assert "SafeLives" in one.source


def test_what_is_older_not_domestic_or_not_about_her_as_victim_is_not_counted(house, often, rosa, now):
    often(40, 366)
    often(50, code="concern_for_safety")
    often(60, role="witness")
    assert _fires(house, rosa, now) == {}


def test_the_look_stands_in_the_log_of_whom_it_was_about(house, rosa, auditor, now):
    from fellwatch.foundation.audit import chain

    _fires(house, rosa, now)
    said = {line.sentence for line in chain.lines(by=auditor, person=house.victim)}
    assert "response.escalation_read" in said


def test_the_call_says_it_as_a_warning_while_she_speaks(house, often, alice, now):
    from fellwatch.contact.pages import knowing
    from fellwatch.contact.pages.typed import Typed

    often(40)
    typed = Typed(
        {
            "opening_code": ["domestic_incident"],
            "person-0-role": ["victim"],
            "person-0-id": [str(house.victim)],
            "person-0-name": ["Danielle Hewett"],
        }
    )
    panel, _ = knowing.panel(typed, by=alice, now=now)
    assert any(one.text.startswith("Potential escalation: 3 domestic incidents") for one in panel.alerts)
