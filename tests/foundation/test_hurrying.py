"""Only what can be made again is written without waiting for the disk."""

import pytest

pytestmark = pytest.mark.database


def _waits() -> list[str]:
    from django.db import connections

    found = []
    for alias in ("default", "owner"):
        with connections[alias].cursor() as cursor:
            cursor.execute("show synchronous_commit")
            found.append(cursor.fetchone()[0])
    return found


def test_a_commit_waits_for_the_disk_before_and_after_and_not_within(database):
    from fellwatch.foundation.database import hurrying

    assert _waits() == ["on", "on"]
    with hurrying.hurried():
        assert _waits() == ["off", "off"]
    assert _waits() == ["on", "on"]


def test_it_waits_again_whatever_went_wrong(database):
    from fellwatch.foundation.database import hurrying

    with pytest.raises(KeyboardInterrupt), hurrying.hurried():
        _waits()
        raise KeyboardInterrupt
    assert _waits() == ["on", "on"]
