"""Answers to instruments, version by version; the form they belong to and its review; the crimes they disclose."""

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


class Form(models.Model):
    """One instrument asked about one incident, and one person where it is about one: where it stands now.

    Its answers are the newest `Assessment` of the same three; `number` says which version that is.
    """

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    instrument = models.TextField()
    instrument_version = models.IntegerField()
    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="forms")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="forms")
    state = models.TextField(default="open")
    number = models.IntegerField(default=0)
    grade = models.TextField(default="", blank=True)
    score = models.IntegerField(null=True)
    flags: "ArrayField[list[str], list[str]]" = ArrayField(models.TextField(), default=list)
    complete = models.BooleanField(default=False)
    opened_at = models.DateTimeField()
    opened_by_id = models.UUIDField()
    opened_by_name = models.TextField()
    changed_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True)
    submitted_by_id = models.UUIDField(null=True)
    submitted_by_name = models.TextField(default="", blank=True)
    submitted_team = models.TextField(default="", blank=True)

    class Meta:
        app_label = "assessments"
        constraints = [
            models.UniqueConstraint(
                fields=["instrument", "incident", "person"], name="form_once", nulls_distinct=False
            ),
            models.CheckConstraint(
                name="form_state", condition=models.Q(state__in=["open", "submitted", "returned", "accepted"])
            ),
        ]
        indexes = [
            models.Index(fields=["incident"], name="form_incident"),
            models.Index(fields=["submitted_at"], name="form_waiting", condition=models.Q(state="submitted")),
        ]


class FormReview(models.Model):
    """What a reviewer decided about a version of a form. `reasons` maps each answer sent back to a code and words."""

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    form = models.ForeignKey(Form, on_delete=models.PROTECT, related_name="reviews")
    number = models.IntegerField()
    outcome = models.TextField()
    reasons = models.JSONField(default=dict)
    note = models.TextField(default="", blank=True)
    at = models.DateTimeField()
    by_id = models.UUIDField()
    by_name = models.TextField()

    class Meta:
        app_label = "assessments"
        constraints = [
            models.UniqueConstraint(fields=["form", "number"], name="form_review_once"),
            models.CheckConstraint(
                name="form_review_outcome", condition=models.Q(outcome__in=["accepted", "returned"])
            ),
        ]


class DisclosedCrime(models.Model):
    """A crime that answers disclosed, once for each victim and incident. What was decided about it is `response`'s."""

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="disclosed_crimes")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="disclosed_crimes")
    crime = models.TextField()
    title = models.TextField()
    law = models.TextField()
    detail = models.TextField(default="", blank=True)
    rule_version = models.IntegerField()
    told_by = models.JSONField(default=list)
    heard_at = models.DateTimeField()
    noted_at = models.DateTimeField()
    noted_by_id = models.UUIDField()
    noted_by_name = models.TextField()

    class Meta:
        app_label = "assessments"
        constraints = [
            models.UniqueConstraint(
                fields=["incident", "person", "crime"], name="disclosed_crime_once", nulls_distinct=False
            )
        ]
        indexes = [models.Index(fields=["heard_at"], name="disclosed_crime_age")]


from fellwatch.assessments.photographs.models import Photograph, PhotographPart  # noqa: E402
from fellwatch.assessments.sendings.models import Difference, Sending  # noqa: E402

__all__ = [
    "Assessment",
    "Difference",
    "DisclosedCrime",
    "Form",
    "FormReview",
    "Photograph",
    "PhotographPart",
    "Sending",
]
