"""Agencies, the agreements under which they are told things, and the people who sign in for them."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from fellwatch.foundation import ids


class Agency(models.Model):
    """A body that receives referrals. Its people sign in under its code.

    `in_hub` says that it sits in the safeguarding hub; `manager` is who answers for it when nobody does.
    """

    code = models.TextField(primary_key=True)
    name = models.TextField(unique=True)
    kind = models.TextField()
    telephone = models.TextField(default="", blank=True)
    mailbox = models.TextField(default="", blank=True)
    in_hub = models.BooleanField(default=False)
    manager = models.TextField(default="", blank=True)
    closed = models.BooleanField(default=False)

    class Meta:
        app_label = "sharing"


class Agreement(models.Model):
    """What an agency may be told under a signed agreement, from a day until another, which is not part of it."""

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="agreements", db_column="agency")
    title = models.TextField()
    from_date = models.DateField()
    to_date = models.DateField()
    fields: "ArrayField[list[str], list[str]]" = ArrayField(models.TextField())
    signed_by = models.TextField()
    noted_at = models.DateTimeField()
    noted_by_name = models.TextField()

    class Meta:
        app_label = "sharing"
        constraints = [
            models.CheckConstraint(name="agreement_days", condition=models.Q(to_date__gt=models.F("from_date")))
        ]


class Member(models.Model):
    """Somebody who signs in for an agency, until they leave it."""

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    user_id = models.UUIDField(unique=True)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="members", db_column="agency")
    name = models.TextField()
    mail = models.TextField(default="", blank=True)
    joined_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True)
    left_by_name = models.TextField(default="", blank=True)

    class Meta:
        app_label = "sharing"


class Invitation(models.Model):
    """A one-time link by which somebody joins their agency. Its secret is signed from its id and kept nowhere."""

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="invitations", db_column="agency")
    name = models.TextField()
    mail = models.TextField()
    role = models.TextField()
    made_at = models.DateTimeField()
    made_by_name = models.TextField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "sharing"
