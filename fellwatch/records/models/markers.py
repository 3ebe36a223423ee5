"""Warnings that travel with a person or a place."""

from django.db import models

from fellwatch.foundation import ids
from fellwatch.records.models.people import Person
from fellwatch.records.models.places import Place


class Marker(models.Model):
    """A warning or flag, from one instant to another; one that was never reviewed still expires."""

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="markers")
    place = models.ForeignKey(Place, on_delete=models.PROTECT, null=True, related_name="markers")
    kind = models.TextField()
    detail = models.TextField(default="", blank=True)
    from_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_because = models.TextField(default="", blank=True)
    source = models.TextField()
    created_by = models.UUIDField()

    class Meta:
        app_label = "records"
        constraints = [
            models.CheckConstraint(
                name="marker_has_one_bearer",
                condition=models.Q(person__isnull=False, place__isnull=True)
                | models.Q(person__isnull=True, place__isnull=False),
            )
        ]
