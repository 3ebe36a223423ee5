"""One completed instrument. A change is a new row with the next number."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from fellwatch.foundation import ids
from fellwatch.records.models import Incident, Person


class Assessment(models.Model):
    """Answers as JSON; what is queried (complete, score, grade, flags) as columns, filled in the same write."""

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    instrument = models.TextField()
    instrument_version = models.IntegerField()
    variant = models.TextField(default="", blank=True)
    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, null=True, related_name="assessments")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="assessments")
    number = models.IntegerField()
    trigger = models.TextField()
    answers = models.JSONField()
    complete = models.BooleanField()
    missing = models.JSONField(default=list)
    score = models.IntegerField(null=True)
    grade = models.TextField(default="", blank=True)
    flags: "ArrayField[list[str], list[str]]" = ArrayField(models.TextField(), default=list)
    at = models.DateTimeField()
    by_id = models.UUIDField()
    by_name = models.TextField()

    class Meta:
        app_label = "assessments"
        constraints = [
            models.UniqueConstraint(
                fields=["instrument", "incident", "person", "number"],
                name="assessment_number_once",
                nulls_distinct=False,
            )
        ]
        indexes = [models.Index(fields=["incident", "instrument", "-number"], name="assessment_latest")]
