"""Whatever is said of somebody under an id that was merged away meanwhile is stored once, with who they are now."""

import uuid

import pytest

from tests.contact.calls import call

pytestmark = pytest.mark.database


@pytest.fixture
def both(db, alice, rita, now):
    """Danielle Hewett, and a Dani Birkett whom a reviewer has just found to be her."""
    from fellwatch.recognition import merging
    from fellwatch.records import actions

    names = (("Danielle", "Hewett"), ("Dani", "Birkett"))
    one, other = (actions.add_person(actions.NewPerson(*name), by=alice, now=now) for name in names)
    merging.merge(one, other, because="Same number and child.", by=rita, now=now)
    return one, other


@pytest.fixture
def child(db, alice, now):
    """A child of hers."""
    from fellwatch.records import actions

    return actions.add_person(actions.NewPerson("Isla", "Hewett"), by=alice, now=now)


@pytest.fixture
def home(db, alice):
    """Where she lives."""
    from fellwatch.records import actions

    return actions.place_for(actions.NewPlace(house="14", street="Tarn Row", postcode="FZ1 1AA"), by=alice)


def _of(model, by, **which):
    """Return whose each row is, of those of a table that say so."""
    from fellwatch.foundation import access

    with access.acting(by):
        return list(model.objects.filter(**which).values_list("person_id", flat=True))


@pytest.mark.parametrize("first", [0, 1], ids=["she has it already", "she has not"])
def test_names_numbers_ties_and_things_are_hers_once(both, child, home, alice, now, first):
    from fellwatch.records import actions, models

    one, _ = both
    for who in both[first:]:
        actions.add_name(who, forenames="Danni", surname="Byrkett", kind="reported", source="test", by=alice)
        actions.add_phone(who, "+447700900142", by=alice, on=now.date(), source="test")
        new = actions.add_identifier(who, kind="nhs", value="9990001112", source="test", by=alice)
        assert new == (who == both[first])
        actions.relate(who, child, kind="parent", source="test", by=alice)
        actions.relate(child, who, kind="child", source="test", by=alice)
        actions.add_thing(kind="vehicle", mark="FZ01 ABC", description="", keeper=who, source="test", by=alice)
        actions.live_at(who, home, by=alice, kind="home", source="test", from_date=now.date())
    assert _of(models.PersonName, alice, surname="Byrkett") == [one]
    assert _of(models.PersonPhone, alice, number="+447700900142") == [one]
    assert _of(models.PersonIdentifier, alice, value="9990001112") == [one]
    assert _of(models.Relationship, alice, other_id=child) == [one]
    assert _of(models.Relationship, alice, other_id=one) == [child]
    assert _of(models.ThingLink, alice) == [one]
    assert _of(models.Residence, alice) == [one]


def test_a_residence_of_hers_from_an_earlier_day_stands_alone_and_is_ended(both, home, alice, now):
    from datetime import timedelta

    from fellwatch.records import actions, models

    one, other = both
    moved_in = now.date() - timedelta(days=400)
    actions.live_at(one, home, by=alice, kind="home", source="test", from_date=moved_in)
    actions.live_at(other, home, by=alice, kind="home", source="test", from_date=now.date())
    assert _of(models.Residence, alice, from_date=moved_in) == _of(models.Residence, alice) == [one]
    actions.leave(other, home, by=alice, on=now.date())
    assert _of(models.Residence, alice, to_date=now.date()) == [one]


def test_who_left_on_the_day_she_came_and_is_back_lives_there(both, home, alice, now):
    from fellwatch.records import actions, models

    one, other = both
    for step in (actions.live_at, actions.leave, actions.live_at):
        when = {"on": now.date()} if step is actions.leave else {"kind": "home", "source": "t", "from_date": now.date()}
        step(other, home, by=alice, **when)
    assert _of(models.Residence, alice, to_date__isnull=True) == _of(models.Residence, alice) == [one]


