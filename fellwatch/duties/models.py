"""A duty and the append-only story of it."""

from django.db import models

from fellwatch.foundation import ids
from fellwatch.records.models import Incident, Person


class Duty(models.Model):
    """One obligation, with the rule version that set its time. State: open, met, late, waived."""

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    rule = models.TextField()
    rule_version = models.IntegerField()
    title = models.TextField()
    owner = models.TextField()
    fact = models.TextField()
    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, null=True, related_name="duties")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="duties")
    about = models.UUIDField(null=True)
    """The one thing within the incident that is owed something, where there may be several: a crime, a form."""
    started_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    warn_at = models.DateTimeField(null=True)
    state = models.TextField(default="open")
    settled_at = models.DateTimeField(null=True)
    facts = models.JSONField(default=dict)
    working = models.JSONField(default=list)
    trouble = models.TextField(default="", blank=True)

    class Meta:
        app_label = "duties"
        constraints = [
            models.UniqueConstraint(
                fields=["rule", "incident", "person", "about", "started_at"], name="duty_once", nulls_distinct=False
            ),
            models.CheckConstraint(
                name="duty_state", condition=models.Q(state__in=["open", "met", "late", "waived", "replaced"])
            ),
        ]
        indexes = [
            models.Index(fields=["due_at"], name="duty_running", condition=models.Q(state="open")),
            models.Index(fields=["about"], name="duty_about", condition=models.Q(about__isnull=False)),
            # When what still runs about something is due, of many things at once: boards stand in its order.
            models.Index(
                fields=["about"],
                include=["due_at"],
                name="duty_owed",
                condition=models.Q(state__in=["open", "late"]),
            ),
            models.Index(fields=["rule", "state", "due_at"], name="duty_rule"),
            models.Index(fields=["rule"], name="duty_not_settled", condition=models.Q(settled_at__isnull=True)),
        ]


class DutyEvent(models.Model):
    """What happened to a duty, when and by whom: noted, met, met_late, late, waived, replaced."""

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    duty = models.ForeignKey(Duty, on_delete=models.PROTECT, related_name="events")
    at = models.DateTimeField()
    kind = models.TextField()
    by_name = models.TextField()
    by_id = models.UUIDField()
    reason = models.TextField(default="", blank=True)

    class Meta:
        app_label = "duties"
