"""Runs of linking, and the pairs that a person is asked about."""

from django.db import models

from fellwatch.foundation import ids
from fellwatch.records.models import Person, SourceRecord


class LinkRun(models.Model):
    """One linking of an agency's records that are joined to nobody. Run again, it goes on with those left."""

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    agency = models.TextField()
    state = models.TextField(default="waiting")
    total = models.IntegerField(default=0)
    done = models.IntegerField(default=0)
    joined = models.IntegerField(default=0)
    review = models.IntegerField(default=0)
    new = models.IntegerField(default=0)
    rule = models.TextField(default="", blank=True)
    seconds = models.JSONField(default=dict)
    failure = models.TextField(default="", blank=True)
    created_at = models.DateTimeField()
    created_by = models.UUIDField()
    created_by_name = models.TextField()
    finished_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "communities"
        constraints = [
            models.CheckConstraint(
                name="link_run_state",
                condition=models.Q(state__in=["waiting", "running", "failed", "finished"]),
            ),
            models.UniqueConstraint(
                fields=["agency"],
                name="link_run_one_at_a_time",
                condition=models.Q(state__in=["waiting", "running", "failed"]),
            ),
        ]


class Pair(models.Model):
    """A record and somebody it may be, with the model's working. `verdict` is what a person said, or empty."""

    asked_about = False

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    run = models.ForeignKey(LinkRun, on_delete=models.PROTECT, related_name="pairs")
    record = models.ForeignKey(SourceRecord, on_delete=models.PROTECT, related_name="pairs")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="pairs")
    place = models.SmallIntegerField()
    likelihood = models.FloatField()
    unsure = models.FloatField()
    caution = models.TextField(default="", blank=True)
    working = models.TextField()
    verdict = models.TextField(default="", blank=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.UUIDField(null=True)
    decided_by_name = models.TextField(default="", blank=True)

    class Meta:
        app_label = "communities"
        indexes = [
            models.Index(fields=["unsure", "id"], name="pair_waiting", condition=models.Q(verdict="")),
        ]
        constraints = [
            models.UniqueConstraint(fields=["record", "person"], name="pair_once"),
            models.CheckConstraint(
                name="pair_verdict", condition=models.Q(verdict__in=["", "same", "different", "not_sure", "closed"])
            ),
        ]
