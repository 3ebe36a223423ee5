"""Two people found to be one, and taken apart again: exactly, with the log, and whoever works meanwhile."""

import uuid
from dataclasses import replace

import pytest

pytestmark = pytest.mark.database
NOBODY = frozenset()


@pytest.fixture
def both(db, alice, now):
    """Danielle Hewett, and a Dani Birkett of her number who is her too."""

    from fellwatch.records import actions
    from fellwatch.records.values import PartialDate

    one = actions.NewPerson("Danielle", "Hewett", PartialDate(1991, 3, 4), "female", "+447700900142")
    other = actions.NewPerson("Dani", "Birkett", phone="+447700900143")
    found = [actions.add_person(new, by=alice, now=now) for new in (one, other)]
    actions.warn(by=alice, now=now, kind="knife", detail="", expires_at=None, source="test", person_id=found[1])
    return tuple(found)


def _everything(by):
    from fellwatch.foundation import access
    from fellwatch.records.models import IncidentPerson, Marker, PersonName, PersonPhone

    with access.acting(by):
        return {
            model.__name__: sorted(map(str, model.objects.values_list("id", "person_id")))
            for model in (PersonName, PersonPhone, Marker, IncidentPerson)
        }


def test_all_that_hung_on_either_is_the_survivors_and_the_earlier_id_leads_there(both, rita, now):
    from fellwatch.recognition import merging
    from fellwatch.records import queries

    one, other = both
    merging.merge(one, other, because="Same number and child.", by=rita, now=now)
    seen = queries.person(other, by=rita, now=now)
    assert seen.id == one
    assert {kind for kind, _ in seen.other_names} == {"reported"}
    assert seen.phones == ("+447700900142", "+447700900143")
    assert [marker.kind for marker in seen.markers] == ["knife"]


def test_markers_incidents_and_ties_of_an_earlier_id_are_those_of_who_she_is(both, alice, rita, now):
    from datetime import timedelta

    from fellwatch.recognition import merging
    from fellwatch.records import actions, queries

    one, other = both
    child = actions.add_person(actions.NewPerson("Isla", "Hewett"), by=alice, now=now)
    actions.relate(other, child, kind="parent", source="test", by=alice)
    incident = actions.add_incident(
        by=alice, now=now, id=uuid.uuid4(), reference="A2", channel="999", received_at=now, occurred_at=None,
        caller_number="", place_id=None, summary="", opening_code="x", qualifiers=[],
        parts=[actions.Part(other, "victim")],
    ).id  # fmt: skip
    merging.merge(one, other, because="Same number and child.", by=rita, now=now)
    found = queries.markers_of([other, one], by=alice, now=now)
    assert [marker.kind for marker in found[other]] == [marker.kind for marker in found[one]] == ["knife"]
    past = queries.history(by=alice, since=now - timedelta(days=1), people=[other])
    assert [(p.id, [who for who, _ in p.parts]) for p in past] == [(incident, [one])]
    ties = queries.related([other], by=alice, on=now.date())
    assert [(who, person) for who, _, person in ties] == [(child, other)]


def test_she_is_found_once_by_either_name(both, rita, now):
    from fellwatch.recognition import merging
    from fellwatch.recognition import queries as recognition

    one, other = both
    merging.merge(one, other, because="Same child.", by=rita, now=now)
    found = recognition.who(recognition.Query(name="Dani Birkett "), by=rita, now=now)
    assert [candidate.person_id for candidate in found.candidates] == [one]


def test_taken_apart_each_has_exactly_what_they_had(both, rita, now):
    from fellwatch.recognition import merging
    from fellwatch.recognition import queries as recognition
    from fellwatch.records import queries

    before = _everything(rita)
    merge = merging.merge(*both, because="Same child.", by=rita, now=now)
    assert _everything(rita) != before
    merging.unmerge(merge, go=NOBODY, stay=NOBODY, because="Two sisters.", by=rita, now=now)
    assert _everything(rita) == before
    assert queries.person(both[1], by=rita, now=now).id == both[1]
    found = recognition.who(recognition.Query(name="Dani Birkett "), by=rita, now=now)
    assert found.candidates[0].person_id == both[1]


