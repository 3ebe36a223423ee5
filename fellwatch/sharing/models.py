"""Agencies, and what each was told about whom. A referral's contents are what was sent, and never change."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from fellwatch.foundation import ids
from fellwatch.records.models import Incident, Person


class Agency(models.Model):
    """A body that receives referrals. Its people sign in under its code."""

    code = models.TextField(primary_key=True)
    name = models.TextField(unique=True)
    kind = models.TextField()
    telephone = models.TextField(default="", blank=True)
    closed = models.BooleanField(default=False)

    class Meta:
        app_label = "sharing"


class Referral(models.Model):
    """Somebody referred to an agency: on what basis, why it was needed, exactly what was told, and the answer."""

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="referrals", db_column="agency")
    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, null=True, related_name="referrals")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="referrals")
    basis = models.TextField()
    necessity = models.TextField()
    contents = models.JSONField()
    withheld: "ArrayField[list[str], list[str]]" = ArrayField(models.TextField(), default=list)
    receipt = models.TextField()
    rule_version = models.IntegerField()
    sent_at = models.DateTimeField()
    sent_by_id = models.UUIDField()
    sent_by_name = models.TextField()
    state = models.TextField(default="sent")
    opened_at = models.DateTimeField(null=True)
    opened_by_name = models.TextField(default="", blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by_name = models.TextField(default="", blank=True)
    answer = models.TextField(default="", blank=True)

    class Meta:
        app_label = "sharing"
        constraints = [
            models.CheckConstraint(
                name="referral_state", condition=models.Q(state__in=["sent", "opened", "accepted", "declined"])
            )
        ]
        indexes = [models.Index(fields=["agency", "sent_at"], name="referral_inbox")]
