"""One run of one file, and the rows it could not take."""

from django.db import models

from fellwatch.foundation import ids

UNFINISHED = ("waiting", "running", "failed")


class ImportRun(models.Model):
    """A file being taken in. `done` is the number of rows settled; a run starts again from there.

    `mapping` names the file's column for each of ours, `reading` how it is read (see `readers.Shape`).
    `profile` says after a dry run what the file is like (see `profile`).
    """

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    importer = models.TextField()
    filename = models.TextField()
    digest = models.TextField()
    path = models.TextField()
    mapping = models.JSONField(default=dict)
    reading = models.JSONField(default=dict)
    profile = models.JSONField(default=list)
    dry_run = models.BooleanField(default=False)
    state = models.TextField(default="waiting")
    total = models.IntegerField(default=0)
    done = models.IntegerField(default=0)
    added = models.IntegerField(default=0)
    changed = models.IntegerField(default=0)
    unchanged = models.IntegerField(default=0)
    rejected = models.IntegerField(default=0)
    failure = models.TextField(default="", blank=True)
    created_at = models.DateTimeField()
    created_by = models.UUIDField()
    created_by_name = models.TextField()
    advanced_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "foundation"
        constraints = [
            models.CheckConstraint(
                name="import_run_state",
                condition=models.Q(state__in=["waiting", "running", "failed", "finished"]),
            ),
            models.UniqueConstraint(
                fields=["importer", "digest", "mapping", "dry_run"],
                name="import_run_once_at_a_time",
                condition=models.Q(state__in=UNFINISHED),
            ),
        ]
        indexes = [models.Index(fields=["created_at"], name="import_run_newest")]


class ImportRejection(models.Model):
    """A row kept aside, as it came, with every reason."""

    id = models.BigAutoField(primary_key=True)
    run = models.ForeignKey(ImportRun, on_delete=models.CASCADE, related_name="rejections")
    line = models.IntegerField()
    row = models.JSONField()
    reasons = models.JSONField()

    class Meta:
        app_label = "foundation"
        constraints = [models.UniqueConstraint(fields=["run", "line"], name="rejection_once")]
