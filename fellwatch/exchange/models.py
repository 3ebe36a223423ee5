"""Other forces' installations, what was handed over to or by them, and every message of it."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from fellwatch.exchange.life import STATES
from fellwatch.foundation import ids
from fellwatch.records.models import Incident, Person


class Peer(models.Model):
    """Another force: where its installation answers, the keys it signs with, and the mailbox that it says is secure.

    Two keys while one replaces another. Without an address it is reached by secure mail only.
    """

    force = models.TextField(primary_key=True)
    name = models.TextField(unique=True)
    address = models.TextField(default="", blank=True)
    keys: "ArrayField[list[str], list[str]]" = ArrayField(models.TextField(), default=list)
    mail = models.TextField(default="", blank=True)
    telephone = models.TextField(default="", blank=True)
    closed = models.BooleanField(default=False)

    class Meta:
        app_label = "exchange"


class Handover(models.Model):
    """Somebody handed over. The same id at both forces; `contents` are those of the newest revision."""

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    direction = models.TextField()
    peer = models.ForeignKey(Peer, on_delete=models.PROTECT, related_name="handovers", db_column="peer")
    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, null=True, related_name="handovers")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="handovers")
    revision = models.IntegerField(default=1)
    contents = models.JSONField()
    necessity = models.TextField()
    rule_version = models.IntegerField(null=True)
    state = models.TextField(default="waiting")
    made_at = models.DateTimeField()
    made_by_id = models.UUIDField(null=True)
    made_by_name = models.TextField()
    reached_at = models.DateTimeField(null=True)
    reached_how = models.TextField(default="", blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by_name = models.TextField(default="", blank=True)
    reason = models.TextField(default="", blank=True)
    answer = models.TextField(default="", blank=True)
    trouble = models.TextField(default="", blank=True)

    class Meta:
        app_label = "exchange"
        constraints = [
            models.CheckConstraint(name="handover_state", condition=models.Q(state__in=STATES)),
            models.CheckConstraint(name="handover_direction", condition=models.Q(direction__in=["sent", "received"])),
        ]
        indexes = [
            models.Index(fields=["made_at"], name="handover_by_age"),
            models.Index(fields=["incident"], name="handover_incident"),
        ]


class Message(models.Model):
    """One message of a handover. `digest` is of what it says; `receipt` is the other side's signature that it came."""

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    handover = models.ForeignKey(Handover, on_delete=models.PROTECT, related_name="messages")
    direction = models.TextField()
    kind = models.TextField()
    revision = models.IntegerField()
    body = models.JSONField()
    digest = models.TextField()
    made_at = models.DateTimeField()
    state = models.TextField(default="waiting")
    tries = models.IntegerField(default=0)
    tried_at = models.DateTimeField(null=True)
    problem = models.TextField(default="", blank=True)
    arrived_at = models.DateTimeField(null=True)
    receipt = models.TextField(default="", blank=True)

    class Meta:
        app_label = "exchange"
        constraints = [
            models.CheckConstraint(
                name="message_state", condition=models.Q(state__in=["waiting", "arrived", "refused"])
            ),
        ]
        indexes = [models.Index(fields=["handover", "made_at"], name="message_story")]
