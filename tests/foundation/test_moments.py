"""Moments are read as they stand in the database, to the microsecond, and what Python cannot hold is refused."""

from datetime import UTC, datetime

import pytest

pytestmark = pytest.mark.database


def _read(text):
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("select %s::text::timestamptz", [text])
        return cursor.fetchone()[0]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("2026-10-25 00:30:00+01:00", datetime(2026, 10, 24, 23, 30, tzinfo=UTC)),
        ("2026-10-25 01:30:00.5+00", datetime(2026, 10, 25, 1, 30, 0, 500_000, tzinfo=UTC)),
        ("1926-02-28 23:59:59.000007+00", datetime(1926, 2, 28, 23, 59, 59, 7, tzinfo=UTC)),
        ("0801-01-01 00:00:00+00", datetime(801, 1, 1, tzinfo=UTC)),
        (None, None),
    ],
)
def test_a_moment_is_read_as_it_stands(db, text, found):
    assert _read(text) == found
    assert found is None or _read(text).tzinfo is UTC


@pytest.mark.parametrize("text", ["infinity", "12000-01-01 00:00:00+00", "0044-03-15 12:00:00+00 BC"])
def test_what_python_cannot_hold_is_refused(db, text):
    from django.db.utils import DataError

    with pytest.raises(DataError):
        _read(text)


def test_every_connection_reads_moments_so(db):
    from django.db import connections

    from fellwatch.foundation.database.moments import MomentLoader

    for name in ("default", "owner"):
        with connections[name].cursor() as cursor:
            oid = cursor.adapters.types["timestamptz"].oid
            assert cursor.adapters.get_loader(oid, 0) is MomentLoader
