"""A sending exactly as it came, and each difference that somebody must settle."""

from django.db import models

from fellwatch.foundation import ids
from fellwatch.records.models import Incident, Person


class Sending(models.Model):
    """One sending of one form, kept byte for byte: `digest` is what both sides show as the receipt."""

    id = models.UUIDField(primary_key=True, editable=False)
    form_id = models.UUIDField()
    device_id = models.UUIDField()
    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="sendings")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="sendings")
    instrument = models.TextField()
    instrument_version = models.IntegerField()
    variant = models.TextField(default="", blank=True)
    body = models.TextField()
    digest = models.TextField()
    finished = models.BooleanField()
    number = models.IntegerField()
    """The version of the assessment that stands after it."""
    outcome = models.JSONField()
    """What was set aside or differs, as the device was told."""
    times = models.JSONField()
    """For each answer, the device's time, the time the server stands by, and why."""
    answered_at = models.DateTimeField()
    received_at = models.DateTimeField()
    by_id = models.UUIDField()
    by_name = models.TextField()

    class Meta:
        app_label = "assessments"
        indexes = [models.Index(fields=["incident", "-received_at"], name="sending_of_incident")]


class Difference(models.Model):
    """One question that two people answered apart. The more dangerous answer stands until somebody decides."""

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    sending = models.ForeignKey(Sending, on_delete=models.PROTECT, related_name="differences")
    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="differences")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="differences")
    instrument = models.TextField()
    instrument_version = models.IntegerField()
    variant = models.TextField(default="", blank=True)
    question = models.TextField()
    standing = models.JSONField(null=True)
    arrived = models.JSONField(null=True)
    arrived_by_name = models.TextField()
    arrived_at = models.DateTimeField()
    stored = models.JSONField(null=True)
    stored_by_name = models.TextField()
    stored_at = models.DateTimeField()
    state = models.TextField(default="open")
    settled = models.JSONField(null=True)
    settled_because = models.TextField(default="", blank=True)
    settled_at = models.DateTimeField(null=True)
    settled_by = models.UUIDField(null=True)
    settled_by_name = models.TextField(default="", blank=True)

    class Meta:
        app_label = "assessments"
        constraints = [
            models.UniqueConstraint(fields=["sending", "question"], name="difference_once"),
            models.CheckConstraint(name="difference_state", condition=models.Q(state__in=["open", "settled"])),
        ]
        indexes = [models.Index(fields=["arrived_at"], name="difference_open", condition=models.Q(state="open"))]
