"""A handheld that Rosa has set up, and the force's recovery key."""

import pytest

from tests.handheld.sent import Wire
from tests.shell.browsers import browser


@pytest.fixture
def key(tmp_path, settings_of):
    from fellwatch.foundation import sealed

    sealed.make_key(tmp_path / "private.pem", tmp_path / "public.pem", "a long passphrase")
    settings_of("FELLWATCH_RECOVERY_KEY", tmp_path / "public.pem")
    return tmp_path / "private.pem"


@pytest.fixture
def settings_of(database, monkeypatch):
    from django.conf import settings

    return lambda name, value: monkeypatch.setattr(settings, name, value)


@pytest.fixture
def rosas(db, key):
    wire = Wire(browser("response_officer"))
    assert wire.enrol().status_code == 200
    return wire
