"""What somebody wrote who may be watched, each attempt to answer, and each activation of a scheme."""

from django.db import models

from fellwatch.foundation import ids
from fellwatch.records.models import Incident


class Message(models.Model):
    """One message from the quiet page, with what she said is safe. The id is made on her device."""

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    arrived_at = models.DateTimeField()
    written_at = models.DateTimeField(null=True)
    name = models.TextField(default="", blank=True)
    words = models.TextField(default="", blank=True)
    place = models.TextField(default="", blank=True)
    means = models.TextField()
    reach = models.TextField(default="", blank=True)
    password = models.TextField(default="", blank=True)
    """The word by which she knows that it is really the police, and by which the police know that it is her."""
    from_time = models.TimeField(null=True)
    to_time = models.TimeField(null=True)
    never = models.TextField(default="", blank=True)
    state = models.TextField(default="open")
    outcome = models.TextField(default="", blank=True)
    closing_words = models.TextField(default="", blank=True)
    closed_at = models.DateTimeField(null=True)
    closed_by_name = models.TextField(default="", blank=True)
    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, null=True, related_name="help_messages")

    class Meta:
        app_label = "helping"
        constraints = [
            models.CheckConstraint(name="help_state", condition=models.Q(state__in=["open", "closed"])),
            models.CheckConstraint(name="help_means", condition=models.Q(means__in=["text", "call", "mail", "none"])),
        ]
        indexes = [models.Index(fields=["arrived_at"], name="help_open", condition=models.Q(state="open"))]


class Attempt(models.Model):
    """One attempt to answer: how, when, whether she was reached, and what was said. Never changed."""

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    message = models.ForeignKey(Message, on_delete=models.PROTECT, related_name="attempts")
    at = models.DateTimeField()
    means = models.TextField()
    reached = models.BooleanField()
    words = models.TextField(default="", blank=True)
    by_id = models.UUIDField()
    by_name = models.TextField()

    class Meta:
        app_label = "helping"


class Activation(models.Model):
    """One use of a scheme: somebody asked for Angela, or a bank stopped a payment and rang."""

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    scheme = models.TextField()
    venue = models.TextField()
    told_at = models.DateTimeField()
    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, null=True, related_name="activations")
    facts = models.JSONField(default=dict)
    state = models.TextField(default="open")
    arrived_at = models.DateTimeField(null=True)
    outcome = models.TextField(default="", blank=True)
    outcome_words = models.TextField(default="", blank=True)
    venue_told_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    by_id = models.UUIDField()
    by_name = models.TextField()

    class Meta:
        app_label = "helping"
        constraints = [
            models.CheckConstraint(name="activation_state", condition=models.Q(state__in=["open", "closed"])),
            models.CheckConstraint(name="activation_scheme", condition=models.Q(scheme__in=["angela", "banking"])),
        ]
        indexes = [models.Index(fields=["told_at"], name="activation_by_age")]
