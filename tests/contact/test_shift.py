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


def test_what_was_reached_is_counted_from_first_contact_against_its_target_by_beat(logs, alice, bob, now):
    from fellwatch.contact import actions
    from fellwatch.contact.models import Handling
    from fellwatch.foundation import access

    logs(3)
    with access.acting(bob):
        first, second, _ = Handling.objects.order_by("-received_at").values_list("incident_id", flat=True)
    at = now + timedelta(minutes=10)
    for incident in (first, second):
        actions.assign(incident, unit="FN21", by=alice, now=at)
        actions.arrive(incident, by=alice, now=at)
    found, _ = _shift(bob, at)
    reached = {(one.grade, one.beat): (one.reached, one.in_time, one.median_minutes) for one in found.reached}
    (beat,) = {beat for (_, beat), (count, *_) in reached.items() if count}
    assert reached["emergency", beat] == (2, 2, 10.5), "one was received ten minutes before, the other eleven"
    assert sum(count for count, *_ in reached.values()) == 2
    assert [(one.unit, one.state) for one in found.holds] == [("FN21", "on_scene")] * 2
    assert found.waits == (("emergency", 1, 0),)


def test_a_part_and_how_an_incident_is_handled_bear_when_it_was_received(logs, alice, now):
    from fellwatch.contact.models import Handling
    from fellwatch.foundation import access
    from fellwatch.records import actions
    from fellwatch.records.models import Incident, IncidentPerson

    logs(3)
    with access.acting(alice):
        incident = Incident.objects.order_by("received_at").first()
        actions.add_parts(incident.id, [actions.Part(incident.people.get().person_id, "witness")], by=alice)
        parts = IncidentPerson.objects.values_list("received_at", "incident__received_at")
        handled = Handling.objects.values_list("received_at", "incident__received_at")
        assert (len(parts), len(handled)) == (4, 3)
        assert all(one == other for one, other in (*parts, *handled))


def test_a_list_that_leaves_something_out_says_how_much(logs, bob, now, monkeypatch):
    from fellwatch.contact import home

    logs(3)
    assert home.left_out(by=bob) == 0
    monkeypatch.setattr(home, "MOST", 2)
    assert home.left_out(by=bob) == 1
