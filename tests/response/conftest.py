"""Who is at the door, and the house they came to."""

import pytest


@pytest.fixture
def rosa(actor):
    """Rosa is a response officer."""
    return actor("Rosa Pike", "response_officer", "south response")


@pytest.fixture
def sam(actor):
    """Sam supervises her."""
    return actor("Sam Force", "response_supervisor", "south response")


@pytest.fixture
def ivy(actor):
    """Ivy records crimes."""
    return actor("Ivy Wath", "crime_recorder", "crime recording")


@pytest.fixture
def owen(actor):
    """Owen is the force crime registrar."""
    return actor("Owen Nab", "crime_registrar", "crime recording")


@pytest.fixture
def house(db, alice, now):
    from tests.assessments.story import house

    return house(alice, now)


@pytest.fixture
def owed(rosa):
    """Return the duties of an incident under a rule: their states."""
    from fellwatch.duties import queries

    def states(incident_id, rule):
        return [one.state for one in queries.of_incident(incident_id, by=rosa) if one.rule == rule]

    return states
