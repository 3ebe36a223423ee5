"""Nadia writes notices, Vera is a superintendent."""

import pytest

from tests.safeguarding import story


@pytest.fixture
def nadia(actor):
    """Nadia is a safeguarding officer."""
    return actor("Nadia Croft", "safeguarding_officer", "safeguarding")


@pytest.fixture
def vera(actor):
    """Vera is a superintendent."""
    return actor("Vera Stang", "superintendent", "south")


@pytest.fixture
def people(db, system):
    """Marc, Danielle and their home."""
    return story.pair(system)


@pytest.fixture
def settings_of(monkeypatch):
    """Return a function that makes this the installation of another force."""
    from django.conf import settings

    from fellwatch.foundation import policy

    def become(force: str) -> None:
        monkeypatch.setattr(settings, "FELLWATCH_FORCE", force)
        policy.version.cache_clear()

    yield become
    monkeypatch.undo()
    policy.version.cache_clear()
