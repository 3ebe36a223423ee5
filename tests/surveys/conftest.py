"""Theo chooses, Gwen acts on what is told, Sylvie rings for an independent surveyor."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.surveys import story

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
REPORTED = NOON - timedelta(days=70)


@pytest.fixture
def theo(actor):
    return actor("Theo Lonning", "safeguarding_supervisor", "central safeguarding team")


@pytest.fixture
def gwen(actor):
    return actor("Gwen Bield", "safeguarding_reviewer", "central safeguarding team")


@pytest.fixture
def sylvie(actor):
    return story.of_agency(actor, "plain-questions")


@pytest.fixture
def steward(actor):
    return actor("Maya Grange", "mash_coordinator", "safeguarding hub")


@pytest.fixture
def carrier(database):
    from fellwatch.foundation.accounts import roles

    return roles.system("surveys")


@pytest.fixture
def agencies(db, system):
    story.agencies(system, NOON - timedelta(days=1))


@pytest.fixture
def danielle(agencies, alice):
    """Danielle rang in September; a call to her is safe from nine until half past two."""
    from datetime import time

    one = story.asked(alice, REPORTED)
    story.safe(alice, one.person, NOON - timedelta(days=3), hours=(time(9), time(14, 30)))
    return one


@pytest.fixture
def new():
    from fellwatch.surveys.values import NewSelection

    return NewSelection(
        "domestic_abuse",
        "plain-questions",
        (REPORTED - timedelta(days=20)).date(),
        NOON.date() - timedelta(days=42),
        40,
    )


@pytest.fixture
def line(danielle, theo, sylvie, new):
    """Danielle's line on Sylvie's list."""
    from fellwatch.surveys import actions, queries

    actions.choose(new, by=theo, now=NOON)
    (one,) = queries.to_ring(by=sylvie)[1]
    return one
