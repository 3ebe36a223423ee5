"""A photograph and its bytes in parts. They lie in the database so that one row policy covers words and pictures."""

from django.db import models

from fellwatch.foundation import ids
from fellwatch.records.models import Incident, Person


class Photograph(models.Model):
    """One photograph as declared by its taker; `complete_at` is set when every byte is here and the digest is right."""

    id = models.UUIDField(primary_key=True, editable=False)
    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="photographs")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="photographs")
    device_id = models.UUIDField()
    caption = models.TextField()
    exhibit = models.TextField(default="", blank=True)
    """The taker's exhibit mark, such as RP/1."""
    media_type = models.TextField()
    size = models.IntegerField()
    digest = models.TextField()
    taken_at = models.DateTimeField()
    taken_device_at = models.DateTimeField()
    taken_basis = models.TextField()
    received_at = models.DateTimeField()
    complete_at = models.DateTimeField(null=True)
    by_id = models.UUIDField()
    by_name = models.TextField()

    class Meta:
        app_label = "assessments"
        indexes = [models.Index(fields=["incident", "taken_at"], name="photograph_of_incident")]


class PhotographPart(models.Model):
    """Some of the bytes, from an offset."""

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    photograph = models.ForeignKey(Photograph, on_delete=models.PROTECT, related_name="parts")
    number = models.IntegerField()
    content = models.BinaryField()

    class Meta:
        app_label = "assessments"
        constraints = [models.UniqueConstraint(fields=["photograph", "number"], name="photograph_part_once")]
