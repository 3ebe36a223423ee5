"""Who put a record in a compartment, why, and who lifted that."""

from django.db import models

from fellwatch.foundation import ids
from fellwatch.records.models.people import Person


class Restriction(models.Model):
    """A time in which a person's record was open only to those cleared for a compartment."""

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="restrictions")
    compartment = models.TextField()
    reason = models.TextField()
    at = models.DateTimeField()
    by_id = models.UUIDField()
    by_name = models.TextField()
    lifted_at = models.DateTimeField(null=True)
    lifted_by_name = models.TextField(default="", blank=True)
    lifted_reason = models.TextField(default="", blank=True)

    class Meta:
        app_label = "records"
        constraints = [
            models.UniqueConstraint(
                fields=["person"], name="restriction_one_at_a_time", condition=models.Q(lifted_at__isnull=True)
            )
        ]
