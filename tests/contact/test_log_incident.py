"""A call is stored whole, once, with its grade, its clocks and its place in the log."""

import threading
import uuid
from dataclasses import replace
from datetime import timedelta

import pytest

from tests.contact.calls import call

pytestmark = pytest.mark.database


def test_a_domestic_with_the_suspect_there_is_an_emergency_and_says_why(db, alice, now):
    from fellwatch.contact import actions, queries
    from fellwatch.duties import queries as duties

    logged = actions.log_incident(call(now), by=alice, now=now)
    assert logged.grade == "emergency"
    assert logged.because
    handled = queries.handled(logged.incident_id, by=alice)
    assert handled.gradings[0].grade == "emergency"
    owed = {duty.rule: duty for duty in duties.of_incident(logged.incident_id, by=alice)}
    assert {"attendance", "crime_recording"} <= set(owed)
    assert owed["attendance"].due_at == handled.attend_by == now + timedelta(minutes=15)
    assert owed["crime_recording"].due_at == now + timedelta(hours=24)
    assert owed["attendance"].working


def test_saved_twice_it_is_stored_once_and_answers_the_same(db, alice, now):
    from fellwatch.contact import actions
    from fellwatch.foundation import access
    from fellwatch.records.models import Incident, Person

    made = call(now)
    first = actions.log_incident(made, by=alice, now=now)
    second = actions.log_incident(made, by=alice, now=now + timedelta(seconds=2))
    assert replace(second, again=False) == first
    with access.acting(alice):
        assert (Incident.objects.count(), Person.objects.count()) == (1, 2)


