"""The shift counts everything, in as many questions for many incidents as for one."""

from datetime import timedelta

import pytest

from tests.contact.calls import call

pytestmark = pytest.mark.database


@pytest.fixture
def logs(db, alice, now):
    """Log so many calls about somebody with a vulnerability, within the last hour."""
    from fellwatch.contact import actions
    from fellwatch.contact.values import DraftPerson
    from fellwatch.records.actions import NewPerson

    def log(count):
        for n in range(count):
            at = now - timedelta(minutes=n)
            people = (
                DraftPerson(
                    "caller", new=NewPerson(forenames="Wren", surname=f"Moss{n}"), vulnerabilities=("pregnant",)
                ),
            )
            actions.log_incident(call(at, people=people), by=alice, now=at)

    return log


def _shift(bob, now):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from fellwatch.contact.shift import shift

    with CaptureQueriesContext(connection) as asked:
        found = shift(by=bob, now=now, hours=8)
    return found, len(asked)


def test_many_incidents_are_read_in_as_many_questions_as_one(logs, bob, now):
    logs(1)
    one, few = _shift(bob, now)
    logs(6)
    many, asked = _shift(bob, now)
    assert (one.prompts, many.prompts) == ((0, 1), (0, 7))
    assert asked == few
    assert sum(count for _, count in many.came) == 7
    assert many.waits == (("emergency", 7, 0),)


def test_a_list_that_leaves_something_out_says_how_much(logs, bob, now, monkeypatch):
    from fellwatch.contact import home

    logs(3)
    assert home.left_out(by=bob) == 0
    monkeypatch.setattr(home, "MOST", 2)
    assert home.left_out(by=bob) == 1
