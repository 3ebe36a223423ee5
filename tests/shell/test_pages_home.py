"""The way in: demonstration sign-ins, colours, health."""

import pytest

from tests.shell.browsers import browser, stranger

pytestmark = pytest.mark.database


def test_a_demonstration_offers_everybody_with_what_they_do(db):
    from fellwatch.demonstration.signins import ACCOUNTS

    page = stranger().get("/").content.decode()
    for account in ACCOUNTS:
        assert f"/demonstration/{account.username}/" in page
        assert account.full_name in page
    assert "takes 999 and 101 calls" in page


def test_one_click_signs_in_and_comes_to_the_roles_first_page(db):
    from fellwatch.demonstration import accounts

    accounts.create()
    client = stranger()
    answer = client.post("/demonstration/erin/", follow=True)
    assert answer.status_code == 200
    assert answer.redirect_chain[-1][0] == "/log/"
    assert b"Erin Howe" in answer.content


def test_outside_demonstration_mode_there_is_no_such_way_in(db, settings_without_demonstration):
    from fellwatch.demonstration import accounts

    accounts.create()
    assert stranger().post("/demonstration/alice/").status_code == 404
    assert b"/demonstration/" not in stranger().get("/").content


@pytest.fixture
def settings_without_demonstration(database):
    from django.test import override_settings

    with override_settings(DEMONSTRATION=False):
        yield


@pytest.mark.parametrize(("method", "username", "status"), [("get", "alice", 405), ("post", "mallory", 404)])
def test_only_a_click_on_a_known_name_signs_in(db, method, username, status):
    assert getattr(stranger(), method)(f"/demonstration/{username}/").status_code == status


def test_a_demonstration_that_was_not_loaded_says_so(db):
    answer = stranger().post("/demonstration/alice/")
    assert answer.status_code == 404
    assert b"has not been loaded" in answer.content


@pytest.mark.parametrize(
    ("chosen", "kept"), [("dark", "dark"), ("light", "light"), ("auto", "auto"), ("plaid", "auto")]
)
def test_colours_are_kept(db, chosen, kept):
    answer = stranger().post("/theme/", {"theme": chosen, "next": "/search/?q=tarn"})
    assert answer.cookies["theme"].value == kept
    assert answer.headers["Location"] == "/search/?q=tarn"


@pytest.mark.parametrize(
    "away", ["https://elsewhere.example/", "//elsewhere.example/", "/\\elsewhere.example", "javascript:alert(1)", ""]
)
def test_choosing_colours_sends_nobody_to_another_site(db, away):
    assert stranger().post("/theme/", {"theme": "dark", "next": away}).headers["Location"] == "/"


def test_health_is_numbers_and_names_nobody(db):
    browser("call_taker").get("/contact/board/")
    answer = stranger().get("/health")
    assert answer.status_code == 200
    found = answer.json()
    assert set(found) == {"database", "oldest_unsealed_seconds", "failed_jobs", "last_seal"}
    assert found["oldest_unsealed_seconds"] >= 0
    assert found["failed_jobs"] == 0


def test_health_says_when_the_database_is_down(db, monkeypatch):
    from django.db import OperationalError

    from fellwatch.foundation import health

    def down(**_):
        raise OperationalError

    monkeypatch.setattr(health, "look", down)
    answer = stranger().get("/health")
    assert (answer.status_code, answer.json()) == (503, {"database": False})


def test_after_signing_in_one_comes_back_to_the_page_asked_for(db):
    answer = stranger().get("/search/?q=tarn")
    assert answer.headers["Location"] == "/accounts/login/?next=/search/%3Fq%3Dtarn"
