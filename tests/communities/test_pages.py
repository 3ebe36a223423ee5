"""The room's pages: who may open them, what they ask, and that what was typed is kept."""

import uuid

import pytest

from tests.communities import partner
from tests.shell.browsers import browser, stranger

pytestmark = pytest.mark.database
ANY = uuid.UUID(int=0)
PAGES = ("", "review/", "likely/", f"pairs/{ANY}/", f"records/{ANY}/", f"people/{ANY}/merge/", f"merges/{ANY}/")


@pytest.fixture
def linked(db, tmp_path, alice, manager, now):
    """Danielle and Isla, and social care's records linked to them."""
    ids = partner.people(alice, now)
    partner.take_in(partner.write(tmp_path / "care.csv"), manager, now)
    partner.link(manager, now)
    return ids


def _text(answer):
    return " ".join(answer.content.decode().split())


@pytest.mark.parametrize("page", PAGES)
def test_who_does_not_work_on_records_is_refused_and_a_stranger_signs_in(db, page):
    assert browser("call_taker").get(f"/communities/{page}").status_code == 403
    assert stranger().get(f"/communities/{page}").status_code == 302


def test_a_data_manager_links_and_cannot_decide(linked):
    manager = browser("data_manager")
    page = _text(manager.get("/communities/"))
    assert "50 % of 4 records are joined to somebody" in page
    assert "Children&#39;s social care" in page
    assert manager.get("/communities/review/").status_code == 403
    assert manager.post("/communities/link/social_care/").status_code == 302
    assert manager.post("/communities/link/nobody/").status_code == 404


def test_a_reviewer_sees_the_twin_beside_isla_with_what_speaks_for_and_against(linked):
    page = _text(browser("records_reviewer").get("/communities/review/"))
    assert "perhaps a twin" in page
    assert "Ava Hewett" in page
    assert "Isla Hewett" in page
    assert "one household" in page


def test_nothing_said_is_told_beside_the_buttons(linked, now):
    from fellwatch.communities.models import Pair
    from fellwatch.foundation import access

    reviewer = browser("records_reviewer")
    with access.acting(_actor(reviewer)):
        pair = Pair.objects.get()
    answer = reviewer.post(f"/communities/pairs/{pair.id}/", {"verdict": "maybe"})
    assert answer.status_code == 400
    assert "Say whether they are the same." in _text(answer)
    answer = reviewer.post(f"/communities/pairs/{pair.id}/", {"verdict": "different"}, follow=True)
    assert "Kept apart from Isla Hewett." in _text(answer)
    assert "Every pair is decided" in _text(answer)
    late = browser("records_reviewer").post(f"/communities/pairs/{pair.id}/", {"verdict": "same"}, follow=True)
    assert "decided first: two people. Nothing was done." in _text(late)


def _actor(client):
    from fellwatch.foundation.accounts import roles
    from fellwatch.foundation.accounts.models import User

    return roles.actor(User.objects.get(id=client.session["_auth_user_id"]))


def test_a_persons_page_shows_what_they_are_made_of_and_the_way_to_undo_it(linked):
    danielle, _ = linked
    page = _text(browser("records_reviewer").get(f"/people/{danielle}/"))
    assert "Children&#39;s social care SC-1" in page
    assert "Not this person" in page
    taker = _text(browser("call_taker").get(f"/people/{danielle}/"))
    assert "SC-1" not in taker


def test_a_record_is_taken_off_only_with_a_reason(linked, alice, now):
    from fellwatch.foundation import access
    from fellwatch.records import actions
    from fellwatch.records.models import SourceRecord

    danielle, _ = linked
    actions.add_phone(danielle, "+447700900999", by=alice, on=now.date(), source="call")
    reviewer = browser("records_reviewer")
    with access.acting(_actor(reviewer)):
        record = SourceRecord.objects.get(reference="SC-2")
    place = f"/communities/records/{record.id}/"
    answer = reviewer.post(place, {"because": "", "to": "nowhere"})
    assert answer.status_code == 400
    page = _text(answer)
    assert "Say why, in a sentence" in page
    assert "The telephone number +447700900999: say whose it is." in page
    assert 'value="nowhere"' in page
    with access.acting(_actor(reviewer)):
        phone = danielle_phone(danielle)
    kept = {"because": "Her cousin.", f"later-records_personphone.person_id:{phone}": "stay"}
    wrong = reviewer.post(place, {**kept, "to": "nowhere"})
    assert "Paste the address of their page" in _text(wrong)
    answer = reviewer.post(place, kept, follow=True)
    assert "Taken off. This is whose record it is now." in _text(answer)
    assert "Danyel Hewitt" in _text(answer)


def danielle_phone(danielle):
    """Return the id of the number that was added since."""
    from fellwatch.records.models import PersonPhone

    return PersonPhone.objects.get(person_id=danielle, number="+447700900999").id


def test_two_people_are_made_one_and_the_earlier_address_leads_on(linked):
    danielle, isla = linked
    reviewer = browser("records_reviewer")
    place = f"/communities/people/{danielle}/merge/"
    assert "Paste the address" in _text(reviewer.get(place, {"other": "her"}))
    assert "Becomes part of it" in _text(reviewer.get(place, {"other": f"/people/{isla}/"}))
    assert reviewer.post(place, {"other": str(isla), "sure": "yes", "because": ""}).status_code == 400
    done = reviewer.post(place, {"other": str(isla), "sure": "yes", "because": "One child, two names."}, follow=True)
    assert "Isla Hewett is part of this record now" in _text(done)
    assert reviewer.get(f"/people/{isla}/").headers["Location"] == f"/people/{danielle}/"
    link = _text(done).partition("/communities/merges/")[2].partition("/")[0]
    undone = reviewer.post(f"/communities/merges/{link}/", {"because": "Mother and child."}, follow=True)
    assert "Each has what was theirs" in _text(undone)
    assert reviewer.get(f"/people/{isla}/").status_code == 200