def test_what_both_had_stands_once_and_comes_back_to_both(both, alice, rita, now):
    from fellwatch.recognition import merging
    from fellwatch.records import actions, queries

    for person in both:
        actions.add_phone(person, "+447700900777", by=alice, on=now.date(), source="test")
    before = _everything(rita)
    merge = merging.merge(*both, because="Same child.", by=rita, now=now)
    assert queries.person(both[0], by=rita, now=now).phones.count("+447700900777") == 1
    merging.unmerge(merge, go=NOBODY, stay=NOBODY, because="Two sisters.", by=rita, now=now)
    assert _everything(rita) == before


def test_a_fact_the_other_had_is_filled_in_and_taken_back(both, rita, now):
    from fellwatch.recognition import merging
    from fellwatch.records import queries
    from fellwatch.records.values import PartialDate

    merge = merging.merge(both[1], both[0], because="Same child.", by=rita, now=now)
    assert str(queries.person(both[1], by=rita, now=now).born) == str(PartialDate(1991, 3, 4))
    merging.unmerge(merge, go=NOBODY, stay=NOBODY, because="Two sisters.", by=rita, now=now)
    assert queries.person(both[1], by=rita, now=now).born == PartialDate()


def test_what_was_added_since_is_asked_for_and_goes_where_it_is_said(both, alice, rita, now):
    from fellwatch.recognition import merging
    from fellwatch.records import actions, queries
    from fellwatch.records.clusters import Undecided

    one, other = both
    merge = merging.merge(one, other, because="Same child.", by=rita, now=now)
    actions.add_phone(one, "+447700900888", by=alice, on=now.date(), source="call")
    actions.add_name(one, forenames="Danni", surname="Byrkett", kind="reported", source="call", by=alice)
    with pytest.raises(Undecided) as asked:
        merging.unmerge(merge, go=NOBODY, stay=NOBODY, because="Two sisters.", by=rita, now=now)
    assert {item.words for item in asked.value.later} == {
        "The telephone number +447700900888",
        "The name Danni Byrkett",
    }
    phone, name = sorted(asked.value.later, key=lambda item: item.words, reverse=True)
    merging.unmerge(
        merge, go=frozenset({phone.key}), stay=frozenset({name.key}), because="Two sisters.", by=rita, now=now
    )
    assert "+447700900888" in queries.person(other, by=rita, now=now).phones
    assert "+447700900888" not in queries.person(one, by=rita, now=now).phones
    assert any("Byrkett" in words for _, words in queries.person(one, by=rita, now=now).other_names)


def test_what_is_written_under_the_earlier_id_is_written_to_who_she_is(both, alice, rita, now):
    """A call taken while the merge happened: nothing hangs where nobody looks."""

    from fellwatch.foundation import access
    from fellwatch.recognition import merging
    from fellwatch.records import actions, queries
    from fellwatch.records.models import Incident

    one, other = both
    merging.merge(one, other, because="Same child.", by=rita, now=now)
    incident = actions.add_incident(
        by=alice, now=now, id=uuid.uuid4(), reference="A1", channel="999", received_at=now, occurred_at=None,
        caller_number="", place_id=None, summary="", opening_code="x", qualifiers=[],
        parts=[actions.Part(other, "victim")],
    ).id  # fmt: skip
    with access.acting(alice):
        assert Incident.objects.filter(id=incident, people__person_id=one).exists()
    actions.add_phone(other, "+447700900999", by=alice, on=now.date(), source="call")
    assert "+447700900999" in queries.person(one, by=alice, now=now).phones


