"""Who works on records."""

import pytest


@pytest.fixture
def rita(actor):
    """Rita reviews records."""
    return actor("Rita Holme", "records_reviewer", "information management")
