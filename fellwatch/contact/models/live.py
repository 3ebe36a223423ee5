"""A call while it is being taken: who listens in on it, and what they said to the call taker."""

from django.db import models

from fellwatch.contact.models.handling import CallDraft
from fellwatch.foundation import ids


class Listening(models.Model):
    """Somebody listening in on a call: since when, and when they were last there."""

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    call = models.ForeignKey(CallDraft, on_delete=models.CASCADE, related_name="listening")
    by_id = models.UUIDField()
    by_name = models.TextField()
    began_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    read_to = models.DateTimeField(null=True)

    class Meta:
        app_label = "contact"
        constraints = [models.UniqueConstraint(fields=["call", "by_id"], name="listening_once")]


class LiveAdvice(models.Model):
    """Advice to a call taker during the call; it becomes advice on the incident when the call is sent."""

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    call = models.ForeignKey(CallDraft, on_delete=models.CASCADE, related_name="live_advice")
    text = models.TextField()
    at = models.DateTimeField()
    by_id = models.UUIDField()
    by_name = models.TextField()

    class Meta:
        app_label = "contact"
