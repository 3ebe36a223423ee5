"""Who decides about crimes, and what is owed."""

import pytest


@pytest.fixture
def ivy(actor):
    """Ivy records crimes."""
    return actor("Ivy Wath", "crime_recorder", "crime recording")


@pytest.fixture
def owen(actor):
    """Owen is the force crime registrar."""
    return actor("Owen Nab", "crime_registrar", "crime recording")


@pytest.fixture
def owed(rosa):
    """Return the duties of an incident under a rule: their states."""
    from fellwatch.duties import queries

    def states(incident_id, rule):
        return [one.state for one in queries.of_incident(incident_id, by=rosa) if one.rule == rule]

    return states
