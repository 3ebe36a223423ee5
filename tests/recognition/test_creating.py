"""Somebody new is never made without a search, and who they likely are already is compared by a reviewer."""

import pytest

pytestmark = pytest.mark.database


@pytest.fixture
def danielle(db, alice, now):
    """Danielle Hewett is known with her number and date of birth."""
    from fellwatch.foundation import access
    from fellwatch.recognition import index
    from fellwatch.records import actions
    from fellwatch.records.values import PartialDate

    new = actions.NewPerson("Danielle", "Hewett", PartialDate(1991, 3, 4), "female", "+447700900142", "current")
    with access.acting(alice):
        made = actions.add_person(new, by=alice, now=now)
        index.refresh([made])
    return made


def _again(alice, now):
    from fellwatch.foundation import access
    from fellwatch.recognition import creating, index
    from fellwatch.records import actions
    from fellwatch.records.values import PartialDate

    new = actions.NewPerson("Danyel", "Hewitt", PartialDate(1991, 3, 4), phone="+447700900142")
    with access.acting(alice):
        made = creating.add(new, by=alice, now=now)
        assert creating.add(new, by=alice, now=now) == made
        index.refresh([made])
    return made


def test_adding_searches_and_notes_who_they_very_likely_are(danielle, alice, actor, auditor, now):
    from fellwatch.foundation.audit import chain
    from fellwatch.records import clusters

    made = _again(alice, now)
    rita = actor("Rita Holme", "records_reviewer")
    (found,) = clusters.likely(by=rita)
    assert (found.person_id, found.other_id) == (made, danielle)
    said = [line.sentence for line in chain.lines(by=auditor, person=danielle)]
    assert said.count("recognition.duplicates_looked_for") == 1


def test_made_one_or_said_to_be_two_they_are_settled(danielle, alice, actor, now):
    from fellwatch.records import clusters

    _again(alice, now)
    rita = actor("Rita Holme", "records_reviewer")
    (found,) = clusters.likely(by=rita)
    assert clusters.settle_likeness(found.id, by=rita, now=now)
    assert not clusters.settle_likeness(found.id, by=rita, now=now)
    assert clusters.likely(by=rita) == ()


def test_somebody_like_nobody_is_noted_with_nobody(danielle, alice, actor, now):
    from fellwatch.recognition import creating
    from fellwatch.records import actions, clusters

    creating.add(actions.NewPerson("Zebedee", "Quill"), by=alice, now=now)
    assert clusters.likely(by=actor("Rita Holme", "records_reviewer")) == ()


def test_who_may_not_search_adds_nobody(db, manager, now):
    from fellwatch.foundation.access import Refused
    from fellwatch.recognition import creating
    from fellwatch.records import actions

    with pytest.raises(Refused):
        creating.add(actions.NewPerson("Zebedee", "Quill"), by=manager, now=now)
