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


def test_whoever_asks_under_either_id_is_told_how_she_must_not_be_reached_and_the_log_names_her(
    new, merged, alice, auditor, now
):
    from fellwatch.foundation.audit import chain
    from fellwatch.sharing.reach import queries
    from fellwatch.surveys import safely

    now_her = merged()
    for person in (new.person_id, now_her):
        safely.forbid(person, SISTER, by=alice, now=now)
        assert [one.person_id for one in queries.forbidding([person], by=alice, now=now)] == [now_her]
        assert [(id, len(said)) for id, said in queries.holding([person], by=alice).items()] == [(person, 1)]
    queries.of(new.person_id, by=alice)
    read = [line.sentence for line in chain.lines(by=auditor, person=now_her)].count("sharing.reach_read")
    assert read == 5


def test_an_account_said_to_be_hers_under_an_earlier_id_writes_nothing_in_her_record(
    new, merged, alice, account, actor, now
):
    from fellwatch.foundation.access import Refused
    from fellwatch.sharing import actions

    now_her, steward = merged(), actor("Maya Grange", "mash_coordinator", "safeguarding hub")
    _say(now_her, "yes", alice, now)
    actions.identify(account(alice).id, new.person_id, "She said so herself.", by=steward, now=now)
    with pytest.raises(Refused):
        _say(now_her, "no", alice, now)


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


def test_a_referral_begun_before_is_looked_at_and_sent_of_who_she_is(new, merged, now):
    from tests.shell.browsers import browser

    client, now_her = browser("call_taker"), merged()
    typed = {
        "agency": new.agency, "person": str(new.person_id), "basis": new.basis, "necessity": new.necessity,
        "proportionality": new.proportionality, "tell": list(new.contents), "id": str(new.id),
        **{f"tell-{name}": words for name, words in new.contents.items()},
    }  # fmt: skip
    here = f"/contact/incidents/{new.incident_id}/refer/"
    looked = client.post(here, {**typed, "do": "preview"})
    assert (looked.status_code, looked.content.decode().count(str(now_her))) == (200, 1)
    assert client.post(here, typed).status_code == 302


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
