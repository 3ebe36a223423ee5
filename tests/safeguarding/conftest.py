"""Nadia writes notices, Vera is a superintendent; the central team, and the hub and whom it asks."""

from dataclasses import replace

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
def gwen(actor):
    """Gwen is a reviewer of the central team."""
    return actor("Gwen Bield", "safeguarding_reviewer", "central safeguarding team")


@pytest.fixture
def theo(actor):
    """Theo answers for the team."""
    return actor("Theo Lonning", "safeguarding_supervisor", "central safeguarding team")


@pytest.fixture
def maya(actor):
    """Maya runs the hub."""
    return actor("Maya Grange", "mash_coordinator", "safeguarding hub")


@pytest.fixture
def cora(actor):
    """Cora answers for children's services."""
    return replace(actor("Cora Bield", "partner", "social care"), agency="fellshire-children")


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
