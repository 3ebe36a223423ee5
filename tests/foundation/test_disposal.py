"""What was kept aside is not kept for ever."""

from datetime import timedelta

import pytest

pytestmark = pytest.mark.database


def test_old_rows_kept_aside_are_destroyed_and_new_ones_stay(db, system, manager, now):
    from fellwatch.foundation import access
    from fellwatch.foundation.imports import disposal
    from fellwatch.foundation.imports.models import ImportRejection, ImportRun

    with access.acting(system):
        for days in (91, 5):
            run = ImportRun.objects.create(
                importer="schools",
                filename="a.csv",
                digest=str(days),
                path="",
                created_at=now - timedelta(days=days),
                created_by=system.id,
            )
            ImportRejection.objects.create(run=run, line=2, row={"name": "x"}, reasons=[])
    assert disposal.dispose(by=system, now=now) == 1
    assert disposal.dispose(by=system, now=now) == 0
    with access.acting(manager):
        assert ImportRejection.objects.count() == 1
