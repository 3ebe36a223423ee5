"""Whoever is signed in finds, behind their own name, how they prove who they are and where the password changes."""

import pytest

from tests.shell.browsers import browser

pytestmark = pytest.mark.database


def test_the_name_in_the_frame_leads_there(db):
    page = browser("call_taker").get("/contact/board/").content.decode()
    assert 'class="fw-header__name" href="/accounts/2fa/"' in page
    there = browser("call_taker").get("/accounts/2fa/")
    assert there.status_code == 200
    assert "/accounts/password/change/" in there.content.decode()