def test_merged_twice_it_stands_once_and_the_first_stands(both, rita, actor, now):
    from fellwatch.recognition import merging
    from fellwatch.records.clusters import Entangled

    sara = actor("Sara Nab", "records_reviewer", "information management")
    first = merging.merge(*both, because="Same child.", by=rita, now=now)
    assert merging.merge(*both, because="Same number.", by=sara, now=now) == first
    with pytest.raises(Entangled, match="one person already"):
        merging.merge(both[1], both[0], because="Same number.", by=sara, now=now)


def test_taken_apart_once_the_second_is_told_who_did(both, rita, actor, now):
    from fellwatch.recognition import merging
    from fellwatch.records.clusters import Entangled

    sara = actor("Sara Nab", "records_reviewer", "information management")
    merge = merging.merge(*both, because="Same child.", by=rita, now=now)
    merging.unmerge(merge, go=NOBODY, stay=NOBODY, because="Two sisters.", by=rita, now=now)
    with pytest.raises(Entangled, match="Rita Holme has taken these two apart"):
        merging.unmerge(merge, go=NOBODY, stay=NOBODY, because="Two sisters.", by=sara, now=now)


def test_a_chain_is_taken_apart_from_its_end(both, alice, rita, now):
    from fellwatch.recognition import merging
    from fellwatch.records import actions, clusters, queries
    from fellwatch.records.clusters import Entangled

    third = actions.add_person(actions.NewPerson("Danielle", "Oddie"), by=alice, now=now)
    first = merging.merge(*both, because="Same child.", by=rita, now=now)
    second = merging.merge(third, both[0], because="Married.", by=rita, now=now)
    assert clusters.current(both[1], by=rita) == third
    with pytest.raises(Entangled, match="Take that apart first"):
        merging.unmerge(first, go=NOBODY, stay=NOBODY, because="No.", by=rita, now=now)
    merging.unmerge(second, go=NOBODY, stay=NOBODY, because="No.", by=rita, now=now)
    merging.unmerge(first, go=NOBODY, stay=NOBODY, because="No.", by=rita, now=now)
    assert [queries.person(p, by=rita, now=now).id for p in (*both, third)] == [*both, third]


def test_a_restricted_person_is_not_merged_with_an_open_one(both, rita, now):
    from fellwatch.foundation import access
    from fellwatch.recognition import merging
    from fellwatch.records.clusters import Entangled
    from fellwatch.records.models import Person

    cleared = replace(rita, compartments=frozenset({"operation_tarn"}))
    with access.acting(cleared):
        Person.objects.filter(id=both[1]).update(compartment="operation_tarn")
    with pytest.raises(Entangled, match="restricted"):
        merging.merge(*both, because="Same child.", by=cleared, now=now)


def test_the_database_itself_moves_nothing_for_who_may_not(both, alice):
    from django.db import DatabaseError, transaction

    from fellwatch.foundation import access
    from fellwatch.records import clusters

    with pytest.raises(DatabaseError, match=r"records\.combine"), access.acting(alice), transaction.atomic():
        clusters.move(both[1], both[0])


def test_who_may_not_combine_is_refused(both, alice, now):
    from fellwatch.foundation.access import Refused
    from fellwatch.recognition import merging

    with pytest.raises(Refused):
        merging.merge(*both, because="Same child.", by=alice, now=now)


def test_the_log_names_both_and_keeps_the_earlier_id(both, rita, auditor, now):
    from fellwatch.foundation.audit import chain
    from fellwatch.recognition import merging

    merge = merging.merge(*both, because="Same child.", by=rita, now=now)
    merging.unmerge(merge, go=NOBODY, stay=NOBODY, because="Two sisters.", by=rita, now=now)
    said = [line for line in chain.lines(by=auditor, person=both[1]) if line.subject_kind == "merge"]
    assert [line.action for line in said] == ["alteration", "combination"]
    assert said[1].detail["earlier_id"] == str(both[1])
