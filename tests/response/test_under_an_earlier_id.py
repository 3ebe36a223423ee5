"""What is sent of somebody who was found to be another meanwhile is kept with who they are now."""

import pytest

pytestmark = pytest.mark.database


@pytest.fixture
def merged(db, alice, actor, now):
    """The house of the story, whose victim and suspect a reviewer finds to be two others when told to."""
    from fellwatch.recognition import merging
    from fellwatch.records import actions
    from tests.assessments.story import house

    at = house(alice, now)
    names = (("Dani", "Birkett"), ("Mark", "Oddy"))
    others = [actions.add_person(actions.NewPerson(*name), by=alice, now=now) for name in names]
    rita = actor("Rita Holme", "records_reviewer", "information management")

    def merge():
        for survivor, earlier in zip(others, (at.victim, at.suspect), strict=True):
            merging.merge(survivor, earlier, because="Same number.", by=rita, now=now)

    return at, others, merge


def _whose(model, by):
    from fellwatch.foundation import access

    with access.acting(by):
        return set(
            model.objects.filter(person__isnull=False).values_list("person_id", flat=True)
        ), model.objects.count()


@pytest.mark.parametrize("before", [True, False], ids=["begun before", "begun after"])
def test_a_form_goes_on_as_one(merged, rosa, now, before):
    from fellwatch.assessments import actions
    from fellwatch.assessments.models import Form
    from fellwatch.assessments.values import Filled
    from tests.assessments.story import WHOLE

    at, (victim, _), merge = merged
    first = Filled(at.incident_id, "dash", {"q1": "no"}, person_id=at.victim)
    if before:
        actions.save(first, by=rosa, now=now)
    merge()
    whole = Filled(at.incident_id, "dash", WHOLE, person_id=at.victim, seen=int(before))
    form = actions.save(whole, by=rosa, now=now)
    assert actions.save(whole, by=rosa, now=now) == form, "sent twice"
    if before:
        assert actions.save(first, by=rosa, now=now) == form, "sent again after the merge"
    assert _whose(Form, rosa) == ({victim}, 1)


@pytest.mark.parametrize("before", [True, False], ids=["begun before", "begun after"])
def test_an_arrest_and_what_a_victim_says_are_kept_once(merged, rosa, now, before):
    from fellwatch.foundation import ids
    from fellwatch.response import actions
    from fellwatch.response.models import Stance, Suspect, Update

    at, (victim, suspect), merge = merged
    told, said = ids.new(), ids.new()

    def send():
        actions.arrest(at.incident_id, at.suspect, arrested_at=now, offence="Threats to kill", by=rosa, now=now)
        actions.take_stance(
            at.incident_id, at.victim, "yes", words="", statement_taken=False, by=rosa, now=now, id=said
        )
        actions.tell(
            at.incident_id, at.victim, means="met", to="at work", words="He is held.", by=rosa, now=now, id=told
        )

    if before:
        send()
    merge()
    send()
    send()
    assert _whose(Suspect, rosa) == ({suspect}, 1)
    assert _whose(Stance, rosa) == ({victim}, 1)
    assert _whose(Update, rosa) == ({victim}, 1)


def test_whoever_is_found_in_the_house_is_linked_once(merged, rosa, now):
    from fellwatch.records.models import IncidentPerson, Relationship
    from fellwatch.response import actions
    from fellwatch.response.values import Member

    at, (victim, suspect), merge = merged
    actions.add_to_household(
        at.incident_id,
        Member("victim", person_id=at.victim, relationship="parent", related_to=at.child),
        by=rosa,
        now=now,
    )
    merge()
    linked = actions.add_to_household(
        at.incident_id,
        Member("victim", person_id=at.victim, relationship="parent", related_to=at.child),
        by=rosa,
        now=now,
    )
    assert linked == victim
    assert _whose(Relationship, rosa) == ({victim}, 1)
    assert _whose(IncidentPerson, rosa) == ({victim, suspect, at.child}, 3)


def test_what_a_handheld_sends_goes_on_in_the_same_form(merged, rosa, now):
    from fellwatch.assessments.models import Form
    from tests.handheld.sent import Door, body, receive

    at, (victim, _), merge = merged
    door = Door(at.incident_id, at.victim, at.suspect)
    first = body(door, {"q2": "no"})
    receive(first, by=rosa, now=now)
    merge()
    assert receive(first, by=rosa, now=now).again
    receive(body(door, {"q7": "yes"}, seen=1), by=rosa, now=now)
    assert _whose(Form, rosa) == ({victim}, 1)


def test_prompts_a_marker_and_a_detention_are_hers(merged, alice, rosa, now):
    from fellwatch.contact import actions
    from fellwatch.contact.actions.detaining import Held
    from fellwatch.contact.models import Detention
    from fellwatch.records.models import Marker

    at, (victim, _), merge = merged
    merge()
    actions.answer_prompts(at.incident_id, at.victim, {}, by=alice, now=now, vulnerabilities=["pregnant"])
    for _ in range(2):
        actions.put_marker(at.incident_id, at.victim, "weapons", by=alice, now=now)
    assert _whose(Marker, alice) == ({victim}, 1)
    held = Held(at.incident_id, at.victim, "136", now, "On the railing.", in_a_home="no", not_consulted="Seconds.")
    assert actions.detain(held, by=rosa, now=now) == actions.detain(held, by=rosa, now=now)
    assert _whose(Detention, alice) == ({victim}, 1)


def test_who_must_never_receive_anything_is_named_once(merged, alice, now):
    from fellwatch.foundation import ids
    from fellwatch.sharing import actions
    from fellwatch.sharing.models import Exclusion

    at, (_, suspect), merge = merged
    about = ids.new()
    actions.exclude(about, at.suspect, "He has threatened her at work before.", by=alice, now=now)
    merge()
    actions.exclude(about, at.suspect, "He has threatened her at work before.", by=alice, now=now)
    assert _whose(Exclusion, alice) == ({suspect}, 1)
