"""Rows kept aside and files nobody confirmed are destroyed after a time: DPA 2018 s.39."""

from datetime import datetime, timedelta

from django.conf import settings

from fellwatch.foundation import access, audit
from fellwatch.foundation.access import Actor
from fellwatch.foundation.access.permissions import IMPORT
from fellwatch.foundation.imports import store
from fellwatch.foundation.imports.models import ImportRejection, ImportRun


def dispose(*, by: Actor, now: datetime) -> int:
    """Destroy rows and files older than the force keeps them; return how many rows. The run itself stays."""
    access.check(by, IMPORT)
    before = now - timedelta(days=settings.FELLWATCH_IMPORT_DAYS)
    with access.acting(by):
        old = ImportRun.objects.filter(created_at__lt=before)
        for path in old.exclude(path="").values_list("path", flat=True):
            store.destroy(path)
        gone, _ = ImportRejection.objects.filter(run__in=old).delete()
        if gone:
            audit.record(
                by=by, action="erasure", sentence="imports.disposed", subject=("imports", "old"), detail={"rows": gone}
            )
        return gone
