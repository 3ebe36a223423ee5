"""Every page of signing in is drawn in the product's own frame, by the product's own engine."""

import re
from typing import Any

import pytest

pytestmark = pytest.mark.database

OPEN = ("account_login", "account_reset_password", "account_reset_password_done", "account_inactive")
SIGNED_IN = (
    "account_logout",
    "account_change_password",
    "mfa_index",
    "mfa_activate_totp",
    "mfa_list_webauthn",
    "mfa_add_webauthn",
    "account_reauthenticate",
)


@pytest.fixture
def client(db: None) -> Any:
    from django.test import Client

    return Client(SERVER_NAME="localhost")


@pytest.fixture
def signed_in(client: Any) -> Any:
    from fellwatch.foundation.accounts.models import User

    user = User.objects.create_user("alice", password="a long enough pass phrase", full_name="Alice Beck")
    user.role = "call_taker"
    user.save()
    said = client.post("/accounts/login/", {"login": "alice", "password": "a long enough pass phrase"})
    assert said.status_code == 302
    return client


def at(name: str) -> str:
    from django.urls import reverse

    return reverse(name)


def look(client: Any, name: str) -> Any:
    """Open a page of one's own account, confirming who one is where it asks."""
    said = client.get(at(name))
    if said.status_code == 302 and "reauthenticate" in said["Location"]:
        client.post(said["Location"], {"password": "a long enough pass phrase"})
        said = client.get(at(name))
    return said


def in_our_frame(html: str) -> bool:
    return 'class="fw-header"' in html and "fellwatch" in html and not re.search(r"<script(?![^>]*(src=|json))", html)


@pytest.mark.parametrize("name", OPEN)
def test_a_page_anybody_may_open_is_in_our_frame(client: Any, name: str) -> None:
    said = client.get(at(name))
    assert said.status_code == 200
    assert in_our_frame(said.content.decode())


@pytest.mark.parametrize("name", SIGNED_IN)
def test_a_page_of_ones_own_account_is_in_our_frame(signed_in: Any, name: str) -> None:
    said = look(signed_in, name)
    assert said.status_code == 200
    assert in_our_frame(said.content.decode())


def test_a_wrong_password_is_said_without_naming_which_part_was_wrong_and_keeps_the_name(client: Any) -> None:
    said = client.post("/accounts/login/", {"login": "nobody", "password": "not it"}).content.decode()
    assert "There is a problem" in said
    assert 'value="nobody"' in said
    assert "not it" not in said


def test_an_authenticator_app_is_set_up_used_to_sign_in_and_leaves_recovery_codes(signed_in: Any) -> None:
    from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time

    page = look(signed_in, "mfa_activate_totp").content.decode()
    secret = re.search(r"<code>([A-Z2-7]+)</code>", page)
    assert secret is not None
    code = format_hotp_value(hotp_value(secret[1], next(iter(yield_hotp_counters_from_time()))))
    said = signed_in.post(at("mfa_activate_totp"), {"code": code}, follow=True)
    assert in_our_frame(said.content.decode())
    codes = look(signed_in, "mfa_view_recovery_codes").content.decode()
    assert in_our_frame(codes)
    recovery = re.findall(r"<li>([0-9a-zA-Z-]{6,})</li>", codes)
    assert len(recovery) == 10
    signed_in.post(at("account_logout"))
    signed_in.post("/accounts/login/", {"login": "alice", "password": "a long enough pass phrase"})
    asked = signed_in.get(at("mfa_authenticate")).content.decode()
    assert "Enter your code" in asked
    assert in_our_frame(asked)
    done = signed_in.post(at("mfa_authenticate"), {"code": recovery[0]})
    assert done.status_code == 302


def test_every_sign_in_of_the_demonstration_says_what_its_role_does(db, monkeypatch):
    from django.conf import settings

    from fellwatch.shell.pages.demonstration import people

    monkeypatch.setattr(settings, "DEMONSTRATION", True)
    assert len(people()) > 20
    assert [one.role for one in people() if not one.why] == []


def test_what_a_password_must_be_is_said_as_a_list_and_not_as_markup(db):
    from tests.shell.browsers import browser

    page = browser("call_taker").get("/accounts/password/change/").content.decode()
    assert "<li>Your password must contain at least 14 characters.</li>" in page
    assert "&lt;" not in page