def test_a_double_click_from_two_connections_stores_one_incident(committed, alice, now):
    from django.db import connection

    from fellwatch.contact import actions
    from fellwatch.foundation import access
    from fellwatch.records.models import Incident, Person

    made, answers = call(now), []

    def send():
        answers.append(actions.log_incident(made, by=alice, now=now))
        connection.close()

    threads = [threading.Thread(target=send) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len({(a.incident_id, a.reference, a.grade) for a in answers}) == 1
    assert sum(not a.again for a in answers) == 1
    with access.acting(alice):
        assert (Incident.objects.count(), Person.objects.count()) == (1, 2)


def test_a_failure_half_way_leaves_nothing_behind(db, alice, now, monkeypatch):
    from fellwatch.contact import actions
    from fellwatch.foundation import access
    from fellwatch.recognition import index
    from fellwatch.records.models import Incident, Person, Place

    def lose_the_connection(_):
        raise ConnectionError

    monkeypatch.setattr(index, "refresh", lose_the_connection)
    with pytest.raises(ConnectionError):
        actions.log_incident(call(now), by=alice, now=now)
    with access.acting(alice):
        assert (Incident.objects.count(), Person.objects.count(), Place.objects.count()) == (0, 0, 0)


@pytest.mark.parametrize(
    ("field", "values"),
    [
        ("channel", {"channel": "pigeon"}),
        ("opening_code", {"opening_code": ""}),
        ("opening_code", {"opening_code": "no_such_code"}),
        ("qualifiers", {"qualifiers": ("no_such",)}),
        ("grade", {"grade": "immediate"}),
        ("summary", {"summary": "x" * 1_000_000}),
        ("summary", {"summary": "half \x00 a word"}),
        ("thrive.threat", {"thrive": {"threat": 7}}),
        ("thrive.crime_disclosed", {"thrive": {"crime_disclosed": "perhaps"}}),
        ("dangers", {"dangers": {"no_such": "yes"}}),
    ],
)
def test_what_cannot_stand_is_told_beside_its_field_and_nothing_is_stored(db, alice, now, field, values):
    from fellwatch.contact import actions
    from fellwatch.contact.values import Invalid
    from fellwatch.foundation import access
    from fellwatch.records.models import Incident

    with pytest.raises(Invalid) as told:
        actions.log_incident(call(now, **values), by=alice, now=now)
    assert field in told.value.problems
    with access.acting(alice):
        assert Incident.objects.count() == 0


def test_a_call_from_the_future_is_refused(db, alice, now):
    from fellwatch.contact import actions
    from fellwatch.contact.values import Invalid

    with pytest.raises(Invalid) as told:
        actions.log_incident(call(now, received_at=now + timedelta(hours=1)), by=alice, now=now)
    assert "received_at" in told.value.problems


@pytest.mark.parametrize("name", ["O'Hara-Söderström", "Łukasz Żółć", "Мария Иванова", "李 小龍", "Ünal", "d’Arcy"])
def test_names_of_every_kind_are_kept_as_they_are(db, alice, now, name):
    from fellwatch.contact import actions
    from fellwatch.contact.values import DraftPerson
    from fellwatch.records import queries
    from fellwatch.records.actions import NewPerson

    people = (DraftPerson("caller", new=NewPerson(surname=name)),)
    logged = actions.log_incident(call(now, people=people), by=alice, now=now)
    assert queries.incident(logged.incident_id, by=alice, now=now).parts[0].person.name == name


def test_a_lower_grade_than_proposed_is_refused_for_a_domestic(db, alice, bob, now):
    from fellwatch.contact import actions
    from fellwatch.contact.values import Invalid

    lower = call(now, grade="scheduled", grade_reason="He has gone, she says, and she has locked up.")
    with pytest.raises(Invalid) as told:
        actions.log_incident(lower, by=alice, now=now)
    assert "supervisor" in told.value.problems["grade"]
    assert actions.log_incident(lower, by=bob, now=now).grade == "scheduled"


def test_a_higher_grade_than_proposed_needs_nobody(db, alice, now):
    from fellwatch.contact import actions

    theft = call(now, opening_code="theft", qualifiers=(), dangers={}, thrive={}, people=(), grade="emergency")
    assert actions.log_incident(theft, by=alice, now=now).grade == "emergency"


def test_earlier_domestics_make_her_a_repeat_and_say_which_definition(db, alice, now):
    from fellwatch.contact import actions, queries
    from fellwatch.contact.values import DraftPerson
    from fellwatch.records.actions import NewPerson

    danielle = NewPerson(forenames="Danielle", surname="Hewett")
    first = call(now, people=(DraftPerson("victim", new=danielle),))
    victim = (DraftPerson("victim", person_id=danielle.id),)
    for days in (112, 72):
        then = now - timedelta(days=days)
        actions.log_incident(replace(first, id=call(now).id, received_at=then), by=alice, now=then)
    logged = actions.log_incident(call(now, people=victim), by=alice, now=now)
    fired = {repeat["id"]: repeat for repeat in queries.handled(logged.incident_id, by=alice).repeats}
    assert {"repeat_domestic_victim", "potential_escalation"} <= set(fired)
    assert fired["potential_escalation"]["count"] == 3
    assert fired["potential_escalation"]["source"]


def test_the_log_names_everyone_in_the_call(db, alice, auditor, now):
    from fellwatch.contact import actions
    from fellwatch.foundation.audit import chain
    from fellwatch.records import queries

    logged = actions.log_incident(call(now), by=alice, now=now)
    people = [part.person.id for part in queries.incident(logged.incident_id, by=alice, now=now).parts]
    for person in people:
        said = {line.sentence for line in chain.lines(by=auditor, person=person)}
        assert {"contact.incident_logged", "records.person_added", "records.incident_read"} <= said


def test_a_reader_without_the_role_logs_nothing(db, charlie, now):
    from fellwatch.contact import actions
    from fellwatch.foundation.access import Refused

    with pytest.raises(Refused):
        actions.log_incident(call(now), by=charlie, now=now)


def test_a_draft_is_only_its_writers_and_survives(db, alice, bob, now):
    from fellwatch.contact import actions, queries

    made = call(now)
    actions.keep_draft(made.id, {"caller_name": ["Danyel Hew"]}, by=alice, now=now)
    actions.keep_draft(made.id, {"caller_name": ["Danyel Hewitt"]}, by=alice, now=now)
    assert queries.draft(made.id, by=alice) == {"caller_name": ["Danyel Hewitt"]}
    assert queries.draft(made.id, by=bob) is None
    assert [draft[0] for draft in queries.drafts(by=alice)] == [made.id]
    actions.log_incident(made, by=alice, now=now)
    assert queries.drafts(by=alice) == ()


def test_two_calls_from_one_postcode_district_are_not_from_one_address(db, alice, now):
    from fellwatch.contact import actions, queries
    from fellwatch.records.actions import NewPlace

    def handled(**place):
        made = call(now, place=NewPlace(**place), people=(), caller_number="", opening_code="burglary_home")
        return queries.handled(actions.log_incident(made, by=alice, now=now).incident_id, by=alice)

    district = [handled(postcode="FZ9") for _ in range(2)]
    assert [one.repeats for one in district] == [(), ()]
    first, second = (handled(house="3", street="Rigg Fold", postcode="FZ9 1AA") for _ in range(2))
    assert first.repeats == ()
    assert {repeat["by"] for repeat in second.repeats} == {"place"}


def test_a_second_look_at_a_district_finds_no_repeat_there(db, alice, now):
    from fellwatch.contact import actions
    from fellwatch.contact.actions import grades
    from fellwatch.contact.models import Handling
    from fellwatch.contact.values import Reassessment
    from fellwatch.foundation import access
    from fellwatch.records.actions import NewPlace

    def seen_again(**place):
        made = call(now, place=NewPlace(**place), people=(), caller_number="", opening_code="burglary_home")
        ids = [actions.log_incident(replace(made, id=uuid.uuid4()), by=alice, now=now).incident_id for _ in range(2)]
        look = Reassessment(incident_id=ids[1], seen=1, trigger="new_information")
        with access.acting(alice):
            handling = Handling.objects.get(incident_id=ids[1])
            return grades.weighed(look, handling, by=alice, now=now).asked["repeat"]

    assert not seen_again(town="Skelmoss")
    assert seen_again(house="5", street="Rigg Fold", postcode="FZ9 1AA")
