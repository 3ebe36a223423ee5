"""What goes out by mail or telephone: that something waits, never what. Its delivery stays visible."""

from django.db import models

from fellwatch.foundation import ids
from fellwatch.records.models import Person

STATES = ("waiting", "sent", "held", "failed", "bounced", "refused")


class Message(models.Model):
    """One outgoing message. `kind` names its words; `path` is where its link leads; no column tells what it is about.

    `person` is set where it goes to somebody the police protect: then their rules of safe contact decide.
    """

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    kind = models.TextField()
    channel = models.TextField(default="mail")
    address = models.TextField(default="", blank=True)
    name = models.TextField(default="", blank=True)
    agency = models.TextField(default="", blank=True)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="messages")
    about = models.UUIDField(null=True)
    path = models.TextField(default="", blank=True)
    state = models.TextField(default="waiting")
    because = models.TextField(default="", blank=True)
    attempts = models.IntegerField(default=0)
    made_at = models.DateTimeField()
    tried_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    bounced_at = models.DateTimeField(null=True)
    provider_id = models.TextField(default="", blank=True)

    class Meta:
        app_label = "sharing"
        constraints = [models.CheckConstraint(name="outgoing_state", condition=models.Q(state__in=STATES))]
        indexes = [
            models.Index(fields=["made_at"], name="outgoing_newest"),
            models.Index(fields=["about"], name="outgoing_about", condition=models.Q(about__isnull=False)),
        ]
