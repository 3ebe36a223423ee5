"""Whatever is said or asked of somebody under an id that was merged away meanwhile is of who they are now."""

from dataclasses import replace

import pytest

from fellwatch.foundation import ids

pytestmark = pytest.mark.database
SISTER, WHY = "07700 900451", "They find her a bed tonight."


@pytest.fixture
def merged(new, alice, actor, now):
    """Return who the caller of the story is found to be, when told to find it."""
    from fellwatch.recognition import merging
    from fellwatch.records import actions

    other = actions.add_person(actions.NewPerson("Dani", "Birkett"), by=alice, now=now)
    rita = actor("Rita Holme", "records_reviewer", "information management")

    def find():
        merging.merge(other, new.person_id, because="Same number.", by=rita, now=now)
        return other

    return find


def _say(person, allowed, by, now):
    from fellwatch.sharing.reach import actions
    from fellwatch.sharing.reach.values import NewRule

    return actions.say(NewRule(person, "call", allowed, SISTER, "self"), by=by, now=now)


def test_what_she_said_before_holds_and_is_neither_contradicted_nor_asked_in_vain(new, merged, alice, now):
    from fellwatch.sharing import safe
    from fellwatch.sharing.reach import queries

    _say(new.person_id, "no", alice, now)
    now_her = merged()
    for person in (new.person_id, now_her):
        assert queries.asked(person, "call", SISTER, by=alice, now=now) == safe.NOT_SAFE
        assert [one.over for one in queries.of(person, by=alice)] == [False]
    for person in (new.person_id, now_her):
        _say(person, "no", alice, now)
    assert [one.over for one in queries.of(now_her, by=alice)] == [False, True, True]


def test_an_agency_may_read_it_once_and_no_more_when_that_is_ended(new, merged, alice, now):
    from fellwatch.sharing.reach import telling

    telling.share(new.person_id, "larch-refuge", WHY, by=alice, now=now)
    now_her = merged()
    for person in (new.person_id, now_her):
        telling.share(person, "larch-refuge", WHY, by=alice, now=now)
    (share,) = telling.told(now_her, by=alice)
    telling.unshare(new.person_id, share.id, by=alice, now=now)
    assert telling.told(now_her, by=alice) == ()


def test_who_is_referred_already_is_not_referred_again(new, merged, detective, now):
    from fellwatch.sharing import actions
    from fellwatch.sharing.checks import Invalid

    actions.refer(new, by=detective, now=now)
    merged()
    with pytest.raises(Invalid) as told:
        actions.refer(replace(new, id=ids.new()), by=detective, now=now)
    assert "They have this already" in told.value.problems["agency"]


def test_a_page_that_was_open_before_is_sent_and_nothing_typed_is_lost(new, merged, alice, now):
    from fellwatch.sharing.reach import queries
    from tests.shell.browsers import browser

    client = browser("call_taker")
    now_her = merged()
    typed = {"channel": "call", "allowed": "yes", "address": SISTER, "said_by": "self", "id": str(ids.new())}
    answer = client.post(f"/people/{new.person_id}/reach/say/", typed)
    assert answer.headers.get("Location") == f"/people/{now_her}/reach/"
    assert [one.address for one in queries.of(now_her, by=alice)] == [SISTER]
    asked = client.post(f"/people/{new.person_id}/reach/", {"way": "text", "to": SISTER})
    assert asked.status_code == 200
    assert SISTER in asked.content.decode()