def test_a_warning_and_what_was_seen_of_her_in_an_incident_are_hers(both, alice, now):
    from fellwatch.foundation import access
    from fellwatch.records import actions, models

    one, other = both
    actions.warn(by=alice, now=now, kind="knife", detail="", expires_at=None, source="test", person_id=other)
    assert _of(models.Marker, alice) == [one]
    incident = actions.add_incident(
        by=alice, now=now, id=uuid.uuid4(), reference="A2", channel="999", received_at=now, occurred_at=None,
        caller_number="", place_id=None, summary="", opening_code="x", qualifiers=[],
        parts=[actions.Part(one, "victim")],
    ).id  # fmt: skip
    actions.add_parts(incident, [actions.Part(other, "victim")], by=alice)
    actions.see_vulnerable(incident, other, ["pregnant"], by=alice)
    with access.acting(alice):
        parts = models.IncidentPerson.objects.filter(incident_id=incident).values_list("person_id", "vulnerabilities")
        assert list(parts) == [(one, ["pregnant"])]


def test_nobody_is_tied_to_themselves(both, alice):
    from fellwatch.records import actions, models

    actions.relate(*both, kind="sibling", source="test", by=alice)
    assert _of(models.Relationship, alice) == []


def test_an_id_leads_on_through_one_merge_after_another(both, child, home, alice, rita, now):
    from fellwatch.recognition import merging
    from fellwatch.records import actions, models

    one, other = both
    last = actions.add_person(actions.NewPerson("D", "Hewett"), by=alice, now=now)
    merging.merge(last, one, because="Same number and child.", by=rita, now=now)
    actions.relate(other, child, kind="parent", source="test", by=alice)
    actions.live_at(other, home, by=alice, kind="home", source="test")
    assert _of(models.Relationship, alice) == _of(models.Residence, alice) == [last]


@pytest.mark.parametrize("known", [True, False], ids=["she has it already", "she has not"])
def test_a_call_that_names_her_by_the_earlier_id_is_stored_once_with_her(both, home, alice, auditor, now, known):
    from fellwatch.contact import actions as contact
    from fellwatch.contact.values import DraftPerson
    from fellwatch.foundation.audit import chain
    from fellwatch.records import actions, models

    one, other = both
    if known:
        actions.live_at(one, home, by=alice, kind="home", source="test", from_date=now.date())
        actions.add_phone(one, "+447700900142", by=alice, on=now.date(), source="test")
        actions.add_name(one, forenames="Danni", surname="Byrkett", kind="reported", source="test", by=alice)
    dani = DraftPerson("caller", person_id=other, said="Danni Byrkett", lives_here=True)
    victim = DraftPerson("victim", person_id=other, vulnerabilities=("pregnant",))
    again = DraftPerson("victim", person_id=one)
    made = call(now, place=None, place_id=home, people=(dani, victim, again))
    logged = contact.log_incident(made, by=alice, now=now)
    assert contact.log_incident(made, by=alice, now=now).again
    assert _of(models.IncidentPerson, alice, incident_id=logged.incident_id) == [one, one]
    assert _of(models.Residence, alice) == [one]
    assert _of(models.PersonPhone, alice) == [one]
    assert _of(models.PersonName, alice, surname="Byrkett") == [one]
    lines = chain.lines(by=auditor, person=one, subject=("incident", str(logged.incident_id)))
    assert "contact.incident_logged" in {line.sentence for line in lines}


def test_a_call_under_the_earlier_id_is_weighed_by_what_is_known_of_her(both, alice, now):
    from datetime import timedelta

    from fellwatch.contact import actions as contact
    from fellwatch.contact.models import Handling
    from fellwatch.contact.values import DraftPerson
    from fellwatch.foundation import access

    found = []
    for days, who in ((3, both[0]), (2, both[0]), (1, both[0]), (0, both[1])):
        at = now - timedelta(days=days)
        people = (DraftPerson("victim", person_id=who),)
        made = call(at, place=None, caller_number="", people=people)
        found.append(contact.log_incident(made, by=alice, now=at).incident_id)
    with access.acting(alice):
        assert Handling.objects.get(incident_id=found[-1]).repeats
