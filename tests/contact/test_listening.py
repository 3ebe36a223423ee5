"""Listening in on a call: the call taker sees who, what they say stays with the incident, and each read is logged."""

from datetime import timedelta

import pytest

from tests.contact.calls import call

pytestmark = pytest.mark.database


@pytest.fixture
def live(db, alice, now):
    from fellwatch.contact import actions

    made = call(now)
    actions.keep_draft(made.id, {"summary": ["He is outside"]}, by=alice, now=now)
    return made


def test_a_detective_listens_and_the_call_taker_sees_who(live, alice, detective, now):
    from fellwatch.contact import actions, listening

    (found,) = listening.calls(by=detective, now=now)
    assert (found.id, found.by_name, found.fields["summary"]) == (live.id, "Alice Beck", ["He is outside"])
    actions.listen(live.id, by=detective, now=now)
    assert listening.heard(live.id, by=alice, now=now).listeners == ("Hugh Garth",)
    assert listening.heard(live.id, by=alice, now=now + timedelta(seconds=20)).listeners == ()


def test_each_change_that_is_read_is_logged_once(live, alice, detective, auditor, now):
    from fellwatch.contact import actions
    from fellwatch.foundation.audit import chain

    for _ in range(3):
        actions.listen(live.id, by=detective, now=now)
    actions.keep_draft(live.id, {"summary": ["He is inside"]}, by=alice, now=now + timedelta(seconds=5))
    for _ in range(2):
        actions.listen(live.id, by=detective, now=now + timedelta(seconds=6))
    lines = [line for line in chain.lines(by=auditor, action="consultation") if line.sentence == "contact.listened"]
    assert [line.subject_id for line in lines] == [str(live.id)] * 2


def test_what_is_said_during_the_call_becomes_advice_on_the_incident(live, alice, detective, now):
    from fellwatch.contact import actions, listening, queries
    from fellwatch.contact.values import Invalid

    actions.listen(live.id, by=detective, now=now)
    with pytest.raises(Invalid):
        actions.advise_live(live.id, " ", by=detective, now=now)
    actions.advise_live(live.id, "Ask where the child is.", by=detective, now=now)
    assert [one.text for one in listening.heard(live.id, by=alice, now=now).said] == ["Ask where the child is."]
    actions.log_incident(live, by=alice, now=now)
    handled = queries.handled(live.id, by=alice)
    assert [(one.text, one.given_by_name) for one in handled.advice] == [("Ask where the child is.", "Hugh Garth")]
    assert any(line.text == "Listened in on the call: Hugh Garth." for line in handled.log)
    with pytest.raises(Invalid):
        actions.advise_live(live.id, "And the dog.", by=detective, now=now)


def test_nobody_else_listens_and_no_listener_writes_the_call(live, alice, actor, detective, bob, now):
    from fellwatch.contact import actions, listening, queries
    from fellwatch.contact.values import Invalid
    from fellwatch.foundation import access

    other = actor("Gita Howe", "call_taker")
    with pytest.raises(access.Refused):
        actions.listen(live.id, by=other, now=now)
    assert listening.heard(live.id, by=other, now=now).said == ()
    assert queries.draft(live.id, by=bob) is None
    with pytest.raises(Invalid):
        actions.keep_draft(live.id, {"summary": ["Not mine"]}, by=bob, now=now)
    assert queries.draft(live.id, by=alice) == {"summary": ["He is outside"]}
