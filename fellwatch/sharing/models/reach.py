"""How somebody may safely be reached, in rows that are only ever added: what was said, and what took it back."""

from django.db import models

from fellwatch.foundation import ids
from fellwatch.records.models import Person
from fellwatch.sharing.models.agencies import Agency
from fellwatch.sharing.reach.values import SAYS, WAYS


class SafeContact(models.Model):
    """What was said of one way to reach a person: one number or address, or without one the whole way.

    Nothing is sent to them by a way of which nothing was said. What is said anew of the same number is a new row, which
    names the one it takes over.
    """

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="safe_contacts")
    channel = models.TextField()
    allowed = models.BooleanField()
    address = models.TextField(default="", blank=True)
    address_key = models.TextField(default="", blank=True)
    """The address as one compares it: a number in international form, a mailbox in small letters."""
    said_by = models.TextField()
    said_by_name = models.TextField(default="", blank=True)
    because = models.TextField(default="", blank=True)
    words = models.TextField(default="", blank=True)
    password = models.TextField(default="", blank=True)
    """The word by which each knows that it is really the other."""
    if_other = models.TextField(default="", blank=True)
    kept_from = models.TextField(default="", blank=True)
    from_time = models.TimeField(null=True)
    to_time = models.TimeField(null=True)
    from_date = models.DateField(null=True)
    to_date = models.DateField(null=True)
    replaces = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="replaced_by")
    said_at = models.DateTimeField()
    noted_by_id = models.UUIDField(null=True)
    noted_by_name = models.TextField()

    class Meta:
        app_label = "sharing"
        constraints = [
            models.CheckConstraint(name="safe_way", condition=models.Q(channel__in=list(WAYS))),
            models.CheckConstraint(name="safe_said_by", condition=models.Q(said_by__in=list(SAYS))),
            models.CheckConstraint(
                name="safe_reason",
                condition=~models.Q(said_by="officer") | ~models.Q(because=""),
            ),
        ]
        indexes = [models.Index(fields=["person", "channel"], name="safe_contact")]


class SafeContactEnd(models.Model):
    """That a rule no longer holds, and nothing took its place: who took it back, when and why."""

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    rule = models.OneToOneField(SafeContact, on_delete=models.PROTECT, related_name="end")
    because = models.TextField()
    at = models.DateTimeField()
    by_id = models.UUIDField()
    by_name = models.TextField()

    class Meta:
        app_label = "sharing"


class SafeContactShare(models.Model):
    """That an agency may read how somebody is reached, all of it, until somebody ends that."""

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", db_column="agency")
    because = models.TextField()
    at = models.DateTimeField()
    by_id = models.UUIDField()
    by_name = models.TextField()
    ended_at = models.DateTimeField(null=True)
    ended_by_name = models.TextField(default="", blank=True)

    class Meta:
        app_label = "sharing"
        constraints = [
            models.UniqueConstraint(
                fields=["person", "agency"], name="reach_shared_once", condition=models.Q(ended_at__isnull=True)
            )
        ]
