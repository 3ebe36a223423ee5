"""Nadia is a safeguarding officer; Peggy leads safeguarding at Fell Lane Primary; Omar at Gale Academy; Una is the
authority's education officer."""

from dataclasses import replace

import pytest

from tests.mailbox import Mailbox
from tests.safeguarding.schools import story


@pytest.fixture
def ids(db, system):
    """The schools."""
    return story.schools(system)


@pytest.fixture
def place(db, system):
    """The house."""
    return story.home(system)


@pytest.fixture
def isla(place, system):
    """Isla, nine, of 14 Tarn Row."""
    return story.child(system, home=place)


def _of(actor, name, role, agency):
    return replace(actor(name, role, "school"), agency=agency)


@pytest.fixture
def peggy(actor):
    """Peggy Lowther of Fell Lane Primary."""
    return _of(actor, "Peggy Lowther", "school_lead", story.PRIMARY)


@pytest.fixture
def omar(actor):
    """Omar Gale of Gale Academy."""
    return _of(actor, "Omar Gale", "school_lead", story.SECONDARY)


@pytest.fixture
def una(actor):
    """Una Force of the education team."""
    return _of(actor, "Una Force", "education_officer", story.COUNCIL)


@pytest.fixture
def mailbox(database):
    """A mail server on this machine, by which mail goes while the test runs."""
    from django.test import override_settings

    server = Mailbox()
    with override_settings(FELLWATCH_POST="smtp", EMAIL_HOST=server.host, EMAIL_PORT=server.port):
        yield server
    server.close()
