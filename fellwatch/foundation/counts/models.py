"""The table of counts that are kept."""

from django.db import models


class KeptCounts(models.Model):
    """Counts of what was before a moment, as they stood when they were counted: they name nobody.

    `permission` is what its readers must hold.
    """

    name = models.TextField(primary_key=True)
    permission = models.TextField()
    until_at = models.DateTimeField()
    counted_at = models.DateTimeField()
    counts = models.JSONField()

    class Meta:
        app_label = "foundation"
