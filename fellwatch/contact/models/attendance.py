"""Decisions that keep police away or slow them down: a lower grade proposed, a request that is declined."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from fellwatch.foundation import ids
from fellwatch.records.models import Incident


class LowerGrade(models.Model):
    """A lower grade that only a supervisor may agree to: what was proposed, on what, and what was decided."""

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="lower_grades")
    seen = models.IntegerField()
    from_grade = models.TextField()
    to_grade = models.TextField()
    trigger = models.TextField()
    reason_code = models.TextField()
    rationale = models.TextField()
    said = models.TextField(default="", blank=True)
    dangers = models.JSONField(default=dict)
    thrive = models.JSONField(default=dict)
    because = models.JSONField(default=list)
    proposed_at = models.DateTimeField()
    proposed_by_id = models.UUIDField()
    proposed_by_name = models.TextField()
    state = models.TextField(default="waiting")
    decided_at = models.DateTimeField(null=True)
    decided_by_id = models.UUIDField(null=True)
    decided_by_name = models.TextField(default="", blank=True)
    decided_because = models.TextField(default="", blank=True)

    class Meta:
        app_label = "contact"
        constraints = [
            models.CheckConstraint(
                name="lower_grade_state",
                condition=models.Q(state__in=["waiting", "agreed", "refused", "overtaken"]),
            ),
            models.UniqueConstraint(
                fields=["incident"], name="lower_grade_waits_once", condition=models.Q(state="waiting")
            ),
        ]


class AttendanceDecision(models.Model):
    """Whether police go to a request about welfare or health, with its grounds, who goes instead, and its review."""

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="attendance_decisions")
    decision = models.TextField()
    grounds: "ArrayField[list[str], list[str]]" = ArrayField(models.TextField(), default=list)
    because = models.JSONField(default=list)
    area = models.TextField(default="", blank=True)
    requester = models.TextField(default="", blank=True)
    who_will = models.TextField(default="", blank=True)
    rule_version = models.IntegerField()
    at = models.DateTimeField()
    by_id = models.UUIDField()
    by_name = models.TextField()
    ended_at = models.DateTimeField(null=True)
    ended_because = models.TextField(default="", blank=True)
    escalated_at = models.DateTimeField(null=True)
    escalated_to = models.TextField(default="", blank=True)
    escalated_because = models.TextField(default="", blank=True)
    escalated_by_name = models.TextField(default="", blank=True)
    review = models.TextField(default="", blank=True)
    review_because = models.TextField(default="", blank=True)
    reviewed_at = models.DateTimeField(null=True)
    reviewed_by_name = models.TextField(default="", blank=True)

    class Meta:
        app_label = "contact"
        constraints = [
            models.CheckConstraint(
                name="attendance_decision_words",
                condition=models.Q(decision__in=["attend", "decline"], review__in=["", "agreed", "send"]),
            ),
            models.UniqueConstraint(
                fields=["incident"],
                name="attendance_declined_once",
                condition=models.Q(decision="decline", ended_at__isnull=True),
            ),
        ]
